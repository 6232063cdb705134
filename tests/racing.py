"""Many people who save the same form at once, and what became of each.

python -m tests.racing --edits 10000 [--db postgresql]
"""

from __future__ import annotations

import argparse
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier
from time import perf_counter
from uuid import UUID

from flask import Flask

from tests import build
from tests.databases import KINDS, PostgresServer, SqliteServer
from tests.page import JudgingClient, Page, filled_in
from tests.serving import served, signed_in
from tracker.models import Tie


@dataclass
class Outcome:
    """How the savings were answered; `lost` are the words that nobody was told about."""

    saved: int = 0  # how often the version rose
    statuses: Counter[int] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)


def race(app: Flask, url: str, *, threads: int, rounds: int) -> Outcome:
    """In each round everybody opens the form of one tie, and then everybody saves it at once."""
    with build.stored(app) as session:
        actor = build.account(session)
        places = {side: build.place(session, actor) for side in ("ours", "theirs")}
        tie = build.tie(session, actor, **places)
    outcome, seen = Outcome(), tie.version
    clients = [signed_in(app, url, "staff") for _ in range(threads)]
    start = Barrier(threads)
    with ThreadPoolExecutor(threads) as pool:
        for number in range(rounds):
            answers = list(
                pool.map(lambda each: _save(*each, start), _forms(clients, tie.id, number))
            )
            outcome.statuses.update(answer.status for _, answer in answers)
            with build.stored(app) as session:
                stored = session.get_one(Tie, tie.id)
            kept = stored.purpose.get("fa", "")
            outcome.lost += [words for words, answer in answers if _is_lost(words, answer, kept)]
            outcome.saved = stored.version - seen
    return outcome


def _forms(
    clients: list[JudgingClient], tie_id: UUID, number: int
) -> list[tuple[JudgingClient, str, dict[str, object], str]]:
    address = f"/ties/{tie_id}/edit"
    return [
        (client, address, dict(filled_in(client.get(address).form())), f"هدف {number} از {each}")
        for each, client in enumerate(clients)
    ]


def _save(
    client: JudgingClient, address: str, sent: dict[str, object], words: str, start: Barrier
) -> tuple[str, Page]:
    start.wait()
    # The judge counts commits for the whole process, which many do at once here.
    answer = client.http.post(address, data={**sent, "purpose": words}, buffered=True)
    return words, Page(answer)


def _is_lost(words: str, answer: Page, kept: str) -> bool:
    """Neither saved for good nor shown again to whoever typed it."""
    if answer.status == 503:  # the turn did not come in time, and the page says so
        return False
    if answer.status == 409:
        return words not in answer.text
    return answer.status != 303 or words != kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--db", choices=KINDS, default="sqlite")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(ignore_cleanup_errors=True)))
        folder.chmod(0o755)
        server = SqliteServer(folder) if asked.db == "sqlite" else PostgresServer(folder)
        url = server.copy()
        (folder / "instance").mkdir()
        app = stack.enter_context(served(url, folder / "instance"))
        began = perf_counter()
        outcome = race(app, url, threads=asked.threads, rounds=asked.edits // asked.threads)
        seconds = perf_counter() - began
        print(dict(outcome.statuses), f"lost: {len(outcome.lost)}, {seconds:.0f} s")  # noqa: T201
        if isinstance(server, PostgresServer):
            stack.callback(server.close)


if __name__ == "__main__":
    main()
