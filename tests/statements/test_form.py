"""Entering and correcting statements through their form."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests import build
from tests.serving import AsRole
from tracker.domain.access import Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side
from tracker.domain.statements import LinkKind, Modality, StatementKind
from tracker.models import (
    Filing,
    Person,
    Place,
    Post,
    Statement,
    StatementLink,
    StatementPlace,
    Tenure,
)

if TYPE_CHECKING:
    from flask import Flask

NEED = "شهرهای قرقیزستان، حتی پایتخت آن، نیازمند این تجربه‌اند."
FIELDS = {
    "text": NEED,
    "text-en": "Kyrgyz cities, even the capital, need this experience.",
    "kind": "need",
    "modality": "is",
    "side": "theirs",
    "speaker": "سعید خرازی، سفیر ایران در قرقیزستان",
    "addressee": "شهرداری مشهد",
    "holder": "قرقیزستان",
    "locator": "۱۰",
    "quotation": "شهرهای قرقیزستان حتی پایتخت این کشور نیز",
    "happened_on": "تا ۱۶ آبان ۱۴۰۰",
    "places-0-place": "بیشکک",
    "places-0-inferred": "y",
    "places-0-reason": "فقط «پایتخت این کشور» گفته است",
    "scope": "خدمات شهری",
    "never_release": "y",
    "level": "internal",
}


def statement_of(app: Flask, text: str) -> Statement:
    with build.stored(app) as session:
        return next(s for s in session.scalars(select(Statement)) if text in s.text.values())


def test_a_statement_is_entered_with_all_that_it_names(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        source = build.source(
            session, actor, {"fa": "خبر دیدار"}, published_on=FuzzyDate.exact(build.REPORTED)
        )
        tie = build.tie(session, actor, {"fa": "مشهد – اوش"})
        other = build.statement(session, actor, {"fa": "شهرهای قرقیزستان نیازمندند."})
    staff = as_role("staff")
    page = staff.follow(
        staff.post_form(
            "/statements/new",
            {
                **FIELDS,
                "source": "خبر دیدار",
                "source-id": f"source:{source.id}",
                "filed_under-0-under": "مشهد – اوش",
                "links-0-kind": "repeats",
                "links-0-other": "شهرهای قرقیزستان نیازمندند.",
            },
        )
    )
    assert page.heading == NEED
    held = statement_of(app, NEED)
    assert (held.statement_kind, held.modality, held.side) == (
        StatementKind.NEED,
        Modality.IS,
        Side.THEIRS,
    )
    assert held.locator == "10"
    assert held.never_release
    assert held.happened_on.is_upper_bound
    with build.stored(app) as session:
        person, post = session.scalars(select(Person)).one(), session.scalars(select(Post)).one()
        assert person.name == {"fa": "سعید خرازی"}
        assert (held.speaker_person_id, held.speaker_post_id) == (person.id, post.id)
        # That the person held the post is attested by the day on which the source says so.
        assert session.scalars(select(Tenure)).one().attested_on.first == build.REPORTED
        (about,) = session.scalars(select(StatementPlace))
        assert about.inferred
        assert about.reason == {"fa": "فقط «پایتخت این کشور» گفته است"}
        assert session.get_one(Place, held.holder_place_id).name == {"fa": "قرقیزستان"}
        (filing,) = session.scalars(select(Filing))
        assert (filing.object_id, filing.sort_on) == (tie.id, held.happened_on)
        (link,) = session.scalars(select(StatementLink))
        assert (link.other_id, link.link_kind) == (other.id, LinkKind.REPEATS)
    for shown in (
        "اظهارشده",
        "گوینده معلوم است؛ در صورت‌جلسهٔ تأییدشده‌ای نیامده است.",
        "«شهرهای قرقیزستان حتی پایتخت این کشور نیز»",
        "بند ۱۰",
        "سعید خرازی",
        "سفیر ایران در قرقیزستان",
        "بیشکک برداشت، نه نقل فقط «پایتخت این کشور» گفته است",
        "خدمات شهری",
        "غیرقابل ارائه به بیرون",
        "مشهد – اوش",
        "این اظهار آن را تکرار می‌کند",
        "خبر دیدار",
    ):
        assert shown in page.shown
    # The other one says so from its side.
    assert "این اظهار را تکرار می‌کند" in staff.get(f"/statements/{other.id}").shown


def test_the_text_alone_is_enough(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    page = staff.follow(staff.post_form("/statements/new", {"text": "سخنی بی‌نشان"}))
    for shown in ("نقل‌شده", "گوینده نامعلوم", "عبارتی نقل نشده است", "منبعی ثبت نشده است"):
        assert shown in page.shown
    held = statement_of(app, "سخنی بی‌نشان")
    assert (held.modality, held.side) == (None, None)
    assert held.happened_on.is_unknown


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(as_role: AsRole) -> None:
    fields = {**FIELDS, "text": "", "text-en": "", "happened_on": "۳۰ اسفند ۱۴۰۰"}
    page = as_role("staff").post_form("/statements/new", fields, status=422)
    assert page.alert
    for typed in ("۳۰ اسفند ۱۴۰۰", "بیشکک", "سعید خرازی", "فقط «پایتخت این کشور» گفته است"):
        assert typed in page.text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"links-0-other": "گفته‌ای که ثبت نشده"}, "links-0-other"),
        ({"filed_under-0-under": "رابطه‌ای که نیست"}, "filed_under-0-under"),
        ({"meeting": "جلسه‌ای که نیست"}, "meeting"),
        ({"places-0-place": ""}, "places-0-place"),
    ],
)
def test_rules_speak_at_their_field(as_role: AsRole, fields: dict[str, str], field: str) -> None:
    page = as_role("staff").post_form("/statements/new", {**FIELDS, **fields}, status=422)
    (control,) = [e for e in page.main.iter() if e.get("id") == field]
    assert control.get("aria-invalid") == "true"


def test_a_statement_does_not_point_at_itself(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        statement = build.statement(session, build.account(session), {"fa": "سخن"})
    page = as_role("staff").post_form(
        f"/statements/{statement.id}/edit", {"links-0-other": "سخن"}, status=422
    )
    assert "به خودش" in page.alert


def test_sending_twice_makes_one_statement(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    form = staff.get("/statements/new")
    first, second = (staff.post_form(form, FIELDS) for _ in range(2))
    assert first.location == second.location


def test_a_new_one_knows_the_page_it_was_opened_from(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        source = build.source(session, actor, {"fa": "خبر دیدار"})
        meeting = build.meeting(session, actor, {"fa": "دیدار با سفیر"}, source_id=source.id)
        earlier = build.statement(session, actor, {"fa": "سخن پیشین"}, meeting, position=6)
        secret = build.meeting(session, actor, level=Level.CONFIDENTIAL)
    staff = as_role("staff")
    page = staff.get(f"/statements/new?meeting={meeting.id}")
    for known in ("دیدار با سفیر", "خبر دیدار", "۱۶ آبان ۱۴۰۰ یا پیش از آن"):
        assert known in page.text
    staff.post_form(page, {"text": "سخن تازه"})
    held = statement_of(app, "سخن تازه")
    assert (held.meeting_id, held.source_id) == (meeting.id, source.id)
    assert held.position == earlier.position + 1
    staff.get(f"/statements/new?source={source.id}")
    staff.get(f"/statements/new?meeting={secret.id}", status=404)
    staff.get("/statements/new?meeting=nonsense", status=404)


def test_saving_an_old_version_shows_both(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        statement = build.statement(session, build.account(session), {"fa": "سخن"})
    staff = as_role("staff")
    address = f"/statements/{statement.id}/edit"
    old = staff.get(address)
    staff.post_form(address, {"text": "سخن نخست"})
    page = staff.post_form(old, {"text": "سخن دیگر"}, status=409)
    assert "سخن نخست" in page.both_texts
    assert "سخن دیگر" in page.text
    staff.post_form(page, {"text": "سخن دیگر"})
    assert statement_of(app, "سخن دیگر").id == statement.id


def test_correcting_changes_what_was_shown_and_keeps_what_was_not(
    as_role: AsRole, app: Flask
) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        hidden_place = build.place(session, actor, {"fa": "پنهان"}, level=Level.CONFIDENTIAL)
        hidden_tie = build.tie(session, actor, {"fa": "پنهان"}, level=Level.CONFIDENTIAL)
        hidden_saying = build.statement(session, actor, {"fa": "پنهان"}, level=Level.CONFIDENTIAL)
        seen = build.place(session, actor, {"fa": "اوش"})
        statement = build.statement(
            session, actor, {"fa": "سخن"},
            holder_place_id=hidden_place.id, doer_place_id=seen.id,
        )  # fmt: skip
        for place in (hidden_place, seen):
            build.saved(
                session, actor, StatementPlace(statement_id=statement.id, place_id=place.id)
            )
        build.filed(session, actor, statement, hidden_tie)
        link = StatementLink(
            statement_id=statement.id, other_id=hidden_saying.id, link_kind=LinkKind.REPEATS
        )
        build.saved(session, actor, link)
    staff = as_role("staff")
    page = staff.get(f"/statements/{statement.id}/edit")
    assert "پنهان" not in page.text
    assert "اوش" in page.text
    staff.post_form(page, {"places-0-place": "", "places-0-place-id": "", "doer": ""})
    held = statement_of(app, "سخن")
    assert (held.holder_place_id, held.doer_place_id) == (hidden_place.id, None)
    with build.stored(app) as session:
        assert [p.place_id for p in session.scalars(select(StatementPlace))] == [hidden_place.id]
        assert [f.object_id for f in session.scalars(select(Filing))] == [hidden_tie.id]
        assert [k.other_id for k in session.scalars(select(StatementLink))] == [hidden_saying.id]


def test_absent_and_forbidden_statements_are_the_same(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        secret = build.statement(session, actor, level=Level.CONFIDENTIAL)
    staff = as_role("staff")
    for statement_id in (secret.id, uuid4()):
        staff.get(f"/statements/{statement_id}", status=404)
        staff.get(f"/statements/{statement_id}/edit", status=404)
    as_role("auditor").get(f"/statements/{secret.id}")
    as_role("official").get("/statements/new", status=403)
