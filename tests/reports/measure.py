"""What `script/paper` prints: how long papers take, beside headless Chromium, and what is found in
them again. Ratios of one run on one machine; the seconds themselves say little."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

import psutil
from sqlalchemy import select

from reports import render
from reports.pool import Renderer
from tests import build
from tests.background.running import Reader, running
from tests.reports import extracting, hard
from tests.reports.papers import LANGUAGES, make
from tests.reports.story import seed
from tests.serving import open_session, served
from tracker import demo
from tracker.domain.briefings import Briefing, canonical
from tracker.models import Tie

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5


def say(name: str, value: float, unit: str, **more: Any) -> None:
    figure = {"figure": name, "value": round(value, 4), "unit": unit, **more}
    sys.stdout.write(json.dumps(figure) + "\n")
    sys.stdout.flush()


def seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def cpu(work: Callable[[], Any]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def renderings() -> None:
    """In this process, warm."""
    render.warm()
    ties = {
        "first real case": seed(),
        "large": hard.large(),
        "as much as is printed": hard.large(200, 200, 200),
    }
    for name, facts in ties.items():
        for language in LANGUAGES:
            made = make(facts, language)
            spent = cpu(partial(render.briefing_pdf, facts, language))
            held = {"tie": name, "language": language, "pages": made.pdf.pages}
            say("rendering, warm", spent, "CPU s", **held)
            say("layouts of it", made.layouts, "count", bar=3, **held)


def beside_chromium() -> None:
    """The same pages: from a warm renderer, and from Chromium started to print them."""
    with Renderer() as renderer, TemporaryDirectory() as folder:
        say("renderer, cold start", seconds(renderer.start), "s")
        for name, facts in (("first real case", seed()), ("large", hard.large())):
            compare(name, facts, renderer, Path(folder))


def compare(name: str, facts: Briefing, renderer: Renderer, folder: Path) -> None:
    given = canonical(facts)
    made = make(facts, "fa")
    page = in_a_folder(made.printed.html, folder)
    renderer.render(given, "fa", 60)
    assert renderer.pid
    ours: list[float] = []
    theirs: list[tuple[float, float]] = []
    spent, spent_by_chromium = spent_by(renderer.pid), spent_by_children()
    for _ in range(ROUNDS):
        ours.append(seconds(lambda: renderer.render(given, "fa", 60)))
        theirs.append(chromium(page, folder))
    spent = (spent_by(renderer.pid) - spent) / ROUNDS
    spent_by_chromium = (spent_by_children() - spent_by_chromium) / ROUNDS
    with watched(psutil.Process(renderer.pid)) as most:
        renderer.render(given, "fa", 60)
    held = max(most)
    warm, cold = median(ours), median(took for took, _ in theirs)
    memory = median(most for _, most in theirs)
    tie = {"tie": name, "pages": made.pdf.pages}
    say("warm renderer", warm, "s", **tie)
    say("Chromium printing the same", cold, "s", **tie)
    say("time, of Chromium's", warm / cold, "ratio", bar=0.4, **tie)
    say("CPU time, of Chromium's", spent / spent_by_chromium, "ratio", **tie)
    say("memory of the renderer", held, "MB", **tie)
    say("memory of Chromium", memory, "MB", **tie)
    say("memory, of Chromium's", held / memory, "ratio", bar=0.25, **tie)


def spent_by(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def spent_by_children() -> float:
    """CPU seconds of the processes that have ended, those they started among them."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@contextmanager
def watched(process: psutil.Process) -> Iterator[list[float]]:
    """The megabytes that a process holds while the block runs, looked at as Chromium's are. What
    is held stays held between the papers of one renderer, so that one of them is enough."""
    seen, over = [proportional(process)], Event()

    def look() -> None:
        while not over.wait(0.05):
            seen.append(proportional(process))

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def in_a_folder(document: str, folder: Path) -> Path:
    """The paper as a file that a browser can open, with its style and fonts."""
    style = (ROOT / "reports/styles/paper.css").read_text()
    style = style.replace("asset:", (ROOT / "reports").as_uri() + "/")
    page = folder / "paper.html"
    page.write_text(document.replace("</head>", f"<style>{style}</style></head>"))
    return page


def chromium(page: Path, folder: Path) -> tuple[float, float]:
    """Seconds, and the most megabytes that its processes held together."""
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    options += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/paper.pdf"]
    begun = time.perf_counter()
    process = subprocess.Popen(
        ["chromium", *options, page.as_uri()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    most = 0.0
    while process.poll() is None:
        most = max(most, proportional(psutil.Process(process.pid)))
        time.sleep(0.05)
    return time.perf_counter() - begun, most


def proportional(process: psutil.Process) -> float:
    """Megabytes of a process and its children, what they share counted once."""
    total = 0.0
    try:
        for each in (process, *process.children(recursive=True)):
            total += each.memory_full_info().pss / 2**20
    except psutil.Error:  # one of them has just ended
        pass
    return total


def clicks() -> None:
    """The first click on a briefing and the ones after it, over HTTP and without a server."""
    with TemporaryDirectory() as folder, running(Path(folder)) as product:
        with served(product.url, Path(folder)) as app, build.stored(app) as session:
            demo.load(session, build.NOW)
            tie = session.scalars(select(Tie.id)).one()
        reader = Reader(product.port, open_session(product.url, "official"), tie)
        reader.patiently(reader.briefing(0))
        paths = [reader.briefing(n) for n in range(1, 1 + ROUNDS)]
        first = median(reader.patiently(path).seconds for path in paths)
        again = median(reader.get(path).seconds for path in paths * 10)
        say("first click, over HTTP", first, "s")
        say("click again, over HTTP", again * 1000, "ms", goal=10)
        say("click again, times faster", first / again, "ratio", bar=50)
        with served(product.url, Path(folder)) as app:
            client = app.test_client()
            client.set_cookie(app.config["SESSION_COOKIE_NAME"], reader.token, domain="localhost")
            client.get(paths[0])
            spent = median(cpu(lambda: client.get(paths[0])) for _ in range(50))
        say("click again, in the application", spent * 1000, "CPU ms")


def words() -> None:
    for name, story in (("first real case", seed), ("large", hard.large)):
        for language in LANGUAGES:
            made = make(story(), language)
            wanted = extracting.words_of(made.printed.html)
            for program, extract in extracting.extractors().items():
                text = extract(made.pdf.data)
                exact, loose = (
                    extracting.found_again(wanted, text, ignoring_zwnj=ignoring)
                    for ignoring in (False, True)
                )
                plain = extracting.plain(wanted)
                held = {"program": program, "tie": name, "language": language}
                say("words found again", len(loose) / len(wanted), "share", bar=0.92, **held)
                say("the same, joiners too", len(exact) / len(wanted), "share", **held)
                say(
                    "those without ligatures",
                    len(plain & loose) / len(plain),
                    "share",
                    bar=1,
                    **held,
                )


def cold() -> None:
    """A process that starts, prints one paper and ends, as a command line does."""
    program = (
        "from reports.render import briefing_pdf; from tests.reports.story import seed;"
        "briefing_pdf(seed(), 'fa')"
    )
    run = [sys.executable, "-c", program]
    spent = seconds(lambda: subprocess.run(run, cwd=ROOT, env=os.environ, check=True))
    say("rendering, cold process", spent, "s", tie="first real case, 2 pages")


FIGURES = {
    "cold": cold,
    "warm": renderings,
    "chromium": beside_chromium,
    "clicks": clicks,
    "words": words,
}


def main(wanted: list[str]) -> None:
    for name in wanted or FIGURES:
        FIGURES[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
