"""Entering, correcting and advancing memoranda, on both databases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import build
from tracker.domain.access import Level, Role
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound, RuleBroken, Stale
from tracker.domain.memoranda import MOVES, CommitmentState, LegalNature, Side, Stage, position
from tracker.domain.naming import Link
from tracker.memoranda import queries, services
from tracker.memoranda.given import (
    EnteredStage,
    GivenCommitment,
    GivenMemorandum,
    GivenPlace,
    GivenTie,
)
from tracker.models import (
    Commitment,
    Filing,
    Memorandum,
    MemorandumParty,
    MemorandumPlace,
    StateChange,
)
from tracker.models.ids import new_id
from tracker.record.grounds import Ground
from tracker.record.parties import GivenParty
from tracker.record.states import Step

PROPOSED = EnteredStage(Stage.PROPOSED, build.BY_THEN)


def promise(number: int = 1, side: Side = Side.OURS, **values: Any) -> GivenCommitment:
    plain: dict[str, Any] = {
        "id": None,
        "number": number,
        "side": side,
        "text": {"en": f"Promise {number}"},
        "emphasis": {},
        "beneficiary": {},
        "quantity_min": None,
        "quantity_max": None,
        "unit": {},
        "due": FuzzyDate.unknown(),
        "amount": None,
        "currency": "",
        "clause": "",
        "answers": None,
        "state": CommitmentState.RAISED,
        "at": f"commitments-{number - 1}-",
    }
    return GivenCommitment(**{**plain, **values})


def given(**values: Any) -> GivenMemorandum:
    plain: dict[str, Any] = {
        "title": {"en": "Joint cooperation"},
        "reference_no": "",
        "parties": (),
        "ties": (),
        "subjects": (),
        "scope": {},
        "scope_min": None,
        "scope_max": None,
        "places": (),
        "legal_nature": LegalNature.UNKNOWN,
        "commitments": (),
        "bodies": (),
        "ground": Ground(),
        "level": Level.INTERNAL,
        "language": "en",
    }
    return GivenMemorandum(**{**plain, **values})


def enter(session: Session, actor: Any, **values: Any) -> Memorandum:
    session.info.setdefault("audit_key", b"the key of tests")
    return services.enter_memorandum(session, actor, given(**values), PROPOSED, build.NOW)


def promises(session: Session) -> list[Commitment]:
    found = select(Commitment).where(Commitment.deleted_at.is_(None))
    return list(session.scalars(found.order_by(Commitment.position)))


def test_memorandum_is_entered_with_all_its_parts(session: Session) -> None:
    staff = build.account(session)
    tie = build.tie(session, staff, "Mashhad – Osh province")
    country = build.place(session, staff, "Kyrgyzstan")
    memorandum = enter(
        session,
        staff,
        parties=(
            GivenParty(
                Side.OURS, Link("City municipality"), "parties-0-who", Link("Mayor"), "signatory"
            ),
            GivenParty(Side.THEIRS, Link("Kyrgyzstan"), "parties-1-who"),
        ),
        ties=(GivenTie(Link("Mashhad – Osh province"), True, {"en": "same talks"}, "ties-0-tie"),),
        subjects=({"en": "Urban services"}, {"en": "Farm inputs"}),
        scope={"en": "Cities of Kyrgyzstan"},
        scope_min=2,
        scope_max=3,
        places=(GivenPlace(Link("Bishkek"), "places-0-place"),),
    )
    assert memorandum.staged_on == build.BY_THEN
    ours, theirs = session.scalars(select(MemorandumParty).order_by(MemorandumParty.position))
    assert ours.organisation_id is not None
    assert ours.signatory_post_id is not None
    assert theirs.place_id == country.id
    filing = session.scalars(select(Filing)).one()
    assert (filing.object_id, filing.inferred, filing.reason) == (
        tie.id,
        True,
        {"en": "same talks"},
    )
    assert filing.sort_on == build.BY_THEN
    assert session.scalars(select(MemorandumPlace)).one().memorandum_id == memorandum.id
    step = session.scalars(select(StateChange)).one()
    assert (step.source, step.target, step.effective_on) == ("", "proposed", build.BY_THEN)


def test_commitments_answer_one_another(session: Session) -> None:
    staff = build.account(session)
    memorandum = enter(
        session,
        staff,
        commitments=(
            promise(1, quantity_min=2, quantity_max=3, unit={"en": "cities"}),
            promise(2, Side.THEIRS, answers=1, amount=1250, currency="EUR"),
        ),
    )
    ours, theirs = promises(session)
    assert theirs.in_exchange_for_id == ours.id
    assert (ours.quantity_min, ours.quantity_max, ours.value_minor) == (2, 3, None)
    assert (theirs.value_minor, theirs.currency) == (1250, "EUR")
    rows = queries.memorandum_for_form(session, staff, memorandum.id, "en")["commitments"]
    assert [row["answers"] for row in rows] == [None, 1]
    assert rows[1]["value"] == 1250


def test_amounts_are_whole_minor_units(session: Session) -> None:
    staff = build.account(session)
    memorandum = enter(session, staff, commitments=(promise(amount=500_00, currency="IRR"),))
    assert promises(session)[0].value_minor == 500
    rows = queries.memorandum_for_form(session, staff, memorandum.id, "en")["commitments"]
    assert rows[0]["value"] == 500_00


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": 50, "currency": "IRR"}, "value"),
        ({"amount": 100}, "currency"),
        ({"amount": 100, "currency": "E1"}, "currency"),
        ({"currency": "EUR"}, "value"),
        ({"quantity_min": 3, "quantity_max": 2}, "quantity_max"),
        ({"answers": 7}, "answers"),
        ({"answers": 1}, "answers"),
    ],
)
def test_promise_that_makes_no_sense(session: Session, wrong: dict[str, Any], field: str) -> None:
    staff = build.account(session)
    with pytest.raises(RuleBroken) as refused:
        enter(session, staff, commitments=(promise(1, **wrong),))
    assert refused.value.field == f"commitments-0-{field}"
    session.rollback()
    assert session.scalars(select(Memorandum)).all() == []


def test_scope_is_a_range(session: Session) -> None:
    with pytest.raises(RuleBroken) as refused:
        enter(session, build.account(session), scope_min=3, scope_max=2)
    assert refused.value.field == "scope_max"


def test_changing_a_promise_raises_the_memorandum(session: Session) -> None:
    staff = build.account(session)
    memorandum = enter(session, staff, commitments=(promise(1), promise(2, Side.THEIRS)))
    first, second = promises(session)
    before = memorandum.version
    changed = promise(1, id=first.id, text={"en": "Promise 1, in other words"})
    same = promise(2, Side.THEIRS, id=second.id)
    services.correct_memorandum(
        session,
        staff,
        memorandum.id,
        given(commitments=(changed, same), version=before),
        build.NOW,
    )
    assert memorandum.version == before + 1
    assert (first.version, second.version) == (2, 1)
    assert first.text == {"en": "Promise 1, in other words"}


def test_correcting_nothing_changes_nothing(session: Session) -> None:
    staff = build.account(session)
    memorandum = enter(session, staff, commitments=(promise(1),))
    row = promise(1, id=promises(session)[0].id)
    before = memorandum.version
    services.correct_memorandum(
        session, staff, memorandum.id, given(commitments=(row,), version=before), build.NOW
    )
    assert memorandum.version == before


def test_promise_without_a_row_is_put_away(session: Session) -> None:
    staff = build.account(session)
    memorandum = enter(session, staff, commitments=(promise(1), promise(2)))
    kept, gone = promises(session)
    before = memorandum.version
    row = promise(1, id=kept.id)
    services.correct_memorandum(
        session, staff, memorandum.id, given(commitments=(row,), version=before), build.NOW
    )
    assert promises(session) == [kept]
    assert gone.deleted_at == build.NOW
    assert memorandum.version == before + 1


def test_promise_of_another_memorandum_is_not_taken_over(session: Session) -> None:
    staff = build.account(session)
    enter(session, staff, commitments=(promise(1),))
    foreign = promises(session)[0]
    other = enter(session, staff, commitments=(promise(1, id=foreign.id),))
    assert {each.memorandum_id for each in promises(session)} == {
        foreign.memorandum_id,
        other.id,
    }


def test_what_the_editor_may_not_see_stays(session: Session) -> None:
    staff, auditor = build.account(session), build.account(session, "auditor")
    memorandum = enter(session, staff)
    secret = build.commitment(session, auditor, memorandum, "Quiet", level=Level.CONFIDENTIAL)
    tie = build.tie(session, auditor, "Quiet tie", level=Level.CONFIDENTIAL)
    build.filed(session, auditor, memorandum, tie)
    services.correct_memorandum(
        session, staff, memorandum.id, given(version=memorandum.version), build.NOW
    )
    assert promises(session) == [secret]
    assert session.scalars(select(Filing)).one().object_id == tie.id


def test_level_of_a_memorandum_holds_its_promises(session: Session) -> None:
    auditor = build.account(session, "auditor")
    enter(session, auditor, level=Level.CONFIDENTIAL, commitments=(promise(1),))
    assert promises(session)[0].effective_level is Level.CONFIDENTIAL


def test_stale_version_is_refused(session: Session) -> None:
    staff = build.account(session)
    memorandum = enter(session, staff)
    with pytest.raises(Stale):
        services.correct_memorandum(
            session, staff, memorandum.id, given(version=memorandum.version + 1), build.NOW
        )


def test_form_sent_twice_makes_one_memorandum(session: Session) -> None:
    staff = build.account(session)
    submission = new_id()
    first = enter(session, staff, submission=submission)
    assert enter(session, staff, submission=submission).id == first.id
    assert len(session.scalars(select(Memorandum)).all()) == 1


ROLES = (Role.STAFF, Role.APPROVER, Role.OFFICIAL, Role.COUNCIL, Role.AUDITOR)
NAMES = tuple(dict.fromkeys(move.name for move in MOVES))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("stage", Stage)
def test_every_stage_and_step_and_role(
    session: Session, stage: Stage, name: str, role: Role
) -> None:
    actor = build.account(session, role)
    memorandum = build.memorandum(session, build.account(session), stage=stage)
    move = next((m for m in MOVES if m.name == name and m.source is stage), None)
    step = Step(name, FuzzyDate.exact(build.TODAY), "because of it")
    version = memorandum.version
    if move is None or not actor.can(move.permission):
        with pytest.raises(RuleBroken):
            services.advance_memorandum(session, actor, memorandum.id, step, version, build.NOW)
        assert (memorandum.stage, memorandum.version) == (stage, version)
        return
    if "reason" in move.needs:
        with pytest.raises(RuleBroken) as refused:
            services.advance_memorandum(
                session, actor, memorandum.id, replace(step, reason=""), version, build.NOW
            )
        assert refused.value.field == "reason"
    services.advance_memorandum(session, actor, memorandum.id, step, version, build.NOW)
    assert (memorandum.stage, memorandum.version) == (move.target, version + 1)
    assert memorandum.staged_on == step.effective_on
    noted = session.scalars(select(StateChange)).one()
    assert (noted.source, noted.target) == (stage, move.target)


def test_step_moves_the_memorandum_in_the_lists_of_its_ties(session: Session) -> None:
    staff = build.account(session)
    tie = build.tie(session, staff)
    memorandum = build.memorandum(session, staff)
    build.filed(session, staff, memorandum, tie)
    day = FuzzyDate.exact(build.TODAY)
    services.advance_memorandum(
        session, staff, memorandum.id, Step("draft", day), memorandum.version, build.NOW
    )
    assert session.scalars(select(Filing)).one().sort_on == day


def test_memorandum_of_a_higher_level_is_not_moved(session: Session) -> None:
    memorandum = build.memorandum(
        session, build.account(session, "auditor"), level=Level.CONFIDENTIAL
    )
    with pytest.raises(NotFound):
        services.advance_memorandum(
            session,
            build.account(session),
            memorandum.id,
            Step("draft", FuzzyDate.unknown()),
            memorandum.version,
            build.NOW,
        )


def test_every_stage_but_those_that_left_has_its_place_on_the_path() -> None:
    assert {stage for stage in Stage if position(stage) is None} == {
        Stage.REJECTED,
        Stage.WITHDRAWN,
    }
    assert [position(stage) for stage in (Stage.PROPOSED, Stage.READY_TO_SIGN)] == [0, 3]
