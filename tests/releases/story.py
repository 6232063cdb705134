"""A tie of which some was released to a partner, and the rest is none of the partner's business.

Every text that must never reach the partner holds the word `canary`, every one that must, `given`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests import build
from tracker.domain.access import Actor, Level
from tracker.domain.memoranda import Side
from tracker.domain.naming import Link
from tracker.domain.statements import LinkKind, StatementKind
from tracker.models import Organisation, Recorded, Release, StatementLink
from tracker.releases.given import GivenRelease
from tracker.releases.services import release_object

PUBLIC = Level.PUBLIC


@dataclass
class Story:
    """What was planted; `kept` are objects of which a release stands that no edition may heed."""

    partner: Any
    tie: Any
    given: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)


def said(word: str, about: str) -> dict[str, str]:
    """A text in both languages, with the word and what it is of."""
    return {"fa": f"متن {word}-{about}", "en": f"text {word}-{about}"}


def given(
    partner: Organisation, obj: Recorded, *, language: str = "", reason: str = "the talks"
) -> GivenRelease:
    link = Link("", Organisation.kind, partner.id)
    return GivenRelease(link, language, "", "", reason, obj.version)


def hand(session: Session, obj: Recorded, partner: Organisation, *, language: str = "") -> UUID:
    """Release the object to the partner, by an account of its own that approves."""
    approver = build.account(session, "approver")
    release_object(
        session, approver, obj.kind, obj.id, given(partner, obj, language=language), build.NOW
    )
    found = session.query(Release.id).where(Release.object_id == obj.id)
    return found.order_by(Release.id.desc()).limit(1).scalar()


def smuggle(session: Session, obj: Recorded, partner: Organisation) -> None:
    """A release that no service would have made."""
    session.add(
        Release(
            object_kind=obj.kind,
            object_id=obj.id,
            object_version=obj.version,
            level=obj.effective_level,
            organisation_id=partner.id,
            reason="smuggled",
            released_at=build.NOW,
        )
    )
    session.commit()


def plant(session: Session, staff: Actor) -> Story:
    partner = build.organisation(session, staff, said("given", "partner"), level=PUBLIC)
    home = build.place(session, staff, said("given", "home"), level=PUBLIC)
    abroad = build.place(session, staff, said("given", "abroad"), level=PUBLIC)
    tie = build.tie(session, staff, ours=home, theirs=abroad, purpose=said("canary", "purpose"))
    build.involvement(
        session, staff, tie, build.organisation(session, staff, said("canary", "channel"))
    )
    story = Story(partner, tie)
    meetings(session, staff, story)
    memoranda(session, staff, story)
    never(session, staff, story)
    for obj in (tie, *story.given.values()):
        hand(session, obj, partner)
    for obj in story.kept.values():
        smuggle(session, obj, partner)
    return story


def meetings(session: Session, staff: Actor, story: Story) -> None:
    known = build.person(session, staff, said("given", "person"), level=PUBLIC)
    hidden = build.person(session, staff, said("canary", "person"))
    place = build.place(session, staff, said("canary", "place"))
    source = build.source(session, staff, said("canary", "source"), code="canary-code")
    held = build.meeting(
        session, staff, said("given", "meeting"), story.tie,
        place_id=place.id, source_id=source.id, note=said("canary", "note"),
    )  # fmt: skip
    for person in (known, hidden):
        build.attendee(session, staff, held, person)
    build.decision(session, staff, held, said("given", "decision"))
    build.meeting(session, staff, said("canary", "meeting"), story.tie)
    offer = build.statement(
        session, staff, said("given", "statement"), held, source, known,
        statement_kind=StatementKind.OFFER, side=Side.OURS,
    )  # fmt: skip
    other = build.statement(session, staff, said("canary", "account"), held, None, hidden)
    build.saved(
        session,
        staff,
        StatementLink(statement_id=offer.id, other_id=other.id, link_kind=LinkKind.CONTRADICTS),
    )
    story.given |= {"meeting": held, "statement": offer}
    secret = {"level": Level.CONFIDENTIAL}
    story.kept["secret"] = build.statement(
        session, staff, said("canary", "secret"), held, **secret
    )


def memoranda(session: Session, staff: Actor, story: Story) -> None:
    paper = build.memorandum(session, staff, said("given", "memorandum"))
    build.filed(
        session, staff, paper, story.tie, inferred=True, reason=said("canary", "inference")
    )
    mine = build.commitment(session, staff, paper, said("canary", "commitment"))
    theirs = build.commitment(
        session, staff, paper, said("given", "commitment"), Side.THEIRS, in_exchange_for_id=mine.id
    )
    story.given |= {"memorandum": paper, "commitment": theirs}


def never(session: Session, staff: Actor, story: Story) -> None:
    """What may not be handed over although it is public, or although a release stands."""
    held = story.given["meeting"]
    marked = build.statement(
        session, staff, said("canary", "marked"), held, level=PUBLIC, never_release=True
    )
    judged = build.statement(
        session, staff, said("canary", "assessment"), held, level=PUBLIC,
        statement_kind=StatementKind.ASSESSMENT,
    )  # fmt: skip
    obstacle = build.obstacle(session, staff, said("canary", "obstacle"), story.tie, level=PUBLIC)
    action = build.action(session, staff, said("canary", "action"), None, held, level=PUBLIC)
    mandate = build.mandate(session, staff, said("canary", "mandate"), level=PUBLIC)
    build.filed(session, staff, mandate, story.tie)
    story.kept |= {
        "marked": marked, "assessment": judged, "obstacle": obstacle, "action": action,
        "mandate": mandate,
    }  # fmt: skip
