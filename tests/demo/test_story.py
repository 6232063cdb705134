"""The first real case, fact by fact: held in a field, found by search, nothing more than told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests import build
from tests.databases import Server, passing_session
from tests.demo.facts import FACTS, TRAPS, Fact
from tracker import demo, models
from tracker.domain.access import Actor, Role
from tracker.domain.dates import FuzzyDate
from tracker.domain.text import fold_query
from tracker.domain.ties import TieState
from tracker.models import Recorded
from tracker.models.engine import make_engine, writing
from tracker.record import finding
from tracker.record.kinds import KINDS

KEY = b"the key of tests"
READER = Actor(user_id=None, role=Role.OFFICIAL)


@pytest.fixture(scope="module")
def told(server: Server) -> Iterator[Engine]:
    """A database of its own in which the story has been loaded, once for all who only read it."""
    url = server.copy()
    engine = make_engine(url)
    with writing(), Session(engine) as session:
        session.info["audit_key"] = KEY
        assert demo.load(session, build.NOW)
    yield engine
    engine.dispose()
    server.drop(url)


@pytest.fixture
def story(told: Engine) -> Iterator[Session]:
    with passing_session(told) as session:
        session.info["audit_key"] = KEY
        yield session


def record_of(session: Session, fact: Fact) -> Recorded:
    found = [
        obj
        for obj in session.scalars(select(KINDS[fact.kind]))
        if obj.search_title()["fa"].startswith(fact.record)
    ]
    assert len(found) == 1, f"{fact.number}: {len(found)} records begin with {fact.record!r}"
    return found[0]


def values_of(session: Session, obj: Recorded, field: str) -> list[str]:
    """What a field holds, as the table writes it: a link by its Persian title."""
    part, _, column = field.partition(".")
    if column:
        model = {"attendees": models.Attendee, "steps": models.ObstacleStep}[part]
        root = getattr(model, model.root_column)
        return [
            text
            for texts in session.scalars(select(getattr(model, column)).where(root == obj.id))
            for text in texts.values()
        ]
    return list(_plain(session, obj, field, getattr(obj, field)))


def _plain(session: Session, obj: Recorded, field: str, value: Any) -> list[str]:
    if isinstance(value, FuzzyDate):
        return [str(value.last or value.raw)]
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list):
        return [text for item in value for text in _plain(session, obj, field, item)]
    if field.endswith("_id"):
        target = next(
            found for model in KINDS.values() if (found := session.get(model, value)) is not None
        )
        return [target.search_title()["fa"]]
    return [str(value)]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: str(fact.number))
def test_each_fact_is_held_in_a_field_and_found(story: Session, fact: Fact) -> None:
    obj = record_of(story, fact)
    held = values_of(story, obj, fact.field)
    assert any(fact.fa in value for value in held), f"{held} does not say {fact.fa!r}"
    assert any(fact.en in value for value in held), f"{held} does not say {fact.en!r}"
    found = finding.hits(story, READER, fold_query(fact.word))
    assert obj.id in {hit.id for hit in found}, f"{fact.word!r} does not find it"


def test_the_table_has_every_fact_once() -> None:
    assert [fact.number for fact in FACTS] == list(range(1, 65))


@pytest.mark.parametrize("words", TRAPS)
def test_nothing_of_other_pages_is_recorded(story: Session, words: str) -> None:
    assert finding.hits(story, READER, fold_query(words)) == []


def test_both_languages_are_held_throughout(story: Session) -> None:
    for model in KINDS.values():
        for obj in story.scalars(select(model)):
            assert {"fa", "en"} <= obj.search_title().keys(), obj.search_title()


def test_quotations_are_short(story: Session) -> None:
    for statement in story.scalars(select(models.Statement)):
        for words in statement.quotation.values():
            assert len(words.split()) <= 15, words


def test_one_event_one_ministry_and_shanghai_is_no_place(story: Session) -> None:
    summits = story.scalars(select(models.Meeting).where(models.Meeting.state == "scheduled"))
    assert len(list(summits)) == 1
    assert story.scalar(select(func.count()).select_from(models.Mandate)) == 1
    ministries = select(models.Organisation).where(
        models.Organisation.organisation_kind == "ministry"
    )
    assert len(list(story.scalars(ministries))) == 1
    places = [place.name["fa"] for place in story.scalars(select(models.Place))]
    assert not [name for name in places if "شانگهای" in name]


def test_what_the_report_does_not_say_is_unknown(story: Session) -> None:
    meeting = story.scalars(select(models.Meeting).where(models.Meeting.state == "held")).one()
    tie = story.scalars(select(models.Tie)).one()
    memorandum = story.scalars(select(models.Memorandum)).one()
    document = story.scalars(select(models.Instrument)).one()
    assert (meeting.held_on.first, meeting.held_on.last) == (None, build.REPORTED)
    assert (meeting.place_id, meeting.starts_at) == (None, None)
    assert tie.state is TieState.ACTIVE
    assert (tie.since.first, tie.since.last) == (None, build.REPORTED)
    assert (tie.agreement_id, tie.agreement_copy.value) == (None, "not held")
    assert (document.number, document.dated.is_unknown) == ("", True)
    assert (memorandum.scope_min, memorandum.scope_max) == (2, 3)
    parties = list(story.scalars(select(models.MemorandumParty)))
    assert all(party.signatory_post_id is None for party in parties)
    for commitment in story.scalars(select(models.Commitment)):
        assert (commitment.value_minor, commitment.due.is_unknown) == (None, True)
    for action in story.scalars(select(models.Action)):
        assert action.due.is_unknown
    governor = next(p for p in story.scalars(select(models.Post)) if "استاندار" in p.title["fa"])
    held = select(models.Tenure).where(models.Tenure.post_id == governor.id)
    assert story.scalars(held).first() is None


def test_the_full_name_the_capital_and_the_channel_are_marked_as_inferred(story: Session) -> None:
    rows = story.execute(
        select(models.Citation.object_kind, models.Citation.field).where(models.Citation.inferred)
    )
    inferred = {(kind, field) for kind, field in rows}
    assert {("person", "name"), ("place", "name")} <= inferred
    assert story.scalars(select(models.Involvement).where(models.Involvement.inferred)).one()


def test_loading_twice_changes_nothing(story: Session) -> None:
    before = story.scalar(select(func.count()).select_from(models.AuditEntry))
    assert not demo.load(story, build.NOW)
    assert story.scalar(select(func.count()).select_from(models.AuditEntry)) == before


def test_no_text_is_copied_at_length(story: Session) -> None:
    """Our own words stay our own: none of them follows the printed ones for long."""
    for statement in story.scalars(select(models.Statement)):
        printed = re.sub(r"\W", "", statement.quotation.get("fa", ""))
        ours = re.sub(r"\W", "", statement.text["fa"])
        assert not printed or printed not in ours
