"""Entering and correcting places through their form."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from tests import build
from tests.page import filled_in
from tests.serving import AsRole
from tracker.domain.access import Level
from tracker.domain.places import PlaceLevel
from tracker.models import Citation, Place

if TYPE_CHECKING:
    from flask import Flask

OSH = {
    "name": "شهر اوش",
    "name-en": "Osh city",
    "kind": "city",
    "parent": "استان اوش",
    "former_names": "اوزگند\n\nاوزگند\n",
    "aliases": "Osh\nOsch",
    "latitude": "۴۰٫۵۱۴",
    "longitude": "72.8161",
}


def only_place(app: Flask, name: str) -> Place:
    with build.stored(app) as session:
        found = [p for p in session.scalars(select(Place)) if name in p.name.values()]
    assert len(found) == 1
    return found[0]


def test_a_place_is_entered_and_what_it_lies_in_is_made_in_place(
    as_role: AsRole, app: Flask
) -> None:
    staff = as_role("staff")
    page = staff.follow(staff.post_form("/places/new", OSH))
    assert page.heading == "شهر اوش"
    assert page.main.get("data-kind") == "place"
    place, above = only_place(app, "Osh city"), only_place(app, "استان اوش")
    assert (place.latitude_e5, place.longitude_e5) == (4051400, 7281610)
    assert place.former_names == ["اوزگند"]
    assert place.aliases == ["Osh", "Osch"]
    assert place.parent_id == above.id
    assert above.place_level is PlaceLevel.PROVINCE
    assert str(place.id) == page.main.get("data-id")
    for shown in ("استان اوش", "اوزگند", "Osch", "۴۰٫۵۱۴"):
        assert shown in page.shown


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(as_role: AsRole) -> None:
    staff = as_role("staff")
    fields = {**OSH, "name": "", "name-en": "", "latitude": "91", "iso_code": "IR"}
    page = staff.post_form("/places/new", fields, status=422)
    assert page.alert
    text = page.text
    for typed in ("91", "72.8161", "Osch", "استان اوش"):
        assert typed in text


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"iso_code": "۱۲"}, "iso_code"), ({"longitude": ""}, "longitude")],
)
def test_rules_speak_at_their_field(as_role: AsRole, fields: dict[str, str], field: str) -> None:
    page = as_role("staff").post_form("/places/new", {**OSH, **fields}, status=422)
    (control,) = [e for e in page.main.iter() if e.get("id") == field]
    assert control.get("aria-invalid") == "true"


def test_sending_twice_makes_one_place(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    form = staff.get("/places/new")
    first, second = (staff.post_form(form, OSH) for _ in range(2))
    assert first.location == second.location
    only_place(app, "Osh city")


def test_a_place_cannot_lie_within_itself(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        country = build.place(session, actor, "Kyrgyzstan", PlaceLevel.COUNTRY)
        province = build.place(
            session, actor, "Osh province", PlaceLevel.PROVINCE, parent_id=country.id
        )
        city = build.place(session, actor, "Osh city", parent_id=province.id)
    staff = as_role("staff")
    page = staff.post_form(
        f"/places/{country.id}/edit",
        {"parent": "Osh city", "parent-id": f"place:{city.id}"},
        status=422,
    )
    assert page.alert
    shown = staff.get(f"/places/{city.id}").shown
    assert shown.index("Kyrgyzstan") < shown.index("Osh province")


def test_correcting_shows_what_is_held_and_keeps_languages_not_shown(
    as_role: AsRole, app: Flask
) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        place = build.place(
            session, actor, {"fa": "مشهد", "en": "Mashhad", "ru": "Мешхед"}, latitude_e5=3626000,
            longitude_e5=5961000,
        )  # fmt: skip
    staff = as_role("staff")
    page = staff.get(f"/places/{place.id}/edit")
    assert "۳۶٫۲۶" in page.text
    staff.post_form(page, {"name-en": "Mashhad city"})
    stored = only_place(app, "Mashhad city")
    assert stored.name == {"fa": "مشهد", "en": "Mashhad city", "ru": "Мешхед"}
    assert stored.latitude_e5 == 3626000


def test_saving_an_old_version_shows_both(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        place = build.place(session, build.account(session), {"fa": "اوش"})
    staff = as_role("staff")
    old = staff.get(f"/places/{place.id}/edit")
    staff.post_form(f"/places/{place.id}/edit", {"name": "شهر اوش"})
    page = staff.post_form(old, {"name": "اوش کهن"}, status=409)
    assert "شهر اوش" in page.both_texts
    assert "اوش کهن" in page.text
    assert only_place(app, "شهر اوش").name == {"fa": "شهر اوش"}
    staff.post_form(page, {"name": "اوش کهن"})


def test_an_inferred_name_says_so_with_its_reason(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    page = staff.follow(
        staff.post_form(
            "/places/new",
            {"name": "بیشکک", "inferred": "y", "reason": "خبر فقط «پایتخت» می‌گوید"},
        )
    )
    assert "برداشت، نه نقل" in page.shown
    assert "خبر فقط «پایتخت» می‌گوید" in page.shown
    edit = staff.get(f"{page.url}/edit")
    assert "خبر فقط «پایتخت» می‌گوید" in edit.text
    values = {name: value for name, value in filled_in(edit.form()).items() if name != "inferred"}
    staff.post(f"{page.url}/edit", values)
    with build.stored(app) as session:
        assert session.scalar(select(func.count()).select_from(Citation)) == 0


def test_a_parent_that_the_editor_may_not_see_stays(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        hidden = build.place(
            session, actor, {"fa": "جای پنهان"}, PlaceLevel.PROVINCE, level=Level.CONFIDENTIAL
        )
        place = build.place(session, actor, {"fa": "اوش"}, parent_id=hidden.id)
    staff = as_role("staff")
    page = staff.get(f"/places/{place.id}/edit")
    assert "جای پنهان" not in page.text
    staff.post_form(page, {"name": "شهر اوش"})
    assert only_place(app, "شهر اوش").parent_id == hidden.id


def test_absent_and_forbidden_places_are_the_same(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        secret = build.place(session, build.account(session, "auditor"), level=Level.CONFIDENTIAL)
    staff = as_role("staff")
    for place_id in (secret.id, uuid4()):
        staff.get(f"/places/{place_id}", status=404)
        staff.get(f"/places/{place_id}/edit", status=404)
    as_role("official").get(f"/places/{secret.id}", status=404)
    as_role("auditor").get(f"/places/{secret.id}")
    as_role("official").get("/places/new", status=403)
