"""kill -9 of every process, a paper that never ends, more readers than papers can be made for.

One product goes through all of it. What is asked for is delivered, readers of other pages notice
nothing, and `/readyz` says what is. `script/break` does the same at random for as long as wanted.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count

import psutil
import pytest

from tests.background.queued import is_made, put_in_queue, taken
from tests.background.running import (
    Answer,
    Reader,
    Running,
    eventually,
    is_gone,
    plant_tie,
    reader,
    running,
)

# One server for the module: its tests stay together on one worker.
pytestmark = pytest.mark.xdist_group("breaking")

numbers = count()


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("broken")) as started:
        yield started


@pytest.fixture(scope="module")
def official(product: Running) -> Reader:
    signed_in = reader(product, plant_tie(product))
    while not all(has_asked(worker) for worker in product.web_workers()):
        assert signed_in.get(signed_in.briefing(next(numbers))).status == 200
    return signed_in


def has_asked(worker: psutil.Process) -> bool:
    """Whether a web worker has put a job into the queue before."""
    return any(file.path.endswith("queue.db") for file in worker.open_files())


@pytest.fixture(scope="module")
def crowd() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(16) as made:
        yield made


@pytest.fixture(autouse=True)
def whole(product: Running) -> None:
    """Each test begins with everybody at work."""
    eventually(lambda: product.is_ready and len(product.web_workers()) == 2)
    eventually(lambda: len(product.warm_renderers()) == 2)


@pytest.fixture
def hanging(product: Running) -> list[psutil.Process]:
    """The renderers, each in the middle of a paper that does not get on."""
    renderers = product.warm_renderers()
    for renderer in renderers:
        renderer.suspend()
    return renderers


def ask(crowd: ThreadPoolExecutor, official: Reader, papers: int) -> list[Future[Answer]]:
    wanted = [official.briefing(next(numbers)) for _ in range(papers)]
    return [crowd.submit(official.patiently, path) for path in wanted]


def delivered(asked: list[Future[Answer]]) -> bool:
    answers = [each.result() for each in asked]
    return all(answer.status == 200 and answer.content[:5] == b"%PDF-" for answer in answers)


def test_papers_that_never_end_are_ended_while_others_are_served(
    product: Running,
    official: Reader,
    crowd: ThreadPoolExecutor,
    hanging: list[psutil.Process],
) -> None:
    asked = [crowd.submit(official.get, official.briefing(next(numbers))) for _ in range(8)]
    eventually(lambda: taken(product) == 2)
    for path in ("/", "/ties/", "/meetings/"):
        page = official.get(path)
        assert (page.status, page.seconds < 5) == (200, True)
    assert product.is_ready

    answers = [each.result() for each in asked]
    assert {answer.status for answer in answers} == {503}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)
    full = [answer for answer in answers if "هم‌اکنون" in answer.content.decode()]
    waited = [answer for answer in answers if "ده ثانیه" in answer.content.decode()]
    assert len(full) + len(waited) == len(answers)
    # Two threads of each of two web workers wait; whoever comes then is told at once.
    assert 2 <= len(waited) <= 4
    assert max(answer.seconds for answer in full) < 5 < min(answer.seconds for answer in waited)

    eventually(lambda: all(is_gone(renderer) for renderer in hanging))
    assert delivered(ask(crowd, official, 1))


def test_a_killed_renderer_loses_no_paper(
    product: Running,
    official: Reader,
    crowd: ThreadPoolExecutor,
    hanging: list[psutil.Process],
) -> None:
    asked = ask(crowd, official, 2)
    eventually(lambda: taken(product) == 2)
    for renderer in hanging:
        renderer.kill()
    assert product.is_ready
    assert delivered(asked)


def test_a_killed_background_process_loses_no_paper(
    product: Running,
    official: Reader,
    crowd: ThreadPoolExecutor,
    hanging: list[psutil.Process],
) -> None:
    papers = [put_in_queue(product, official, next(numbers)) for _ in range(2)]
    asked = ask(crowd, official, 1)
    eventually(lambda: taken(product) == 2)  # and one is in the queue
    background = product.child("tracker.worker")
    background.kill()
    eventually(lambda: is_gone(background))
    assert '"background":false' in product.lacking()
    eventually(lambda: all(is_gone(renderer) for renderer in hanging))
    assert official.get("/ties/").status == 200
    assert delivered(asked)
    eventually(lambda: all(is_made(product, paper) for paper in papers))
    assert product.is_ready


def test_a_killed_web_worker_is_not_missed(
    product: Running, official: Reader, crowd: ThreadPoolExecutor
) -> None:
    official.met.clear()
    with load(crowd, official):
        asked = ask(crowd, official, 2)
        victim = product.web_workers()[0]
        victim.kill()
        eventually(lambda: is_gone(victim) and len(product.web_workers()) == 2)
        assert delivered(asked)
    assert set(official.met) <= {200, 503, 0}
    # What it was answering breaks off, nothing else does.
    assert official.met.count(0) <= 8
    assert product.is_ready


def test_a_killed_supervisor_takes_all_along_and_the_next_goes_on(
    product: Running,
    official: Reader,
    hanging: list[psutil.Process],
) -> None:
    papers = [put_in_queue(product, official, next(numbers)) for _ in range(3)]
    eventually(lambda: taken(product) == 2)
    family = product.family()
    product.process.kill()
    product.process.wait()
    eventually(lambda: all(is_gone(process) for process in family))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", product.port))

    product.start_again()
    assert product.said.startswith("ready ")
    assert official.patiently("/ties/").status == 200
    eventually(lambda: all(is_made(product, paper) for paper in papers))
    eventually(lambda: taken(product) == 0)


class load:
    """Four readers who ask for page after page."""

    def __init__(self, crowd: ThreadPoolExecutor, official: Reader) -> None:
        self._over = threading.Event()
        self._readers = [crowd.submit(self._read, official.patiently) for _ in range(4)]

    def _read(self, patiently: Callable[[str], Answer]) -> None:
        while not self._over.is_set():
            assert patiently("/ties/").status == 200

    def __enter__(self) -> load:
        time.sleep(0.2)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for each in self._readers:
            each.result()
