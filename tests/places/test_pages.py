"""The list of places and the page of one: by name, up to the reader's level, in few statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Engine

from tests import build
from tests.databases import counted
from tests.serving import AsRole
from tracker.domain.access import Level
from tracker.domain.bodies import OrganisationKind
from tracker.domain.places import PlaceLevel

if TYPE_CHECKING:
    from flask import Flask

SECRET = "قناری"


def test_a_list_goes_on_where_its_last_page_ended(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        for number in range(103):
            build.place(session, actor, {"fa": f"شهر {number}"})
        build.place(session, actor, {"fa": SECRET}, level=Level.CONFIDENTIAL)
    official = as_role("official")
    page, seen = official.get("/places/"), []
    while True:
        assert SECRET not in page.text
        seen += [row.get("href") for row in page.all(".//p[@class='row-title']/a")]
        onward = [a.get("href") for a in page.all(".//a[@rel='next']")]
        if not onward:
            break
        page = official.get(f"/places/{onward[0]}")
    assert len(seen) == len(set(seen)) == 103
    official.get("/places/?after=nonsense", status=400)
    official.get("/places/?after=" + "A" * 30, status=None)


def test_the_page_shows_where_it_lies_what_is_said_and_what_is_inferred(
    as_role: AsRole, app: Flask
) -> None:
    from tracker.models import StatementPlace

    with build.stored(app) as session:
        actor = build.account(session)
        country = build.place(session, actor, {"fa": "قرقیزستان"}, PlaceLevel.COUNTRY)
        city = build.place(session, actor, {"fa": "بیشکک"}, parent_id=country.id)
        embassy = build.organisation(
            session,
            actor,
            {"fa": "سفارت ایران در قرقیزستان"},
            OrganisationKind.EMBASSY,
            place_id=country.id,
        )
        build.tie(session, actor, {"fa": "مشهد – قرقیزستان"}, theirs=country)
        build.memorandum(session, actor, {"fa": "تفاهم‌نامهٔ مشترک"}, theirs=country)
        need = build.statement(session, actor, {"fa": "پایتخت نیز نیازمند است."})
        build.saved(
            session,
            actor,
            StatementPlace(
                statement_id=need.id,
                place_id=city.id,
                inferred=True,
                reason={"fa": "فقط «پایتخت» گفته است"},
            ),
        )
        hidden = build.statement(
            session, actor, {"fa": SECRET}, level=Level.CONFIDENTIAL, holder_place_id=city.id
        )
    official = as_role("official")
    page = official.get(f"/places/{city.id}")
    inferred = ("برداشت، نه نقل", "فقط «پایتخت» گفته است")
    for shown in ("قرقیزستان", "پایتخت نیز نیازمند است.", *inferred):
        assert shown in page.shown
    assert SECRET not in page.text
    assert str(hidden.id) not in page.text
    assert "گفته‌ها دربارهٔ این مکان ۱" in page.shown
    page = official.get(f"/places/{country.id}")
    for shown in ("مشهد – قرقیزستان", "تفاهم‌نامهٔ مشترک", "سفارت ایران در قرقیزستان", "بیشکک"):
        assert shown in page.shown
    assert f"/organisations/{embassy.id}" in page.links


def test_few_statements_however_many_rows(as_role: AsRole, app: Flask, app_engine: Engine) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        country = build.place(session, actor, "Kyrgyzstan", PlaceLevel.COUNTRY)
    staff = as_role("staff")
    staff.get("/places/")
    numbers = []
    for _ in range(2):
        with counted(app_engine) as for_list:
            staff.get("/places/")
        with counted(app_engine) as for_page:
            staff.get(f"/places/{country.id}")
        numbers.append((len(for_list), len(for_page)))
        with build.stored(app) as session:
            for number in range(8):
                build.place(session, actor, f"City {number}", parent_id=country.id)
                build.statement(session, actor, f"Said {number}", holder_place_id=country.id)
                build.tie(session, actor, f"Tie {number}", theirs=country)
    # One more when there are statements at all; the query of the session itself counts too.
    assert numbers[0][0] == numbers[1][0] <= 3
    assert numbers[1][1] <= 8
