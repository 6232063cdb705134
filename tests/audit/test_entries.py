"""The list of entries with its filters, and the page of one."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import Engine, select, text

from tests import build
from tests.audit.conftest import Known
from tests.databases import counted
from tests.page import JudgingClient
from tests.serving import AsRole
from tracker.domain.audit import AccessEvent
from tracker.models import AuditEntry
from tracker.models.access import AccessEntry
from tracker.models.append_only import allow_changes


def test_an_entry_tells_before_and_after_in_words(auditor: JudgingClient) -> None:
    shown = auditor.get("/audit/?lang=en&action=changed").main
    said = "".join(shown.itertext())
    assert "Bishkek" in said
    assert "Frunze" in said
    assert "the map says so" in said


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Frunze", "A hidden talk"}),
        ("kind=place", {"Frunze"}),
        ("kind=meeting", {"A hidden talk"}),
        ("action=changed", {"Frunze"}),
        ("action=removed", set()),
        ("reason=the+map", {"Frunze"}),
        ("reason=100%25", set()),
        ("role=staff", {"Frunze", "A hidden talk"}),
        ("role=council", set()),
        ("who=staff", {"Frunze", "A hidden talk"}),
        ("who=nobody", set()),
        ("since=3+Azar+1405", {"Frunze", "A hidden talk"}),
        ("since=2026-11-25", set()),
        ("until=2+Azar+1405", set()),
        ("until=24+Nov+2026", {"Frunze", "A hidden talk"}),
    ],
)
def test_every_filter(auditor: JudgingClient, query: str, found: set[str]) -> None:
    said = "".join(auditor.get(f"/audit/?lang=en&{query}").main.itertext())
    assert {title for title in ("Frunze", "A hidden talk") if title in said} == found


def test_filters_by_id_and_by_pasted_address(auditor: JudgingClient, known: Known) -> None:
    for query in (f"object={known.place}", f"object=https://x.example/places/{known.place}"):
        said = "".join(auditor.get(f"/audit/?lang=en&{query}").main.itertext())
        assert "Frunze" in said
        assert "A hidden talk" not in said
    said = "".join(auditor.get(f"/audit/?lang=en&who={known.clerk}").main.itertext())
    assert "Frunze" in said


def test_a_date_that_cannot_be_read_is_said_at_its_field(auditor: JudgingClient) -> None:
    page = auditor.get("/audit/?since=blah", status=422)
    assert page.alert


def test_pages_follow_one_another(app: Flask, auditor: JudgingClient) -> None:
    with build.stored(app) as session:
        clerk = build.account(session)
        for number in range(30):
            build.place(session, clerk, name=f"Town {number}")
    seen: list[str] = []
    address = "/audit/?lang=en&kind=place"
    while address:
        page = auditor.get(address)
        seen += [
            e.get("href", "")
            for e in page.main.iter("a")
            if e.get("href", "").startswith("/audit/")
        ]
        older = [e for e in page.main.iter("a") if e.get("rel") == "next"]
        address = f"/audit/{older[0].get('href')}" if older else ""
    numbers = [int(href[7:]) for href in seen if href[7:].isdigit()]
    assert numbers == sorted(set(numbers), reverse=True)
    assert len(numbers) == 32


def test_words_of_something_confidential_stand_on_their_page_and_reading_is_noted(
    app: Flask, auditor: JudgingClient, known: Known
) -> None:
    with build.stored(app) as session:
        seq = session.scalars(
            select(AuditEntry.seq).where(
                AuditEntry.object_id == known.secret, AuditEntry.action == "created"
            )
        ).one()
    listed = auditor.get("/audit/?lang=en&kind=meeting")
    assert "Held on" not in "".join(listed.main.itertext())
    page = auditor.get(f"/audit/{seq}?lang=en")
    assert "A hidden talk" in "".join(page.main.itertext())
    with build.stored(app) as session:
        noted = session.scalars(
            select(AccessEntry).where(AccessEntry.event == AccessEvent.CONFIDENTIAL_READ)
        ).all()
    assert [each.object_id for each in noted] == [known.secret]
    said = "".join(auditor.get(f"/audit/access?lang=en&object={known.secret}").main.itertext())
    assert "confidential read" in said


def test_an_entry_that_does_not_fit_says_so(app: Flask, auditor: JudgingClient) -> None:
    assert "fits the chain" in "".join(auditor.get("/audit/2?lang=en").main.itertext())
    with build.stored(app) as session:
        for statement in allow_changes("audit", session.get_bind().dialect.name):
            session.execute(text(statement))
        session.execute(text("UPDATE audit SET reason = 'other' WHERE seq = 2"))
        session.commit()
    assert "edited" in "".join(auditor.get("/audit/2?lang=en").main.itertext())
    auditor.get("/audit/999999", status=404)


def test_the_list_asks_as_many_questions_for_few_entries_as_for_many(
    app: Flask, app_engine: Engine, auditor: JudgingClient
) -> None:
    def cost() -> int:
        with counted(app_engine) as seen:
            auditor.get("/audit/")
        return len(seen)

    cost()
    few = cost()
    with build.stored(app) as session:
        clerk = build.account(session)
        for _ in range(20):
            build.meeting(session, clerk)
    assert cost() == few <= 4


def test_administrators_see_what_was_done_to_accounts_and_nothing_else(
    as_role: AsRole, known: Known
) -> None:
    page = as_role("administrator").get("/audit/accounts?lang=en")
    said = "".join(page.main.itertext())
    assert "Frunze" not in said
    assert "hidden" not in said
