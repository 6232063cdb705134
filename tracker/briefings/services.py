"""Translating what a briefing prints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from tracker import record
from tracker.briefings.queries import PrintedString, strings_of_tie
from tracker.domain.access import Actor
from tracker.record import translations


class Typed(NamedTuple):
    """What a control held when it was sent, and what stood in it when the page was made."""

    text: str
    shown: str


class Overtaken(Exception):
    """Somebody else has put these strings into words since the page was made."""

    def __init__(self, strings: list[PrintedString]) -> None:
        super().__init__(", ".join(string.ref for string in strings))
        self.strings = strings


def translate_strings(
    session: Session,
    actor: Actor,
    tie_id: UUID,
    as_of: date,
    typed: Mapping[str, Typed],
    language: str,
    now: datetime,
) -> int:
    """Put strings of a tie's briefing into a language, by the names of their controls; answers
    how many were saved. All of them or, where one was overtaken, none."""
    with record.change(session, actor, now) as change:
        given: dict[PrintedString, str] = {}
        overtaken = []
        for string in strings_of_tie(session, actor, tie_id, as_of):
            text, shown = map(string.as_stored, typed.get(string.ref, ("", "")))
            stored = string.as_stored(string.texts.get(language, ""))
            # A control that holds what the page showed was not typed into.
            if text in ("", shown, stored):
                continue
            given[string] = text
            if shown != stored:
                overtaken.append(string)
        if overtaken:
            raise Overtaken(overtaken)
        for string, text in given.items():
            translations.translate(change, string.obj, string.field, language, text)
    session.commit()
    return len(given)
