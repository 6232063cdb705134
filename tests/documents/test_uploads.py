"""Documents come in through a form: kept, described, given versions, or refused with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from tests import attaching, build
from tests.documents.sending import send
from tests.serving import AsRole
from tests.storage import corpus
from tracker.domain.access import Actor, Level
from tracker.domain.documents import DocumentKind
from tracker.models import AuditEntry, Document, DocumentHolder, DocumentVersion, Person
from tracker.models.accounts import User
from tracker.storage import Storage

if TYPE_CHECKING:
    from flask import Flask


def held(app: Flask) -> tuple[list[Document], list[DocumentVersion], int]:
    """The documents, their versions, and the number of files on disk."""
    with build.stored(app) as session:
        documents = list(session.scalars(select(Document).order_by(Document.id)))
        versions = list(session.scalars(select(DocumentVersion).order_by(DocumentVersion.number)))
    return documents, versions, len(list(Storage(app.config["DOCUMENTS_FOLDER"]).ids()))


def test_a_scan_is_attached_to_a_meeting_and_found(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        meeting = build.meeting(session, build.account(session), {"fa": "دیدار با سفیر"})
    staff = as_role("staff")
    at_meeting = staff.get(f"/meetings/{meeting.id}")
    (add,) = [link for link in at_meeting.links if link.startswith("/documents/new")]
    assert "هنوز سندی پیوست نشده است" in at_meeting.shown
    page = staff.follow(
        send(
            staff, add, corpus.paper(), "یادداشت_تفاهم-نهایی.pdf",
            title="متن امضاشده", kind="signed scan", written_in="fa",
        )
    )  # fmt: skip
    assert page.heading == "متن امضاشده"
    for shown in ("اسکن امضاشده", "PDF", "دیدار با سفیر", "یادداشت_تفاهم-نهایی.pdf", "نسخهٔ ۱"):
        assert shown in page.shown
    (document,), (version,), files = held(app)
    assert document.document_kind is DocumentKind.SIGNED_SCAN
    assert version.sha256[:12] in page.shown
    assert files == 1
    assert "متن امضاشده" in staff.get(f"/meetings/{meeting.id}").shown
    for words in ("متن امضاشده", "نهایی", "تفاهم"):
        assert page.url in staff.get("/search", q=words).links
    assert page.url in staff.get("/documents/", kind="signed scan").links
    assert page.url not in staff.get("/documents/", kind="letter").links
    assert page.url not in staff.get("/documents/", level="confidential").links


@pytest.mark.database("sqlite")
def test_a_document_without_a_title_goes_by_its_file(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    page = staff.follow(send(staff, "/documents/new", name="گزارش سفر.txt"))
    assert page.heading == "گزارش سفر"
    assert "به رکوردی که شما ببینید پیوست نیست" in page.shown


def test_versions_are_all_kept(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    page = staff.follow(send(staff, "/documents/new", b"the first"))
    again = send(staff, f"{page.url}/versions/new", b"the first", "same.txt", status=422)
    assert "همان پرونده‌ای است" in again.alert
    staff.follow(send(staff, f"{page.url}/versions/new", b"the second", "second.txt"))
    _, versions, files = held(app)
    assert [(each.number, each.name) for each in versions] == [(1, "note.txt"), (2, "second.txt")]
    assert files == 2
    for number, content in ((1, b"the first"), (2, b"the second")):
        assert staff.get(f"{page.url}/versions/{number}/file").data == content
    assert "نسخه‌ها ۲" in staff.get(page.url).shown
    with build.stored(app) as session:
        entries = session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert entries == ["created", "changed"]


def test_the_same_bytes_elsewhere_are_kept_and_told_of(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    send(staff, "/documents/new", b"the same", title="یکی")
    page = staff.follow(send(staff, "/documents/new", b"the same", title="دیگری"))
    assert "پیش‌تر با عنوان «یکی»" in page.shown
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        attaching.document(
            session, actor, {"fa": "پنهان"}, content=b"two", level=Level.CONFIDENTIAL
        )
    assert "پنهان" not in staff.follow(send(staff, "/documents/new", b"two")).text


@pytest.mark.database("sqlite")
@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.pdf", "پرونده خالی است"),
        (b"<html>", "a.pdf", "از نوعی که نامش می‌گوید نیست"),
        (corpus.scripted_paper(), "a.pdf", "اسکریپت"),
        (b"MZ", "a.exe", "پذیرفته نمی‌شود"),
    ],
)
def test_a_refused_file_costs_nothing_that_was_typed(
    as_role: AsRole, app: Flask, content: bytes, name: str, sentence: str
) -> None:
    staff = as_role("staff")
    page = send(staff, "/documents/new", content, name, title="عنوانی که ماند", status=422)
    assert sentence in page.alert
    assert "عنوانی که ماند" in page.text
    (control,) = [e for e in page.main.iter("input") if e.get("type") == "file"]
    assert control.get("aria-invalid") == "true"
    assert held(app) == ([], [], 0)
    staff.follow(send(staff, page))
    assert held(app)[0][0].title == {"fa": "عنوانی که ماند"}


@pytest.mark.database("sqlite")
def test_a_file_has_to_be_chosen(as_role: AsRole) -> None:
    staff = as_role("staff")
    assert "پرونده" in staff.post_form("/documents/new", {"title": "بی‌پرونده"}, status=422).alert


@pytest.mark.database("sqlite")
def test_far_too_much_is_refused_before_it_is_read(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    page = send(staff, "/documents/new", b"x" * (26 * 2**20), status=413)
    assert page.heading
    # Elsewhere a megabyte is the end.
    send(staff, "/documents/new", b"x" * (2 * 2**20))
    staff.post("/sources/new", {"title": "x" * (2 * 2**20)}, status=413)
    assert held(app)[2] == 1


def test_sending_twice_makes_one_document(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    form = staff.get("/documents/new")
    first, second = (send(staff, form, b"once") for _ in range(2))
    assert first.location == second.location
    assert held(app)[2] == len(held(app)[0]) == 1
    # Another file out of the same form is no second sending of it.
    page = send(staff, form, b"other", status=422)
    assert "یک بار با متنی دیگر" in page.alert
    assert held(app)[2] == 1


def test_a_version_sent_from_an_old_page_is_not_lost_in_silence(
    as_role: AsRole, app: Flask
) -> None:
    staff = as_role("staff")
    page = staff.follow(send(staff, "/documents/new", b"first"))
    old = staff.get(f"{page.url}/versions/new")
    send(staff, f"{page.url}/versions/new", b"second")
    stale = send(staff, old, b"third", status=409)
    assert held(app)[2] == 2
    send(staff, stale, b"third")
    assert [each.number for each in held(app)[1]] == [1, 2, 3]


@pytest.mark.database("sqlite")
def test_the_script_is_told_where_the_document_is(as_role: AsRole) -> None:
    staff = as_role("staff")
    staff.http.environ_base["HTTP_ACCEPT"] = "application/json"
    page = send(staff, "/documents/new", status=201)
    assert page.response.json["location"].startswith("/documents/")
    staff.get(page.response.json["location"])


def test_what_an_account_may_send_has_an_end(as_role: AsRole, app: Flask) -> None:
    app.config["QUOTA_MIB"] = 1
    staff = as_role("staff")
    send(staff, "/documents/new", b"x" * 2**19)
    page = send(staff, "/documents/new", b"x" * (2**19 + 1), status=422)
    assert "۱ مگابایت" in page.alert
    assert held(app)[2] == 1
    send(as_role("staff"), "/documents/new", b"x" * (2**19 + 1))


def test_holders_and_words_are_corrected_and_hidden_holders_stay(
    as_role: AsRole, app: Flask
) -> None:
    staff = as_role("staff")
    with build.stored(app) as session:
        editor = session.scalars(select(User)).one()
        actor = build.account(session, "auditor")
        tie = build.tie(session, actor, {"fa": "مشهد – اوش"})
        hidden = build.tie(session, actor, {"fa": "پیوند پنهان"}, level=Level.CONFIDENTIAL)
        document = attaching.document(session, actor, {"fa": "نامه"}, hidden)
        build.grant(session, Actor(editor.id, editor.role), document)
    page = staff.get(f"/documents/{document.id}/edit")
    assert "پیوند پنهان" not in page.text
    staff.post_form(
        page, {"title": "نامهٔ پاسخ", "kind": "letter", "holders-0-holder": f"tie:{tie.id}"}
    )
    with build.stored(app) as session:
        row = session.get_one(Document, document.id)
        holders = set(session.scalars(select(DocumentHolder.holder_id)))
    assert row.title["fa"] == "نامهٔ پاسخ"
    assert row.document_kind is DocumentKind.LETTER
    assert holders == {tie.id, hidden.id}
    assert row.effective_level is Level.CONFIDENTIAL


def test_a_holder_has_to_be_on_record_already(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        build.organisation(session, build.account(session), {"fa": "استانداری"})
    staff = as_role("staff")
    page = send(staff, "/documents/new", status=422, **{"holders-0-holder": "دیداری که نیست"})
    assert "ثبت نشده" in page.alert
    assert held(app) == ([], [], 0)
    with build.stored(app) as session:
        assert session.scalars(select(Person)).all() == []
    page = staff.follow(send(staff, page, **{"holders-0-holder": "استانداری"}))
    assert "استانداری" in page.shown


def test_only_who_records_may_send(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        document = attaching.document(session, actor)
        secret = build.meeting(session, actor, level=Level.CONFIDENTIAL)
    official = as_role("official")
    official.get("/documents/new", status=403)
    official.get(f"/documents/{document.id}/versions/new", status=404)
    assert not [each for each in official.get(f"/documents/{document.id}").links if "new" in each]
    staff = as_role("staff")
    for holder in (f"meeting:{secret.id}", "meeting:x", f"document:{document.id}", "x"):
        staff.get("/documents/new", holder=holder, status=404)
