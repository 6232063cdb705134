"""The first real case, as records: a news report of a meeting in Mashhad, fact by fact.

Only what the report says is in here, each saying with its speaker and its place in the report.
Titles and quotations are citations of at most fifteen words; everything else is in our own words.
What an editor read into the report is marked as inferred, with the reason.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import record
from tracker.demo import follow_up, names, papers, sayings, talks
from tracker.domain.access import Actor, Role
from tracker.models import Source

NEWS_CODE = "86935"

# Nobody's account: the story is loaded by the command line.
LOADER = Actor(user_id=None, role=Role.STAFF, name="demo")


def is_loaded(session: Session) -> bool:
    return session.scalar(select(Source.id).where(Source.code == NEWS_CODE)) is not None


def load(session: Session, now: datetime) -> bool:
    """Load the story in one change; False when it is there already."""
    if is_loaded(session):
        return False
    # What the report says is public: it was in the news.
    with record.change(session, LOADER, now, reason="demo", published=True):
        cast = names.enter(session)
        papers.enter(session, cast)
        talks.enter(session, cast)
        sayings.enter(session, cast)
        follow_up.enter(session, cast)
        papers.cite(session, cast)
    session.commit()
    return True
