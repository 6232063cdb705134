"""Translating what a briefing prints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from tracker import record
from tracker.briefings.queries import PrintedString
from tracker.domain.access import Actor
from tracker.record import translations


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
        for string, text in given.items():
            translations.translate(change, string.obj, string.field, language, text)
    session.commit()
    return len(given)
