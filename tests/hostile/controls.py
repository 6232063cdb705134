"""The forms of a page, read as fast as thousands of pages need it: names, kinds, choices."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Control:
    """One control: `kind` is the input's type, or select, textarea, date, link, button."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)
    kinds: tuple[str, ...] = ()
    longest: int = 0
    is_on: bool = True


@dataclass
class PostForm:
    """A form that posts; `pattern` holds the controls of rows that a script may add."""

    action: str
    controls: list[Control] = field(default_factory=list)
    pattern: list[Control] = field(default_factory=list)

    @property
    def token(self) -> str:
        return next((c.value for c in self.controls if c.name == "csrf_token"), "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[PostForm] = []
        self._form: PostForm | None = None
        self._templates = 0
        self._area: Control | None = None
        self._select: Control | None = None
        self._around: dict[str, str] = {}

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in found}
        if tag == "form":
            posts = attributes.get("method", "").lower() == "post"
            self._form = PostForm(attributes.get("action", "")) if posts else None
            if self._form:
                self.forms.append(self._form)
        elif tag == "template":
            self._templates += 1
        elif tag == "div":
            self._around = attributes
        elif tag == "option" and self._select:
            self._select.choices.append(attributes.get("value", ""))
            if "selected" in attributes or len(self._select.choices) == 1:
                self._select.value = attributes.get("value", "")
        elif tag in ("input", "select", "textarea", "button") and attributes.get("name"):
            self._control(tag, attributes)

    def _control(self, tag: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "text").lower() if tag == "input" else tag
        if kind == "text" and "data-link" in self._around:
            kind = "link"
        elif kind == "text" and "data-direction" in self._around:
            kind = "date"
        control = Control(
            attributes["name"],
            kind,
            attributes.get("value", ""),
            kinds=tuple(filter(None, self._around.get("data-link", "").split(","))),
            longest=int(attributes.get("maxlength", "0")),
            is_on=kind not in ("radio", "checkbox") or "checked" in attributes,
        )
        if self._form:
            (self._form.pattern if self._templates else self._form.controls).append(control)
        self._area = control if tag == "textarea" else None
        self._select = control if tag == "select" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "template":
            self._templates -= 1
        elif tag == "div":
            self._around = {}
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data.removeprefix("\n") if not self._area.value else data


def forms_of(page: str) -> list[PostForm]:
    """The forms of a page that post."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
