"""Text that no form takes, but a database may hold: its paper is bounded and says so, and nobody
else is kept waiting. With the real background process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from reports.check import MOST_PAGES
from tests import build
from tests.page import JudgingClient
from tests.serving import AsRole
from tracker import demo
from tracker.domain.access import Actor
from tracker.models import Statement, Tie
from tracker.models.ids import new_id

pytestmark = pytest.mark.database("sqlite")
ROOT = Path(__file__).resolve().parents[2]
WORD = "w" * 200_000
PASTED = '<table><tr><td colspan="100000">secret</td></tr></table>' * 2_000
MANY = 10_000


@contextmanager
def at_work(app: Flask) -> Iterator[None]:
    """The background process of this application."""
    environment = {
        "TRACKER_INSTANCE": app.instance_path,
        "TRACKER_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker.worker"], cwd=ROOT, env=os.environ | environment
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def hostile_tie(session: Session, staff: Actor, text: str, count: int = 1) -> str:
    tie = build.tie(session, staff, title={"en": "Mashhad and Nowhere"})
    meeting = build.meeting(session, staff, filed_under=tie)
    one = build.statement(session, staff, text={"en": text}, meeting=meeting)
    if count > 1:
        # Straight into the table: one change for each would take minutes.
        table = Statement.__table__
        row = session.execute(select(table).where(table.c.id == one.id)).one()._asdict()
        copies = [
            {**row, "id": new_id(), "text": {"en": f"{text} {n}"}, "position": n}
            for n in range(1, count)
        ]
        session.execute(insert(table), copies)
        session.commit()
    return str(tie.id)


class Reader:
    def __init__(self, client: JudgingClient) -> None:
        self.http = client.http
        self.ended = 0.0

    def paper(self, tie: str, lang: str = "en") -> Any:
        answer = self.http.get(f"/ties/{tie}/briefing.pdf?lang={lang}")
        self.ended = time.monotonic()
        return answer


def test_hostile_text_is_cut_visibly_while_others_are_served(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        demo.load(session, build.NOW)
        quiet = str(session.scalars(select(Tie.id)).one())
        staff = build.account(session)
        many = hostile_tie(session, staff, "They are ready", MANY)
        word = hostile_tie(session, staff, WORD)
        pasted = hostile_tie(session, staff, PASTED)
    first, second = Reader(as_role("official")), Reader(as_role("official"))
    with at_work(app):
        while first.paper(quiet, "fa").status_code == 503:  # until the renderers are warm
            time.sleep(0.2)
        answers: list[Any] = []
        hostile = threading.Thread(target=lambda: answers.append(first.paper(many)))
        hostile.start()
        assert second.paper(quiet).status_code == 200
        hostile.join()
        assert second.ended < first.ended
        if answers[0].status_code == 503:  # a slow machine
            assert "within ten seconds" in answers[0].get_data(as_text=True)
        else:
            is_cut(answers[0], "entries are left out", whole=f"They are ready {MANY - 1}")
        is_cut(second.paper(word), "1 text is cut at […]", whole=WORD)
        is_cut(second.paper(pasted), "1 text is cut at […]", whole=PASTED)


def is_cut(answer: Any, said: str, *, whole: str) -> None:
    """Printed within the limits, with a line that says what is missing, which is attached."""
    assert answer.status_code == 200
    paper = PdfReader(BytesIO(answer.data))
    assert len(paper.pages) <= MOST_PAGES
    first_page = " ".join(paper.pages[0].extract_text().split())
    assert "Shortened, as it would be too long" in first_page
    assert said in first_page
    (attached,) = paper.attachments.values()
    assert json.dumps(whole)[1:-1] in attached[0].decode()
