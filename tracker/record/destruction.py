"""Destroying what was put away: by two people, after the years that its kind is kept, never while
anything else refers to it. A stub stays, and so do the entries of the audit with all they tell.

Whoever calls these awaits their turn first and commits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import ColumnElement, Table, delete, exists, inspect, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Permission
from tracker.domain.errors import RuleBroken
from tracker.domain.removals import kept_until
from tracker.models import (
    Base,
    DestroyedObject,
    DestructionProposal,
    Recorded,
    RetentionRule,
    Translation,
)
from tracker.models.access import Grant, Submission
from tracker.models.types import canonical_json
from tracker.record import audit, references, snapshots
from tracker.record.kinds import KINDS
from tracker.record.removals import went_along, whole_group

DESTROYED = "destroyed"  # as the audit calls it


def propose(session: Session, actor: Actor, obj: Recorded, reason: str, now: datetime) -> None:
    """Ask somebody else to destroy an object that lies in the bin."""
    _check(session, obj, now.date())
    whole_group(session, actor, obj)
    if session.get(DestructionProposal, obj.id) is not None:
        raise RuleBroken("This waits for a second person already.")
    if actor.user_id is None:
        raise RuleBroken("Destroying takes two people with accounts.")
    session.add(
        DestructionProposal(
            object_id=obj.id,
            object_kind=obj.kind,
            proposed_by=actor.user_id,
            proposed_at=now,
            reason=reason,
        )
    )
    _enter(session, actor, now, "destruction proposed", obj, {}, reason)


def refuse(session: Session, actor: Actor, obj: Recorded, now: datetime) -> None:
    """Let a proposal go, one's own or somebody else's."""
    proposal = session.get(DestructionProposal, obj.id)
    if proposal is not None:
        _forget(session, [obj.id])
        _enter(session, actor, now, "destruction refused", obj, {}, "")


def destroy(session: Session, actor: Actor, obj: Recorded, now: datetime) -> None:
    """Destroy the object with what went into the bin with it, as somebody else proposed."""
    proposal = session.get(DestructionProposal, obj.id)
    if proposal is None:
        raise RuleBroken("Nobody has proposed to destroy this.")
    if actor.user_id is None or proposal.proposed_by == actor.user_id:
        raise RuleBroken("Destroying takes two people: somebody else has to agree.")
    if not actor.can(Permission.APPROVE):
        raise RuleBroken("This step is for whoever approves.")
    _check(session, obj, now.date())
    group = whole_group(session, actor, obj)[::-1]
    for each in group:
        stub = _stub(session, each, proposal, actor.user_id, now)
        session.add(stub)
        _enter(session, actor, now, DESTROYED, each, {"digest": stub.digest}, proposal.reason)
    session.flush()
    _delete(session, group)


def rule_of(session: Session, kind: str) -> RetentionRule | None:
    return session.get(RetentionRule, kind)


def _check(session: Session, obj: Recorded, today: date) -> None:
    rule = rule_of(session, obj.kind)
    if rule is None or obj.deleted_at is None:
        raise RuleBroken("No rule says how long this kind is kept, so nothing of it is destroyed.")
    if today < kept_until(obj.deleted_at.date(), rule.years):
        raise RuleBroken("It is too early: the years that this kind is kept are not over.")
    ids = {each.id: each.kind for each in (obj, *went_along(session, obj))}
    referring = references.referring(ids).subquery()
    others = select(referring.c.id).where(referring.c.id.not_in(ids))
    if session.scalar(select(exists(others))) or _is_named_elsewhere(session, ids):
        raise RuleBroken("Something else still refers to it, in the bin perhaps.")


def _is_named_elsewhere(session: Session, ids: dict[UUID, str]) -> bool:
    """Whether a row that is of no object, as a release to a partner, points at one of these."""
    pointed_at = {_table(KINDS[kind]) for kind in ids.values()}
    recorded = {_table(model) for model in references.recorded()}
    pointing = (
        column
        for table in Base.metadata.sorted_tables
        if table not in recorded
        for column in table.columns
        if any(key.column.table in pointed_at for key in column.foreign_keys)
    )
    return any(session.scalar(select(exists().where(each.in_(ids)))) for each in pointing)


def _stub(
    session: Session,
    obj: Recorded,
    proposal: DestructionProposal,
    destroyed_by: UUID,
    now: datetime,
) -> DestroyedObject:
    return DestroyedObject(
        object_id=obj.id,
        object_kind=obj.kind,
        effective_level=obj.effective_level,
        last_version=obj.version,
        digest=state_digest(session, obj),
        created_at=obj.created_at,
        removed_at=obj.deleted_at,
        removed_by=obj.deleted_by,
        remove_reason=obj.delete_reason or "",
        proposed_by=proposal.proposed_by,
        reason=proposal.reason,
        destroyed_by=destroyed_by,
        destroyed_at=now,
    )


def state_digest(session: Session, obj: Recorded) -> str:
    """SHA-256 of the canonical JSON of the object's row and those of its parts."""
    state: dict[str, list[dict[str, Any]]] = {}
    for model, mine in references.own_rows(obj):
        table = _table(model)
        found = session.execute(select(*table.columns).where(mine).order_by(table.c.id)).mappings()
        held = [{key: snapshots.plain(value) for key, value in row.items()} for row in found]
        if held:
            state[table.name] = held
    return hashlib.sha256(canonical_json(state).encode()).hexdigest()


def _delete(session: Session, group: Iterable[Recorded]) -> None:
    objects = list(group)
    ids = [obj.id for obj in objects]
    for obj in objects:
        session.expunge(obj)
        for part, root in references.parts_of(obj.kind):
            parts = select(part.id).where(root == obj.id)
            _take_out(session, Translation, Translation.object_id.in_(parts))
            _take_out(session, part, root == obj.id)
    for kept in (Translation, Grant, Submission):
        _take_out(session, kept, kept.object_id.in_(ids))
    _forget(session, ids)
    # Those of one kind at once, what points at others before them.
    order = [table.name for table in reversed(Base.metadata.sorted_tables)]
    for model in sorted({type(obj) for obj in objects}, key=lambda m: order.index(_table(m).name)):
        _take_out(session, model, model.id.in_(ids))


def _take_out(session: Session, model: Any, which: ColumnElement[bool]) -> None:
    session.execute(delete(model).where(which), execution_options={"synchronize_session": False})


def _forget(session: Session, ids: Iterable[UUID]) -> None:
    _take_out(session, DestructionProposal, DestructionProposal.object_id.in_(list(ids)))


def _enter(
    session: Session,
    actor: Actor,
    now: datetime,
    action: str,
    obj: Recorded,
    changes: dict[str, Any],
    reason: str,
) -> None:
    audit.enter(
        session,
        actor,
        now,
        action=action,
        kind=obj.kind,
        object_id=obj.id,
        changes=changes,
        reason=reason,
    )


def _table(model: Any) -> Table:
    table: Table = inspect(model).local_table
    return table


def rules(session: Session) -> dict[str, int]:
    """Kind → years, of the kinds that have a rule."""
    return {rule.object_kind: rule.years for rule in session.scalars(select(RetentionRule))}


def set_rules(
    session: Session, actor: Actor, wanted: Mapping[str, int | None], now: datetime
) -> None:
    """Let removed objects of each kind be kept for so many years; None: for ever."""
    held = rules(session)
    for kind, years in wanted.items():
        if held.get(kind) == years:
            continue
        _take_out(session, RetentionRule, RetentionRule.object_kind == kind)
        if years is not None:
            rule = RetentionRule(object_kind=kind, years=years, set_by=actor.user_id, set_at=now)
            session.add(rule)
        audit.enter(
            session,
            actor,
            now,
            action="retention set",
            kind="retention rule",
            object_id=uuid5(NAMESPACE_OID, kind),
            changes={"of_kind": [kind, kind], "years": [held.get(kind), years]},
        )
