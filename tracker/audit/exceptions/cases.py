"""The cases of each rule, as queries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Text,
    Uuid,
    and_,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    text,
)
from sqlalchemy.orm import aliased

from tracker.audit.exceptions.period import Period
from tracker.domain.actions import ActionState
from tracker.domain.audit import AccessEvent
from tracker.domain.meetings import NOT_HELD, MeetingState
from tracker.domain.memoranda import Stage
from tracker.domain.ties import TieState
from tracker.models import Action, AuditEntry, Meeting, Memorandum, Release, StateChange, Tie
from tracker.models.access import AccessEntry, Grant
from tracker.models.registers import RARE_ACTION

SLOW_DAYS = 7
MANY_FAILURES, MANY_REFUSALS = 5, 20

Cases = Select[*tuple[Any, ...]]
_NOBODY = cast(null(), Uuid)
_NOTHING = literal("", String)

# From these on, what an object says has been agreed to.
_APPROVED = {
    Meeting.kind: (MeetingState.MINUTES_APPROVED, MeetingState.MINUTES_AGREED),
    Memorandum.kind: (Stage.READY_TO_SIGN, Stage.SIGNED, Stage.IN_FORCE),
    Tie.kind: (TieState.APPROVED, TieState.ACTIVE),
}
_DATES = {Meeting.kind: "held", Memorandum.kind: "staged", Tie.kind: "since"}
_CLOSED = (ActionState.DONE, ActionState.VERIFIED)
_LOWER = (("confidential", "internal"), ("confidential", "public"), ("internal", "public"))
_FAILURES = (AccessEvent.SIGN_IN_FAILED, AccessEvent.SIGN_IN_HELD_BACK)


def _cases(at: Any, kind: Any, object_id: Any, user_id: Any, detail: Any = _NOTHING) -> Cases:
    return select(
        at.label("at"),
        kind.label("kind"),
        object_id.label("object_id"),
        user_id.label("user_id"),
        detail.label("detail"),
    )


def logged_late(period: Period) -> Cases:
    columns = Meeting.__table__.c
    return _cases(
        Meeting.created_at, literal(Meeting.kind, String), Meeting.id, Meeting.created_by
    ).where(
        period.covers(Meeting.created_at),
        Meeting.deleted_at.is_(None),
        Meeting.state.not_in(NOT_HELD),
        period.days_later(columns.held_last, SLOW_DAYS) < period.day_of(Meeting.created_at),
    )


def dates_after_approval(period: Period) -> Cases:
    return _entries(period).where(
        AuditEntry.action == "changed",
        or_(*(_date_changed(kind, stem) for kind, stem in _DATES.items())),
    )


def _date_changed(kind: str, stem: str) -> ColumnElement[bool]:
    approved = exists().where(
        StateChange.object_id == AuditEntry.object_id,
        StateChange.target.in_([state.value for state in _APPROVED[kind]]),
        StateChange.recorded_at < AuditEntry.at,
    )
    # A step of the machine sets its own date.
    return and_(
        AuditEntry.object_kind == kind,
        or_(_mentions(f'"{stem}_first": ['), _mentions(f'"{stem}_last": [')),
        ~_mentions('"state": ['),
        ~_mentions('"stage": ['),
        approved,
    )


def closed_by_own_follow_up(period: Period) -> Cases:
    return _closings(period).where(Action.follow_up_user_id == StateChange.recorded_by)


def closed_without_evidence(period: Period) -> Cases:
    return _closings(period).where(Action.evidence == "")


def _closings(period: Period) -> Cases:
    """The actions that are closed, each with the change that closed it last."""
    later = aliased(StateChange)
    closed_again = exists().where(
        later.object_id == StateChange.object_id,
        later.target == StateChange.target,
        later.recorded_at > StateChange.recorded_at,
    )
    return (
        _cases(
            StateChange.recorded_at,
            literal(Action.kind, String),
            Action.id,
            StateChange.recorded_by,
        )
        .join(Action, Action.id == StateChange.object_id)
        .where(
            period.covers(StateChange.recorded_at),
            StateChange.target == ActionState.DONE.value,
            Action.state.in_(_CLOSED),
            Action.deleted_at.is_(None),
            ~closed_again,
        )
    )


def levels_lowered(period: Period) -> Cases:
    steps = (_mentions(f'"level": ["{before}", "{after}"]') for before, after in _LOWER)
    return _entries(period).where(AuditEntry.action == "changed", or_(*steps))


def people_named(period: Period) -> Cases:
    """Whoever makes something confidential stays in by that, and was named by nobody."""
    return _cases(Grant.granted_at, Grant.object_kind, Grant.object_id, Grant.granted_by).where(
        period.covers(Grant.granted_at), Grant.granted_by != Grant.user_id
    )


def releases(period: Period) -> Cases:
    return _cases(
        Release.released_at,
        Release.object_kind,
        Release.object_id,
        Release.released_by,
        Release.edition,
    ).where(period.covers(Release.released_at))


def destroyed(period: Period) -> Cases:
    return _entries(period).where(AuditEntry.action == "destroyed", text(RARE_ACTION))


def failed_sign_ins(period: Period) -> Cases:
    """Told apart by what was typed: there may be no such account."""
    return (
        _cases(
            func.max(AccessEntry.at),
            literal("account", String),
            _NOBODY,
            _NOBODY,
            AccessEntry.detail,
        )
        .where(period.covers(AccessEntry.at), AccessEntry.event.in_(_FAILURES))
        .group_by(AccessEntry.detail, period.day_of(AccessEntry.at))
        .having(func.sum(AccessEntry.times) >= MANY_FAILURES)
    )


def refusals(period: Period) -> Cases:
    return (
        _cases(func.max(AccessEntry.at), literal("account", String), _NOBODY, AccessEntry.user_id)
        .where(period.covers(AccessEntry.at), AccessEntry.event == AccessEvent.DENIED)
        .group_by(AccessEntry.user_id, period.day_of(AccessEntry.at))
        .having(func.sum(AccessEntry.times) >= MANY_REFUSALS)
    )


def _entries(period: Period) -> Cases:
    return _cases(
        AuditEntry.at,
        AuditEntry.object_kind,
        AuditEntry.object_id,
        AuditEntry.actor_id,
        AuditEntry.reason,
    ).where(period.covers(AuditEntry.at))


def _mentions(piece: str) -> ColumnElement[bool]:
    """Whether the changes hold this, as they are stored: a text cannot, its quotes are escaped."""
    return cast(AuditEntry.changes, Text).contains(piece, autoescape=True)
