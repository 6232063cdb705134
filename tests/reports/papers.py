"""Each story laid out and printed once, for all tests that look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from reports import render
from reports.html import Paper
from reports.render import Pdf
from tests.reports import hard
from tests.reports.story import seed
from tracker.domain.briefings import Briefing

STORIES: dict[str, Callable[[], Briefing]] = {
    "seed": seed,
    "empty": hard.empty,
    "large": hard.large,
    "fuller": hard.fuller,
    "long names": hard.long_names,
    "all unknown": hard.all_unknown,
    "untranslated": hard.untranslated,
}
LANGUAGES = ["fa", "en"]


@dataclass(frozen=True, slots=True)
class Made:
    """A paper, and what it was made of on the way."""

    pdf: Pdf
    printed: Paper
    document: Any
    layouts: int


def make(facts: Briefing, language: str) -> Made:
    """`render.briefing_pdf`, watched."""
    seen: list[Any] = []
    kept: list[tuple[Paper, Any]] = []
    layout, laid_out = render.layout, render.laid_out

    def watched_layout(html: str) -> Any:
        seen.append(html)
        return layout(html)

    def watched(briefing: Briefing, language: str, facts: bytes) -> tuple[Paper, Any]:
        kept.append(laid_out(briefing, language, facts))
        return kept[0]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(render, "layout", watched_layout)
        patched.setattr(render, "laid_out", watched)
        pdf = render.briefing_pdf(facts, language)
    return Made(pdf, *kept[0], len(seen))


@cache
def made(story: str, language: str) -> Made:
    return make(STORIES[story](), language)


def laid_out(story: str, language: str) -> tuple[Paper, Any]:
    return made(story, language).printed, made(story, language).document


def printed(story: str, language: str) -> Pdf:
    return made(story, language).pdf
