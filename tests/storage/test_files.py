"""Files on disk: written whole or not at all, and known to be the ones that were kept."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest

from tracker.storage import Damaged, Kept, Missing, Storage, TooLarge

MIB = 2**20


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "documents")


def keep(storage: Storage, content: bytes = b"a scan") -> Kept:
    return storage.keep(BytesIO(content), MIB)


def test_a_file_is_kept_for_its_owner_alone(storage: Storage) -> None:
    kept = keep(storage)
    assert kept.sha256 == sha256(b"a scan").hexdigest()
    assert kept.size == 6
    path = storage.path(kept.file_id)
    assert path == storage.folder / kept.file_id.hex[:2] / kept.file_id.hex
    assert path.stat().st_mode & 0o777 == 0o600
    for folder in (storage.folder, path.parent):
        assert folder.stat().st_mode & 0o777 == 0o700
    with storage.open_whole(kept.file_id, kept.sha256) as file:
        assert file.read() == b"a scan"


def test_the_same_bytes_are_two_files(storage: Storage) -> None:
    one, other = keep(storage), keep(storage)
    assert one.sha256 == other.sha256
    assert set(storage.ids()) == {one.file_id, other.file_id}
    storage.remove(one.file_id)
    storage.remove(one.file_id)
    assert list(storage.ids()) == [other.file_id]


def test_what_is_too_large_leaves_nothing(storage: Storage) -> None:
    with pytest.raises(TooLarge):
        storage.keep(BytesIO(b"x" * 11), 10)
    assert list(storage.ids()) == []
    assert [path for path in storage.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("harm", ["changed", "cut", "longer", "gone"])
def test_harm_is_noticed_when_the_file_is_opened(storage: Storage, harm: str) -> None:
    kept = keep(storage)
    path = storage.path(kept.file_id)
    if harm == "gone":
        path.unlink()
    else:
        content = {"changed": b"A scan", "cut": b"a sca", "longer": b"a scan "}[harm]
        path.write_bytes(content)
    with pytest.raises(Missing if harm == "gone" else Damaged):
        storage.open_whole(kept.file_id, kept.sha256)


def test_only_what_was_written_long_ago_is_old(storage: Storage) -> None:
    old, new = keep(storage), keep(storage)
    now = datetime.now(UTC)
    before = (now - timedelta(hours=2)).timestamp()
    os.utime(storage.path(old.file_id), (before, before))
    assert list(storage.kept_before(now - timedelta(hours=1))) == [old.file_id]
    assert set(storage.ids()) == {old.file_id, new.file_id}


def test_what_a_killed_process_left_is_cleared_away(storage: Storage) -> None:
    keep(storage)
    left = storage.folder / ".incoming" / "left"
    left.mkdir()
    (left / "received").write_bytes(b"half")
    hour = timedelta(hours=1)
    assert storage.forget_received_before(datetime.now(UTC) - hour) == 0
    assert storage.forget_received_before(datetime.now(UTC) + hour) == 1
    assert not left.exists()


def test_nothing_is_there_before_the_first_file(storage: Storage) -> None:
    assert list(storage.ids()) == []
    assert storage.forget_received_before(datetime.now(UTC)) == 0
    with pytest.raises(Missing):
        storage.open(uuid4())
    assert not storage.folder.exists()
