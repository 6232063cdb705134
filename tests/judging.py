"""What every page must be, whatever it shows: read from the answer as a browser would read it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

DIRECTIONS = {"fa": "rtl", "ar": "rtl", "en": "ltr", "ru": "ltr", "ky": "ltr"}

# What a page in one language may not hold outside an element marked as another one.
FOREIGN = {
    "fa": re.compile(r"[A-Za-z]{2,}|[0-9]"),
    "en": re.compile(r"[\u0600-\u06ff]"),
}
# Names of formats, signs and keys are written this way in every language; what stands between
# marks of isolation is set apart like the content of a bdi.
EVERYWHERE = re.compile(
    r"\b(?:PDF|PNG|JPEG|DOCX|XLSX|ODT|UTF-8|SHA-256|JSON|CSV|HTML|NUL|Ctrl|Enter|Esc)\b"
    r"|[\u2066-\u2068][^\u2069]*\u2069"
)
# Left by a template that printed what it did not have, or a message that was not filled in.
REMAINS = re.compile(
    r"^None$|\bundefined\b|\bUndefined\b|%\(\w*\)?|\{\{|\{%|<bound method|LazyProxy"
)

# Text in these is a name, a sample, or what somebody typed, not the page's own words.
NOT_OURS = {"bdi", "code", "kbd", "samp", "pre", "textarea", "script", "style", "template"}
SPOKEN_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list", "form")
ELSEWHERE = ("http:", "https:", "//")
UNLABELLED_INPUTS = {"hidden", "submit", "button", "reset", "image"}


def parse(text: str) -> tuple[Element, list[str]]:
    """The document, and what the HTML standard calls parse errors in it."""
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=False
    )
    document = parser.parse(text)
    errors = [f"line {at[0]}: {code} {values}" for at, code, values in parser.errors]
    return document, errors


def text_of(element: Element) -> str:
    """All text inside, white space made one, marks of direction left out."""
    joined = "".join(element.itertext())
    return " ".join(re.sub("[\u2066-\u2069\u200e\u200f]", "", joined).split())


def tags(document: Element) -> Iterator[tuple[Element, str]]:
    """Every element with its name; comments have none."""
    for element in document.iter():
        if isinstance(element.tag, str):
            yield element, element.tag.rpartition("}")[2]


def problems(document: Element, errors: list[str]) -> list[str]:
    """Everything that is wrong with a parsed page, in words."""
    found = list(errors)
    for check in (
        _head_and_heading,
        _identities,
        _labels,
        _nothing_inline,
        _forms,
        _names_of_controls,
        _words,
    ):
        found.extend(check(document))
    return found


def _head_and_heading(document: Element) -> Iterator[str]:
    language, direction = document.get("lang", ""), document.get("dir", "")
    if DIRECTIONS.get(language) != direction:
        yield f"html has lang={language!r} dir={direction!r}"
    title = document.find("./head/title")
    shown = text_of(title) if title is not None else ""
    headings = [text_of(heading) for heading in document.iter("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"one h1 wanted, found {headings}"
    elif headings[0] not in shown:
        yield f"the title {shown!r} lacks the heading {headings[0]!r}"
    mains = list(document.iter("main"))
    if len(mains) != 1 or not mains[0].get("data-kind"):
        yield "one main with data-kind wanted"


def _identities(document: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element, _ in tags(document) if "id" in element.attrib)
    for name, times in ids.items():
        if not name or times > 1:
            yield f"id {name!r} stands {times} times"
    for element, tag in tags(document):
        wanted = [name for key in REFERENCES for name in (element.get(key) or "").split()]
        if tag == "label" and "for" in element.attrib:
            wanted.append(element.get("for") or "")
        href = element.get("href") or ""
        if tag == "a" and href.startswith("#"):
            wanted.append(href[1:])
        for name in wanted:
            if name not in ids:
                yield f"<{tag}> points to #{name}, which is not there"


def _labels(document: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in document.iter("label")}
    wrapped = {id(inner) for label in document.iter("label") for inner in label.iter()}
    for element, tag in tags(document):
        if tag not in {"input", "select", "textarea"}:
            continue
        if tag == "input" and element.get("type", "text") in UNLABELLED_INPUTS:
            continue
        if not (
            id(element) in wrapped
            or element.get("id") in labelled
            or element.get("aria-label")
            or element.get("aria-labelledby")
        ):
            yield f"no label for <{tag} name={element.get('name')!r}>"


def _nothing_inline(document: Element) -> Iterator[str]:
    for element, tag in tags(document):
        for name, value in element.attrib.items():
            address = value.strip().lower()
            if name == "style" or name.startswith("on"):
                yield f"<{tag}> has {name}="
            elif name in {"src", "href", "action", "srcset", "poster"}:
                if address.startswith(("javascript:", "data:")):
                    yield f"<{tag}> has {name}={address[:20]!r}"
                elif (name != "href" or tag == "link") and address.startswith(ELSEWHERE):
                    yield f"<{tag}> loads from elsewhere: {address}"
        if tag == "style":
            yield "a style element"
        if tag == "script" and "src" not in element.attrib:
            yield "a script without src"


def _forms(document: Element) -> Iterator[str]:
    for form in document.iter("form"):
        action = form.get("action")
        if not action:
            yield "a form without action"
        posts = form.get("method", "get").lower() == "post"
        tokens = [field for field in form.iter("input") if field.get("name") == "csrf_token"]
        if posts and not any(token.get("value") for token in tokens):
            yield f"the form to {action} has no csrf_token"
        if not posts and tokens:
            yield f"the form to {action} would put the csrf_token into the address"


def _names_of_controls(document: Element) -> Iterator[str]:
    for element, tag in tags(document):
        if tag == "img" and "alt" not in element.attrib:
            yield f"an image without alt: {element.get('src')}"
        if tag in {"a", "button"} and not (
            text_of(element)
            or element.get("aria-label")
            or element.get("aria-labelledby")
            or any(image.get("alt") for image in element.iter("img"))
        ):
            yield f"a nameless <{tag} href={element.get('href')!r}>"
        if tag == "a" and not element.get("href"):
            yield "a link to nowhere"
        if element.get("tabindex", "0") not in {"0", "-1"}:
            yield f"<{tag}> has tabindex {element.get('tabindex')}"


def _words(document: Element) -> Iterator[str]:
    language = document.get("lang", "")
    foreign = FOREIGN.get(language)
    body = document.find("./body")
    if body is None:
        return
    for words, ours in _spoken(body, language, True):
        if REMAINS.search(words.strip()):
            yield f"left over: {words.strip()!r}"
        if ours and foreign and foreign.search(EVERYWHERE.sub("", words)):
            yield f"not in {language}: {words.strip()!r}"


def _spoken(element: Element, language: str, ours: bool) -> Iterator[tuple[str, bool]]:
    """Text and spoken attributes, each with whether they have to be in the page's language."""
    tag: Any = element.tag
    if not isinstance(tag, str):
        return
    if tag in {"script", "style", "template"}:
        return
    own_language = element.get("lang")
    if own_language is not None:
        ours = own_language == language
    if tag in NOT_OURS or element.get("dir") == "ltr" != DIRECTIONS.get(language):
        ours = False
    for name in SPOKEN_ATTRIBUTES:
        if element.get(name):
            yield element.get(name) or "", ours
    if tag == "input" and element.get("type") in {"submit", "button", "reset"}:
        yield element.get("value") or "", ours
    if element.text:
        yield element.text, ours
    for child in element:
        yield from _spoken(child, language, ours)
        if child.tail:
            yield child.tail, ours
