"""Who put a text into which language, from which original, and whether that original changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from tracker.models import Part, Recorded, Translation
from tracker.models.base import Texts
from tracker.record.changes import Change


def kind_of(obj: Recorded | Part) -> str:
    """The kind of an object; of a part, the name of its table."""
    return obj.kind if isinstance(obj, Recorded) else str(inspect(type(obj)).local_table.name)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def translate(change: Change, obj: Recorded | Part, field: str, language: str, text: str) -> None:
    """Put a field into a language; who did so, and from what, is kept beside it."""
    held: Texts = dict(getattr(obj, field) or {})
    original = original_language(change.session, obj.id, field, held, language)
    held[language] = text
    setattr(obj, field, held)
    if original is None:
        return
    note = change.session.scalar(
        select(Translation).where(
            Translation.object_id == obj.id,
            Translation.field == field,
            Translation.language == language,
        )
    )
    if note is None:
        note = Translation(
            object_kind=kind_of(obj), object_id=obj.id, field=field, language=language
        )
        change.session.add(note)
    note.source_language = original
    note.source_digest = digest(held[original])
    note.translated_by = change.actor.user_id
    note.translated_at = change.now


def original_language(
    session: Session, object_id: UUID, field: str, held: Texts, wanted: str
) -> str | None:
    """The language a translation starts from: the first that is not itself a translation."""
    translated = set(
        session.scalars(
            select(Translation.language).where(
                Translation.object_id == object_id, Translation.field == field
            )
        )
    )
    others = [tag for tag, text in held.items() if text and tag != wanted]
    return next((tag for tag in others if tag not in translated), next(iter(others), None))


def stale(
    session: Session, texts: Collection[tuple[UUID, str, Texts]], language: str
) -> set[tuple[UUID, str]]:
    """Of these (object, field, texts), those whose original changed after it was translated."""
    held = {(object_id, field): value for object_id, field, value in texts}
    rows = session.execute(
        select(
            Translation.object_id,
            Translation.field,
            Translation.source_language,
            Translation.source_digest,
        ).where(
            Translation.language == language,
            Translation.object_id.in_({object_id for object_id, _ in held}),
        )
    )
    return {
        (row.object_id, row.field)
        for row in rows
        if (row.object_id, row.field) in held
        and digest(held[row.object_id, row.field].get(row.source_language, ""))
        != row.source_digest
    }
