"""What may be released at all: by a table that names every kind, in Python and in SQL alike."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import build
from tests.releases.story import smuggle
from tracker.domain.access import Level
from tracker.domain.releases import RELEASABLE, Marking, Never, never
from tracker.domain.statements import StatementKind
from tracker.models import Statement
from tracker.record.kinds import KINDS
from tracker.record.releases import get_marked, released_to, why_never


def test_every_kind_is_released_or_says_why_not() -> None:
    assert set(KINDS) >= RELEASABLE
    assert {kind: never(kind) for kind in sorted(set(KINDS) - RELEASABLE)} == {
        "action": Never.ACTION,
        "framework": Never.FRAMEWORK,
        "mandate": Never.MANDATE,
        "obstacle": Never.OBSTACLE,
    }
    assert never("a kind of tomorrow") is Never.OTHER_KIND


@pytest.mark.parametrize("kind", StatementKind)
@pytest.mark.parametrize("marked", [False, True])
def test_of_statements_assessments_and_marked_ones_are_never_released(
    session: Session, kind: StatementKind, marked: bool
) -> None:
    staff = build.account(session)
    partner = build.organisation(session, staff, "Osh")
    said = build.statement(session, staff, statement_kind=kind, never_release=marked)
    smuggle(session, said, partner)
    why = why_never(said)
    if kind is StatementKind.ASSESSMENT:
        assert why is Never.ASSESSMENT
    else:
        assert why is (Never.MARKED if marked else None)
    found = session.scalar(select(Statement.id).where(released_to(partner.id, "fa", Statement)))
    assert (found is None) == (why is not None)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("handed", [False, True])
@pytest.mark.parametrize("kind", ["statement", "tie", "obstacle"])
def test_the_filter_heeds_kind_level_and_release(
    session: Session, kind: str, level: Level, handed: bool
) -> None:
    staff = build.account(session, "auditor")
    partner = build.organisation(session, staff, "Osh")
    obj = getattr(build, kind)(session, staff, level=level)
    if handed:
        smuggle(session, obj, partner)
    model = KINDS[kind]
    found = session.scalar(select(model.id).where(released_to(partner.id, "fa", model)))
    may = level is Level.PUBLIC or (handed and level is Level.INTERNAL)
    assert (found is not None) == (may and kind != "obstacle")
    assert get_marked(session, staff, model, obj.id)[1] == Marking(level, handed)
