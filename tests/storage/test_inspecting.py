"""The child that looks into files: what it is given, what it may take, what ends it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.storage import corpus
from tracker.domain.documents import FileRefusal, FileRefused, FileType
from tracker.storage import inspection
from tracker.storage.inspection import Busy, inspected


def test_the_parent_loads_none_of_the_heavy_libraries() -> None:
    code = (
        "import sys; import tracker.storage.intake, tracker.storage.refusals;"
        "print({'PIL', 'pikepdf', 'lxml'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_child_sees_no_secret_of_the_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", "postgresql://secret")
    assert "secret" not in str(inspection._environment())
    assert set(inspection._environment()) == {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}


def test_a_file_that_takes_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "SECONDS", 0.01)
    file = tmp_path / "file"
    file.write_bytes(corpus.paper())
    with pytest.raises(FileRefused) as refused:
        inspected(FileType.PDF, file, tmp_path / "target")
    assert refused.value.reason is FileRefusal.TOO_SLOW


def test_a_child_that_dies_refuses_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever kills it: here, that it cannot even write its answer.
    monkeypatch.setattr(inspection, "_BESIDE", tmp_path)
    file = tmp_path / "file"
    file.write_bytes(corpus.paper())
    with pytest.raises(FileRefused) as refused:
        inspected(FileType.PDF, file, tmp_path / "target")
    assert refused.value.reason is FileRefusal.DAMAGED


def test_no_more_than_a_few_are_looked_through_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "_WAITED_SECONDS", 0)
    file = tmp_path / "file"
    file.write_bytes(b"plain")
    with inspection._turn(), inspection._turn(), pytest.raises(Busy):
        inspected(FileType.TEXT, file, tmp_path / "target")
    assert inspected(FileType.TEXT, file, tmp_path / "target") == (file, [])


def test_the_child_holds_itself_to_its_limits(tmp_path: Path) -> None:
    code = (
        "import resource, sys; sys.argv = ['x', 'txt', 'file', 'target'];"
        "from tracker.storage.inspecting import __main__ as child; child.main();"
        "print(); print(resource.getrlimit(resource.RLIMIT_AS)[1] >> 20,"
        " resource.getrlimit(resource.RLIMIT_CPU)[1], resource.getrlimit(resource.RLIMIT_CORE)[1])"
    )
    (tmp_path / "file").write_bytes(b"plain")
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path, env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split("\n")[1] == "1024 15 0"
