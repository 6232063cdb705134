"""Which bodies stand by a tie or a memorandum, as a form shows and changes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.bodies import BodyRole
from tracker.domain.errors import RuleBroken
from tracker.domain.naming import Link
from tracker.domain.texts import Texts
from tracker.models import Involvement, Organisation, Person, Post, Recorded
from tracker.record.changes import Change
from tracker.record.links import link_to, resolve
from tracker.record.reading import find

KINDS = ("organisation", "post", "person")
_Body = Organisation | Post | Person


@dataclass(frozen=True, slots=True)
class GivenBody:
    """Who, as what, and whether that was read into a source; `at` is the form's field."""

    who: Link
    role: BodyRole
    inferred: bool = False
    reason: Texts | None = None
    at: str | None = None


def involve(change: Change, obj: Recorded, given: Sequence[GivenBody], *, language: str) -> None:
    """Let these be the bodies of an object; those that the editor may not see stay."""
    shown, hidden = _held(change.session, change.actor, obj.id)
    for position, row in enumerate(given):
        body = resolve(change, row.who, KINDS, field=row.at or "", language=language)
        if body is None:
            raise RuleBroken("Name the body, or remove the row.", field=row.at)
        part = shown.pop(body.id, None)
        if part is None:
            part = Involvement(object_kind=obj.kind, object_id=obj.id)
            setattr(part, f"{body.kind}_id", body.id)
            change.session.add(part)
        part.position = position
        part.body_role = row.role
        part.inferred = row.inferred
        part.reason = dict(row.reason or {}) if row.inferred else {}
    for position, part in enumerate(hidden, len(given)):
        part.position = position
    for part in shown.values():
        change.session.delete(part)
    change.session.flush()


def bodies_of(
    session: Session, actor: Actor, object_id: UUID, language: str
) -> list[dict[str, object]]:
    """The bodies of an object as the rows of its form."""
    shown, _hidden = _held(session, actor, object_id)
    return [
        {
            "who": link_to(_body(session, actor, part), language),
            "role": part.body_role,
            "inferred": part.inferred,
            "reason": dict(part.reason),
        }
        for part in shown.values()
    ]


def _held(
    session: Session, actor: Actor, object_id: UUID
) -> tuple[dict[UUID, Involvement], list[Involvement]]:
    """The involvements by the body they show the actor, and those they do not show."""
    shown: dict[UUID, Involvement] = {}
    hidden: list[Involvement] = []
    for part in session.scalars(
        select(Involvement)
        .where(Involvement.object_id == object_id)
        .order_by(Involvement.position, Involvement.id)
    ):
        body = _body(session, actor, part)
        if body is None:
            hidden.append(part)
        else:
            shown[body.id] = part
    return shown, hidden


def _body(session: Session, actor: Actor, part: Involvement) -> _Body | None:
    return (
        find(session, actor, Organisation, part.organisation_id)
        or find(session, actor, Post, part.post_id)
        or find(session, actor, Person, part.person_id)
    )
