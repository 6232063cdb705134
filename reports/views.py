"""What the templates are handed: the cut lists, and small tables of one object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from reports import marks, phrases, selection
from reports.marks import say, say_n
from reports.selection import Cut, Limits, cut
from tracker import lang
from tracker.domain.briefings import (
    Action,
    Basis,
    Briefing,
    Commitment,
    Framework,
    Mandate,
    Meeting,
    Memorandum,
    Obstacle,
    Point,
    Resolution,
    TieBody,
)
from tracker.domain.memoranda import PATH, CommitmentState, Side, Stage, position
from tracker.domain.texts import Texts
from tracker.domain.ties import Copy

KINDS: dict[type, str] = {
    Action: "action",
    Obstacle: "obstacle",
    Mandate: "mandate",
    Memorandum: "memorandum",
    Resolution: "resolution",
    Framework: "framework",
}


def kind_of(item: object) -> str:
    return KINDS[type(item)]


@dataclass(frozen=True, slots=True)
class Said:
    """A talking point or caution ready to print."""

    body: Markup
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PathStep:
    stage: Stage
    state: str  # done, now, next
    on: Markup


@dataclass(frozen=True, slots=True)
class Entry:
    item: Commitment
    number: str
    answers: str
    terms: Markup


@dataclass(frozen=True, slots=True)
class ExchangeSide:
    title: Markup
    obliged: Texts
    entries: tuple[Entry, ...]
    all_raised: bool


@dataclass(slots=True)
class Annex:
    """What the first two pages had no room for; a list that fitted is empty here."""

    lists: dict[str, Sequence[Any]] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Sequence[Any]:
        return self.lists[name]

    def __bool__(self) -> bool:
        return any(self.lists.values())


def said(
    written: Sequence[Point], derived: Sequence[tuple[Markup, tuple[str, ...]]], limit: int
) -> tuple[Cut[Said], Markup]:
    """Staff's own words first; what the record suggests fills the room they leave."""
    theirs = cut([Said(marks.text(point.text), point.notes) for point in written], limit)
    ours = [Said(body, notes) for body, notes in derived[: max(0, limit - len(written))]]
    if theirs.shown and ours:
        whose = say("by staff, then from the record")
    elif theirs.shown:
        whose = say("proposed by staff")
    else:
        whose = say("drawn from the record")
    return Cut((*theirs.shown, *ours), theirs.rest), whose


def front(briefing: Briefing, limits: Limits) -> dict[str, Any]:
    body = briefing.body
    points, points_by = said(body.points, phrases.points(briefing), limits.points)
    cautions, cautions_by = said(body.cautions, phrases.cautions(briefing), limits.points)
    page = {
        "people": cut(selection.meeting_people(body), limits.people),
        "with_us": cut(selection.companions(body), limits.people),
        "has_partner_official": selection.has_partner_official(body),
        "our_name": phrases.side_of(body.parties, Side.OURS),
        "their_name": phrases.side_of(body.parties, Side.THEIRS),
        "our_wants": cut(selection.wants(body, Side.OURS), limits.wants),
        "their_wants": cut(selection.wants(body, Side.THEIRS), limits.wants),
        "own_account": any(w.own_account for w in selection.wants(body, Side.THEIRS)),
        "promises": cut(selection.promises(body), limits.promises),
        "stuck": cut(selection.stuck(body), limits.stuck),
        "open_line": actions_line(briefing),
        "points": points,
        "points_by": points_by,
        "cautions": cautions,
        "cautions_by": cautions_by,
    }
    return page | _kept_from(briefing, page)


def back(briefing: Briefing, limits: Limits, first: dict[str, Any]) -> dict[str, Any]:
    body = briefing.body
    statements = selection.statements(body)
    page = {
        "memoranda": cut(body.memoranda, limits.entries),
        "memo_many": len(body.memoranda) > 1,
        "memo_line": memo_line(body.memoranda),
        "has_commitments": any(m.commitments for m in body.memoranda),
        "past_work": cut(body.past_work, limits.entries),
        "agreement_line": agreement_line(body.agreement),
        "meetings": cut(selection.meetings(body), limits.meetings),
        "meetings_line": say_n("%(n)s meeting", "%(n)s meetings", len(body.meetings)),
        "obstacles": cut(selection.told_further(body, first["stuck"].shown), limits.entries),
        "obstacles_line": say_n(
            "%(n)s open obstacle", "%(n)s open obstacles", len(selection.open_obstacles(body))
        ),
        "actions": cut(selection.open_actions(body), limits.actions),
        "actions_line": actions_line(briefing),
        "no_due": not any(
            a.due_words or not a.due.is_unknown for a in selection.open_actions(body)
        ),
        "orders": cut((*body.mandates, *body.resolutions, *body.frameworks), limits.entries),
        "order_issuer": order_issuer(body),
        "statements": cut(statements, limits.statements),
        "statements_line": say("other than on page 1") if body.wants or body.promises else "",
        "unknowns": cut(phrases.unknowns(briefing), limits.entries * 3),
        "inferences": cut(phrases.inferences(briefing), limits.entries),
        "withheld": briefing.withheld,
        "sources": cut(briefing.sources, limits.entries),
    }
    return page | _kept_from(briefing, page)


# Lists of what stands still, is not known or may be said: they are for ourselves.
_OURS = ("stuck", "points", "cautions", "obstacles", "actions", "orders", "unknowns", "inferences")


def _kept_from(briefing: Briefing, page: dict[str, Any]) -> dict[str, Any]:
    """The lists of a page that a partner's edition leaves empty."""
    if not briefing.head.edition_for:
        return {}
    return {name: cut((), 0) for name in _OURS if name in page}


def annex(first: dict[str, Any], second: dict[str, Any]) -> Annex:
    names = {
        **dict.fromkeys(
            ("people", "our_wants", "their_wants", "promises", "stuck", "points", "cautions"),
            first,
        ),
        **dict.fromkeys(
            (
                "memoranda",
                "past_work",
                "meetings",
                "obstacles",
                "actions",
                "orders",
                "statements",
                "unknowns",
                "inferences",
                "sources",
            ),
            second,
        ),
    }
    lists: dict[str, Sequence[Any]] = {}
    for name, page in names.items():
        held: Cut[Any] = page[name]
        lists[name] = held.rest
    lists["companions"] = first["with_us"].rest
    return Annex(lists)


def actions_line(briefing: Briefing) -> Markup:
    held = selection.open_actions(briefing.body)
    late = selection.overdue_actions(briefing.body)
    return say_n(
        "%(n)s open action; overdue: %(late)s",
        "%(n)s open actions; overdue: %(late)s",
        len(held),
        late=lang.format_number(len(late)),
    )


def order_issuer(body: TieBody) -> Markup:
    """The body that issued all of them, which then need not be said again in each line."""
    orders: list[Mandate | Resolution | Framework] = [
        *body.mandates,
        *body.resolutions,
        *body.frameworks,
    ]
    issuers = [order.issuer for order in orders]
    if issuers and issuers[0] and all(issuer == issuers[0] for issuer in issuers):
        return marks.text(issuers[0])
    return Markup("")


def memo_line(memoranda: Sequence[Memorandum]) -> Markup:
    if len(memoranda) == 1:
        return escape(lang.label(memoranda[0].stage))
    return Markup("")


def agreement_line(agreement: Copy) -> Markup:
    if agreement is Copy.HELD:
        return say("agreement in hand")
    if agreement is Copy.NOT_HELD:
        return say("agreement not in hand")
    return say("agreement: %(unknown)s", unknown=marks.unknown())


def commitments_line(memorandum: Memorandum) -> Markup:
    if all(c.state is CommitmentState.RAISED for c in memorandum.commitments):
        return say("all raised, none agreed")
    return Markup("")


def path_of(memorandum: Memorandum) -> list[PathStep]:
    """The five words of the path, with the place the memorandum has reached."""
    reached = position(memorandum.stage)
    dates = {step.stage: step.on for step in memorandum.path}
    steps = []
    for n, (word, stages) in enumerate(PATH):
        state = "next" if reached is None or n > reached else "now" if n == reached else "done"
        stage = memorandum.stage if n == reached else word
        on = next((dates[s] for s in stages if s in dates and dates[s].is_exact), None)
        steps.append(PathStep(stage, state, marks.short(on) if on else Markup("")))
    if reached is None:
        steps.append(PathStep(memorandum.stage, "off", Markup("")))
    return steps


def exchange_of(memorandum: Memorandum, *, named: bool = False) -> list[ExchangeSide]:
    """Both sides with running numbers, so that one can say which it answers. `named`: neither is
    «we»."""
    sides = [(Side.OURS, say("We give")), (Side.THEIRS, say("They give"))]
    if named:
        sides = [(side, phrases.side_of(memorandum.parties, side)) for side, _ in sides]
    ordered = [c for side, _ in sides for c in memorandum.commitments if c.side is side]
    numbers = {c.ref: lang.digits(str(n)) for n, c in enumerate(ordered, 1)}
    raised = all(c.state is CommitmentState.RAISED for c in ordered)
    silent = terms_unknown(memorandum)
    made = []
    for side, title in sides:
        held = [c for c in ordered if c.side is side]
        one = held[0].obliged if held and all(c.obliged == held[0].obliged for c in held) else {}
        one = {} if named else one
        entries = tuple(
            Entry(
                c,
                numbers[c.ref],
                numbers.get(c.in_exchange_for, ""),
                Markup("") if silent else terms(c),
            )
            for c in held
        )
        made.append(ExchangeSide(title, one, entries, raised))
    return made


def terms_unknown(memorandum: Memorandum) -> bool:
    return bool(memorandum.commitments) and not any(
        c.value_minor is not None or c.clause or not c.due.is_unknown
        for c in memorandum.commitments
    )


def terms(commitment: Commitment) -> Markup:
    parts = [
        say("clause %(number)s", number=marks.code(commitment.clause)),
        say("due %(day)s", day=marks.fuzzy(commitment.due)),
    ]
    if commitment.value_minor is not None:
        parts.append(
            say(
                "value %(amount)s %(currency)s",
                amount=lang.format_number(commitment.value_minor, scale=minor_digits(commitment)),
                currency=marks.code(commitment.currency),
            )
        )
    else:
        parts.append(say("value %(unknown)s", unknown=marks.unknown()))
    return marks.dotted(parts)


# Currencies whose minor unit is the unit itself; all others of the record have hundredths.
_WHOLE = frozenset({"IRR", "JPY", "KRW", "VND", "CLP", "ISK"})


def minor_digits(commitment: Commitment) -> int:
    return 0 if commitment.currency in _WHOLE else 2


def basis(item: Basis) -> Markup:
    """The clause and its paper; an unknown number or date is said, not left out."""
    title = marks.text(item.title)
    if item.clause_subject:
        title = say(
            "clause on %(subject)s of: %(title)s",
            subject=marks.text(item.clause_subject),
            title=title,
        )
    if not item.number and item.dated.is_unknown:
        known = say("number and date %(unknown)s", unknown=marks.unknown())
    else:
        known = say(
            "number %(number)s, date %(day)s",
            number=marks.code(item.number),
            day=marks.fuzzy(item.dated),
        )
    return marks.listed([title, known], "; ")


def meeting_word(meeting: Meeting) -> str:
    return say("meeting") if meeting.kind is None else lang.label(meeting.kind)


def their_party(memorandum: Memorandum) -> Markup:
    theirs = [p for p in memorandum.parties if p.side is Side.THEIRS]
    return marks.listed([phrases.party_name(p) for p in theirs]) if theirs else say("other side")
