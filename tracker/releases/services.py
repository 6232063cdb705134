"""Handing an object to an organisation, and taking that back for the time to come."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor, Level
from tracker.domain.errors import NotFound, RuleBroken, Stale
from tracker.domain.naming import Link
from tracker.lang import label
from tracker.models import Organisation, Recorded, Release
from tracker.record import audit, finding, snapshots
from tracker.record.kinds import KINDS
from tracker.record.releases import why_never
from tracker.record.turns import await_turn
from tracker.releases.given import GivenRelease

RELEASED, WITHDRAWN = "released", "release withdrawn"


def release_object(
    session: Session,
    actor: Actor,
    kind: str,
    object_id: UUID,
    given: GivenRelease,
    now: datetime,
) -> Recorded:
    """Hand the object, as it is now, to an organisation. Two people stand behind it: whoever
    recorded this version, and another one who approves. A public one needs no second."""
    await_turn(session)
    obj = _visible(session, actor, kind, object_id)
    _refuse_unless_releasable(actor, obj)
    partner = _partner(session, actor, given.organisation)
    if obj.version != given.version:
        raise Stale(obj.version)
    if _stands(session, obj, partner, given.language):
        raise RuleBroken(
            "This version stands released to that organisation already.", field="organisation"
        )
    released = Release(
        object_kind=obj.kind,
        object_id=obj.id,
        object_version=obj.version,
        level=obj.effective_level,
        organisation_id=partner.id,
        language=given.language,
        edition=given.edition,
        letter=given.letter,
        reason=given.reason,
        released_at=now,
        released_by=actor.user_id,
    )
    session.add(released)
    session.flush()
    _tell(session, actor, now, RELEASED, released, given.reason)
    session.commit()
    return obj


def withdraw_release(
    session: Session,
    actor: Actor,
    kind: str,
    object_id: UUID,
    release_id: UUID | None,
    reason: str,
    now: datetime,
) -> Recorded:
    """From now on no edition prints the object because of this release, which stays on record."""
    await_turn(session)
    obj = _visible(session, actor, kind, object_id)
    released = session.get(Release, release_id) if release_id else None
    if released is None or released.object_id != obj.id:
        raise RuleBroken("There is no such release.")
    if released.withdrawn_at is not None:
        raise RuleBroken("This release is withdrawn already.")
    released.withdrawn_at = now
    released.withdrawn_by = actor.user_id
    released.withdraw_reason = reason
    session.flush()
    _tell(session, actor, now, WITHDRAWN, released, reason)
    session.commit()
    return obj


def _visible(session: Session, actor: Actor, kind: str, object_id: UUID) -> Recorded:
    if kind not in KINDS:
        raise NotFound(kind)
    return record.get_visible(session, actor, KINDS[kind], object_id)


def _refuse_unless_releasable(actor: Actor, obj: Recorded) -> None:
    never = why_never(obj)
    if never is not None:
        raise RuleBroken("This is never released: %(why)s.", why=label(never))
    if obj.effective_level is Level.CONFIDENTIAL:
        raise RuleBroken(
            "This is confidential. Propose a lower level first; once a second person has agreed, "
            "it can be released."
        )
    if obj.effective_level is not Level.PUBLIC and not actor.may_decide(obj.updated_by):
        raise RuleBroken(
            "You recorded this version yourself, so a second person who approves has to release "
            "it."
        )


def _partner(session: Session, actor: Actor, link: Link) -> Organisation:
    """The one organisation that is meant; none is made here."""
    if link.id is not None:
        found = [link.id]
    else:
        hits = finding.named(session, actor, link.text, (Organisation.kind,))
        found = [hit.id for hit in hits]
    if len(found) > 1:
        raise RuleBroken(
            "Several organisations are called that: choose one from the list.",
            field="organisation",
        )
    partner = record.find(session, actor, Organisation, found[0]) if found else None
    if partner is None:
        raise RuleBroken("Choose an organisation that is on record.", field="organisation")
    if partner.is_ours:
        raise RuleBroken(
            "This is a body of the city’s own; a release goes to another one.",
            field="organisation",
        )
    return partner


def _stands(session: Session, obj: Recorded, partner: Organisation, language: str) -> bool:
    asked = select(Release.id).where(
        Release.object_id == obj.id,
        Release.organisation_id == partner.id,
        Release.object_version == obj.version,
        Release.language == language,
        Release.withdrawn_at.is_(None),
    )
    return session.scalar(asked) is not None


def _tell(
    session: Session, actor: Actor, now: datetime, action: str, released: Release, reason: str
) -> None:
    """One entry of the audit chain under the object itself, so that its history tells of it."""
    told = {
        "release": str(released.id),
        "organisation_id": str(released.organisation_id),
        "object_version": released.object_version,
        "level": released.level.name.lower(),
        "language": released.language,
        "edition": released.edition,
        "letter": released.letter,
    }
    audit.enter(
        session,
        actor,
        now,
        action=action,
        kind=released.object_kind,
        object_id=released.object_id,
        changes={"fields": snapshots.difference({}, told)},
        reason=reason,
    )
