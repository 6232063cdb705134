"""A city in which every text carries a word of its own, at every level.

Beside a whole story at each level, public and internal objects point at objects of higher levels
wherever a row can point at another: that is where pages leak.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests import attaching, build
from tests.laws.planting_points import point, tell
from tracker import record
from tracker.domain.access import Actor, Level
from tracker.domain.memoranda import Side
from tracker.models import Release

# Every text also holds this word, so that one search finds all that its reader may see.
COMMON = "کبوتر"


@dataclass
class Garden:
    """What was planted: the level of each word, and an object of each kind at each level."""

    session: Session
    actor: Actor
    levels: dict[str, Level] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    ids: dict[tuple[str, Level], UUID] = field(default_factory=dict)

    def word(self, about: str, level: Level) -> dict[str, str]:
        """A text in both languages with a word that stands nowhere else."""
        canary = f"canary{len(self.levels)}q"
        self.levels[canary], self.kinds[canary] = level, about
        return {"fa": f"{COMMON} {canary}", "en": f"{COMMON} {canary}"}

    def grow(self, kind: str, level: Level, *needs: Any, named: str = "", **values: Any) -> Any:
        """One object by its builder, its main text a new word; the first of a kind is kept."""
        text = self.word(kind, level)
        make = getattr(build, kind)
        given = {named: text} if named else {}
        made = (
            make(self.session, self.actor, *needs, level=level, **given, **values)
            if named
            else make(self.session, self.actor, text, *needs, level=level, **values)
        )
        assert made.effective_level == level, f"{kind} came out as {made.effective_level!r}"
        self.ids.setdefault((kind, level), made.id)
        return made


@dataclass
class Story:
    """The objects of one level that others may be hung on."""

    place: Any
    organisation: Any
    person: Any
    post: Any
    source: Any
    instrument: Any
    clause: Any
    tie: Any
    memorandum: Any
    meeting: Any
    obstacle: Any
    mandate: Any
    statement: Any
    resolution: Any
    term: Any


def plant(session: Session, actor: Actor) -> Garden:
    garden = Garden(session, actor)
    stories = {level: story(garden, level) for level in Level}
    for level in (Level.PUBLIC, Level.INTERNAL):
        for higher in Level:
            if higher > level:
                entangle(garden, stories[level], level, stories[higher], higher)
                point(garden, stories[level], level, stories[higher], higher)
    for level, told in stories.items():
        tell(garden, told, level)
    return garden


def story(garden: Garden, level: Level) -> Story:
    """Everything that a page or a briefing can show, all of one level."""
    session, actor, grow = garden.session, garden.actor, garden.grow
    home, abroad = grow("place", level), grow("place", level)
    organisation = grow("organisation", level)
    person = grow("person", level)
    post = grow("post", level, organisation)
    build.tenure(session, actor, person, post)
    source = grow("source", level)
    instrument = grow("instrument", level)
    clause = grow("clause", level, instrument, named="subject")
    tie = grow(
        "tie", level, home, abroad,
        basis_clause_id=clause.id, agreement_id=instrument.id,
        purpose=garden.word("purpose", level),
    )  # fmt: skip
    memorandum = grow("memorandum", level, home, organisation)
    ours = grow("commitment", level, memorandum, named="text", side=Side.OURS)
    grow(
        "commitment", level, memorandum,
        named="text", side=Side.THEIRS, in_exchange_for_id=ours.id,
    )  # fmt: skip
    meeting = grow(
        "meeting", level, (tie, memorandum),
        place_id=abroad.id, source_id=source.id, note=garden.word("note", level),
    )  # fmt: skip
    build.attendee(session, actor, meeting, person, post)
    build.attendee(session, actor, meeting, side=Side.THEIRS, group=garden.word("group", level))
    build.decision(session, actor, meeting, garden.word("decision", level))
    statement = grow("statement", level, meeting, source, person, post)
    grow("action", level, person, meeting)
    obstacle = grow("obstacle", level, tie, lifter_organisation_id=organisation.id)
    mandate = grow("mandate", level, source_id=source.id)
    build.involvement(session, actor, tie, organisation)
    build.citation(session, actor, tie, source)
    term = grow("term", level)
    resolution = grow("resolution", level, issuer_id=organisation.id, term_id=term.id)
    grow("framework", level)
    put_away(garden, grow("place", level), garden.word("reason", level)["fa"])
    paper(garden, level, meeting)
    released(garden, tie, organisation, level)
    return Story(
        home, organisation, person, post, source, instrument, clause, tie, memorandum, meeting,
        obstacle, mandate, statement, resolution, term,
    )  # fmt: skip


def paper(garden: Garden, level: Level, *holders: Any) -> None:
    """A document whose file says a word of its own, in its name and within."""
    name, content = (garden.word("document", level)["en"] for _ in range(2))
    made = attaching.document(
        garden.session, garden.actor, garden.word("document", level), *holders,
        level=level, name=f"{name}.txt", content=content.encode(),
    )  # fmt: skip
    assert made.effective_level == level
    garden.ids.setdefault(("document", level), made.id)


def put_away(garden: Garden, obj: Any, reason: str) -> None:
    with record.change(garden.session, garden.actor, build.NOW, reason=reason) as change:
        change.remove(obj)
    garden.session.commit()


def released(garden: Garden, obj: Any, organisation: Any, level: Level) -> None:
    """That a release of the object stands, as far as the object itself may be read."""
    words = garden.word("release", level)["en"]
    garden.session.add(
        Release(
            object_kind=obj.kind,
            object_id=obj.id,
            object_version=obj.version,
            level=level,
            organisation_id=organisation.id,
            reason=words,
            released_at=build.NOW,
        )
    )
    garden.session.commit()


def entangle(garden: Garden, low: Story, level: Level, high: Story, higher: Level) -> None:
    """Objects of the lower level that point at higher ones, and higher ones hung on lower."""
    session, actor, grow = garden.session, garden.actor, garden.grow
    # Higher objects under lower roofs.
    grow("meeting", higher, low.tie)
    grow("statement", higher, low.meeting)
    grow("action", higher, low.person, low.meeting)
    grow("obstacle", higher, low.tie)
    grow("commitment", higher, low.memorandum, named="text")
    grow("clause", higher, low.instrument, named="subject")
    grow("post", higher, low.organisation)
    paper(garden, higher, low.meeting, low.tie)
    # Lower objects that name higher ones.
    build.tenure(session, actor, low.person, high.post)
    build.tenure(session, actor, high.person, low.post)
    build.attendee(session, actor, low.meeting, high.person, high.post)
    build.involvement(session, actor, low.tie, high.organisation)
    build.citation(session, actor, low.tie, high.source)
    released(garden, low.tie, high.organisation, level)
    grow("action", level, high.person)
    grow("statement", level, low.meeting, None, high.person, high.post)
    paper(garden, higher, low.person, high.source)
    grow("post", level, high.organisation)
    grow(
        "tie", level, low.place, high.place,
        basis_clause_id=high.clause.id, agreement_id=high.instrument.id,
    )  # fmt: skip
    grow("memorandum", level, low.place, high.organisation)
    grow("meeting", level, low.tie, place_id=high.place.id, source_id=high.source.id)
    grow(
        "obstacle", level, low.tie,
        lifter_organisation_id=high.organisation.id, lifter_post_id=high.post.id,
    )  # fmt: skip
