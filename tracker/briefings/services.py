"""Translating what a briefing prints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from tracker import record
from tracker.briefings.queries import PrintedString
from tracker.domain.access import Actor
from tracker.domain.text import clean
from tracker.record import translations

LONGEST = 2000


def translate_strings(
    session: Session,
    actor: Actor,
    given: Mapping[PrintedString, str],
    language: str,
    now: datetime,
) -> int:
    """Put these strings into a language; answers how many were saved."""
    if not given:
        return 0
    with record.change(session, actor, now) as change:
        for string, typed in given.items():
            text = clean(typed, multiline=False)[:LONGEST]
            translations.translate(change, string.obj, string.field, language, text)
    session.commit()
    return len(given)
