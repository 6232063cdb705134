"""The chain notices what was edited, swapped, replaced, removed or cut off."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from tests import build
from tests.record.tampering import KEY, REST, fill, unnoticed
from tracker import record
from tracker.domain.audit import AccessEvent, Bad, Fault
from tracker.models.access import AccessEntry
from tracker.models.append_only import allow_changes
from tracker.record import anchors
from tracker.record.anchors import AnchorsChanged, Why, anchor_now
from tracker.record.audit_check import broken_entries, faults_at, verify
from tracker.record.audit_digest import digest_days


@pytest.fixture
def chained(session: Session) -> Session:
    fill(session)
    return session


def test_a_chain_that_nobody_touched_is_whole(chained: Session) -> None:
    report = verify(chained.connection(), KEY)
    assert (report.is_whole, report.entries, report.last, report.bad) == (True, 12, 12, [])
    assert list(broken_entries(chained, KEY)) == []


def test_another_key_fits_no_entry(chained: Session) -> None:
    assert verify(chained.connection(), b"another key").bad[0] == Bad(1, Fault.EDITED)


def test_any_change_is_found_at_its_entry(chained: Session) -> None:
    assert unnoticed(chained.connection(), 60) == []


def test_other_words_for_the_same_changes_are_found(chained: Session) -> None:
    chained.execute(text("UPDATE audit SET changes = '{}' WHERE seq = 5"))
    assert verify(chained.connection(), KEY).bad == [Bad(5, Fault.EDITED)]


def test_removed_and_swapped_entries_are_named_as_such(chained: Session) -> None:
    chained.execute(text("DELETE FROM audit WHERE seq = 4"))
    assert verify(chained.connection(), KEY).bad == [Bad(4, Fault.MISSING)]
    assert faults_at(chained.connection(), [3, 5], KEY) == {5: Fault.MISSING}
    chained.execute(text("UPDATE audit SET seq = 4 WHERE seq = 12"))
    assert verify(chained.connection(), KEY).bad[0] == Bad(4, Fault.OUT_OF_ORDER)


def test_a_replaced_row_is_found_where_no_trigger_refused_it(chained: Session) -> None:
    chained.execute(text("DELETE FROM audit WHERE seq = 7"))
    columns = ", ".join(REST)
    chained.execute(
        text(f"INSERT INTO audit (seq, {columns}) SELECT 7, {columns} FROM audit WHERE seq = 6")  # noqa: S608
    )
    assert verify(chained.connection(), KEY).bad[0].seq == 7


def test_what_was_put_in_before_the_first_entry_is_found(chained: Session) -> None:
    columns = ", ".join(REST)
    chained.execute(
        text(f"INSERT INTO audit (seq, {columns}) SELECT -7, {columns} FROM audit WHERE seq = 6")  # noqa: S608
    )
    assert not verify(chained.connection(), KEY).is_whole


def test_a_cut_tail_is_found_by_an_anchor(chained: Session, tmp_path: Path) -> None:
    made = anchor_now(chained.connection(), tmp_path, KEY, build.NOW, Why.BACKUP)
    assert made is not None
    assert (made.seq, made.count) == (12, 12)
    chained.execute(text("DELETE FROM audit WHERE seq > 9"))
    assert verify(chained.connection(), KEY).is_whole, "a chain alone cannot know"
    known = anchors.anchors(tmp_path, KEY)
    assert verify(chained.connection(), KEY, known).bad == [Bad(10, Fault.CUT_OFF)]


def test_a_chain_that_was_written_anew_is_found_by_an_anchor(
    chained: Session, tmp_path: Path
) -> None:
    anchor_now(chained.connection(), tmp_path, KEY, build.NOW, Why.ASKED)
    chained.execute(text("DELETE FROM audit WHERE seq > 9"))
    staff = build.account(chained)
    for _ in range(5):
        build.place(chained, staff)
    assert verify(chained.connection(), KEY).is_whole
    report = verify(chained.connection(), KEY, anchors.anchors(tmp_path, KEY))
    assert report.bad == [Bad(12, Fault.REWRITTEN)]


def test_a_clock_that_went_back_is_told_and_is_no_fault(session: Session) -> None:
    session.info["audit_key"] = KEY
    staff = build.account(session)
    place = build.place(session, staff)
    with record.change(session, staff, build.NOW - timedelta(hours=1)):
        place.name = {"en": "Osh city"}
    report = verify(session.connection(), KEY)
    assert report.is_whole
    (step,) = report.backsteps
    assert step.seq == report.last
    assert step.before - step.at == timedelta(hours=1)


def rows(session: Session, many: int) -> None:
    session.execute(
        insert(AccessEntry),
        [
            {"at": build.NOW + timedelta(minutes=n), "event": AccessEvent.DENIED, "detail": f"{n}"}
            for n in range(many)
        ],
    )


def test_each_day_of_the_record_of_access_is_sealed_once(session: Session) -> None:
    session.info["audit_key"] = KEY
    rows(session, 5)
    day = timedelta(days=1)
    assert digest_days(session, build.NOW) is None, "the day is not over"
    made = digest_days(session, build.NOW + day)
    assert made is not None
    assert made.rows == 5
    assert digest_days(session, build.NOW + day) is None
    report = verify(session.connection(), KEY)
    assert (report.is_whole, report.digests) == (True, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_log SET detail = 'nothing' WHERE detail = '3'",
        "DELETE FROM access_log WHERE detail = '3'",
        "UPDATE access_log SET times = 7 WHERE detail = '0'",
    ],
)
def test_a_changed_record_of_access_is_found(session: Session, statement: str) -> None:
    session.info["audit_key"] = KEY
    rows(session, 5)
    digest_days(session, build.NOW + timedelta(days=1))
    for allow in allow_changes("access_log", session.get_bind().dialect.name):
        session.execute(text(allow))
    session.execute(text(statement))
    assert verify(session.connection(), KEY).bad == [Bad(1, Fault.ACCESS_CHANGED)]


def test_a_changed_file_of_anchors_names_its_line(chained: Session, tmp_path: Path) -> None:
    for _ in range(4):
        anchor_now(chained.connection(), tmp_path, KEY, build.NOW, Why.DAILY)
    file = tmp_path / anchors.NAME
    assert file.stat().st_mode & 0o077 == 0
    lines = file.read_bytes().splitlines(keepends=True)
    for changed, line in (
        ([lines[0], lines[2], lines[3]], 2),
        ([*lines[:2], lines[2].replace(b'"seq":12', b'"seq":11'), lines[3]], 3),
        ([lines[0], b"{}\n", *lines[2:]], 2),
    ):
        file.write_bytes(b"".join(changed))
        with pytest.raises(AnchorsChanged) as raised:
            anchors.anchors(tmp_path, KEY)
        assert raised.value.line == line
        with pytest.raises(AnchorsChanged):
            anchor_now(chained.connection(), tmp_path, KEY, build.NOW, Why.DAILY)


def test_half_a_line_of_a_power_cut_is_no_anchor(chained: Session, tmp_path: Path) -> None:
    for _ in range(2):
        anchor_now(chained.connection(), tmp_path, KEY, build.NOW, Why.DAILY)
    file = tmp_path / anchors.NAME
    file.write_bytes(file.read_bytes()[:-40])
    assert len(anchors.anchors(tmp_path, KEY)) == 1
    anchor_now(chained.connection(), tmp_path, KEY, build.NOW, Why.DAILY)
    assert len(anchors.anchors(tmp_path, KEY)) == 2


def test_no_anchor_without_an_entry(session: Session, tmp_path: Path) -> None:
    assert anchor_now(session.connection(), tmp_path, KEY, build.NOW, Why.DAILY) is None
    assert anchors.newest(tmp_path, KEY) is None
