"""What stands on which page: ranking and cutting, pure functions over the facts.

Page one never grows. Its lists are ranked late, then blocked, then promised by us, then newest;
what does not fit is named there by its number and printed in full further on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from tracker.domain.actions import LIVE, ActionState
from tracker.domain.briefings import (
    Action,
    Mandate,
    Meeting,
    Memorandum,
    Obstacle,
    Person,
    Promise,
    Standing,
    Statement,
    TieBody,
    Want,
)
from tracker.domain.follow_up import Completion, ObstacleState
from tracker.domain.meetings import MeetingState
from tracker.domain.memoranda import BEFORE_SIGNATURE, Side
from tracker.domain.texts import Texts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How many of each kind a page holds."""

    people: int = 4
    wants: int = 3
    promises: int = 4
    stuck: int = 3
    points: int = 4
    meetings: int = 5
    actions: int = 8
    statements: int = 6
    entries: int = 6  # of every other list on page two


# Long texts fill a page with fewer items, so page one steps down until it is one page.
PAGE_ONE: tuple[Limits, ...] = (
    Limits(),
    Limits(people=3, wants=2, promises=3, stuck=2, points=3),
    Limits(people=2, wants=1, promises=2, stuck=2, points=2),
    Limits(people=1, wants=1, promises=1, stuck=1, points=1),
    Limits(people=1, wants=1, promises=0, stuck=0, points=1),
)

# A partner's edition has nothing that is stuck and nothing to say or not to say on page one.
FOR_PARTNER = (Limits(people=8, wants=8, promises=8), *PAGE_ONE[1:])


@dataclass(frozen=True, slots=True)
class Back:
    """A way to print page two; `whole` ones hold all that page one had no room for, too."""

    limits: Limits
    air: str = ""
    by_speaker: bool = False  # statements in running text instead of a table
    tight: bool = False  # actions and the facts of the tie, too
    whole: bool = True


_ALL = Limits(meetings=5, actions=10, statements=18, entries=12)
# Page two first tries to hold everything, ever closer; an annex begins only when it cannot.
PAGE_TWO: tuple[Back, ...] = (
    Back(_ALL),
    Back(_ALL, "bf-dense-back"),
    Back(_ALL, "bf-dense-back", by_speaker=True),
    Back(_ALL, "bf-tight-back", by_speaker=True, tight=True),
    Back(Limits(), "bf-dense-back", whole=False),
    Back(Limits(meetings=3, actions=5, statements=4, entries=4), "bf-dense-back", whole=False),
)
WITH_ANNEX = next(n for n, back in enumerate(PAGE_TWO) if not back.whole)
EVERYTHING = Limits(*([10**6] * 9))


@dataclass(frozen=True, slots=True)
class Cut(Generic[T]):
    shown: tuple[T, ...]
    rest: tuple[T, ...]


def cut(items: Iterable[T], limit: int) -> Cut[T]:
    held = tuple(items)
    return Cut(held[:limit], held[limit:])


def _age(day: date) -> int:
    return -day.toordinal()


def meeting_people(body: TieBody) -> tuple[Person, ...]:
    """Whoever is met: those across the table first, then the other party's own people."""
    order = {Standing.ACROSS: 0, Standing.PARTNER: 1}
    met = [p for p in body.people if p.standing in order]
    return tuple(sorted(met, key=lambda p: (p.group, order[p.standing])))


def companions(body: TieBody) -> tuple[Person, ...]:
    """Those who come with us, the named ones first."""
    ours = [p for p in body.people if p.standing is Standing.COMPANION]
    return tuple(sorted(ours, key=lambda p: p.group))


def has_partner_official(body: TieBody) -> bool:
    return any(p.standing is Standing.PARTNER and p.name for p in body.people)


def wants(body: TieBody, side: Side) -> tuple[Want, ...]:
    return tuple(
        sorted((w for w in body.wants if w.side is side), key=lambda w: _age(w.said.sort))
    )


def promises(body: TieBody) -> tuple[Promise, ...]:
    return tuple(
        sorted(
            body.promises,
            key=lambda p: (-(p.overdue_days or 0), p.side is not Side.OURS, _age(p.made.sort)),
        )
    )


Item = Action | Obstacle | Mandate | Memorandum


def unsettled(memorandum: Memorandum) -> bool:
    """Not yet signed, and what or who is still open."""
    scope = memorandum.scope
    return memorandum.stage in BEFORE_SIGNATURE and (
        not memorandum.signatory_theirs or bool(scope and scope.undetermined)
    )


def stuck(body: TieBody) -> tuple[Item, ...]:
    """What does not move: late, then blocked, then what waits on somebody."""
    ranked: list[tuple[tuple[int, int, int], Item]] = []
    obstacles = [o for o in body.obstacles if o.state is ObstacleState.OPEN]
    named = [o.title for o in obstacles]
    for action in body.actions:
        if action.overdue_days is not None:
            ranked.append(((0, -action.overdue_days, 0), action))
        elif action.state is ActionState.BLOCKED and action.blocked_by not in named:
            ranked.append(((1, action.side is not Side.OURS, _age(action.agreed.sort)), action))
    for obstacle in obstacles:
        ranked.append(((1, 0, _age(obstacle.since.sort)), obstacle))
    for mandate in body.mandates:
        if mandate.overdue_days is not None:
            ranked.append(((0, -mandate.overdue_days, 0), mandate))
        elif mandate.help_from and mandate.completion is not Completion.DONE:
            ranked.append(((2, 0, _age(mandate.issued.sort)), mandate))
    for memorandum in body.memoranda:
        if unsettled(memorandum):
            ranked.append(((2, 1, _age(memorandum.proposed.sort)), memorandum))
    if not ranked:
        # Nothing stands still: then page one tells what is open.
        return open_actions(body)
    return tuple(item for _, item in sorted(ranked, key=lambda pair: pair[0]))


def open_actions(body: TieBody) -> tuple[Action, ...]:
    return tuple(
        sorted(
            (a for a in body.actions if a.state in LIVE),
            key=lambda a: (
                -(a.overdue_days or 0),
                a.state is not ActionState.BLOCKED,
                a.side is not Side.OURS,
                _age(a.agreed.sort),
            ),
        )
    )


def overdue_actions(body: TieBody) -> tuple[Action, ...]:
    return tuple(a for a in open_actions(body) if a.overdue_days is not None)


def meetings(body: TieBody) -> tuple[Meeting, ...]:
    return tuple(
        sorted(
            (m for m in body.meetings if m.state is not MeetingState.CANCELLED),
            key=lambda m: _age(m.held.sort),
        )
    )


def next_meeting(body: TieBody, as_of: date) -> Meeting | None:
    coming = [
        m
        for m in body.meetings
        if m.state is MeetingState.SCHEDULED and (m.held.is_unknown or m.held.sort >= as_of)
    ]
    return min(coming, key=lambda m: (m.held.is_unknown, m.held.sort), default=None)


def open_obstacles(body: TieBody) -> tuple[Obstacle, ...]:
    return tuple(o for o in body.obstacles if o.state is ObstacleState.OPEN)


def told_further(body: TieBody, on_page_one: Iterable[object]) -> tuple[Obstacle, ...]:
    """Open obstacles of which page one has not said everything."""
    told = set(map(id, on_page_one))
    return tuple(
        o for o in open_obstacles(body) if id(o) not in told or o.blocks or len(o.log) > 1
    )


def statements(body: TieBody) -> tuple[Statement, ...]:
    """Those that no want or promise prints already; two accounts of one thing stay together."""
    printed = {w.ref for w in body.wants} | {p.ref for p in body.promises}
    kept = [s for s in body.statements if s.ref not in printed or s.disputes or s.internal_only]
    return _disputes_together(sorted(kept, key=lambda s: _age(s.said.sort)))


def by_speaker(shown: Sequence[Statement]) -> list[tuple[Texts, list[Statement]]]:
    """The statements of each speaker together, in the order in which the speakers appear."""
    groups: list[tuple[Texts, list[Statement]]] = []
    for statement in shown:
        for speaker, said in groups:
            if speaker == statement.speaker:
                said.append(statement)
                break
        else:
            groups.append((statement.speaker, [statement]))
    return groups


def first_account(statement: Statement, shown: Sequence[Statement]) -> bool:
    """The first of the accounts that stand together, which carries the tag for all of them."""
    refs = [s.ref for s in shown]
    here = refs.index(statement.ref)
    return not any(ref in refs[:here] for ref in statement.disputes)


def _disputes_together(ordered: Sequence[Statement]) -> tuple[Statement, ...]:
    by_ref = {s.ref: s for s in ordered}
    placed: dict[str, Statement] = {}
    for statement in ordered:
        for ref in (statement.ref, *statement.disputes):
            if ref in by_ref:
                placed.setdefault(ref, by_ref[ref])
    return tuple(placed.values())
