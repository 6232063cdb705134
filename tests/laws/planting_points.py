"""Every way in which one row can point at an object of a higher level, planted.

Beside each pointer stands what only it could tell: why something was read into a source, why a
body stands by a tie, why a paper belongs somewhere. Whoever may not see where it points may not
read that either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests import build
from tracker import record
from tracker.domain.access import Level
from tracker.domain.memoranda import Side
from tracker.domain.statements import LinkKind
from tracker.models import (
    Filing,
    InstrumentParty,
    MemorandumParty,
    MemorandumPlace,
    ObstacleStep,
    StateChange,
    StatementLink,
    StatementPlace,
    TieParty,
)

if TYPE_CHECKING:
    from tests.laws.planting import Garden, Story

# The fields that any page or form reads the ground of.
GROUNDED = ("", "name", "lifter", "state", "basis", "agreement", "title")


def point(garden: Garden, low: Story, level: Level, high: Story, higher: Level) -> None:
    """Objects of the lower level, each pointing at higher ones in one more way."""
    _inferences(garden, low, high, higher)
    _sayings(garden, low, level, high, higher)
    _papers(garden, low, level, high, higher)
    _follow_up(garden, low, level, high)


def tell(garden: Garden, story: Story, level: Level) -> None:
    """What is told of the objects of a story beside themselves: why, and since when."""
    session, actor = garden.session, garden.actor
    for obj in (story.tie, story.memorandum, story.obstacle, story.meeting):
        build.saved(
            session,
            actor,
            StateChange(
                object_kind=obj.kind,
                object_id=obj.id,
                source="",
                target=str(getattr(obj, "stage", None) or obj.state),
                effective_on=build.BY_THEN,
                recorded_at=build.NOW,
                reason=garden.word("reason", level)["fa"],
            ),
        )
    if level is not Level.PUBLIC:
        session.info["level_reason"] = garden.word("reason", level)["fa"]
        with record.change(session, actor, build.NOW):
            story.memorandum.level = Level.PUBLIC
        session.commit()


def _inferences(garden: Garden, low: Story, high: Story, higher: Level) -> None:
    session, actor = garden.session, garden.actor
    grounded = (
        low.tie, low.memorandum, low.obstacle, low.mandate, low.instrument, low.person, low.place,
    )  # fmt: skip
    for obj in grounded:
        for field in GROUNDED:
            build.citation(
                session, actor, obj, high.source,
                field=field, inferred=True, reason=garden.word("inference", higher),
            )  # fmt: skip
        build.citation(session, actor, obj, None, field="state", statement_id=high.statement.id)
    for body in (high.organisation, high.post, high.person):
        build.involvement(
            session, actor, low.tie, body, inferred=True, reason=garden.word("inference", higher)
        )
    for holder, under in (
        (low.memorandum, high.tie),
        (low.statement, high.memorandum),
        (low.statement, high.tie),
    ):
        build.filed(
            session, actor, holder, under,
            inferred=True, reason=garden.word("inference", higher),
        )  # fmt: skip


def _sayings(garden: Garden, low: Story, level: Level, high: Story, higher: Level) -> None:
    session, actor = garden.session, garden.actor
    said = garden.grow(
        "statement", level, low.meeting, None, None, high.post,
        speaker_organisation_id=high.organisation.id, on_behalf_of_id=high.organisation.id,
        addressee_id=high.organisation.id, holder_place_id=high.place.id,
        holder_organisation_id=high.organisation.id, doer_place_id=high.place.id,
        doer_organisation_id=high.organisation.id, quotation=garden.word("quotation", level),
        scope=garden.word("scope", level),
    )  # fmt: skip
    for kind in LinkKind:
        for one, other in ((said, high.statement), (high.statement, said)):
            build.saved(
                session, actor,
                StatementLink(statement_id=one.id, other_id=other.id, link_kind=kind),
            )  # fmt: skip
    build.saved(
        session, actor,
        StatementPlace(
            statement_id=said.id, place_id=high.place.id,
            inferred=True, reason=garden.word("inference", higher),
        ),
    )  # fmt: skip


def _papers(garden: Garden, low: Story, level: Level, high: Story, higher: Level) -> None:
    session, actor, grow = garden.session, garden.actor, garden.grow
    parts: list[Any] = [
        MemorandumParty(
            memorandum_id=low.memorandum.id, side=Side.THEIRS,
            place_id=low.place.id, signatory_post_id=high.post.id,
        ),
        MemorandumParty(
            memorandum_id=low.memorandum.id, side=Side.THEIRS, place_id=high.place.id
        ),
        MemorandumPlace(memorandum_id=low.memorandum.id, place_id=high.place.id),
        InstrumentParty(instrument_id=low.instrument.id, place_id=high.place.id),
        InstrumentParty(instrument_id=low.instrument.id, organisation_id=high.organisation.id),
        TieParty(tie_id=low.tie.id, side=Side.THEIRS, organisation_id=high.organisation.id),
    ]  # fmt: skip
    for part in parts:
        build.saved(session, actor, part)
    theirs = grow("commitment", higher, low.memorandum, named="text", side=Side.THEIRS)
    grow("commitment", level, low.memorandum, named="text", in_exchange_for_id=theirs.id)
    grow("source", level, publisher_id=high.organisation.id)
    grow("place", level, parent_id=high.place.id)
    grow("place", higher, parent_id=low.place.id)
    grow("organisation", level, parent_id=high.organisation.id, place_id=high.place.id)
    grow("organisation", higher, parent_id=low.organisation.id, place_id=low.place.id)


def _follow_up(garden: Garden, low: Story, level: Level, high: Story) -> None:
    session, actor, grow = garden.session, garden.actor, garden.grow
    for post in (low.post, high.post):
        build.saved(
            session, actor,
            ObstacleStep(
                obstacle_id=low.obstacle.id, text=garden.word("step", level),
                by_post_id=high.post.id, asked_post_id=post.id,
                asked_organisation_id=high.organisation.id,
            ),
        )  # fmt: skip
    bodies = dict.fromkeys(("issuer_id", "owner_id", "help_from_id"), high.organisation.id)
    mandate = grow(
        "mandate", level, **bodies, term_id=high.term.id, resolution_id=high.resolution.id,
        event_id=high.meeting.id, text=garden.word("text", level),
    )  # fmt: skip
    build.filed(session, actor, mandate, low.tie)
    grow("resolution", level, issuer_id=high.organisation.id, term_id=high.term.id)
    grow("framework", level, owner_id=high.organisation.id, term_id=high.term.id)
    grow("term", level, organisation_id=high.organisation.id)
    grow(
        "action", level, high.post, low.meeting, obstacle_id=high.obstacle.id,
        mandate_id=high.mandate.id, depends_on_organisation_id=high.organisation.id,
    )  # fmt: skip
    build.saved(session, actor, Filing(
        holder_kind="action", holder_id=grow("action", level, low.person).id,
        object_kind="memorandum", object_id=high.memorandum.id,
    ))  # fmt: skip
