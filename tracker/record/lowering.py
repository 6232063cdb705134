"""A level goes down only by a proposal that a second person agreed to.

Whatever a form or a service asks for, a change that would let an object travel further keeps its
level and files the proposal instead; `session.info["level_reason"]` supplies the reason, without
which the whole is refused. Raising a level is immediate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.access import Level, ProposalState
from tracker.domain.errors import RuleBroken
from tracker.models import LevelProposal, Recorded
from tracker.record import kinds
from tracker.record.audit import Happening
from tracker.record.reading import find

if TYPE_CHECKING:
    from tracker.record.changes import Change

# Names that anybody may know: a new one is public without anybody's agreement.
PUBLIC_NAMES = frozenset({"place", "organisation", "post"})
# What stands in a paper and is shown on its page.
_IN_PAPERS = frozenset({"clause", "commitment"})


def hold(change: Change) -> None:
    """Keep the level of every object that nobody agreed to lower; propose what was asked for."""
    for touched in list(change.touched.values()):
        obj = touched.obj
        if touched.action == "created":
            continue
        was = Level[str(touched.before["level"]).upper()]
        if obj.level < was and not _is_decided(change, obj, was):
            wanted, obj.level = obj.level, was
            propose(change, obj, wanted)
        elif obj.level < was:
            change.lowered.add(obj.id)
        elif obj.level > was:
            _void(change, obj)
    change.session.flush()


def publishes(change: Change, obj: Recorded, level: Level) -> bool:
    """Whether a new object would come out public without anybody's agreement."""
    return (
        level is Level.PUBLIC
        and change.makes(obj.id)
        and obj.kind not in PUBLIC_NAMES
        and not change.published
    )


def propose(change: Change, obj: Recorded, wanted: Level) -> LevelProposal:
    """File, within the change that asks for it, that the object's level should be lowered."""
    session = change.session
    if waiting(session, obj) is not None:
        raise RuleBroken(
            "A lower level is proposed already and waits for an answer.", field="level"
        )
    reason = str(session.info.get("level_reason", ""))
    if not reason:
        raise RuleBroken(
            "A second person decides on a lower level: say why it should be lowered.",
            field="level",
        )
    proposal = LevelProposal(
        object_kind=obj.kind,
        object_id=obj.id,
        from_level=obj.level,
        to_level=wanted,
        reason=reason,
        proposed_by=change.actor.user_id,
        proposed_at=change.now,
    )
    session.add(proposal)
    session.info["level_proposed"] = True
    change.told.append(told(proposal, "level proposed", obj, reason))
    return proposal


def decide(
    change: Change, obj: Recorded, proposal: LevelProposal, *, agrees: bool, reason: str
) -> None:
    """Let the object travel further, or leave it where it is. What it has in it and what has no
    page to propose anything on goes with it where it was as open as the object itself."""
    if obj.level != proposal.from_level:
        _end(change, obj, proposal, ProposalState.VOID, "")
    elif not agrees:
        _end(change, obj, proposal, ProposalState.DECLINED, reason)
    else:
        for part in _in_it(change, obj, proposal.from_level):
            _agree(change, part, _of_part(proposal, part), reason)
        _agree(change, obj, proposal, reason)


def withdraw(change: Change, obj: Recorded, proposal: LevelProposal) -> None:
    """Take the proposal back."""
    _end(change, obj, proposal, ProposalState.WITHDRAWN, "")


def _agree(change: Change, obj: Recorded, proposal: LevelProposal, reason: str) -> None:
    change.session.add(proposal)
    _end(change, obj, proposal, ProposalState.APPROVED, reason)
    obj.level = proposal.to_level


def _end(
    change: Change, obj: Recorded, proposal: LevelProposal, state: ProposalState, reason: str
) -> None:
    proposal.state = state
    proposal.decided_at = change.now
    proposal.decided_by = change.actor.user_id
    proposal.decision = reason
    change.session.flush()
    change.told.append(told(proposal, f"proposal {state}", obj, reason))


def _in_it(change: Change, obj: Recorded, level: Level) -> list[Recorded]:
    """The clauses or commitments of a paper that have the paper's own level, as far as whoever
    decides sees them: nobody lowers what they have not seen."""
    return [
        child
        for child in kinds.children(change.session, obj)
        if child.kind in _IN_PAPERS
        and child.level is level
        and find(change.session, change.actor, type(child), child.id) is not None
    ]


def _of_part(proposal: LevelProposal, part: Recorded) -> LevelProposal:
    return LevelProposal(
        object_kind=part.kind,
        object_id=part.id,
        from_level=proposal.from_level,
        to_level=proposal.to_level,
        reason=proposal.reason,
        proposed_by=proposal.proposed_by,
        proposed_at=proposal.proposed_at,
    )


def told(proposal: LevelProposal, action: str, obj: Recorded, reason: str) -> Happening:
    """What the audit says of a step of a proposal: it stands in the history of its object."""
    levels = [proposal.from_level.name.lower(), proposal.to_level.name.lower()]
    return Happening(
        action, obj.kind, obj.id, obj.version, {"fields": {"proposed_level": levels}}, reason
    )


def waiting(session: Session, obj: Recorded) -> LevelProposal | None:
    """The proposal on the object that nobody has decided yet."""
    return session.scalar(
        select(LevelProposal).where(
            LevelProposal.object_id == obj.id, LevelProposal.state == ProposalState.WAITING
        )
    )


def _void(change: Change, obj: Recorded) -> None:
    """What was proposed of a level that the object no longer has, nobody can agree to."""
    proposal = waiting(change.session, obj)
    if proposal is not None:
        _end(change, obj, proposal, ProposalState.VOID, "")


def _is_decided(change: Change, obj: Recorded, was: Level) -> bool:
    """Whether exactly this was agreed to in this very change, by another than who proposed it."""
    agreed = change.session.scalar(
        select(LevelProposal).where(
            LevelProposal.object_id == obj.id,
            LevelProposal.state == ProposalState.APPROVED,
            LevelProposal.from_level == was,
            LevelProposal.to_level == obj.level,
            LevelProposal.decided_at == change.now,
            LevelProposal.decided_by == change.actor.user_id,
        )
    )
    return agreed is not None and change.actor.may_decide(agreed.proposed_by)
