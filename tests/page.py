"""The judging client: whatever page a test fetches, it is judged before the test sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import encode_multipart

from tests.judging import parse, problems, text_of
from tracker.web.db import db

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'"
)
# On every answer, also where something went wrong.
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Page:
    """An answer, readable by what is in it."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.url = response.request.path
        self.location = response.headers.get("Location")
        self.is_html = response.mimetype == "text/html"

    @cached_property
    def text(self) -> str:
        """The answer as it was sent."""
        return self.response.get_data(as_text=True)

    @property
    def data(self) -> bytes:
        return self.response.get_data()

    @cached_property
    def parsed(self) -> tuple[Element, list[str]]:
        """The document and its errors; one parsing serves the judge and the test."""
        return parse(self.text)

    @property
    def document(self) -> Element:
        return self.parsed[0]

    @property
    def main(self) -> Element:
        main = self.document.find(".//main")
        assert main is not None, f"{self.url} has no main"
        return main

    @property
    def shown(self) -> str:
        """What a reader reads in the main part."""
        return text_of(self.main)

    @property
    def heading(self) -> str:
        heading = self.document.find(".//h1")
        assert heading is not None
        return text_of(heading)

    @property
    def alert(self) -> str:
        """The summary of mistakes, or nothing."""
        for element in self.main.iter():
            if element.get("role") == "alert":
                return text_of(element)
        return ""

    @property
    def both_texts(self) -> str:
        """On the page of a conflict: what two people left in each field, without the marks."""
        return "\n".join(
            "".join(_unmarked(each)) for each in self.main.iter() if each.get("class") == "typed"
        )

    @property
    def links(self) -> list[str]:
        """Where one gets from here, without fragments, in the order of the page."""
        found = (urljoin(self.url, a.get("href") or "") for a in self.document.iter("a"))
        return list(dict.fromkeys(link.partition("#")[0] for link in found if link))

    def all(self, path: str) -> list[Element]:
        """Elements of the main part by an ElementTree path, such as `.//tr[@data-id]`."""
        return self.main.findall(path)

    def forms(self) -> list[Element]:
        return list(self.document.iter("form"))

    def form(self, action: str | None = None) -> Element:
        """The form posting to an address that ends in `action`, or the main part's only one."""
        if action is None:
            found = [f for f in self.main.iter("form") if f.get("method", "").lower() == "post"]
        else:
            found = [
                form
                for form in self.forms()
                if urlsplit(form.get("action") or "").path.endswith(action)
                and form.get("method", "").lower() == "post"
            ]
        assert len(found) == 1, (
            f"{self.url} has {len(found)} such forms: {[f.get('action') for f in self.forms()]}"
        )
        return found[0]

    @property
    def token(self) -> str:
        for field in self.document.iter("input"):
            if field.get("name") == "csrf_token":
                return field.get("value") or ""
        raise AssertionError(f"{self.url} has no csrf_token")


def _unmarked(element: Element) -> Iterator[str]:
    """All text inside but what is only read out."""
    yield element.text or ""
    for child in element:
        if child.get("class") != "hidden":
            yield from _unmarked(child)
        yield child.tail or ""


def filled_in(form: Element) -> dict[str, list[str]]:
    """What a browser would send of a form as it stands."""
    values: dict[str, list[str]] = {}

    def add(name: str, value: str) -> None:
        values.setdefault(name, []).append(value)

    for element in form.iter():
        name = element.get("name") if isinstance(element.tag, str) else None
        if not name or "disabled" in element.attrib:
            continue
        if element.tag == "textarea":
            add(name, (element.text or "").removeprefix("\n"))
        elif element.tag == "select":
            options = list(element.iter("option"))
            chosen = [option for option in options if "selected" in option.attrib]
            if not chosen and "multiple" not in element.attrib:
                chosen = options[:1]
            for option in chosen:
                add(name, option.get("value", text_of(option)))
        elif element.tag == "input":
            kind = element.get("type", "text").lower()
            if kind in {"submit", "button", "reset", "image", "file"}:
                continue
            if kind in {"checkbox", "radio"}:
                if "checked" in element.attrib:
                    add(name, element.get("value", "on"))
            else:
                add(name, element.get("value", ""))
    return values


def fields_of(form: Element) -> set[str]:
    """The names of everything in a form that can send something."""
    return {
        element.get("name") or ""
        for element in form.iter()
        if element.tag in {"input", "select", "textarea", "button"}
    }


@contextmanager
def commits() -> Iterator[list[Session]]:
    """The commits of the main session meanwhile; those of savepoints do not count."""
    seen: list[Session] = []

    def note(session: Session) -> None:
        if not session.in_nested_transaction():
            seen.append(session)

    event.listen(db.session, "after_commit", note)
    try:
        yield seen
    finally:
        event.remove(db.session, "after_commit", note)


class JudgingClient:
    """A browser without a window. CSRF protection is on: tokens come from the pages."""

    def __init__(self, app: Flask, role: str = "anonymous") -> None:
        self.app = app
        self.role = role
        self.http = app.test_client()

    def get(self, url: str, *, status: int | None = 200, **arguments: str) -> Page:
        """Fetch a page; `arguments` become the query."""
        with commits() as seen:
            response = self.http.get(url, query_string=arguments or None, buffered=True)
        assert not seen, f"GET {url} committed"
        return self._judged(response, status)

    def post(
        self,
        url: str,
        data: Mapping[str, object] | None = None,
        *,
        status: int | None = 303,
        files: bool = False,
    ) -> Page:
        """Send fields as they are, the token included or not."""
        sent: object = dict(data or {})
        kind = "application/x-www-form-urlencoded"
        if files:
            # Encoded here: the client's own encoder leaves a temporary file open.
            boundary, sent = encode_multipart(dict(data or {}))
            kind = f"multipart/form-data; boundary={boundary}"
        with commits() as seen:
            response = self.http.post(url, data=sent, content_type=kind, buffered=True)
        assert len(seen) <= 1, f"POST {url} committed {len(seen)} times"
        return self._judged(response, status)

    def post_form(
        self,
        page: Page | str,
        fields: Mapping[str, object] | None = None,
        *,
        action: str | None = None,
        press: str | None = None,
        status: int | None = 303,
    ) -> Page:
        """Fill in the form of a page and send it, with all that stood in it already.

        `action` is the end of the form's address where a page has several; `press` names the
        button, as `name` or `name=value`.
        """
        page = self.get(page) if isinstance(page, str) else page
        form = page.form(action)
        values: dict[str, object] = dict(filled_in(form))
        unknown = set(fields or {}) - fields_of(form)
        assert not unknown, f"the form of {page.url} has no {sorted(unknown)}"
        values.update(fields or {})
        if press is not None:
            name, _, value = press.partition("=")
            assert name in fields_of(form), f"the form of {page.url} has no button {name}"
            values[name] = value
        return self.post(urljoin(page.url, form.get("action") or ""), values, status=status)

    def follow(self, page: Page, *, status: int | None = 200) -> Page:
        """Go where an answer points."""
        assert page.location, f"{page.url} answered {page.status} and points nowhere"
        parts = urlsplit(page.location)
        assert not parts.netloc or parts.netloc == "localhost", "it leads away from here"
        return self.get(parts.path + (f"?{parts.query}" if parts.query else ""), status=status)

    def token(self, url: str = "/login") -> str:
        return self.get(url).token

    def _judged(self, response: TestResponse, status: int | None) -> Page:
        page = Page(response)
        wanted = dict(HEADERS)
        if response.request.path.endswith("/file") and page.status == 200:
            # What people brought may do nothing at all, wherever it is opened.
            wanted["Content-Security-Policy"] = "sandbox; default-src 'none'"
        wrong = [
            f"{name}: {page.headers.get(name)!r}"
            for name, value in wanted.items()
            if page.headers.get(name) != value
        ]
        if response.request.path.startswith("/static/"):
            kept = ("no-cache", "public, max-age=31536000, immutable", "no-store")
        else:
            kept = ("no-store",)
        if page.headers.get("Cache-Control") not in kept:
            wrong.append(f"Cache-Control: {page.headers.get('Cache-Control')!r}")
        if page.is_html and not 300 <= page.status < 400:
            wrong += problems(*page.parsed)
        if status is not None and page.status != status:
            shown = page.alert if page.is_html and page.status < 500 else ""
            wrong.append(f"answered {page.status} {page.location or shown}, expected {status}")
        assert not wrong, f"{response.request.method} {page.url} as {self.role}:\n" + "\n".join(
            f"  - {problem}" for problem in wrong
        )
        return page
