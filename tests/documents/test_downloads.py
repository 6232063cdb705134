"""A file goes out as it was kept, to whoever may see its document, and to no browser to act in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from tests import attaching, build
from tests.documents.sending import send
from tests.serving import AsRole
from tests.storage import corpus
from tracker import record
from tracker.domain.access import Level
from tracker.domain.documents import Scan
from tracker.models import Document, DocumentVersion
from tracker.models.access import AccessEntry, AccessEvent
from tracker.models.engine import writing
from tracker.storage import Storage

if TYPE_CHECKING:
    from flask import Flask


def noted(app: Flask) -> list[tuple[AccessEvent, str]]:
    """What the record of access says of documents."""
    with build.stored(app) as session:
        rows = session.execute(
            select(AccessEntry.event, AccessEntry.detail)
            .where(AccessEntry.object_kind == "document")
            .order_by(AccessEntry.at, AccessEntry.id)
        )
        return [(row.event, row.detail) for row in rows]


@pytest.mark.database("sqlite")
def test_a_persian_name_goes_out_whole(as_role: AsRole) -> None:
    staff = as_role("staff")
    content = corpus.paper()
    page = staff.follow(send(staff, "/documents/new", content, "یادداشت تفاهم.pdf"))
    file = staff.get(f"{page.url}/versions/1/file")
    assert file.data == content
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.headers["Content-Length"] == str(len(content))
    assert file.headers["Content-Disposition"] == (
        "attachment; filename=\"document.pdf\"; filename*=UTF-8''"
        "%DB%8C%D8%A7%D8%AF%D8%AF%D8%A7%D8%B4%D8%AA%20%D8%AA%D9%81%D8%A7%D9%87%D9%85.pdf"
    )
    assert file.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.database("sqlite")
@pytest.mark.parametrize(
    ("sent", "plain", "whole"),
    [
        ("a;b.txt", "document.txt", "a%3Bb.txt"),
        ("a%22b%0d%0a.txt", "document.txt", "a%22b%250d%250a.txt"),
        ("a\u202eb.txt", "ab.txt", "ab.txt"),
        ("../../a b.txt", "a b.txt", "a%20b.txt"),
    ],
)
def test_no_name_breaks_the_answer(as_role: AsRole, sent: str, plain: str, whole: str) -> None:
    staff = as_role("staff")
    page = staff.follow(send(staff, "/documents/new", name=sent))
    file = staff.get(f"{page.url}/versions/1/file")
    said = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"
    assert file.headers["Content-Disposition"] == said


def test_downloads_are_noted(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        plain = attaching.document(session, actor)
        secret = attaching.document(session, actor, level=Level.CONFIDENTIAL)
    auditor = as_role("auditor")
    for document in (plain, secret):
        auditor.get(f"/documents/{document.id}/versions/1/file")
    downloaded = [each for each in noted(app) if each[1] == "version 1"]
    assert downloaded == [
        (AccessEvent.DOWNLOADED, "version 1"),
        (AccessEvent.DOWNLOADED, "version 1"),
        (AccessEvent.CONFIDENTIAL_READ, "version 1"),
    ]


def test_a_damaged_file_is_not_given_out(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        document = attaching.document(session, build.account(session))
        kept = session.scalars(select(DocumentVersion)).one()
    path = Storage(app.config["DOCUMENTS_FOLDER"]).path(kept.file_id)
    staff = as_role("staff")
    for harm in (lambda: path.write_bytes(b"A plain text"), path.unlink):
        harm()
        page = staff.get(f"/documents/{document.id}/versions/1/file", status=500)
        assert "آسیب دیده" in page.shown
        assert "plain" not in page.text
    assert noted(app) == [(AccessEvent.DENIED, "version 1: damaged file")] * 2
    staff.get(f"/documents/{document.id}")


def test_what_the_reader_may_not_see_is_not_there(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        meeting = build.meeting(session, actor, level=Level.CONFIDENTIAL)
        secret = attaching.document(session, actor, {"fa": "پنهان"}, meeting, level=Level.PUBLIC)
        plain = attaching.document(session, actor)
    official = as_role("official")
    for address in (
        f"/documents/{secret.id}",
        f"/documents/{secret.id}/versions/1/file",
        f"/documents/{plain.id}/versions/2/file",
        f"/documents/{plain.id}/versions/99999999999999999999/file",
        f"/documents/{uuid4()}/versions/1/file",
    ):
        official.get(address, status=404)
    assert "پنهان" not in official.get("/documents/").text
    assert as_role("auditor").get(f"/documents/{secret.id}/versions/1/file").data


def test_a_document_rises_with_whatever_holds_it(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        tie = build.tie(session, actor)
        meeting = build.meeting(session, actor, filed_under=tie)
        document = attaching.document(session, actor, "Minutes", meeting)
        assert document.effective_level is Level.INTERNAL
        with record.change(session, actor, build.NOW):
            tie.level = Level.CONFIDENTIAL
        session.commit()
        row = session.get_one(Document, document.id)
        session.refresh(row)
        assert (row.level, row.effective_level) == (Level.INTERNAL, Level.CONFIDENTIAL)
    as_role("official").get(f"/documents/{document.id}", status=404)


@pytest.mark.database("sqlite")
@pytest.mark.parametrize(
    ("scan", "only_scanned", "status"),
    [
        (Scan.UNSCANNED, False, 200),
        (Scan.UNSCANNED, True, 403),
        (Scan.CLEAN, True, 200),
        (Scan.INFECTED, False, 403),
    ],
)
def test_the_scanner_has_a_say(
    as_role: AsRole, app: Flask, scan: Scan, only_scanned: bool, status: int
) -> None:
    with build.stored(app) as session:
        document = attaching.document(session, build.account(session))
        with writing():
            session.connection().execute(update(DocumentVersion).values(scan=scan))
            session.commit()
    app.config["ONLY_SCANNED"] = only_scanned
    staff = as_role("staff")
    address = f"/documents/{document.id}/versions/1/file"
    assert (address in staff.get(f"/documents/{document.id}").links) == (status == 200)
    page = staff.get(address, status=status)
    if status != 200:
        assert "ویروس‌یاب" in page.shown
