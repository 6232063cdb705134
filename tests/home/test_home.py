"""The first page by role."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import build
from tests.serving import AsRole
from tracker import demo


@pytest.fixture
def story(app: Flask) -> None:
    with build.stored(app) as session:
        demo.load(session, build.NOW)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_staff_see_what_waits_on_them_and_on_others(
    as_role: AsRole, story: None, lang: str
) -> None:
    page = as_role("staff").get("/", lang=lang)
    words = {
        "fa": ("در انتظار ما", "تدوین چارچوب", "وزارت امور خارجه", "دست‌کم"),
        "en": ("Waiting on us", "Draft the framework", "Ministry of Foreign Affairs", "at least"),
    }[lang]
    for word in words:
        assert word in page.shown


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("role", ["official", "auditor"])
def test_readers_see_the_meetings_and_their_files(
    as_role: AsRole, story: None, role: str, lang: str
) -> None:
    page = as_role(role).get("/", lang=lang)
    assert any(link.split("?")[0].endswith("/briefing.pdf") for link in page.links)
    page = as_role(role).get("/today", lang=lang)
    assert {"fa": "نشست شهرداران", "en": "Summit of SCO mayors"}[lang] in page.shown


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_council_sees_its_mandates(as_role: AsRole, story: None, lang: str) -> None:
    council = as_role("council")
    page = council.follow(council.get("/", status=303, lang=lang))
    assert {"fa": "شمارهٔ نامعلوم", "en": "number unknown"}[lang] in council.get(
        "/review/", lang=lang
    ).shown
    assert page.heading


def test_an_administrator_reads_nothing_of_the_city(as_role: AsRole, story: None) -> None:
    administrator = as_role("administrator")
    assert administrator.get("/", status=303).location == "/accounts/"
    administrator.get("/today", status=403)
    administrator.get("/review/", status=403)


@pytest.mark.parametrize("role", ["staff", "official", "council"])
def test_an_empty_city_says_so(as_role: AsRole, role: str) -> None:
    for path in ("/today", "/review/") + (("/",) if role == "staff" else ()):
        assert as_role(role).get(path, lang="en").status == 200
