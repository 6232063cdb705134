"""Effective levels: kept with every change, equal to what recomputing gives."""

from __future__ import annotations

import ast
import random
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import attaching, build
from tracker import record
from tracker.domain.access import Actor, Level, Role
from tracker.domain.dates import FuzzyDate
from tracker.models import (
    Action,
    Document,
    Filing,
    Meeting,
    Memorandum,
    Recorded,
    Source,
    Statement,
)
from tracker.record import levels
from tracker.record.documents import hold_by
from tracker.record.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL = Actor(user_id=None, role=Role.OFFICIAL)


def refile(session: Session, meeting: Meeting, under: Recorded) -> None:
    session.add(
        Filing(
            holder_kind=meeting.kind,
            holder_id=meeting.id,
            object_kind=under.kind,
            object_id=under.id,
            sort_on=FuzzyDate.unknown(),
        )
    )


def wrong_levels(session: Session) -> list[Recorded]:
    """The objects whose stored level is not what their parents make it."""
    return [
        obj
        for model in KINDS.values()
        for obj in session.scalars(select(model))
        if obj.effective_level != levels.effective(session, obj)
    ]


def test_a_child_rises_with_its_parent_and_falls_with_it(session: Session) -> None:
    staff = build.account(session)
    meeting = build.meeting(session, staff)
    said = build.statement(session, staff, meeting=meeting)
    with record.change(session, staff, build.NOW):
        meeting.level = Level.CONFIDENTIAL
    session.commit()
    assert said.effective_level is Level.CONFIDENTIAL
    build.lowered(session, meeting, Level.PUBLIC)
    assert said.effective_level is said.level is Level.INTERNAL


def test_a_meeting_rises_with_what_it_is_filed_under(session: Session) -> None:
    staff = build.account(session)
    memorandum = build.memorandum(session, staff, level=Level.CONFIDENTIAL)
    meeting = build.meeting(session, staff)
    said = build.statement(session, staff, meeting=meeting)
    with record.change(session, staff, build.NOW):
        refile(session, meeting, memorandum)
    session.commit()
    assert meeting.effective_level is Level.CONFIDENTIAL
    assert said.effective_level is Level.CONFIDENTIAL
    assert record.find(session, OFFICIAL, Statement, said.id) is None


def test_whoever_makes_an_object_confidential_keeps_sight_of_it(session: Session) -> None:
    staff, other = build.account(session), build.account(session)
    meeting = build.meeting(session, staff, level=Level.CONFIDENTIAL)
    assert record.find(session, staff, Meeting, meeting.id) is meeting
    assert record.find(session, other, Meeting, meeting.id) is None
    assert record.find(session, OFFICIAL, Meeting, meeting.id) is None


@pytest.mark.parametrize("seed", range(5))
def test_any_history_leaves_the_levels_as_recomputed(session: Session, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  a history to repeat, not a secret
    staff = build.account(session)
    meetings = [build.meeting(session, staff) for _ in range(3)]
    holders: list[Recorded] = [build.memorandum(session, staff) for _ in range(2)]
    holders.append(build.tie(session, staff))
    sources = [build.source(session, staff) for _ in range(2)]
    for _ in range(4):
        build.statement(
            session,
            staff,
            meeting=chance.choice(meetings),
            source=chance.choice(sources),
        )
        build.action(session, staff, meeting=chance.choice(meetings))
        attaching.document(
            session, staff, "A scan", chance.choice(meetings), chance.choice(holders)
        )
    for _ in range(12):
        with record.change(session, staff, build.NOW) as change:
            step = chance.choice(("level", "move", "file", "hold"))
            if step == "level":
                model = chance.choice((Meeting, Memorandum, Source, Statement, Action, Document))
                obj = chance.choice(list(session.scalars(select(model))))
                as_high = [level for level in Level if level >= obj.level]
                obj.level = chance.choice(as_high)
            elif step == "move":
                said = chance.choice(list(session.scalars(select(Statement))))
                said.meeting_id = chance.choice(meetings).id
            elif step == "hold":
                document = chance.choice(list(session.scalars(select(Document))))
                every = [*holders, *meetings, *session.scalars(select(Statement))]
                hold_by(change, document, chance.sample(every, 2))
            else:
                meeting, holder = chance.choice(meetings), chance.choice(holders)
                filed = session.scalars(select(Filing).where(Filing.holder_id == meeting.id)).all()
                for filing in filed:
                    session.delete(filing)
                session.flush()
                refile(session, meeting, holder)
        session.commit()
        assert wrong_levels(session) == []


def test_an_action_rises_with_the_statement_it_rests_on(session: Session) -> None:
    staff = build.account(session)
    said = build.statement(session, staff, level=Level.CONFIDENTIAL)
    action = build.action(session, staff, statement_id=said.id)
    assert action.effective_level is Level.CONFIDENTIAL
    assert record.find(session, OFFICIAL, Action, action.id) is None


def test_a_resolution_rises_with_its_source(session: Session) -> None:
    staff = build.account(session)
    source = build.source(session, staff)
    resolution = build.resolution(session, staff, source_id=source.id)
    with record.change(session, staff, build.NOW):
        source.level = Level.CONFIDENTIAL
    session.commit()
    assert resolution.effective_level is Level.CONFIDENTIAL


def test_levels_are_settled_in_one_place_and_published_by_the_story_alone() -> None:
    settled, published = set(), set()
    for path in (ROOT / "tracker").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            where = str(path.relative_to(ROOT / "tracker"))
            match node:
                case ast.Attribute(attr="effective_level", ctx=ast.Store()):
                    settled.add(where)
                case ast.keyword(arg="published", value=ast.Constant(value=True)):
                    published.add(where)
    assert settled == {"record/levels.py", "record/search.py", "record/snapshots.py"}
    assert published == {"demo/__init__.py"}
