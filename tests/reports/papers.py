"""Each story laid out and printed once, for all tests that look at it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from reports import render
from reports.html import Paper
from reports.render import Pdf
from tests.reports import hard
from tests.reports.story import seed
from tracker import lang
from tracker.domain.briefings import Briefing

STORIES: dict[str, Callable[[], Briefing]] = {
    "seed": seed,
    "empty": hard.empty,
    "large": hard.large,
    "fuller": hard.fuller,
    "many speakers": hard.with_many_speakers,
    "long names": hard.long_names,
    "all unknown": hard.all_unknown,
    "untranslated": hard.untranslated,
}
LANGUAGES = ["fa", "en"]


@cache
def laid_out(story: str, language: str) -> tuple[Paper, Any]:
    with lang.speaking(language):
        return render.laid_out(STORIES[story](), language)


@cache
def printed(story: str, language: str) -> Pdf:
    return render.written(*laid_out(story, language), STORIES[story](), language)
