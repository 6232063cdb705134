"""Jobs that nobody waits for, and so nobody asks for again when they are lost."""

from __future__ import annotations

from tests.background.running import Reader, Running
from tracker.background.queue import make_huey
from tracker.background.renderings import Renderings, key_of
from tracker.briefings.printing import print_job

SECONDS = 600


def put_in_queue(product: Running, reader: Reader, number: int) -> str:
    """The key of the paper that will be made."""
    paper = reader.briefing(number)
    facts = reader.patiently(paper.replace(".pdf", ".json")).content.decode()
    huey = make_huey(product.instance)
    job = print_job(huey, product.instance)
    huey.enqueue(job.s(facts, "fa", key_of(paper), expires=SECONDS))
    return key_of(paper)


def is_made(product: Running, key: str) -> bool:
    return Renderings(product.instance).read(key) is not None


def taken(product: Running) -> int:
    """How many jobs have been taken out of the queue and have not ended."""
    rows = make_huey(product.instance).storage.sql("select count(*) from aside", results=True)
    return int(rows[0][0])
