"""A page of meetings costs a small multiple of what bare sqlite3 and a joined string cost.

Both are asked in turn in this process, and only the time of this thread counts, so that the ratio
stays what it is on a busy machine. `script/bench` measures the same on a real server.
"""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import thread_time

import pytest
from werkzeug.test import Client

from bench.baseline import create_app as create_baseline
from bench.databases import fill_sqlite
from bench.questions import Question, questions
from bench.same_sql import write_down
from tests.serving import served, signed_in

MEETINGS, ROUNDS, REQUESTS = 2000, 7, 8
# Above what was measured by as much as a busy machine adds; a question for each row, or an entity
# for each, costs more than that.
LIMITS = {"list": 11.0, "detail": 18.0, "search common": 9.0}


def spent(client: Client, paths: list[str], question: Question) -> float:
    """Seconds of this thread for some requests, each of them answered rightly."""
    before = thread_time()
    answers = [client.get(path) for path in paths]
    seconds = thread_time() - before
    assert all(question.holds in answer.text for answer in answers), answers[0].text
    return seconds


@pytest.mark.database("sqlite")
def test_pages_cost_a_small_multiple_of_the_bare_baseline(
    database_url: str, tmp_path: Path
) -> None:
    fill_sqlite(database_url, MEETINGS)
    asked = questions(database_url, MEETINGS)
    write_down(database_url, asked, tmp_path / "statements.json")
    file = database_url.removeprefix("sqlite:///")
    bare = create_baseline(file, str(tmp_path / "statements.json")).test_client()
    with served(database_url, tmp_path) as app:
        product = signed_in(app, database_url, "staff").http
        ratios = {name: ratio(product, bare, asked[name]) for name in LIMITS}
    assert {name: each for name, each in ratios.items() if each > LIMITS[name]} == {}


def ratio(product: Client, bare: Client, question: Question) -> float:
    """The median of some rounds, after one that does not count."""
    ours, theirs = cycle(question.product), cycle(question.baseline)
    rounds = [
        spent(product, list(islice(ours, REQUESTS)), question)
        / spent(bare, list(islice(theirs, REQUESTS)), question)
        for _ in range(1 + ROUNDS)
    ]
    return median(rounds[1:])
