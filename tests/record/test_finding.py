"""Search entries follow their objects, and a query finds every spelling of a word."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests import build
from tracker import record
from tracker.domain.access import Actor, Level, Role
from tracker.domain.text import fold_query
from tracker.record import finding

OFFICIAL = Actor(user_id=None, role=Role.OFFICIAL)
SPELLINGS = ("تفاهم‌نامه", "تفاهم نامه", "تفاهمنامه")


def kinds_found(session: Session, words: str, actor: Actor = OFFICIAL) -> list[str]:
    return [hit.kind for hit in finding.hits(session, actor, fold_query(words))]


@pytest.mark.parametrize("stored", SPELLINGS)
@pytest.mark.parametrize("asked", SPELLINGS)
def test_half_spaces_do_not_matter(session: Session, stored: str, asked: str) -> None:
    staff = build.account(session)
    build.memorandum(session, staff, title={"fa": f"{stored} همکاری"})
    assert kinds_found(session, asked) == ["memorandum"]


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("دیدار با سفیر قرقیزستان", "سفير قرقيزستان"),
        ("گفتگوي كاري", "گفت‌وگوی کاری"),
        ("کد ۸۶۹۳۵", "86935"),
        ("کد 86935", "٨٦٩٣٥"),
        ("Osh Province", "osh prov"),
        ("نایب‌رئیس شورا", "نایبرئیس"),
    ],
)
def test_letters_digits_and_case_are_folded(session: Session, stored: str, asked: str) -> None:
    staff = build.account(session)
    build.meeting(session, staff, title={"fa": stored})
    assert kinds_found(session, asked) == ["meeting"]


def test_a_changed_text_is_found_by_its_new_words_only(session: Session) -> None:
    staff = build.account(session)
    place = build.place(session, staff, name="Osh")
    with record.change(session, staff, build.NOW):
        place.name = {"en": "Bishkek"}
    session.commit()
    assert kinds_found(session, "osh") == []
    assert kinds_found(session, "bishkek") == ["place"]


def test_what_was_put_away_is_not_found(session: Session) -> None:
    staff = build.account(session)
    place = build.place(session, staff, name="Osh")
    with record.change(session, staff, build.NOW) as change:
        change.remove(place)
    session.commit()
    assert kinds_found(session, "osh") == []


def test_nothing_above_the_clearance_is_found(session: Session) -> None:
    staff = build.account(session)
    build.meeting(session, staff, title="Secret talks", level=Level.CONFIDENTIAL)
    assert kinds_found(session, "secret", staff) == ["meeting"]
    assert kinds_found(session, "secret") == []
    assert kinds_found(session, "secret", Actor(None, Role.ADMINISTRATOR)) == []


def test_the_newest_come_first_and_a_corrected_date_moves_the_entry(session: Session) -> None:
    staff = build.account(session)
    old = build.meeting(session, staff, title="talks one", held_on=build.BY_THEN)
    build.meeting(session, staff, title="talks two", held_on=record_day(2024))
    titles = [h.title["en"] for h in finding.hits(session, OFFICIAL, fold_query("talks"))]
    assert titles == ["talks two", "talks one"]
    with record.change(session, staff, build.NOW):
        old.held_on = record_day(2025)
    session.commit()
    titles = [h.title["en"] for h in finding.hits(session, OFFICIAL, fold_query("talks"))]
    assert titles == ["talks one", "talks two"]


def record_day(year: int) -> object:
    from datetime import date

    from tracker.domain.dates import FuzzyDate

    return FuzzyDate.exact(date(year, 5, 1))
