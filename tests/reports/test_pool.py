"""The renderer: warm, bounded, killed at its deadline, replaced, and gone with its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from reports import pool
from reports import renderer as child
from reports.pool import Renderer, RenderingFailed
from reports.render import briefing_pdf
from tests.reports.story import seed
from tracker.domain.briefings import canonical

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file.*sRGB2014.icc:ResourceWarning")
ROOT = Path(__file__).resolve().parents[2]
MISBEHAVING = "tests.reports.work"


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    with Renderer(MISBEHAVING) as made:
        made.start()
        yield made


@pytest.mark.parametrize("document", [b"hang", b"hang in C"])
def test_a_hanging_document_is_killed_at_its_deadline(renderer: Renderer, document: bytes) -> None:
    before = renderer.pid
    assert before
    begun = time.monotonic()
    with pytest.raises(RenderingFailed) as failure:
        renderer.render(document, "fa", 0.3)
    assert failure.value.reason == "timeout"
    assert time.monotonic() - begun < 3
    assert not psutil.pid_exists(before)
    assert renderer.render(b"x", "fa", 20).startswith(b"%PDF of x")


@pytest.mark.parametrize(
    ("document", "reason"),
    [(b"greedy", "too_large"), (b"deep", "too_large"), (b"wrong", "failed")],
)
def test_a_document_that_fails_says_why_and_the_child_lives(
    renderer: Renderer, document: bytes, reason: str
) -> None:
    before = renderer.pid
    with pytest.raises(RenderingFailed) as failure:
        renderer.render(document, "fa", 20)
    assert failure.value.reason == reason
    assert renderer.render(b"x", "fa", 20)
    assert renderer.pid == before


def test_a_child_that_dies_is_replaced(renderer: Renderer) -> None:
    with pytest.raises(RenderingFailed) as failure:
        renderer.render(b"die", "fa", 20)
    assert failure.value.reason == "failed"
    assert renderer.render(b"x", "fa", 20)


def test_a_child_killed_from_outside_is_replaced(renderer: Renderer) -> None:
    before = renderer.pid
    assert before
    os.kill(before, signal.SIGKILL)
    while psutil.Process(before).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    assert renderer.render(b"x", "fa", 20)
    assert renderer.pid != before


def test_a_child_is_replaced_after_its_share_of_documents(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "JOBS_PER_PROCESS", 3)
    made_by = [renderer.render(b"", "fa", 20) for _ in range(4)]
    assert len(set(made_by[:3])) == 1
    assert made_by[3] != made_by[0]


def test_what_a_killed_child_was_printing_is_printed_by_the_next(
    renderer: Renderer, tmp_path: Path
) -> None:
    before = renderer.pid
    document = f"die once {tmp_path / 'been here'}".encode()
    assert renderer.render(document, "fa", 20).startswith(b"%PDF of die once")
    assert renderer.pid != before


def test_a_child_that_has_grown_large_is_replaced(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = renderer.pid
    monkeypatch.setattr(pool, "LARGEST_RESIDENT", 2**20)
    assert renderer.render(b"x", "fa", 20)
    assert renderer.pid != before


def test_a_document_that_burns_its_processor_time_is_not_tried_again(renderer: Renderer) -> None:
    with pytest.raises(RenderingFailed) as failure:
        renderer.render(b"burn", "fa", 20)
    assert failure.value.reason == "timeout"
    assert renderer.render(b"x", "fa", 20)


def test_the_child_knows_no_settings(renderer: Renderer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", "postgresql://peyvand:secret@db/peyvand")
    renderer.stop()
    assert renderer.render(b"settings", "fa", 20) == b"[]"


def test_a_child_that_cannot_start_says_so() -> None:
    with (
        Renderer("tests.reports.nothing") as renderer,
        pytest.raises(RenderingFailed) as failure,
    ):
        renderer.render(b"x", "fa", 20)
    assert failure.value.reason == "failed"


def test_memory_and_processor_time_are_bounded(renderer: Renderer) -> None:
    renderer.render(b"x", "fa", 20)
    assert renderer.pid
    seconds, _ = psutil.Process(renderer.pid).rlimit(psutil.RLIMIT_CPU)
    assert 20 < seconds <= 23
    limits = psutil.Process(renderer.pid).rlimit(psutil.RLIMIT_AS)
    assert limits == (child.ADDRESS_SPACE, child.ADDRESS_SPACE)


PARENT = """
import sys, time
from reports.pool import Renderer
if __name__ == "__main__":
    renderer = Renderer("tests.reports.work")
    renderer.start()
    print(renderer.pid, flush=True)
    if sys.argv[1] == "busy":
        renderer.render(b"hang in C", "fa", 600)
    time.sleep(600)
"""


@pytest.mark.parametrize("state", ["idle", "busy"])
def test_the_child_dies_with_its_parent(tmp_path: Path, state: str) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    parent = subprocess.Popen(
        [sys.executable, str(script), state],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout
    with parent.stdout as said:
        child = psutil.Process(int(said.readline()))
        if state == "busy":
            time.sleep(0.2)
        parent.kill()
        parent.wait()
    child.wait(10)
    assert not child.is_running()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_real_work_makes_the_same_bytes_as_here(language: str) -> None:
    with Renderer() as renderer:
        made = renderer.render(canonical(seed()), language, 60)
        with pytest.raises(RenderingFailed) as failure:
            renderer.render(b'{"schema": 99}', language, 60)
    assert failure.value.reason == "failed"
    assert made == briefing_pdf(seed(), language).data


def test_the_parent_never_loads_the_library() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, reports.pool; print('weasyprint' in sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.strip() == "False"
