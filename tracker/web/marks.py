"""The small marks of `parts/marks.html`, drawn once for the same words in the same language.

A list of fifty rows shows the same few states, levels and days again and again, and calling a
macro costs more than everything it prints.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask
from jinja2 import Environment

from tracker import lang

_TEMPLATE = "parts/marks.html"
_KEPT = 4096


class Marks:
    """The macros of the template as functions of their arguments alone: `marks.tag('wait', …)`."""

    def __init__(self, environment: Environment) -> None:
        # By type as well: members of two vocabularies may be equal words with unequal labels.
        @lru_cache(maxsize=_KEPT, typed=True)
        def drawn(_tag: str, name: str, *arguments: Any, **named: Any) -> Any:
            return getattr(environment.get_template(_TEMPLATE).module, name)(*arguments, **named)

        self._drawn = drawn
        self._undrawn = drawn.__wrapped__

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        def mark(*arguments: Any, **named: Any) -> Any:
            tag = lang.current().tag
            try:
                return self._drawn(tag, name, *arguments, **named)
            except TypeError:  # a text in several languages: a dict is no key
                return self._undrawn(tag, name, *arguments, **named)

        # Found at once from now on, without coming through here.
        setattr(self, name, mark)
        return mark


def install(app: Flask) -> None:
    app.jinja_env.globals["marks"] = Marks(app.jinja_env)
