"""The sample that can be drawn again, and the export that anybody can check."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from tests import build
from tests.page import JudgingClient
from tracker import record
from tracker.audit import checking, signing
from tracker.audit.sampling import Draw, sample
from tracker.domain.audit import AccessEvent, Fault
from tracker.domain.cells import safe_cell
from tracker.domain.errors import RuleBroken
from tracker.models.access import AccessEntry
from tracker.models.append_only import allow_changes


def test_the_same_seed_draws_the_same_sample(app: Flask) -> None:
    key = app.config["AUDIT_KEY"]
    with build.stored(app) as session:
        staff = build.account(session)
        made = [build.place(session, staff, name=f"Town {n}") for n in range(12)]
        one, again, other = (
            [each.id for each in sample(session, Draw(5, seed, 12), key)] for seed in (1, 1, 2)
        )
        assert one == again != other
        assert len(set(one)) == 5
        assert {each.id for each in sample(session, Draw(50, 1, 12), key)} == {p.id for p in made}
        build.place(session, staff)
        assert [each.id for each in sample(session, Draw(5, 1, 12), key)] == one


def test_a_sample_shows_what_does_not_fit(app: Flask, auditor: JudgingClient) -> None:
    with build.stored(app) as session:
        for statement in allow_changes("audit", session.get_bind().dialect.name):
            session.execute(text(statement))
        session.execute(text("UPDATE audit SET role = 'council' WHERE seq = 1"))
        session.commit()
        drawn = sample(session, Draw(5, 0, 9), app.config["AUDIT_KEY"])
        assert {1: Fault.EDITED} in [each.faults for each in drawn]
    page = auditor.get("/audit/sample?lang=en&n=5&seed=0&upto=9")
    assert "does not fit the chain" in "".join(page.main.itertext())


def test_nonsense_is_no_draw(auditor: JudgingClient) -> None:
    auditor.get("/audit/sample")
    auditor.get("/audit/sample?n=0&seed=1&upto=5", status=422)
    auditor.get("/audit/sample?n=5&seed=x&upto=5", status=422)


def export(auditor: JudgingClient, query: str = "") -> bytes:
    answer: TestResponse = auditor.http.get(f"/audit/export/file?{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return answer.get_data()


def test_an_export_is_signed_and_noted(app: Flask, auditor: JudgingClient, tmp_path: Path) -> None:
    file = tmp_path / "export.zip"
    file.write_bytes(export(auditor))
    key = signing.Signer(app.config["AUDIT_KEY"]).public_key()
    checked = checking.check_export(file, key)
    with ZipFile(file) as zipped:
        lines = [json.loads(line) for line in zipped.read("entries.jsonl").splitlines()]
    assert checked.manifest["entries"] == len(lines) > 2
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert all(b["previous"] == a["hash"] for a, b in pairwise(lines))
    with build.stored(app) as session:
        events = session.scalars(select(AccessEntry.event)).all()
    assert events.count(AccessEvent.EXPORTED) == 1


@pytest.mark.parametrize("changed", ["entries.jsonl", "manifest.json", "manifest.sig"])
def test_a_changed_export_is_refused(
    app: Flask, auditor: JudgingClient, tmp_path: Path, changed: str
) -> None:
    file, key = tmp_path / "export.zip", signing.Signer(app.config["AUDIT_KEY"]).public_key()
    with ZipFile(io.BytesIO(export(auditor))) as good, ZipFile(file, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if name == changed:
                content = content[:9] + bytes([content[9] ^ 1]) + content[10:]
            bad.writestr(name, content)
    with pytest.raises(RuleBroken):
        checking.check_export(file, key)
    with pytest.raises(RuleBroken):
        checking.check_export(file, None)


def test_what_nobody_signed_is_refused(app: Flask, auditor: JudgingClient, tmp_path: Path) -> None:
    file, key = tmp_path / "export.zip", signing.Signer(app.config["AUDIT_KEY"]).public_key()
    file.write_bytes(export(auditor))
    checking.check_export(file, key)
    with ZipFile(file, "a") as more:
        more.writestr("entries.csv", "1,forged")
    with pytest.raises(RuleBroken):
        checking.check_export(file, key)


def test_another_citys_key_does_not_fit(auditor: JudgingClient, tmp_path: Path) -> None:
    file = tmp_path / "export.zip"
    file.write_bytes(export(auditor))
    checking.check_export(file, None)
    with pytest.raises(RuleBroken):
        checking.check_export(file, signing.Signer(b"another").public_key())
    file.write_bytes(b"no zip")
    with pytest.raises(RuleBroken):
        checking.check_export(file, None)


def test_a_table_holds_no_formula_and_obeys_the_filter(app: Flask, auditor: JudgingClient) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        session.info["audit_key"] = app.config["AUDIT_KEY"]
        place = build.place(session, staff, name="Osh")
        with record.change(session, staff, build.NOW, reason="=1+1") as change:
            change.touch(place)
        session.commit()
    with ZipFile(io.BytesIO(export(auditor, "form=csv&reason=%3D1"))) as zipped:
        table = zipped.read("entries.csv").decode("utf-8-sig")
    head, row = table.strip().split("\r\n")
    assert head.startswith("seq,format,at")
    assert ",'=1+1," in row


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        (" \u200f=1", "' \u200f=1"),
        ("\uff1d1", "'\uff1d1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("|x", "'|x"),
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("-5+x", "'-5+x"),
        ("متن", "متن"),
        ("", ""),
    ],
)
def test_cells(cell: str, safe: str) -> None:
    assert safe_cell(cell) == safe


def test_an_export_that_cannot_be_is_the_form_again(auditor: JudgingClient) -> None:
    auditor.get("/audit/export")
    auditor.get("/audit/export/file?since=blah", status=422)
