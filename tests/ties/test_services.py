"""Entering, correcting and moving ties, on both databases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import build
from tracker.domain.access import Level, Permission, Role
from tracker.domain.bodies import BodyRole
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound, RuleBroken, Stale
from tracker.domain.memoranda import Side
from tracker.domain.naming import Link
from tracker.domain.ties import MOVES, Copy, TieKind, TieState
from tracker.models import (
    AuditEntry,
    Citation,
    Involvement,
    Organisation,
    Place,
    StateChange,
    Tie,
    TieParty,
)
from tracker.models.ids import new_id
from tracker.record.grounds import Ground
from tracker.record.involvements import GivenBody
from tracker.record.parties import GivenParty
from tracker.record.states import Step
from tracker.record.titles import title_of
from tracker.ties import queries, services
from tracker.ties.given import EnteredState, GivenTie

ACTIVE = EnteredState(TieState.ACTIVE, build.BY_THEN)


def given(**values: Any) -> GivenTie:
    """A tie between two places that are only named."""
    plain: dict[str, Any] = {
        "kind": TieKind.SISTER,
        "parties": (
            GivenParty(Side.OURS, Link("مشهد"), "parties-0-who"),
            GivenParty(Side.THEIRS, Link("استان اوش"), "parties-1-who"),
        ),
        "title": {},
        "since": build.BY_THEN,
        "basis": Link(),
        "agreement": Link(),
        "agreement_copy": Copy.UNKNOWN,
        "purpose": {},
        "bodies": (),
        "said_in": Link(),
        "ground": Ground(),
        "level": Level.INTERNAL,
        "language": "fa",
    }
    return GivenTie(**{**plain, **values})


def enter(session: Session, actor: Any, **values: Any) -> Tie:
    session.info.setdefault("audit_key", b"the key of tests")
    return services.enter_tie(session, actor, given(**values), ACTIVE, build.NOW)


def test_tie_is_entered_with_its_state_and_its_parties(session: Session) -> None:
    staff = build.account(session)
    tie = enter(session, staff)
    assert tie.state is TieState.ACTIVE
    assert tie.title == {"fa": "مشهد – استان اوش"}
    parts = session.scalars(
        select(TieParty).where(TieParty.tie_id == tie.id).order_by(TieParty.position)
    ).all()
    assert [part.side for part in parts] == [Side.OURS, Side.THEIRS]
    assert session.scalars(select(Place)).all()
    step = session.scalars(select(StateChange).where(StateChange.object_id == tie.id)).one()
    assert (step.source, step.target, step.effective_on) == ("", "active", build.BY_THEN)


def test_title_is_made_in_each_language_in_which_all_have_names(session: Session) -> None:
    staff = build.account(session)
    build.place(session, staff, {"fa": "مشهد", "en": "Mashhad", "ru": "Мешхед"})
    build.place(session, staff, {"fa": "استان اوش", "en": "Osh province"})
    tie = enter(session, staff)
    assert tie.title == {"fa": "مشهد – استان اوش", "en": "Mashhad – Osh province"}


def test_title_without_a_common_language_takes_the_names_there_are() -> None:
    made = title_of([{"fa": "مشهد"}, {"en": "Osh"}], "en")
    assert made == {"en": "مشهد – Osh"}


def test_title_that_was_typed_stays(session: Session) -> None:
    tie = enter(session, build.account(session), title={"en": "The old friends"})
    assert tie.title == {"en": "The old friends"}


@pytest.mark.parametrize("count", [0, 1])
def test_tie_needs_two_parties(session: Session, count: int) -> None:
    staff = build.account(session)
    with pytest.raises(RuleBroken) as refused:
        enter(session, staff, parties=given().parties[:count])
    assert refused.value.field == f"parties-{count}-who"
    session.rollback()
    assert session.scalars(select(Tie)).all() == []


def test_party_stands_once(session: Session) -> None:
    staff = build.account(session)
    twice = GivenParty(Side.THEIRS, Link("مشهد"), "parties-1-who")
    with pytest.raises(RuleBroken) as refused:
        enter(session, staff, parties=(given().parties[0], twice))
    assert refused.value.field == "parties-1-who"


def test_party_may_be_an_organisation(session: Session) -> None:
    staff = build.account(session)
    body = GivenParty(Side.OURS, Link("شهرداری مشهد"), "parties-0-who")
    enter(session, staff, parties=(body, given().parties[1]))
    assert session.scalars(select(Organisation)).one().name == {"fa": "شهرداری مشهد"}


def test_correcting_keeps_parts_and_raises_the_version_once(session: Session) -> None:
    staff = build.account(session)
    tie = enter(session, staff)
    parts = {part.id for part in session.scalars(select(TieParty))}
    channel = GivenBody(
        Link("سفارت ایران در قرقیزستان"), BodyRole.CHANNEL, True, {"fa": "از معنای آن"}, "x"
    )
    changed = given(agreement_copy=Copy.NOT_HELD, bodies=(channel,), version=tie.version)
    before = tie.version
    services.correct_tie(session, staff, tie.id, changed, build.NOW)
    assert tie.version == before + 1
    assert {part.id for part in session.scalars(select(TieParty))} == parts
    involved = session.scalars(select(Involvement)).one()
    assert (involved.inferred, involved.reason) == (True, {"fa": "از معنای آن"})
    services.correct_tie(session, staff, tie.id, given(version=tie.version), build.NOW)
    assert session.scalars(select(Involvement)).all() == []


def test_correcting_nothing_changes_nothing(session: Session) -> None:
    staff = build.account(session)
    tie = enter(session, staff)
    entries = len(session.scalars(select(AuditEntry)).all())
    services.correct_tie(
        session, staff, tie.id, given(title=tie.title, version=tie.version), build.NOW
    )
    assert len(session.scalars(select(AuditEntry)).all()) == entries


def test_state_rests_on_a_statement_and_the_tie_on_a_source(session: Session) -> None:
    staff = build.account(session)
    source = build.source(session, staff, "A report")
    said = build.statement(session, staff, "They are sisters.", source=source, locator="row 29")
    tie = enter(
        session,
        staff,
        said_in=Link(said.text["en"], "statement", said.id),
        ground=Ground(Link("A report"), True, {"en": "by its sense"}, "page 1"),
    )
    found = {each.field: each for each in session.scalars(select(Citation))}
    assert (found["state"].statement_id, found["state"].source_id) == (said.id, source.id)
    assert found["state"].locator == "row 29"
    assert (found[""].source_id, found[""].inferred, found[""].locator) == (
        source.id,
        True,
        "page 1",
    )
    held = queries.tie_for_form(session, staff, tie.id, "en")
    assert held["said_in"].id == said.id
    assert (held["locator"], held["inferred"]) == ("page 1", True)
    services.correct_tie(session, staff, tie.id, given(version=tie.version), build.NOW)
    assert session.scalars(select(Citation)).all() == []


def test_what_the_editor_may_not_see_stays(session: Session) -> None:
    staff, auditor = build.account(session), build.account(session, "auditor")
    tie = enter(session, staff)
    hidden = build.place(session, auditor, "Hidden", level=Level.CONFIDENTIAL)
    build.saved(
        session, auditor, TieParty(tie_id=tie.id, side=Side.THEIRS, place_id=hidden.id, position=2)
    )
    body = build.organisation(session, auditor, "Quiet body", level=Level.CONFIDENTIAL)
    build.involvement(session, auditor, tie, body)
    services.correct_tie(session, staff, tie.id, given(version=tie.version), build.NOW)
    places = {part.place_id for part in session.scalars(select(TieParty))}
    assert hidden.id in places
    assert session.scalars(select(Involvement)).one().organisation_id == body.id


def test_stale_version_is_refused(session: Session) -> None:
    staff = build.account(session)
    tie = enter(session, staff)
    with pytest.raises(Stale):
        services.correct_tie(session, staff, tie.id, given(version=tie.version - 1), build.NOW)


def test_form_sent_twice_makes_one_tie(session: Session) -> None:
    staff = build.account(session)
    submission = new_id()
    first = enter(session, staff, submission=submission)
    assert enter(session, staff, submission=submission).id == first.id
    assert len(session.scalars(select(Tie)).all()) == 1


ROLES = (Role.STAFF, Role.APPROVER, Role.OFFICIAL, Role.COUNCIL, Role.AUDITOR)
NAMES = tuple(dict.fromkeys(move.name for move in MOVES))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("state", TieState)
def test_every_state_and_step_and_role(
    session: Session, state: TieState, name: str, role: Role
) -> None:
    actor = build.account(session, role)
    tie = build.tie(session, build.account(session), state=state)
    move = next((m for m in MOVES if m.name == name and m.source is state), None)
    step = Step(name, FuzzyDate.exact(build.TODAY), "because of it")
    allowed = move is not None and actor.can(move.permission)
    version = tie.version
    if not allowed:
        with pytest.raises(RuleBroken):
            services.move_tie(session, actor, tie.id, step, version, build.NOW)
        assert (tie.state, tie.version) == (state, version)
        return
    assert move is not None
    if "reason" in move.needs:
        with pytest.raises(RuleBroken) as refused:
            services.move_tie(session, actor, tie.id, replace(step, reason=""), version, build.NOW)
        assert refused.value.field == "reason"
    services.move_tie(session, actor, tie.id, step, version, build.NOW)
    assert (tie.state, tie.version) == (move.target, version + 1)
    noted = session.scalars(select(StateChange).where(StateChange.object_id == tie.id)).one()
    assert (noted.source, noted.target, noted.reason) == (state, move.target, "because of it")


def test_table_leads_from_every_state_but_the_last() -> None:
    assert {m.source for m in MOVES} == set(TieState) - {TieState.ENDED}
    assert {m.permission for m in MOVES} <= {Permission.RECORD, Permission.APPROVE}


def test_tie_of_a_higher_level_is_not_moved(session: Session) -> None:
    tie = build.tie(session, build.account(session, "auditor"), level=Level.CONFIDENTIAL)
    step = Step("end", FuzzyDate.unknown(), "because")
    with pytest.raises(NotFound):
        services.move_tie(
            session, build.account(session, "approver"), tie.id, step, tie.version, build.NOW
        )
