"""The limits of sessions by role: what an administrator sets within the bounds of
`web.limits`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Role
from tracker.domain.errors import NotFound, RuleBroken, Stale
from tracker.lang import N_
from tracker.models.administration import RoleLimits
from tracker.record.audit import enter
from tracker.record.turns import await_turn
from tracker.web import limits
from tracker.web.limits import Limits

# A setting has no id of its own in the chain.
NO_OBJECT = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Setting:
    """The limits of a role as they stand; version 0: nobody has set any."""

    role: Role
    limits: Limits
    version: int


def all_limits(session: Session) -> tuple[Setting, ...]:
    found = {row.role: row for row in session.scalars(select(RoleLimits))}
    return tuple(
        Setting(role, limits.of(found[role]), found[role].version)
        if role in found
        else Setting(role, default, 0)
        for role, default in limits.DEFAULTS.items()
    )


def limits_of(session: Session, role: Role) -> Setting:
    for setting in all_limits(session):
        if setting.role is role:
            return setting
    raise NotFound("role")


def set_limits(
    session: Session, by: Actor, role: Role, wanted: Limits, version: int | None, now: datetime
) -> None:
    """They hold for the sessions that are open, too."""
    await_turn(session)
    before = limits_of(session, role)
    if version != before.version:
        raise Stale(before.version)
    for name in limits.out_of_bounds(wanted):
        bounds = limits.BOUNDS[name]
        raise RuleBroken(
            N_("From %(least)s to %(most)s"), field=name, least=bounds.least, most=bounds.most
        )
    if wanted == before.limits:
        return
    old, new = asdict(before.limits), asdict(wanted)
    session.merge(RoleLimits(role=role, version=before.version + 1, **new))
    fields = {name: [old[name], new[name]] for name in old if old[name] != new[name]}
    enter(
        session,
        by,
        now,
        action="limits set",
        kind="setting",
        object_id=NO_OBJECT,
        changes={"fields": {"role": [role.value, role.value], **fields}},
    )
    session.commit()
