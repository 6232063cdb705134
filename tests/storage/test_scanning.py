"""What the virus scanner says, and what holds while it says nothing."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from tests.storage import clamd
from tracker.domain.documents import FileRefusal, FileRefused, Scan
from tracker.storage import Storage
from tracker.storage.intake import taken_in
from tracker.storage.scanning import scanned


def test_it_is_asked_over_its_socket(tmp_path: Path) -> None:
    sound, sick = tmp_path / "sound", tmp_path / "sick"
    sound.write_bytes(b"x" * 200_000)
    sick.write_bytes(b"x" * 200_000 + clamd.FOUND)
    with clamd.listening(tmp_path / "clamd") as socket:
        assert scanned(sound, socket) is Scan.CLEAN
        assert scanned(sick, socket) is Scan.INFECTED


def test_a_scanner_that_is_not_there_says_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x")
    assert scanned(file, None) is Scan.UNSCANNED
    assert not caplog.records
    assert scanned(file, tmp_path / "nobody") is Scan.UNSCANNED
    assert caplog.records


def test_what_it_finds_is_not_taken_in(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "documents")
    with clamd.listening(tmp_path / "clamd") as socket:
        with taken_in(storage, BytesIO(b"plain"), "a.txt", socket) as file:
            assert file.scan is Scan.CLEAN
        with (
            pytest.raises(FileRefused) as refused,
            taken_in(storage, BytesIO(clamd.FOUND), "a.txt", socket),
        ):
            pass
    assert refused.value.reason is FileRefusal.INFECTED
    assert list(storage.ids()) == [file.kept.file_id]
