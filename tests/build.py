"""Builders: one recorded object each, valid by default, in the database when they return.

`build.place(session, actor, name="Osh")`. Texts are given as a dict or as one English string;
whatever a builder does not name is passed to the model as it is. `stored(app)` opens a session
on the database of an application under test.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from tracker import models, record
from tracker.access.services import decide
from tracker.domain.access import Actor, Level, Role
from tracker.domain.bodies import BodyRole, OrganisationKind
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side
from tracker.domain.places import PlaceLevel
from tracker.domain.sources import InstrumentKind, SourceKind
from tracker.domain.ties import TieKind, TieState
from tracker.models.access import Grant
from tracker.models.accounts import User
from tracker.models.engine import writing
from tracker.models.ids import new_id

if TYPE_CHECKING:
    from flask import Flask

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
REPORTED = date(2021, 11, 7)  # 16 Aban 1400
BY_THEN = FuzzyDate.on_or_before(REPORTED)

_Row = TypeVar("_Row", bound=models.Base)
TextsOrName = dict[str, str] | str


@contextmanager
def stored(app: Flask) -> Iterator[Session]:
    """A session on the application's own database: what is built in it, its pages show."""
    from tracker.web.db import db

    with app.app_context(), writing(), Session(db.engine, expire_on_commit=False) as session:
        session.info["audit_key"] = app.config["AUDIT_KEY"]
        session.info["documents"] = app.config["DOCUMENTS_FOLDER"]
        yield session


def account(session: Session, role: str = "staff", **values: Any) -> Actor:
    """An account of that role, as an actor."""
    user = User(
        id=new_id(), email=f"{new_id().hex}@example.org", name=role, role=Role(role), **values
    )
    user.created_at = NOW
    session.add(user)
    session.commit()
    return Actor(user.id, user.role, user.name, user.language)


def saved(session: Session, actor: Actor, row: _Row) -> _Row:
    """Record one row as a change of its own."""
    session.info.setdefault("audit_key", b"the key of tests")
    with record.change(session, actor, NOW, published=True):
        session.add(row)
    session.commit()
    return row


def texts(given: TextsOrName) -> dict[str, str]:
    return {"en": given} if isinstance(given, str) else given


def place(
    session: Session,
    actor: Actor,
    name: TextsOrName = "Osh",
    place_level: PlaceLevel = PlaceLevel.CITY,
    **values: Any,
) -> models.Place:
    return saved(session, actor, models.Place(name=texts(name), place_level=place_level, **values))


def organisation(
    session: Session,
    actor: Actor,
    name: TextsOrName = "Mashhad Municipality",
    organisation_kind: OrganisationKind = OrganisationKind.MUNICIPALITY,
    **values: Any,
) -> models.Organisation:
    row = models.Organisation(name=texts(name), organisation_kind=organisation_kind, **values)
    return saved(session, actor, row)


def person(
    session: Session, actor: Actor, name: TextsOrName = "Saeed Kharrazi", **values: Any
) -> models.Person:
    return saved(session, actor, models.Person(name=texts(name), **values))


def post(
    session: Session,
    actor: Actor,
    title: TextsOrName = "Mayor of Mashhad",
    organisation: models.Organisation | None = None,
    **values: Any,
) -> models.Post:
    body = organisation.id if organisation else None
    return saved(session, actor, models.Post(title=texts(title), organisation_id=body, **values))


def tenure(
    session: Session, actor: Actor, person: models.Person, post: models.Post, **values: Any
) -> models.Tenure:
    return saved(session, actor, models.Tenure(person_id=person.id, post_id=post.id, **values))


def source(
    session: Session,
    actor: Actor,
    title: TextsOrName = "A report in the news",
    source_kind: SourceKind = SourceKind.NEWS,
    **values: Any,
) -> models.Source:
    return saved(
        session, actor, models.Source(title=texts(title), source_kind=source_kind, **values)
    )


def instrument(
    session: Session,
    actor: Actor,
    title: TextsOrName = "A bilateral document",
    instrument_kind: InstrumentKind = InstrumentKind.BILATERAL_DOCUMENT,
    **values: Any,
) -> models.Instrument:
    row = models.Instrument(title=texts(title), instrument_kind=instrument_kind, **values)
    return saved(session, actor, row)


def clause(
    session: Session,
    actor: Actor,
    instrument: models.Instrument,
    subject: TextsOrName = "Cooperation of cities",
    **values: Any,
) -> models.Clause:
    row = models.Clause(instrument_id=instrument.id, subject=texts(subject), **values)
    return saved(session, actor, row)


def tie(
    session: Session,
    actor: Actor,
    title: TextsOrName = "Mashhad – Osh province",
    ours: models.Place | models.Organisation | None = None,
    theirs: models.Place | models.Organisation | None = None,
    **values: Any,
) -> models.Tie:
    values = {"tie_kind": TieKind.SISTER, "state": TieState.ACTIVE, **values}
    row = saved(session, actor, models.Tie(title=texts(title), **values))
    for side, party in ((Side.OURS, ours), (Side.THEIRS, theirs)):
        if party is not None:
            saved(session, actor, models.TieParty(tie_id=row.id, side=side, **_party(party)))
    return row


def memorandum(
    session: Session,
    actor: Actor,
    title: TextsOrName = "Joint cooperation",
    ours: models.Place | models.Organisation | None = None,
    theirs: models.Place | models.Organisation | None = None,
    **values: Any,
) -> models.Memorandum:
    row = saved(session, actor, models.Memorandum(title=texts(title), **values))
    for side, party in ((Side.OURS, ours), (Side.THEIRS, theirs)):
        if party is not None:
            part = models.MemorandumParty(memorandum_id=row.id, side=side, **_party(party))
            saved(session, actor, part)
    return row


def commitment(
    session: Session,
    actor: Actor,
    memorandum: models.Memorandum,
    text: TextsOrName = "To provide services",
    side: Side = Side.OURS,
    **values: Any,
) -> models.Commitment:
    row = models.Commitment(memorandum_id=memorandum.id, text=texts(text), side=side, **values)
    return saved(session, actor, row)


def meeting(
    session: Session,
    actor: Actor,
    title: TextsOrName = "Meeting with the ambassador",
    filed_under: models.Recorded | tuple[models.Recorded, ...] = (),
    **values: Any,
) -> models.Meeting:
    """Held on or before 16 Aban 1400; one or several objects it is filed under."""
    values = {"held_on": BY_THEN, **values}
    row = saved(session, actor, models.Meeting(title=texts(title), **values))
    for obj in filed_under if isinstance(filed_under, tuple) else (filed_under,):
        filed(session, actor, row, obj, sort_on=row.held_on)
    return row


def attendee(
    session: Session,
    actor: Actor,
    meeting: models.Meeting,
    person: models.Person | None = None,
    post: models.Post | None = None,
    side: Side = Side.OURS,
    group: TextsOrName = "",
    **values: Any,
) -> models.Attendee:
    row = models.Attendee(
        meeting_id=meeting.id,
        side=side,
        person_id=person.id if person else None,
        post_id=post.id if post else None,
        group_label=texts(group) if group else {},
        **values,
    )
    return saved(session, actor, row)


def decision(
    session: Session,
    actor: Actor,
    meeting: models.Meeting,
    text: TextsOrName = "To go on",
    **values: Any,
) -> models.Decision:
    row = models.Decision(meeting_id=meeting.id, text=texts(text), **values)
    return saved(session, actor, row)


def statement(
    session: Session,
    actor: Actor,
    text: TextsOrName = "We are ready to cooperate.",
    meeting: models.Meeting | None = None,
    source: models.Source | None = None,
    speaker: models.Person | None = None,
    post: models.Post | None = None,
    **values: Any,
) -> models.Statement:
    row = models.Statement(
        text=texts(text),
        meeting_id=meeting.id if meeting else None,
        source_id=source.id if source else None,
        speaker_person_id=speaker.id if speaker else None,
        speaker_post_id=post.id if post else None,
        **values,
    )
    return saved(session, actor, row)


def action(
    session: Session,
    actor: Actor,
    text: TextsOrName = "Hold the summit",
    owner: models.Person | models.Post | models.Organisation | None = None,
    meeting: models.Meeting | None = None,
    **values: Any,
) -> models.Action:
    row = saved(
        session,
        actor,
        models.Action(text=texts(text), meeting_id=meeting.id if meeting else None, **values),
    )
    if owner is not None:
        part = models.ActionOwner(action_id=row.id, **{f"{owner.kind}_id": owner.id})
        saved(session, actor, part)
    return row


def obstacle(
    session: Session,
    actor: Actor,
    title: TextsOrName = "No regular flights",
    filed_under: models.Recorded | None = None,
    **values: Any,
) -> models.Obstacle:
    row = saved(session, actor, models.Obstacle(title=texts(title), **values))
    if filed_under is not None:
        filed(session, actor, row, filed_under)
    return row


def mandate(
    session: Session, actor: Actor, title: TextsOrName = "A summit of mayors", **values: Any
) -> models.Mandate:
    return saved(session, actor, models.Mandate(title=texts(title), **values))


def resolution(
    session: Session, actor: Actor, title: TextsOrName = "The plan is approved", **values: Any
) -> models.Resolution:
    return saved(session, actor, models.Resolution(title=texts(title), **values))


def framework(
    session: Session, actor: Actor, title: TextsOrName = "International relations", **values: Any
) -> models.Framework:
    return saved(session, actor, models.Framework(title=texts(title), **values))


def term(
    session: Session, actor: Actor, name: TextsOrName = "The sixth term", **values: Any
) -> models.Term:
    return saved(session, actor, models.Term(name=texts(name), **values))


def filed(
    session: Session, actor: Actor, holder: models.Recorded, under: models.Recorded, **values: Any
) -> models.Filing:
    """That `holder` belongs to `under`."""
    row = models.Filing(
        holder_kind=holder.kind,
        holder_id=holder.id,
        object_kind=under.kind,
        object_id=under.id,
        **values,
    )
    return saved(session, actor, row)


def involvement(
    session: Session,
    actor: Actor,
    obj: models.Recorded,
    body: models.Organisation | models.Post | models.Person,
    body_role: BodyRole = BodyRole.CHANNEL,
    **values: Any,
) -> models.Involvement:
    row = models.Involvement(
        object_kind=obj.kind,
        object_id=obj.id,
        body_role=body_role,
        **{f"{body.kind}_id": body.id},
        **values,
    )
    return saved(session, actor, row)


def citation(
    session: Session,
    actor: Actor,
    obj: models.Recorded,
    source: models.Source | None = None,
    **values: Any,
) -> models.Citation:
    row = models.Citation(
        object_kind=obj.kind,
        object_id=obj.id,
        source_id=source.id if source else None,
        **values,
    )
    return saved(session, actor, row)


def grant(session: Session, actor: Actor, obj: models.Recorded) -> None:
    """Name the actor for an object above the clearance of their role."""
    assert actor.user_id is not None
    session.add(
        Grant(user_id=actor.user_id, object_id=obj.id, object_kind=obj.kind, granted_at=NOW)
    )
    session.commit()


def lowered(session: Session, obj: models.Recorded, to: Level) -> None:
    """Let one person propose that an object travels further, and another one agree."""
    one, other = account(session), account(session, "approver")
    for each in (one, other):
        if obj.effective_level is Level.CONFIDENTIAL:
            grant(session, each, obj)
    session.info["level_reason"] = "it is known by now"
    with record.change(session, one, NOW):
        obj.level = to
    session.commit()
    decide(session, other, obj.kind, obj.id, agrees=True, reason="", version=obj.version, now=NOW)


def _party(party: models.Place | models.Organisation) -> dict[str, UUID]:
    return {f"{party.kind}_id": party.id}
