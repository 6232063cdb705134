"""What the parts of the story share: its objects by name, and the days that the report gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlalchemy.orm import Session

from tracker.domain.dates import FuzzyDate
from tracker.models import Citation, Part, Recorded
from tracker.models.base import Base, Texts

Row = TypeVar("Row", bound=Base)

PUBLISHED = date(2021, 11, 7)
# The report gives no day of the meeting or of the sisterhood: only that both had happened by then.
BY_THEN = FuzzyDate(None, PUBLISHED, "تا ۱۶ آبان ۱۴۰۰")
THAT_DAY = FuzzyDate(PUBLISHED, PUBLISHED, "۱۶ آبان ۱۴۰۰")
UNKNOWN = FuzzyDate.unknown()


@dataclass(slots=True)
class Cast:
    """Every object of the story under a short name."""

    objects: dict[str, Recorded] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Recorded:
        return self.objects[name]

    def __setitem__(self, name: str, obj: Recorded) -> None:
        self.objects[name] = obj


def both(fa: str, en: str) -> Texts:
    return {"fa": fa, "en": en}


def put(session: Session, cast: Cast, name: str, obj: Row) -> Row:
    """Add an object to the city's records and to the cast."""
    session.add(obj)
    session.flush()
    if isinstance(obj, Recorded):
        cast[name] = obj
    return obj


def add(session: Session, part: Part) -> None:
    session.add(part)
    session.flush()


def cite(session: Session, cast: Cast, about: str, on: str, fields: str = "") -> None:
    """What a field of an object rests on: a statement, or the source itself."""
    obj, ground = cast[about], cast[on]
    for name in fields.split() or [""]:
        citation = Citation(object_kind=obj.kind, object_id=obj.id, field=name)
        citation.source_id = cast["report"].id
        if ground.kind == "statement":
            citation.statement_id = ground.id
        add(session, citation)


def infer(session: Session, cast: Cast, about: str, fields: str, reason: Texts) -> None:
    """That a field was read into the report, and why."""
    obj = cast[about]
    for name in fields.split() or [""]:
        add(
            session,
            Citation(
                object_kind=obj.kind,
                object_id=obj.id,
                field=name,
                source_id=cast["report"].id,
                inferred=True,
                reason=reason,
            ),
        )
