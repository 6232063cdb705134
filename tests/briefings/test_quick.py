"""The quick key: a second click collects no facts, and nobody is given another's paper."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import build
from tests.serving import AsRole
from tracker import demo, record
from tracker.background.queue import make_huey
from tracker.briefings import printing, views
from tracker.briefings.quick import quick_key
from tracker.domain.access import Actor, Level, Role
from tracker.models import Tie
from tracker.models.access import AccessEntry, Grant
from tracker.models.ids import new_id

DAY = date(2021, 11, 10)
CITY = {"name": {"fa": "مشهد"}}


@pytest.fixture
def tie(session: Session) -> Tie:
    session.info["audit_key"] = b"the key of tests"
    return build.tie(session, build.account(session), title={"en": "Mashhad and Osh"})


def official() -> Actor:
    return Actor(new_id(), Role.OFFICIAL)


def key(session: Session, tie: Tie, actor: Actor | None = None, **changed: Any) -> str:
    asked = {"as_of": DAY, "language": "fa", "city": CITY, "edition": "1"} | changed
    return quick_key(session, actor or official(), tie.id, **asked)


def test_the_same_paper_has_the_same_key(session: Session, tie: Tie) -> None:
    """Whoever reads it, as long as they may see the same."""
    assert key(session, tie) == key(session, tie)
    assert key(session, tie) == key(session, tie, Actor(new_id(), Role.STAFF))


@pytest.mark.parametrize(
    "changed",
    [
        {"as_of": DAY + timedelta(days=1)},
        {"language": "en"},
        {"city": {"name": {"fa": "تبریز"}}},
        {"edition": "2"},
        {"actor": Actor(None, Role.AUDITOR)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_another_paper_has_another_key(
    session: Session, tie: Tie, changed: dict[str, Any]
) -> None:
    assert key(session, tie, **changed) != key(session, tie)


def test_another_tie_has_another_key(session: Session, tie: Tie) -> None:
    other = build.tie(session, build.account(session), title={"en": "Elsewhere"})
    assert key(session, other) != key(session, tie)


def test_whoever_was_named_for_an_object_has_a_key_of_their_own(
    session: Session, tie: Tie
) -> None:
    named = build.account(session, "official")
    before = key(session, tie, named)
    assert before == key(session, tie)
    build.grant(session, named, tie)
    assert key(session, tie, named) != before
    assert key(session, tie) == before
    session.scalars(select(Grant)).one().ended_at = build.NOW
    session.flush()
    assert key(session, tie, named) == before


def test_any_change_of_a_record_moves_the_key(session: Session, tie: Tie) -> None:
    keys = [key(session, tie)]
    staff = build.account(session)
    place = build.place(session, staff)
    keys.append(key(session, tie))
    with record.change(session, staff, build.NOW):
        place.name = {"fa": "نامی دیگر"}
    keys.append(key(session, tie))
    with record.change(session, staff, build.NOW):
        tie.level = Level.CONFIDENTIAL
    keys.append(key(session, tie))
    assert len(set(keys)) == len(keys)


@pytest.mark.database("sqlite")
def test_a_second_click_collects_nothing(
    app: Flask, as_role: AsRole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collected: list[str] = []
    collect = views._briefing
    monkeypatch.setattr(views, "_briefing", lambda tie: collected.append("") or collect(tie))
    huey = make_huey(tmp_path, immediate=True)
    app.extensions["printer"] = printing.Printer(tmp_path, huey)
    with build.stored(app) as session:
        demo.load(session, build.NOW)
        tie = session.scalars(select(Tie)).one()
        address = f"/ties/{tie.id}/briefing.pdf?lang=en"
    reader, colleague, auditor = (as_role(r).http for r in ("official", "council", "auditor"))
    first = reader.get(address)
    assert first.status_code == 200
    for again in (reader.get(address), colleague.get(address)):
        assert again.data == first.data
        for name in ("Content-Disposition", "ETag", "Content-Type"):
            assert again.headers[name] == first.headers[name]
    assert len(collected) == 1
    assert auditor.get(address).data == first.data  # other facts to see, of which there are none
    assert len(collected) == 2

    with build.stored(app) as session:
        staff = build.account(session)
        tie = session.scalars(select(Tie)).one()
        with record.change(session, staff, build.NOW):
            tie.level = Level.CONFIDENTIAL
        session.commit()
        assert len(session.scalars(select(AccessEntry)).all()) == 4  # each of them was noted
    assert reader.get(address).status_code == 404
    assert auditor.get(address).data != first.data
    huey._shutdown["close renderer"]()


def test_nobody_signed_in_is_given_a_paper_on_the_shelf(app: Flask) -> None:
    """The guard stands before the key."""
    assert app.test_client().get(f"/ties/{new_id()}/briefing.pdf").status_code == 303
