"""A form that is sent twice makes one object: its id is kept with what it made."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.errors import NotFound
from tracker.models import Recorded
from tracker.models.access import Submission
from tracker.record.changes import await_turn

Model = TypeVar("Model", bound=Recorded)


def already(session: Session, actor: Actor, submission: UUID | None) -> tuple[str, UUID] | None:
    """The kind and id of what this form made when it was sent before, or None.

    Ask before anything is written. The second of two at once waits here until the first is done.
    """
    if submission is None or actor.user_id is None:
        return None
    await_turn(session)
    row = session.execute(
        select(Submission.object_kind, Submission.object_id).where(
            Submission.user_id == actor.user_id, Submission.id == submission
        )
    ).first()
    return None if row is None else (row.object_kind, row.object_id)


def made(
    session: Session, actor: Actor, submission: UUID | None, model: type[Model]
) -> Model | None:
    """The object that this form made when it was sent before, or None; NotFound when that is of
    another kind, because no form makes two kinds."""
    found = already(session, actor, submission)
    if found is None:
        return None
    if found[0] != model.kind:
        raise NotFound(f"{model.kind} of the form {submission}")
    return session.get(model, found[1])


def remember(
    session: Session,
    actor: Actor,
    submission: UUID | None,
    kind: str,
    object_id: UUID,
    now: datetime,
) -> None:
    """Keep, in the transaction of the change, what this form made."""
    if submission is None or actor.user_id is None:
        return
    session.add(
        Submission(
            user_id=actor.user_id, id=submission, object_kind=kind, object_id=object_id, at=now
        )
    )
