"""No query breaks the search of either database, whatever signs its engine gives a meaning to."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests import build
from tests.hostile.words import TEXTS
from tracker.domain.access import Actor, Role
from tracker.domain.text import fold_query
from tracker.record import finding

READER = Actor(user_id=None, role=Role.OFFICIAL)
# What the query languages of SQLite and PostgreSQL are made of, beside words.
QUERIES = st.one_of(
    st.sampled_from(TEXTS),
    st.text(max_size=30),
    st.lists(
        st.sampled_from(
            ("AND", "NOT", "NEAR(", "اوش", '"', "*", "^", ":", "-", "&", "|", "!", "(")
        ),
        max_size=8,
    ).map(" ".join),
)


def test_any_query_is_answered(session: Session) -> None:
    build.place(session, build.account(session), {"fa": "استان اوش"})
    assert finding.hits(session, READER, fold_query("اوش"), limit=5)

    @settings(max_examples=150)
    @given(QUERIES)
    def ask(typed: str) -> None:
        finding.hits(session, READER, fold_query(typed), limit=5)
        finding.named(session, READER, typed.replace("\0", ""), ("place",))

    ask()
