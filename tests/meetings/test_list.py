"""The list of meetings: its order, its filters, its pages, its counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests import build
from tests.databases import counted
from tests.serving import AsRole
from tracker.domain.access import Actor, Level
from tracker.domain.actions import ActionState
from tracker.domain.dates import FuzzyDate
from tracker.domain.meetings import MeetingKind
from tracker.meetings.queries import meeting_list, tie_chips

if TYPE_CHECKING:
    from flask import Flask

FIRST = date(2021, 1, 1)


@pytest.fixture
def staff(session: Session) -> Actor:
    return build.account(session)


def test_the_newest_come_first_and_unknown_days_last(session: Session, staff: Actor) -> None:
    days = {
        "unknown": FuzzyDate.unknown(),
        "early": FuzzyDate.exact(FIRST),
        "by then": FuzzyDate.on_or_before(FIRST + timedelta(days=5)),
        "late": FuzzyDate.exact(FIRST + timedelta(days=9)),
    }
    for title, held_on in days.items():
        build.meeting(session, staff, title, held_on=held_on)
    titles = [row.title["en"] for row in meeting_list(session, staff)]
    assert titles == ["late", "by then", "early", "unknown"]


def test_each_page_goes_on_where_the_last_one_ended(session: Session, staff: Actor) -> None:
    for n in range(5):
        build.meeting(session, staff, f"{n}", held_on=FuzzyDate.exact(FIRST))
    first = meeting_list(session, staff, limit=2)
    assert len(first) == 3
    rest = meeting_list(session, staff, limit=9, cursor=first[1].cursor)
    titles = [row.title["en"] for row in [*first[:2], *rest]]
    assert titles == ["4", "3", "2", "1", "0"]


def test_only_what_may_be_seen_is_listed_and_counted(session: Session, staff: Actor) -> None:
    auditor = build.account(session, "auditor")
    place = build.place(session, auditor, "Secret", level=Level.CONFIDENTIAL)
    meeting = build.meeting(session, staff, place_id=place.id)
    build.meeting(session, auditor, "Secret", level=Level.CONFIDENTIAL)
    build.action(session, staff, meeting=meeting)
    build.action(session, staff, meeting=meeting, state=ActionState.DONE)
    build.action(session, auditor, meeting=meeting, level=Level.CONFIDENTIAL)
    (row,) = meeting_list(session, staff)
    assert (row.id, row.open_actions, row.place) == (meeting.id, 1, None)
    assert len(meeting_list(session, auditor)) == 2


def test_it_is_narrowed_by_kind_and_by_tie(session: Session, staff: Actor) -> None:
    tie = build.tie(session, staff)
    here = build.meeting(session, staff, "Here", filed_under=tie)
    build.meeting(session, staff, "Summit", filed_under=tie, meeting_kind=MeetingKind.SUMMIT)
    build.meeting(session, staff, "Elsewhere")
    assert len(meeting_list(session, staff, under=tie.id)) == 2
    call = MeetingKind.COURTESY_CALL
    assert [row.id for row in meeting_list(session, staff, under=tie.id, kind=call)] == [here.id]


def test_the_chosen_tie_is_among_the_chips(session: Session, staff: Actor) -> None:
    for n in range(15):
        last = build.tie(session, staff, f"Tie {n:02}")
    assert last.id not in {tie.id for tie in tie_chips(session, staff, None)}
    assert last.id in {tie.id for tie in tie_chips(session, staff, last.id)}


def test_a_list_asks_the_database_once(session: Session, staff: Actor, engine: Engine) -> None:
    for n in range(6):
        build.action(session, staff, meeting=build.meeting(session, staff, f"{n}"))
    with counted(engine) as seen:
        assert len(meeting_list(session, staff)) == 6
    assert len(seen) == 1


def test_the_page_of_the_list(app: Flask, as_role: AsRole) -> None:
    client = as_role("staff")
    assert "هنوز جلسه‌ای ثبت نشده است" in client.get("/meetings/").shown
    with build.stored(app) as session:
        staff = build.account(session)
        tie = build.tie(session, staff, {"fa": "رابطهٔ ما"})
        for n in range(51):
            build.meeting(session, staff, {"fa": f"دیدار {n:02}"}, filed_under=tie)
    page = client.get("/meetings/")
    assert len(page.all(".//tbody/tr")) == 50
    (older,) = [link for link in page.links if "after=" in link]
    assert len(client.get(older).all(".//tbody/tr")) == 1
    narrowed = client.get("/meetings/", tie=str(tie.id), kind="summit")
    assert "هنوز چنین جلسه‌ای ثبت نشده است" in narrowed.shown
    assert f"/meetings/?kind=visit&tie={tie.id}" in narrowed.links
    assert f"/meetings/?tie={tie.id}" in narrowed.links
    client.get("/meetings/", lang="en")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"tie": "nonsense"}, 404),
        ({"tie": str(uuid4())}, 404),
        ({"kind": "nonsense"}, 400),
        ({"after": "nonsense"}, 400),
    ],
)
def test_a_filter_that_is_none_is_said_so(
    as_role: AsRole, query: dict[str, str], status: int
) -> None:
    for tag in ("fa", "en"):
        as_role("staff").get("/meetings/", status=status, **query, lang=tag)


def test_officials_read_and_do_not_record(as_role: AsRole) -> None:
    page = as_role("official").get("/meetings/")
    assert "/meetings/new" not in page.links
