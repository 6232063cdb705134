"""Entering and correcting sources through their form."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests import build
from tests.serving import AsRole
from tracker.domain.access import Level
from tracker.domain.bodies import OrganisationKind
from tracker.domain.dates import FuzzyDate
from tracker.domain.sources import SourceKind
from tracker.models import Organisation, Source

if TYPE_CHECKING:
    from flask import Flask

REPORT = {
    "kind": "news item",
    "publisher": "خبرگزاری شهر",
    "title": "شهردار: آمادهٔ همکاری هستیم",
    "title-en": "The mayor: ready to cooperate",
    "lead": "آماده‌ایم تجربه‌های خود را برسانیم",
    "subheads-0-text": "پشتیبانی از روابط شهرداری",
    "subheads-0-text-en": "Support for relations",
    "code": "۸۶۹۳۵",
    "code_label": "کد خبر",
    "code_label-en": "news code",
    "url": "https://example.org/news/86935",
    "published_on": "۱۶ آبان ۱۴۰۰",
    "published_hour": "۱۱:۴۵",
    "archived_text": "متن خبر\nبند دوم دربارهٔ یاقوت",
    "level": "confidential",
}


def only_source(app: Flask) -> Source:
    with build.stored(app) as session:
        return session.scalars(select(Source)).one()


def test_a_source_is_entered_with_its_publisher_made_in_place(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    page = staff.follow(staff.post_form("/sources/new", REPORT))
    assert page.main.get("data-kind") == "source"
    source = only_source(app)
    assert source.code == "86935"
    assert source.published_on.first == build.REPORTED
    # Tehran was three and a half hours ahead that day.
    assert source.published_at == datetime(2021, 11, 7, 8, 15, tzinfo=UTC)
    assert source.zone == "Asia/Tehran"
    assert source.subheads == [{"fa": "پشتیبانی از روابط شهرداری", "en": "Support for relations"}]
    with build.stored(app) as session:
        publisher = session.scalars(select(Organisation)).one()
    assert publisher.id == source.publisher_id
    assert publisher.organisation_kind is OrganisationKind.MEDIA
    for shown in (
        "کد خبر: ۸۶۹۳۵",
        "یکشنبه ۱۶ آبان ۱۴۰۰ (",
        "نوامبر ۲۰۲۱)",
        "۱۱:۴۵",
        "خبرگزاری شهر",
        "پشتیبانی از روابط شهرداری",
        "محرمانه",
    ):
        assert shown in page.shown
    assert "https://example.org/news/86935" in page.links
    english = staff.get(page.url, lang="en")
    assert english.heading == "The mayor: ready to cooperate"
    assert "news code: 86935" in english.shown
    assert "Sunday 7 November 2021 (16 Aban 1400)" in english.shown
    # The lead is held in Persian alone, and says so.
    assert "آماده‌ایم تجربه‌های خود را برسانیم not translated" in english.shown


def test_what_is_unknown_is_said_in_words(as_role: AsRole) -> None:
    staff = as_role("staff")
    page = staff.follow(staff.post_form("/sources/new", {"title": "نامه‌ای بی‌نشان"}))
    assert page.shown.count("نامعلوم") >= 5


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(as_role: AsRole) -> None:
    fields = {**REPORT, "title": "", "title-en": "", "published_on": "۳۰ اسفند ۱۴۰۰"}
    page = as_role("staff").post_form("/sources/new", fields, status=422)
    assert page.alert
    for typed in ("خبرگزاری شهر", "۳۰ اسفند ۱۴۰۰", "پشتیبانی از روابط شهرداری", "news code"):
        assert typed in page.text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"published_on": "آبان ۱۴۰۰"}, "published_hour"),
        ({"published_hour": "25:00"}, "published_hour"),
    ],
)
def test_rules_speak_at_their_field(as_role: AsRole, fields: dict[str, str], field: str) -> None:
    page = as_role("staff").post_form("/sources/new", {**REPORT, **fields}, status=422)
    (control,) = [e for e in page.main.iter() if e.get("id") == field]
    assert control.get("aria-invalid") == "true"


def test_sending_twice_makes_one_source(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    form = staff.get("/sources/new")
    first, second = (staff.post_form(form, REPORT) for _ in range(2))
    assert first.location == second.location
    only_source(app)


def test_a_row_is_added_without_losing_what_was_typed(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    page = staff.post_form("/sources/new", REPORT, press="add-row=subheads", status=200)
    assert "subheads-1-text" in page.text
    staff.post_form(page, {"subheads-1-text": "میان‌تیتر دوم"})
    assert [text["fa"] for text in only_source(app).subheads] == [
        "پشتیبانی از روابط شهرداری",
        "میان‌تیتر دوم",
    ]


def test_correcting_keeps_the_hour_in_the_zone_where_it_was_printed(
    as_role: AsRole, app: Flask
) -> None:
    with build.stored(app) as session:
        source = build.source(
            session, build.account(session), {"fa": "خبر", "ru": "Новость"},
            published_on=FuzzyDate.exact(build.REPORTED),
            published_at=datetime(2021, 11, 7, 5, 45, tzinfo=UTC), zone="Asia/Bishkek",
        )  # fmt: skip
    staff = as_role("staff")
    page = staff.get(f"/sources/{source.id}/edit")
    assert "۱۱:۴۵" in page.text
    staff.post_form(page, {"kind": "letter"})
    held = only_source(app)
    assert held.source_kind is SourceKind.LETTER
    assert held.published_at == datetime(2021, 11, 7, 5, 45, tzinfo=UTC)
    assert held.title == {"fa": "خبر", "ru": "Новость"}
    assert "Asia/Bishkek" in staff.get(f"/sources/{source.id}").shown


def test_saving_an_old_version_shows_both(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        source = build.source(session, build.account(session), {"fa": "خبر"})
    staff = as_role("staff")
    old = staff.get(f"/sources/{source.id}/edit")
    staff.post_form(f"/sources/{source.id}/edit", {"title": "خبر نخست"})
    page = staff.post_form(old, {"title": "خبر دیگر"}, status=409)
    assert "خبر نخست" in page.both_texts
    assert "خبر دیگر" in page.text
    staff.post_form(page, {"title": "خبر دیگر"})
    assert only_source(app).title["fa"] == "خبر دیگر"


def test_a_publisher_that_the_editor_may_not_see_stays(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        hidden = build.organisation(session, actor, {"fa": "ناشر پنهان"}, level=Level.CONFIDENTIAL)
        source = build.source(session, actor, {"fa": "خبر"}, publisher_id=hidden.id)
    staff = as_role("staff")
    page = staff.get(f"/sources/{source.id}/edit")
    assert "ناشر پنهان" not in page.text
    assert "ناشر پنهان" not in staff.get(f"/sources/{source.id}").text
    staff.post_form(page, {"title": "خبر نو"})
    assert only_source(app).publisher_id == hidden.id


def test_absent_and_forbidden_sources_are_the_same(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        secret = build.source(session, actor, level=Level.CONFIDENTIAL)
    staff = as_role("staff")
    for source_id in (secret.id, uuid4()):
        staff.get(f"/sources/{source_id}", status=404)
        staff.get(f"/sources/{source_id}/edit", status=404)
    as_role("auditor").get(f"/sources/{secret.id}")
    as_role("official").get("/sources/new", status=403)
