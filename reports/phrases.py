"""Sentences made of the facts: the lead, what to raise, what not to say, what is not known.

Each follows from the record by a rule that can be read here; none is praise and none is a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from reports import marks, selection
from reports.marks import say, say_n, strong, text
from tracker import lang
from tracker.domain.briefings import (
    Attendee,
    Briefing,
    Commitment,
    Head,
    Meeting,
    Memorandum,
    Party,
    Quantity,
    TieBody,
)
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import BEFORE_SIGNATURE, Side
from tracker.domain.places import PlaceLevel
from tracker.domain.statements import StatementKind
from tracker.domain.ties import Copy


def title(briefing: Briefing) -> Markup:
    if briefing.head.title:
        return text(briefing.head.title)
    ours = [party for party in briefing.body.parties if party.side is Side.OURS]
    theirs = [party for party in briefing.body.parties if party.side is Side.THEIRS]
    named = [party_name(p) for p in ours] + [party_name(p, within=True) for p in theirs]
    if len(named) == 2:
        return say("%(one)s and %(other)s", one=named[0], other=named[1])
    return marks.listed(named) if named else marks.unknown()


def plain_title(briefing: Briefing) -> str:
    return bare_title(briefing).striptags()


def bare_title(briefing: Briefing) -> Markup:
    """For the foot and the running head of each page, where a tag would only be noise."""
    with marks.untagged():
        return title(briefing)


def party_name(party: Party, *, within: bool = False) -> Markup:
    name = text(party.name)
    if within and party.within:
        return say("%(place)s, %(country)s", place=name, country=text(party.within))
    return name


def side_of(parties: Sequence[Party], side: Side) -> Markup:
    """The parties of a side by name."""
    named = [party_name(party) for party in parties if party.side is side]
    return marks.listed(named) if named else marks.unknown()


def kicker(body: TieBody) -> Markup:
    levels = [lang.label(party.level) for party in body.parties if party.level is not None]
    parts: list[object] = [say("Tie: %(kind)s", kind=lang.label(body.kind))]
    if len(levels) == 2 and len(body.parties) == 2:
        parts.append(say("%(one)s with %(other)s", one=levels[0], other=levels[1]))
    parts.append(lang.label(body.state))
    return marks.dotted(parts)


def paper_kind(head: Head) -> Markup:
    return say("Partner’s edition") if head.edition_for else say("Management briefing")


def edition(head: Head) -> Markup:
    """Whom the paper is for, as its tag says."""
    if not head.edition_for:
        return say("Internal edition")
    with marks.untagged():
        return say("Edition for %(who)s", who=text(head.edition_for))


# ── The lead ────────────────────────────────────────────────────────────────────────────────────


def lead(body: TieBody) -> Markup:
    return Markup(" ").join((_memoranda(body), _obstacles(body), _overdue(body)))


def lead_for_partner(body: TieBody) -> Markup:
    """What stands still is for ourselves; what the edition leaves out is not said to be none."""
    return _memoranda(body) if body.memoranda else Markup("")


def _memoranda(body: TieBody) -> Markup:
    if not body.memoranda:
        return say("No memorandum is on record.")
    if len(body.memoranda) > 1:
        stages = [
            say("%(title)s: %(stage)s", title=text(m.title), stage=strong(lang.label(m.stage)))
            for m in body.memoranda[:2]
        ]
        return say_n(
            "%(n)s memorandum is on record; %(stages)s.",
            "%(n)s memoranda are on record; %(stages)s.",
            len(body.memoranda),
            stages=marks.listed(stages, "; "),
        )
    one = body.memoranda[0]
    stage = strong(lang.label(one.stage))
    if one.signed_copy is Copy.HELD:
        return say("The memorandum is %(stage)s; a signed copy is held.", stage=stage)
    return say("The memorandum is %(stage)s; no signed copy is held.", stage=stage)


def _obstacles(body: TieBody) -> Markup:
    obstacles = selection.open_obstacles(body)
    if not obstacles:
        return say("No open obstacle is on record.")
    first = strong(text(obstacles[0].title))
    return say_n(
        "One obstacle is open: %(first)s.",
        "%(n)s obstacles are open, the newest: %(first)s.",
        len(obstacles),
        first=first,
    )


def _overdue(body: TieBody) -> Markup:
    late = selection.overdue_actions(body)
    held = selection.open_actions(body)
    if late:
        worst = late[0]
        whose = [text(owner) for owner in worst.owners]
        return say_n(
            "%(n)s action is overdue, by %(days)s days, on %(whom)s.",
            "%(n)s actions are overdue, the longest by %(days)s days, on %(whom)s.",
            len(late),
            days=lang.format_number(worst.overdue_days or 0),
            whom=marks.listed(whose) if whose else marks.unknown(),
        )
    if not held:
        return say("No open action is on record.")
    if all(action.due.last is None for action in held):
        return say("Nothing is overdue, because no due date has been recorded.")
    return say("Nothing is overdue.")


# ── What to raise, what not to say ──────────────────────────────────────────────────────────────


def points(briefing: Briefing) -> list[tuple[Markup, tuple[str, ...]]]:
    """Each with the notes it rests on: what was offered to us, what may be opened, what to ask."""
    body = briefing.body
    made: list[tuple[Markup, tuple[str, ...]]] = []
    for memorandum in body.memoranda:
        if selection.unsettled(memorandum):
            made.append((_ask(memorandum), ()))
    for statement in body.statements:
        if statement.kind is StatementKind.OPPORTUNITY and not statement.internal_only:
            made.append((say("Raise: %(what)s", what=text(statement.text)), statement.notes))
    for promise in body.promises:
        if promise.side is not Side.OURS:
            made.append(
                (
                    say(
                        "Take up the offer (%(who)s): %(what)s",
                        who=text(promise.by),
                        what=text(promise.text),
                    ),
                    promise.notes,
                )
            )
    return made


def _ask(memorandum: Memorandum) -> Markup:
    scope = memorandum.scope
    which = scope is not None and scope.undetermined
    if which and not memorandum.signatory_theirs:
        return say("Ask: which %(range)s? Who signs for the other side?", range=range_words(scope))
    if which:
        return say("Ask: which %(range)s?", range=range_words(scope))
    return say("Ask: who signs for the other side?")


def range_words(scope: Quantity | None) -> Markup:
    amount = None if scope is None else marks.amount_of(scope, noun=say("places"))
    return say("of them") if amount is None else amount


def cautions(briefing: Briefing) -> list[tuple[Markup, tuple[str, ...]]]:
    body = briefing.body
    made: list[tuple[Markup, tuple[str, ...]]] = []
    unsigned = [m for m in body.memoranda if m.stage in BEFORE_SIGNATURE]
    for memorandum in unsigned[:1]:
        made.append(
            (
                say(
                    "Not “signed”: the memorandum is only %(stage)s.",
                    stage=lang.label(memorandum.stage),
                ),
                (),
            )
        )
    commitments = [c for m in body.memoranda for c in m.commitments]
    if commitments and not any(_priced(c) for c in commitments):
        made.append((say("No amount and no due date: none is on record."), ()))
    for party in body.parties:
        if party.side is Side.THEIRS and party.level is PlaceLevel.PROVINCE:
            made.append(
                (
                    say(
                        "The other party is a province, not a city: %(name)s.",
                        name=party_name(party),
                    ),
                    body.notes,
                )
            )
    if any(s.internal_only for s in body.statements):
        made.append((say("No comparison with or judgement of third countries."), ()))
    disputed = [s for s in body.statements if s.disputes]
    if disputed:
        made.append(
            (
                say(
                    "There are two accounts, so neither is settled: %(what)s",
                    what=text(disputed[0].text),
                ),
                disputed[0].notes,
            )
        )
    return made


def _priced(commitment: Commitment) -> bool:
    return commitment.value_minor is not None or not commitment.due.is_unknown


# ── What is not known ───────────────────────────────────────────────────────────────────────────


def unknowns(briefing: Briefing) -> list[Markup]:
    """Read off the empty fields, so that filling one in removes its line.

    What is missing of several things is said once, before their names.
    """
    body = briefing.body
    lacking: dict[Markup | str, list[Markup]] = {}
    for what, whose in _lacking(body):
        lacking.setdefault(what, []).append(whose)
    found = [
        say("%(what)s of: %(whose)s", what=what, whose=marks.listed(dict.fromkeys(whose)))
        for what, whose in lacking.items()
    ]
    if not body.since.is_exact:
        found.append(say("day on which the tie began"))
    if body.agreement is Copy.UNKNOWN:
        found.append(say("whether an agreement on the tie was signed"))
    for memorandum in body.memoranda:
        found.extend(_memorandum_unknowns(memorandum))
    found.extend(text(texts) for texts in briefing.unknowns)
    return list(dict.fromkeys(found))


def _lacking(body: TieBody) -> Iterator[tuple[Markup, Markup]]:
    meetings = selection.meetings(body)
    for meeting in meetings:
        what = say("the meeting") if len(meetings) == 1 else text(meeting.title)
        yield from _meeting_unknowns(meeting, what)
    for person in body.people:
        if person.post and not person.name and not person.group:
            yield say("name"), text(person.post)
    for obstacle in body.obstacles:
        if obstacle.lifter and obstacle.lifter_unnamed:
            yield say("name"), text(obstacle.lifter)
    for basis in body.basis:
        yield from _papers(basis.number, basis.dated, text(basis.title))
    for resolution in body.resolutions:
        yield from _papers(resolution.number, resolution.passed, text(resolution.title))
    for mandate in body.mandates:
        if mandate.event and not mandate.event_on.is_exact:
            yield say("date"), text(mandate.event)


def _meeting_unknowns(meeting: Meeting, what: Markup) -> Iterator[tuple[Markup, Markup]]:
    if not meeting.held.is_exact and not meeting.place:
        yield say("day and place"), what
    elif not meeting.held.is_exact:
        yield say("day"), what
    elif not meeting.place:
        yield say("place"), what
    for attendee in meeting.attendees:
        if attendee.group:
            yield say("names and number"), attendee_name(attendee)
        elif not attendee.name:
            yield say("name"), attendee_name(attendee)


def attendee_name(attendee: Attendee) -> Markup:
    return text(attendee.name or attendee.post)


def _papers(number: str, dated: FuzzyDate, title: Markup) -> Iterator[tuple[Markup, Markup]]:
    if not number and dated.is_unknown:
        yield say("number and date"), title
    elif not number:
        yield say("number"), title
    elif dated.is_unknown:
        yield say("date"), title


def _memorandum_unknowns(memorandum: Memorandum) -> Iterator[Markup]:
    if memorandum.scope and memorandum.scope.undetermined:
        yield say("names of the %(range)s", range=range_words(memorandum.scope))
    if not memorandum.signatory_theirs and memorandum.stage in BEFORE_SIGNATURE:
        yield say("who signs for the other side")
    if memorandum.commitments and not any(_priced(c) for c in memorandum.commitments):
        yield say("amount, currency and due date of the commitments")


def inferences(briefing: Briefing) -> list[Markup]:
    """What no source says, each with its reason."""
    body = briefing.body
    marked = [
        *((text(b.name), b.because) for b in body.bodies if b.inferred),
        *((_belongs(m, body), m.because) for m in body.memoranda if m.inferred),
        *((text(p.name or p.post), p.because) for p in body.people if p.inferred),
        *((text(d.text), d.because) for d in body.past_work if d.inferred),
        *((text(b.title), b.because) for b in body.basis if b.inferred),
        *((text(w.text), w.because) for w in body.wants if w.inferred),
        *((text(p.text), p.because) for p in body.promises if p.inferred),
        *((text(s.text), s.because) for s in body.statements if s.inferred),
        *((text(c.text), c.because) for m in body.memoranda for c in m.commitments if c.inferred),
        *((text(i.text), i.because) for i in briefing.inferences),
    ]
    return list(dict.fromkeys(_reasoned(what, why) for what, why in marked))


def _belongs(memorandum: Memorandum, body: TieBody) -> Markup:
    if len(body.memoranda) == 1:
        return say("that the memorandum belongs to this tie")
    return say("that this memorandum belongs to the tie: %(title)s", title=text(memorandum.title))


def _reasoned(what: Markup, because: dict[str, str]) -> Markup:
    reason = text(because) if because else say("reason not recorded")
    return say("%(what)s (%(why)s)", what=what, why=reason)


def day_in_post(since: FuzzyDate, attested: FuzzyDate) -> Markup:
    if since.is_unknown and attested.is_unknown:
        return say("start %(unknown)s", unknown=marks.unknown())
    if since.is_unknown:
        return say(
            "start %(unknown)s · in post %(day)s",
            unknown=marks.unknown(),
            day=escape(lang.format_fuzzy(attested)),
        )
    return marks.fuzzy(since)
