"""The queue and what runs beside it: jobs, one thing for each thread, renderings, the heart."""

from __future__ import annotations

import pickle
import stat
import threading
import time
from pathlib import Path

import pytest

from tracker.background import heartbeat
from tracker.background.consumer import THREADS
from tracker.background.queue import AWAITED, make_huey
from tracker.background.renderings import KEPT_SECONDS, Renderings, key_of
from tracker.background.sweep import every_minute
from tracker.background.threads import PerThread


def add(a: int, b: int) -> int:
    return a + b


def test_a_job_put_in_by_one_process_is_found_by_another(tmp_path: Path) -> None:
    web, background = make_huey(tmp_path), make_huey(tmp_path)
    asked_for = web.task()(add)
    background.task()(add)
    result = asked_for(1, 2)
    background.execute(background.dequeue())
    assert result.get(blocking=True, timeout=2) == 3


def test_what_somebody_waits_for_goes_first(tmp_path: Path) -> None:
    huey = make_huey(tmp_path)
    say = huey.task(name="say")(lambda word: word)
    say("later")
    huey.enqueue(say.s("now", priority=AWAITED))
    assert [huey.dequeue().args for _ in range(2)] == [("now",), ("later",)]


def test_a_job_whose_taker_was_killed_is_put_back_with_its_result_awaited(tmp_path: Path) -> None:
    web, killed, next_one = (make_huey(tmp_path) for _ in range(3))
    asked_for, *_ = [huey.task(priority=AWAITED)(add) for huey in (web, killed, next_one)]
    result = asked_for(1, 2)
    assert killed.dequeue() is not None
    assert next_one.dequeue() is None
    assert next_one.put_back() == 1
    next_one.execute(next_one.dequeue())
    assert result.get(blocking=True, timeout=2) == 3
    assert next_one.put_back() == 0


def test_a_job_that_fails_or_that_nobody_knows_is_not_put_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    huey = make_huey(tmp_path)
    huey.task(name="divide")(lambda by: 1 / by)(0)
    huey.execute(huey.dequeue())
    assert "ZeroDivisionError" in caplog.text
    huey.storage.enqueue(b"of a release that is gone")
    with pytest.raises(pickle.UnpicklingError):
        huey.dequeue()
    assert huey.put_back() == 0


def test_the_queue_is_its_owners_alone(tmp_path: Path) -> None:
    make_huey(tmp_path)
    assert stat.S_IMODE((tmp_path / "queue.db").stat().st_mode) == 0o600


def test_each_thread_has_its_own_thing_and_closes_it(tmp_path: Path) -> None:
    closed: list[object] = []
    huey = make_huey(tmp_path)
    holder = PerThread(huey, "thing", object, closed.append)
    seen: list[object] = []

    def use() -> None:
        first = holder.get()
        assert holder.get() is first
        seen.append(first)
        huey._shutdown["close thing"]()

    threads = [threading.Thread(target=use) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, seen))) == THREADS
    assert sorted(map(id, closed)) == sorted(map(id, seen))


def test_renderings_are_kept_by_what_they_were_made_of(tmp_path: Path) -> None:
    renderings = Renderings(tmp_path)
    key = key_of("{}", "fa")
    assert renderings.read(key) is None
    renderings.write(key, b"%PDF")
    assert renderings.read(key) == b"%PDF"
    assert key_of("{}f", "a") != key
    assert stat.S_IMODE((tmp_path / "renderings").stat().st_mode) == 0o700


def test_a_key_is_no_path(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not the key"):
        Renderings(tmp_path).read("../secrets")


def test_old_renderings_are_swept_away(tmp_path: Path) -> None:
    renderings = Renderings(tmp_path)
    renderings.write(key_of("a"), b"a")
    assert renderings.sweep(time.time()) == 0
    assert renderings.sweep(time.time() + KEPT_SECONDS + 60) == 1
    assert renderings.read(key_of("a")) is None


def test_one_failing_sweep_keeps_no_other_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    huey = make_huey(tmp_path)

    def fail() -> None:
        raise OSError("the disk is full")

    every_minute(huey, [fail, lambda: done.append("second")])
    (sweep,) = huey._registry.periodic_tasks
    huey.execute(sweep)
    assert done == ["second"]
    assert "a sweep failed" in caplog.text


def test_the_heart_beats_while_there_is_somebody_at_work(tmp_path: Path) -> None:
    assert heartbeat.silence(tmp_path, time.time()) is None
    working = threading.Event()
    heart = heartbeat.Heart(tmp_path, working.is_set)
    heart.start()
    time.sleep(0.3)
    assert heartbeat.silence(tmp_path, time.time()) is None
    working.set()
    deadline = time.monotonic() + 5
    while heartbeat.silence(tmp_path, time.time()) is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    heart.stop()
    heart.join(timeout=2)
    assert not heart.is_alive()
    # A beat a moment ago is no sign of life of somebody who is gone.
    assert heartbeat.silence(tmp_path, time.time()) is None
