"""Macros drawn once for the same arguments in the same language.

A list of fifty rows shows the same few states, levels and days again and again, every page has
the same frame, and calling a macro costs more than everything it prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from flask import Flask
from jinja2 import Environment, Undefined
from markupsafe import Markup

from tracker import lang
from tracker.web.locale import said

# A row of a list weighs about two kilobytes; a web worker may spend some megabytes on them.
_KEPT, _KEPT_ROWS = 512, 4096


class Drawn:
    """The macros of a template as functions of their arguments alone: `marks.tag('wait', …)`."""

    def __init__(self, environment: Environment, template: str, kept: int = _KEPT) -> None:
        # By type as well: members of two vocabularies may be equal words with unequal labels.
        @lru_cache(maxsize=kept, typed=True)
        def drawn(_tag: str, name: str, *arguments: Any, **named: Any) -> Any:
            return getattr(environment.get_template(template).module, name)(*arguments, **named)

        self._drawn, self._undrawn = drawn, drawn.__wrapped__

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        def macro(*arguments: Any, **named: Any) -> Any:
            tag = lang.current().tag
            try:
                return self._drawn(tag, name, *arguments, **named)
            except TypeError:  # a text in several languages is a dict, and no key
                return self._undrawn(tag, name, *arguments, **named)

        # Found at once from now on, without coming through here.
        setattr(self, name, macro)
        return macro

    def each(self, name: str, items: Iterable[Any]) -> Markup:
        """A macro drawn for each item in turn: the rows of a list."""
        return Markup("").join(map(getattr(self, name), items))


class Marks(Drawn):
    """The small marks of `parts/marks.html`, and texts, of which no two are the same."""

    def say(self, value: Mapping[str, str] | str | Markup | Undefined | None) -> Any:
        """A text in the reader's language, words as they are, «unknown» for neither."""
        if value is None or isinstance(value, Undefined) or value in ("", {}):
            return self.unknown()
        return said(value) if isinstance(value, Mapping) else value


def install(app: Flask) -> None:
    environment = app.jinja_env

    @cache
    def drawn(template: str) -> Drawn:
        """The macros of a template of a room's own: `drawn('meetings/rows.html').each(…)`."""
        return Drawn(environment, template, _KEPT_ROWS)

    environment.globals["drawn"] = drawn
    environment.globals["marks"] = Marks(environment, "parts/marks.html")
    environment.globals["frame"] = Drawn(environment, "parts/frame.html")
