"""Organisations: their form, their page, and what of it a reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import Engine, select

from tests import build
from tests.databases import counted
from tests.serving import AsRole
from tracker.domain.access import Level
from tracker.domain.bodies import BodyRole, OrganisationKind
from tracker.domain.dates import FuzzyDate
from tracker.models import Organisation

if TYPE_CHECKING:
    from flask import Flask

SECRET = "قناری"
MINISTRY = {
    "name": "وزارت امور خارجه",
    "name-en": "Ministry of Foreign Affairs",
    "short_name": "وزارت خارجه",
    "kind": "ministry",
    "aliases": "وزارت خارجه\nMFA",
    "place": "ایران",
}


def stored_body(app: Flask, name: str) -> Organisation:
    with build.stored(app) as session:
        found = [b for b in session.scalars(select(Organisation)) if name in b.name.values()]
    assert len(found) == 1
    return found[0]


def test_a_body_is_entered_and_found_by_its_other_name(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    page = staff.follow(staff.post_form("/organisations/new", MINISTRY))
    assert page.heading == "وزارت امور خارجه"
    for shown in ("وزارت خارجه", "MFA", "ایران", "وزارتخانه"):
        assert shown in page.shown
    body = stored_body(app, "وزارت امور خارجه")
    assert body.organisation_kind is OrganisationKind.MINISTRY
    assert not body.is_ours
    found = staff.get("/search", q="وزارت خارجه", kind="organisation")
    assert "وزارت امور خارجه" in found.shown


def test_correcting_a_body(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        body = build.organisation(session, build.account(session), {"fa": "شهرداری"})
    staff = as_role("staff")
    old = staff.get(f"/organisations/{body.id}/edit")
    staff.post_form(old, {"name": "شهرداری مشهد", "is_ours": "y"})
    assert stored_body(app, "شهرداری مشهد").is_ours
    staff.post_form(old, {"name": "شهرداری دیگر"}, status=409)
    staff.post_form(f"/organisations/{body.id}/edit", {"name": ""}, status=422)
    page = staff.post_form(
        f"/organisations/{body.id}/edit",
        {"parent": "شهرداری مشهد", "parent-id": f"organisation:{body.id}"},
        status=422,
    )
    assert page.alert


def test_the_page_shows_posts_roles_sayings_and_mandates(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        embassy = build.organisation(session, actor, {"fa": "سفارت"}, OrganisationKind.EMBASSY)
        ambassador = build.post(session, actor, {"fa": "سفیر"}, embassy)
        build.post(session, actor, {"fa": "رایزن"}, embassy)
        person = build.person(session, actor, {"fa": "سعید خرازی"})
        former = build.person(session, actor, {"fa": "سفیر پیشین"})
        build.tenure(session, actor, person, ambassador)
        build.tenure(session, actor, former, ambassador, until=FuzzyDate.exact(build.REPORTED))
        tie = build.tie(session, actor, {"fa": "مشهد – استان اوش"})
        build.involvement(
            session,
            actor,
            tie,
            embassy,
            BodyRole.CHANNEL,
            inferred=True,
            reason={"fa": "کسی آن را مجرا نخوانده است"},
        )
        hidden = build.tie(session, actor, {"fa": SECRET}, level=Level.CONFIDENTIAL)
        build.involvement(session, actor, hidden, embassy)
        build.statement(
            session, actor, {"fa": "آماده‌ایم."}, speaker=person, on_behalf_of_id=embassy.id
        )
        build.mandate(session, actor, {"fa": "برگزاری نشست"}, owner_id=embassy.id)
        build.mandate(
            session,
            actor,
            {"fa": SECRET},
            owner_id=embassy.id,
            level=Level.CONFIDENTIAL,
        )
    page = as_role("official").get(f"/organisations/{embassy.id}")
    for shown in (
        "سعید خرازی",
        "نام نامعلوم",
        "مشهد – استان اوش",
        "مجرای ارتباط",
        "کسی آن را مجرا نخوانده است",
        "آماده‌ایم.",
        "برگزاری نشست",
        "بر عهدهٔ این نهاد",
    ):
        assert shown in page.shown
    assert "سفیر پیشین" not in page.shown
    assert SECRET not in page.text
    assert "روابط و تفاهم‌نامه‌ها ۱" in page.shown


def test_lists_counts_and_absent_ones(as_role: AsRole, app: Flask, app_engine: Engine) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        body = build.organisation(session, actor, {"fa": "شهرداری مشهد"}, is_ours=True)
        secret = build.organisation(session, actor, {"fa": SECRET}, level=Level.CONFIDENTIAL)
    official = as_role("official")
    assert SECRET not in official.get("/organisations/").text
    assert "شهرداری مشهد" in official.get("/organisations/", kind="municipality").shown
    assert "شهرداری مشهد" not in official.get("/organisations/", kind="governor's office").shown
    for organisation_id in (secret.id, uuid4()):
        official.get(f"/organisations/{organisation_id}", status=404)
    with counted(app_engine) as for_list:
        official.get("/organisations/")
    with counted(app_engine) as for_page:
        official.get(f"/organisations/{body.id}")
    assert len(for_list) <= 3
    assert len(for_page) <= 8
