"""A level goes up at once and down only when a second person agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests import build
from tests.page import filled_in
from tests.serving import AsRole
from tracker import record
from tracker.access import services
from tracker.domain.access import Actor, Level, ProposalState
from tracker.domain.errors import NotFound, RuleBroken, Stale
from tracker.models import AuditEntry, LevelProposal, Meeting, Memorandum, Recorded
from tracker.record import lowering

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session


WAITS = "پیشنهادهای پایین آوردن سطح"


def asked(session: Session, actor: Actor, obj: Recorded, level: Level, why: str = "known") -> None:
    """Ask for a level as a form would."""
    session.info["level_reason"] = why
    services.set_level(session, actor, obj.kind, obj.id, level, obj.version, build.NOW)


def answered(session: Session, actor: Actor, obj: Recorded, agrees: bool = True) -> LevelProposal:
    return services.decide(
        session,
        actor,
        obj.kind,
        obj.id,
        agrees=agrees,
        reason="too early",
        version=obj.version,
        now=build.NOW,
    )


def actions_of(session: Session, obj: Recorded) -> list[str]:
    found = select(AuditEntry.action).where(AuditEntry.object_id == obj.id)
    return list(session.scalars(found.order_by(AuditEntry.seq)))


def test_raising_is_immediate_and_lowering_is_a_proposal(session: Session) -> None:
    staff, approver = build.account(session), build.account(session, "approver")
    meeting = build.meeting(session, staff)
    asked(session, staff, meeting, Level.CONFIDENTIAL)
    assert meeting.effective_level is Level.CONFIDENTIAL
    asked(session, staff, meeting, Level.INTERNAL)
    assert meeting.level is Level.CONFIDENTIAL
    with pytest.raises(NotFound):
        answered(session, approver, meeting)  # nobody has named this approver
    build.grant(session, approver, meeting)
    proposal = answered(session, approver, meeting)
    assert proposal.state is ProposalState.APPROVED
    assert meeting.level is meeting.effective_level is Level.INTERNAL
    assert actions_of(session, meeting)[-3:] == ["level proposed", "changed", "proposal approved"]


def test_nobody_decides_alone(session: Session) -> None:
    approver = build.account(session, "approver")
    meeting = build.meeting(session, approver)
    asked(session, approver, meeting, Level.PUBLIC)
    with pytest.raises(RuleBroken, match="Another person"):
        answered(session, approver, meeting)
    session.rollback()
    with pytest.raises(RuleBroken, match="Another person"):
        answered(session, build.account(session), meeting)  # staff approve nothing
    session.rollback()
    assert meeting.level is Level.INTERNAL
    proposal = lowering.waiting(session, meeting)
    assert proposal is not None
    proposal.state, proposal.decided_by = ProposalState.APPROVED, approver.user_id
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize("trick", ["unproposed", "other level", "own proposal", "another day"])
def test_no_service_can_lower_without_the_decision(session: Session, trick: str) -> None:
    """Whatever stands in the table, only a decision of this very change lowers a level."""
    staff, approver = build.account(session), build.account(session, "approver")
    meeting = build.meeting(session, staff)
    if trick != "unproposed":
        session.add(
            LevelProposal(
                object_kind="meeting",
                object_id=meeting.id,
                from_level=Level.INTERNAL if trick != "other level" else Level.CONFIDENTIAL,
                to_level=Level.PUBLIC,
                reason="x",
                proposed_by=staff.user_id,
                proposed_at=build.NOW,
                state=ProposalState.APPROVED,
                decided_by=approver.user_id,
                decided_at=build.NOW.replace(year=2025) if trick == "another day" else build.NOW,
            )
        )
    session.commit()
    actor = staff if trick == "own proposal" else approver
    session.info["level_reason"] = "x"
    with record.change(session, actor, build.NOW):
        meeting.level = Level.PUBLIC
    session.commit()
    assert meeting.level is meeting.effective_level is Level.INTERNAL


def test_without_a_reason_nothing_of_the_change_is_kept(session: Session) -> None:
    staff = build.account(session)
    meeting = build.meeting(session, staff)
    with pytest.raises(RuleBroken) as refused:
        asked(session, staff, meeting, Level.PUBLIC, why="")
    assert refused.value.field == "level"
    session.rollback()
    assert lowering.waiting(session, meeting) is None


def test_only_one_waits_and_raising_makes_it_void(session: Session) -> None:
    staff = build.account(session)
    meeting = build.meeting(session, staff)
    asked(session, staff, meeting, Level.PUBLIC)
    with pytest.raises(RuleBroken, match="already"):
        asked(session, staff, meeting, Level.PUBLIC)
    session.rollback()
    proposal = lowering.waiting(session, meeting)
    assert proposal is not None
    asked(session, staff, meeting, Level.CONFIDENTIAL)
    assert proposal.state is ProposalState.VOID
    assert lowering.waiting(session, meeting) is None


def test_a_level_that_changed_in_another_way_makes_it_void(session: Session) -> None:
    staff, approver = build.account(session), build.account(session, "approver")
    meeting = build.meeting(session, staff)
    asked(session, staff, meeting, Level.PUBLIC)
    proposal = lowering.waiting(session, meeting)
    assert proposal is not None
    proposal.from_level = Level.CONFIDENTIAL  # as if it had been proposed at that level
    session.commit()
    assert answered(session, approver, meeting).state is ProposalState.VOID
    assert meeting.level is Level.INTERNAL


def test_declining_needs_a_reason_and_withdrawing_its_proposer(session: Session) -> None:
    staff, approver = build.account(session), build.account(session, "approver")
    meeting = build.meeting(session, staff)
    asked(session, staff, meeting, Level.PUBLIC)
    with pytest.raises(RuleBroken) as refused:
        services.decide(
            session,
            approver,
            "meeting",
            meeting.id,
            agrees=False,
            reason="",
            version=meeting.version,
            now=build.NOW,
        )
    assert refused.value.field == "reason"
    session.rollback()
    assert answered(session, approver, meeting, agrees=False).state is ProposalState.DECLINED
    asked(session, staff, meeting, Level.PUBLIC)
    with pytest.raises(RuleBroken, match="Only whoever"):
        services.withdraw(session, approver, "meeting", meeting.id, meeting.version, build.NOW)
    session.rollback()
    services.withdraw(session, staff, "meeting", meeting.id, meeting.version, build.NOW)
    assert lowering.waiting(session, meeting) is None
    assert meeting.level is Level.INTERNAL


def test_what_was_changed_since_is_looked_at_again_before_it_is_decided(session: Session) -> None:
    staff, approver = build.account(session), build.account(session, "approver")
    meeting = build.meeting(session, staff)
    asked(session, staff, meeting, Level.PUBLIC)
    seen = meeting.version
    with record.change(session, staff, build.NOW):
        meeting.title = {"en": "Something else"}
    session.commit()
    with pytest.raises(Stale):
        services.decide(
            session,
            approver,
            "meeting",
            meeting.id,
            agrees=True,
            reason="",
            version=seen,
            now=build.NOW,
        )


def test_taken_from_under_a_higher_one_it_keeps_that_level(session: Session) -> None:
    staff = build.account(session)
    memorandum = build.memorandum(session, staff, level=Level.CONFIDENTIAL)
    meeting = build.meeting(session, staff, filed_under=memorandum)
    said = build.statement(session, staff, meeting=meeting)
    with record.change(session, staff, build.NOW):
        session.delete(meeting.filings[0])
    session.commit()
    assert meeting.level is meeting.effective_level is Level.CONFIDENTIAL
    assert said.effective_level is Level.CONFIDENTIAL


def test_what_stands_in_a_paper_goes_with_it(session: Session) -> None:
    staff = build.account(session)
    memorandum = build.memorandum(session, staff)
    same = build.commitment(session, staff, memorandum)
    secret = build.commitment(session, staff, memorandum, level=Level.CONFIDENTIAL)
    meeting = build.meeting(session, staff, filed_under=memorandum)
    build.lowered(session, memorandum, Level.PUBLIC)
    assert same.effective_level is Level.PUBLIC
    assert secret.effective_level is Level.CONFIDENTIAL
    assert meeting.effective_level is Level.INTERNAL


def test_a_new_object_is_public_only_where_it_is_a_public_name(session: Session) -> None:
    staff = build.account(session)
    session.info.setdefault("audit_key", b"the key of tests")
    session.info["level_reason"] = "it was in the news"
    with record.change(session, staff, build.NOW):
        meeting = Meeting(title={"en": "A call"}, level=Level.PUBLIC)
        session.add(meeting)
    session.commit()
    assert meeting.effective_level is meeting.level is Level.INTERNAL
    proposal = lowering.waiting(session, meeting)
    assert proposal is not None
    assert proposal.to_level is Level.PUBLIC
    assert build.place(session, staff, level=Level.PUBLIC).effective_level is Level.PUBLIC


def test_a_form_keeps_what_was_typed_and_files_the_proposal(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        memorandum = build.memorandum(session, build.account(session)).id
    staff, approver = as_role("staff"), as_role("approver")
    edit = f"/memoranda/{memorandum}/edit"
    refused = staff.post_form(edit, {"title": "عنوان تازه", "level": "public"}, status=422)
    assert "نفر دوم" in refused.alert
    assert filled_in(refused.form(edit))["title"] == ["عنوان تازه"]
    page = staff.follow(
        staff.post_form(refused, {"level_reason": "در روزنامه منتشر شد"}, action=edit)
    )
    assert "سطح تا موافقت نفر دوم" in page.shown
    assert held(app, memorandum) == (Level.INTERNAL, "عنوان تازه")
    assert WAITS in approver.get("/").shown
    assert WAITS not in staff.get("/").shown
    address = f"/access/memorandum/{memorandum}"
    assert "در روزنامه منتشر شد" in staff.get(address).shown
    done = approver.follow(approver.post_form(address, action="decide", press="answer=approve"))
    assert "سطح پایین آمد" in done.shown
    assert held(app, memorandum) == (Level.PUBLIC, "عنوان تازه")
    assert WAITS not in approver.get("/").shown


def held(app: Flask, memorandum_id: UUID) -> tuple[Level, str]:
    with build.stored(app) as session:
        memorandum = session.get_one(Memorandum, memorandum_id)
        return memorandum.level, memorandum.title["fa"]


def test_an_approver_may_decline_and_the_proposer_withdraw(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        meeting = build.meeting(session, build.account(session)).id
    staff, approver = as_role("staff"), as_role("approver")
    address = f"/access/meeting/{meeting}"
    wish = {"level": "public", "level_reason": "همه آن را می‌دانند"}
    staff.follow(staff.post_form(address, wish, action="level"))
    refused = approver.post_form(address, action="decide", press="answer=decline", status=422)
    assert "چرا" in refused.alert
    page = approver.follow(
        approver.post_form(refused, {"reason": "هنوز نه"}, action="decide", press="answer=decline")
    )
    assert "هنوز نه" in page.shown
    staff.follow(staff.post_form(address, wish, action="level"))
    page = staff.follow(staff.post_form(address, action="withdraw"))
    assert "پس گرفته شد" in page.shown
