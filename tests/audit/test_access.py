"""The record of access: who read, who was refused, and floods folded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests import build
from tests.audit.conftest import Known
from tests.page import JudgingClient
from tests.serving import AsRole
from tracker.domain.audit import AccessEvent
from tracker.models.access import AccessEntry
from tracker.models.ids import new_id
from tracker.web.floods import MOST_A_MINUTE, Floods, Note


def test_who_read_something_confidential(
    auditor: JudgingClient, as_role: AsRole, known: Known
) -> None:
    auditor.get(f"/meetings/{known.secret}")
    said = "".join(
        auditor.get("/audit/access?lang=en&event=confidential+read&kind=meeting").main.itertext()
    )
    assert "A hidden talk" in said
    assert "auditor" in said


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("event=denied", True),
        ("event=downloaded", False),
        ("who=official", True),
        ("who=nobody", False),
        ("address=127.0.0.1", True),
        ("address=10.0.0.1", False),
        ("since=2020-01-01", True),
        ("until=2020-01-01", False),
    ],
)
def test_every_filter(auditor: JudgingClient, as_role: AsRole, query: str, found: bool) -> None:
    as_role("official").get("/audit/", status=403)
    said = "".join(auditor.get(f"/audit/access?lang=en&{query}").main.itertext())
    assert ("GET audit.index" in said) is found


def note(address: str = "10.0.0.1", event: AccessEvent = AccessEvent.DENIED) -> Note:
    return {"id": new_id(), "at": build.NOW, "event": event, "session": "", "address": address}


def test_a_flood_is_a_few_rows_and_one_that_counts_the_rest() -> None:
    floods, now = Floods(), build.NOW
    rows = [row for _ in range(500) for row in floods.rows([note()], now)]
    assert len(rows) == MOST_A_MINUTE
    assert len(floods.rows([note("10.0.0.2")], now)) == 1, "others are heard meanwhile"
    later = now + timedelta(minutes=2)
    (folded,) = floods.rows([], later)
    assert (folded["times"], folded["at"]) == (480, later)
    assert floods.rows([], later) == []
    assert len(floods.rows([note()], later)) == 1


def test_what_was_read_is_never_folded() -> None:
    floods = Floods()
    rows = [
        row
        for _ in range(100)
        for row in floods.rows([note(event=AccessEvent.CONFIDENTIAL_READ)], build.NOW)
    ]
    assert len(rows) == 100


def test_refusals_of_one_session_are_folded_in_the_database(app: Flask, as_role: AsRole) -> None:
    official = as_role("official")
    for _ in range(MOST_A_MINUTE + 10):
        official.http.get("/audit/")
    with build.stored(app) as session:
        denied = session.scalars(
            select(AccessEntry).where(AccessEntry.event == AccessEvent.DENIED)
        ).all()
    assert len(denied) == MOST_A_MINUTE
