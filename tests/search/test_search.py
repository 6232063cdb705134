"""Search and suggestions: what is found, in which order, and what is never found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, select

from tests import build
from tests.databases import counted
from tests.page import JudgingClient
from tests.serving import AsRole
from tracker import record
from tracker.domain.access import Level
from tracker.domain.bodies import OrganisationKind
from tracker.domain.dates import FuzzyDate
from tracker.domain.places import PlaceLevel
from tracker.models import Meeting, SearchEntry
from tracker.record import finding
from tracker.search.queries import results

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

SECRET = "قناری"


def suggested(client: JudgingClient, **arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/suggest", **arguments).response.get_json()
    return found


@pytest.fixture
def city(app: Flask) -> Flask:
    """A few objects of several kinds."""
    with build.stored(app) as session:
        actor = build.account(session)
        country = build.place(session, actor, {"fa": "قرقیزستان"}, PlaceLevel.COUNTRY)
        province = build.place(
            session, actor, {"fa": "استان اوش"}, PlaceLevel.PROVINCE, parent_id=country.id
        )
        build.place(session, actor, {"fa": "شهر اوش"}, parent_id=province.id, aliases=["Osh"])
        build.tie(session, actor, {"fa": "مشهد – استان اوش"}, since=FuzzyDate.unknown())
        build.memorandum(session, actor, {"fa": "تفاهم‌نامهٔ همکاری مشترک"})
        build.meeting(session, actor, {"fa": "دیدار دربارهٔ اوش"})
        person = build.person(session, actor, {"fa": "سعید خرازی"})
        post = build.post(session, actor, {"fa": "سفیر ایران در قرقیزستان"})
        build.tenure(session, actor, person, post)
        publisher = build.organisation(
            session, actor, {"fa": "شهرآرانیوز"}, OrganisationKind.MEDIA
        )
        build.source(
            session,
            actor,
            {"fa": "شهردار: آماده هستیم"},
            code="86935",
            publisher_id=publisher.id,
            archived_text="مردم استان اوش علاقه‌مند به ایران هستند.",
        )
        for level in (Level.CONFIDENTIAL,):
            build.place(session, actor, {"fa": f"اوش {SECRET}"}, level=level)
            build.person(session, actor, {"fa": f"سعید {SECRET}"}, level=level)
            build.meeting(session, actor, {"fa": f"دیدار اوش {SECRET}"}, level=level)
    return app


def titles(client: JudgingClient, **arguments: str) -> list[str]:
    page = client.get("/search", **arguments)
    return ["".join(a.itertext()) for a in page.all(".//li/div/p[@class='row-title']/a")]


def test_titles_come_first_then_the_newest(city: Flask, as_role: AsRole) -> None:
    found = titles(as_role("official"), q="اوش")
    assert found[0] == "دیدار دربارهٔ اوش"  # the only dated one
    assert found[-1] == "شهردار: آماده هستیم"  # found by its text
    assert set(found[1:-1]) == {"مشهد – استان اوش", "شهر اوش", "استان اوش"}


@pytest.mark.parametrize("typed", ["تفاهم نامه", "تفاهم‌نامه", "تفاهمنامه", "تفاهمنامه همكاري"])
def test_every_spelling_finds_it_and_is_marked(city: Flask, as_role: AsRole, typed: str) -> None:
    page = as_role("official").get("/search", q=typed)
    assert "تفاهم‌نامهٔ همکاری مشترک" in page.shown
    assert next(m.text for m in page.all(".//mark")) == "تفاهم‌نامهٔ"


@pytest.mark.parametrize("typed", ["86935", "۸۶۹۳۵", "٨٦٩٣٥"])
def test_digits_of_any_script(city: Flask, as_role: AsRole, typed: str) -> None:
    page = as_role("official").get("/search", q=typed)
    assert "شهردار: آماده هستیم" in page.shown
    assert "شهرآرانیوز" in page.shown
    assert "۸۶۹۳۵" in page.shown


def test_kinds_are_counted_and_one_can_be_asked_for(city: Flask, as_role: AsRole) -> None:
    official = as_role("official")
    page = official.get("/search", q="اوش")
    facets = {
        "".join(a.find("span").itertext()): "".join(a.find("b").itertext())  # type: ignore[union-attr]
        for a in page.all(".//ul[@class='facets']/li/a")
    }
    assert facets == {
        "همه": "۵", "روابط": "۱", "جلسات": "۱", "مکان‌ها": "۲", "منابع": "۱",
    }  # fmt: skip
    assert titles(official, q="اوش", kind="tie") == ["مشهد – استان اوش"]
    assert titles(official, q="اوش", kind="mandate") == []
    official.get("/search", q="اوش", kind="nonsense", status=400)


def test_nothing_above_the_clearance_is_found_or_counted(city: Flask, as_role: AsRole) -> None:
    official, auditor = as_role("official"), as_role("auditor")
    for typed in ("اوش", "سعید", SECRET, "دیدار"):
        page = official.get("/search", q=typed)
        assert SECRET not in page.text.replace(f'value="{typed}"', "").replace(
            f'<bdi dir="auto">{typed}</bdi>', ""
        )
        assert not any(SECRET in item["title"] for item in suggested(official, q=typed)["items"])
    assert titles(official, q=SECRET) == []
    assert len(titles(auditor, q=SECRET)) == 3
    assert len(titles(auditor, q="اوش")) == 7


def test_a_source_is_not_found_by_the_name_of_a_secret_publisher(
    app: Flask, as_role: AsRole
) -> None:
    with build.stored(app) as session:
        auditor = build.account(session, "auditor")
        for name, level in (("نرگس", Level.INTERNAL), (SECRET, Level.CONFIDENTIAL)):
            body = build.organisation(session, auditor, {"fa": name}, level=level)
            build.source(session, auditor, {"fa": f"نامهٔ {level}"}, publisher_id=body.id)
    official = as_role("official")
    assert "نامهٔ" in official.get("/search", q="نرگس").shown
    assert "نامهٔ" not in official.get("/search", q=SECRET).shown


def test_pages_of_results_do_not_overlap(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        for number in range(results.PAGE + 5):
            build.person(session, actor, {"fa": f"سعید {number}"})
    official = as_role("official")
    page = official.get("/search", q="سعید")
    seen = [a.get("href") for a in page.all(".//p[@class='row-title']/a")]
    (onward,) = (a.get("href") for a in page.all(".//a[@rel='next']"))
    assert onward is not None
    page = official.get(onward)
    seen += [a.get("href") for a in page.all(".//p[@class='row-title']/a")]
    assert len(seen) == len(set(seen)) == results.PAGE + 5
    official.get("/search", q="سعید", after="nonsense", status=400)


def test_a_capped_search_says_so_and_a_kind_is_searched_beyond_it(
    app: Flask, as_role: AsRole
) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        build.person(session, actor, {"fa": "سعید خرازی"})
        day = FuzzyDate.exact(build.TODAY)
        with record.change(session, actor, build.NOW):
            session.add_all(
                Meeting(title={"fa": f"دیدار سعید {number}"}, held_on=day)
                for number in range(finding.MOST_HITS)
            )
        session.commit()
    official = as_role("official")
    assert "تنها ۵۰۰ نتیجهٔ تازه‌تر" in official.get("/search", q="سعید").shown
    assert titles(official, q="سعید", kind="person") == ["سعید خرازی"]


def test_questions_that_are_none(as_role: AsRole) -> None:
    official = as_role("official")
    for typed in ("", "   ", "؟!", "\u200c"):
        page = official.get("/search", q=typed)
        assert page.all(".//form[@role='search']")
    official.get("/search")
    official.get("/search", q="ا" * 201, status=400)
    official.get("/search", q="a\0b", status=400)
    official.get("/search", q="a\u202eb", status=400)
    page = official.get("/search", q='" OR folded:* NEAR(')
    assert not page.all(".//mark")
    assert suggested(official, q="")["items"] == []


def test_suggestions_say_what_tells_namesakes_apart(city: Flask, as_role: AsRole) -> None:
    staff = as_role("staff")
    answer = suggested(staff, kind="person,post", q="سع")
    assert [(i["kind"], i["title"], i["detail"]) for i in answer["items"]] == [
        ("person", "سعید خرازی", "سفیر ایران در قرقیزستان")
    ]
    assert answer["more"] is False
    assert (answer["items"][0]["lang"], answer["items"][0]["dir"]) == ("fa", "rtl")
    places = suggested(staff, kind="place", q="اوش")["items"]
    assert {i["detail"] for i in places} == {"شهر، قرقیزستان", "استان، قرقیزستان"}
    assert suggested(staff, kind="source", q="۸۶۹۳۵")["items"][0]["detail"].startswith(
        "خبر، شهرآرانیوز، ۸۶۹۳۵"
    )
    assert suggested(staff, kind="tie", q="مش")["items"][0]["detail"] == "خواهرخوانده"
    assert suggested(staff, kind="memorandum", q="تفاهم")["items"][0]["detail"] == "پیشنهادشده"


def test_titles_that_begin_so_come_first_and_eight_are_enough(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        build.person(session, actor, {"fa": "مشهدی"})
        for number in range(12):
            build.person(session, actor, {"fa": f"کریم مشهدی {number}"})
        build.person(session, actor, {"fa": "دیگری"}, aliases=["مشهدی"])
    answer = suggested(as_role("staff"), kind="person", q="مشهد")
    assert answer["items"][0]["title"] == "مشهدی"
    assert len(answer["items"]) == 8
    assert answer["more"] is True


def test_asking_needs_permission_and_known_kinds(app: Flask, as_role: AsRole) -> None:
    as_role("staff").get("/suggest", kind="nonsense", q="a", status=400)
    as_role("administrator").get("/suggest", q="a", status=403)
    as_role("administrator").get("/search", q="a", status=403)


def test_few_statements(city: Flask, as_role: AsRole, app_engine: Engine) -> None:
    official = as_role("official")
    official.get("/search")
    for address, most in (
        ("/search?q=اوش", 4),
        ("/search?q=اوش&kind=place", 4),
        ("/suggest?q=اوش", 4),
        ("/suggest?kind=person,post,place,organisation,tie&q=س", 4),
    ):
        with counted(app_engine) as statements:
            official.get(address)
        assert len(statements) <= most, address


def test_a_new_name_is_offered_only_where_it_can_be_made(city: Flask, as_role: AsRole) -> None:
    staff = as_role("staff")
    assert suggested(staff, q="تازه", kind="person,post,organisation")["addable"]
    assert not suggested(staff, q="تازه", kind="source")["addable"]
    assert not suggested(staff, q="تازه", kind="tie,memorandum")["addable"]


def test_a_source_is_not_found_by_a_publisher_that_became_hidden(session: Session) -> None:
    staff = build.account(session)
    body = build.organisation(session, staff, "Falconry Gazette")
    source = build.source(session, staff, "A report", publisher_id=body.id)

    def words() -> str:
        entry = select(SearchEntry.folded).where(SearchEntry.object_id == source.id)
        return session.scalars(entry).one()

    assert "falconry" in words()
    with record.change(session, staff, build.NOW):
        body.level = Level.CONFIDENTIAL
    session.commit()
    assert "falconry" not in words()
