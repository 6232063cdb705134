"""A form that is sent twice is taken in once: its id is kept with what it became.

The id alone would lose words: somebody may type on after an answer that got lost on the way. So
there is a second id, of the form with these very words, whenever `session.info["sent"]` supplies
what was sent. A form that makes something is kept under both, one that changes something under
the second only: with other words it is a change like any other, and the version decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid5

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.errors import NotFound, RuleBroken, SentBefore
from tracker.models import Recorded
from tracker.models.access import Submission
from tracker.models.base import insert_rows
from tracker.record.turns import await_turn

Model = TypeVar("Model", bound=Recorded)


@dataclass(frozen=True, slots=True)
class Sent:
    """One sending of a form: the id of the form, and a digest of all that was filled in."""

    submission: UUID
    digest: str

    @property
    def id(self) -> UUID:
        return uuid5(self.submission, self.digest)


# The type is named: that of a foreign key is known only once the table it points at has been read,
# which depends on what was imported first.
_TAKEN_IN = select(Submission.id, Submission.object_kind, Submission.object_id).where(
    Submission.user_id == bindparam("user", type_=Uuid()),
    Submission.id.in_(bindparam("ids", expanding=True)),
)


def already(session: Session, actor: Actor, submission: UUID | None) -> tuple[str, UUID] | None:
    """The kind and id of what this form made when it was sent before, or None.

    Ask before anything is written. The second of two at once waits here until the first is done.
    """
    if submission is None or actor.user_id is None:
        return None
    await_turn(session)
    ids = _ids_of(session, submission)
    rows = session.execute(_TAKEN_IN, {"user": actor.user_id, "ids": ids}).all()
    if not rows:
        return None
    if len(rows) < len(ids):
        raise RuleBroken(
            "This form was saved once already, with other words. Open what was saved and put in "
            "what you have changed since: it still stands below."
        )
    return rows[0].object_kind, rows[0].object_id


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
    insert_rows(
        session,
        [
            Submission(
                user_id=actor.user_id, id=each, object_kind=kind, object_id=object_id, at=now
            )
            for each in _ids_of(session, submission)
        ],
    )


def take_in_once(session: Session, actor: Actor, obj: Recorded, now: datetime) -> None:
    """Keep that the form behind this change has changed `obj`; SentBefore if it has already."""
    sent = _sent(session)
    if sent is None or actor.user_id is None:
        return
    if session.get(Submission, (actor.user_id, sent.id)) is not None:
        raise SentBefore(obj.kind, obj.id)
    session.add(
        Submission(
            user_id=actor.user_id, id=sent.id, object_kind=obj.kind, object_id=obj.id, at=now
        )
    )


def _ids_of(session: Session, submission: UUID) -> list[UUID]:
    sent = _sent(session)
    return [submission] if sent is None else [submission, sent.id]


def _sent(session: Session) -> Sent | None:
    supply = session.info.get("sent")
    sent = supply() if callable(supply) else supply
    return sent if isinstance(sent, Sent) else None
