"""All rules at once: two questions to the database, however many rules and cases there are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import String, func, literal, select, union_all
from sqlalchemy.orm import Session

from tracker.audit.exceptions.period import Period
from tracker.audit.exceptions.rules import RULES, Rule
from tracker.audit.filters import USERS
from tracker.models import SearchEntry
from tracker.models.base import Texts
from tracker.models.keyset import MOST_COUNTED

NEWEST = 5


class Case(NamedTuple):
    """One case of a rule; `title` is none where the object is none, or was put away."""

    at: datetime
    kind: str
    object_id: UUID | None
    user: str | None
    detail: str
    title: Texts | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found; more than `MOST_COUNTED` are not counted."""

    rule: Rule
    count: int
    newest: tuple[Case, ...]


def exceptions(session: Session, since: datetime | None) -> list[Found]:
    """Every rule, with what it found since then."""
    period = Period(since, session.get_bind().dialect.name)
    counts = {key: count for key, count in session.execute(_counts(period))}  # noqa: C416
    newest: dict[str, list[Case]] = defaultdict(list)
    for key, *case in session.execute(_newest(period)):
        newest[key].append(Case._make(case))
    return [Found(rule, counts[rule.key], tuple(newest[rule.key])) for rule in RULES]


def _counts(period: Period) -> Any:
    capped = ((rule, rule.cases(period).limit(MOST_COUNTED + 1).subquery()) for rule in RULES)
    return union_all(
        *(
            select(literal(rule.key, String), func.count()).select_from(some)
            for rule, some in capped
        )
    )


def _newest(period: Period) -> Any:
    latest = []
    for rule in RULES:
        cases = rule.cases(period).subquery()
        some = select(cases).order_by(cases.c.at.desc()).limit(NEWEST).subquery()
        latest.append(select(literal(rule.key, String).label("rule"), some))
    found = union_all(*latest).subquery()
    return (
        select(
            found.c.rule,
            found.c.at,
            found.c.kind,
            found.c.object_id,
            USERS.c.name,
            found.c.detail,
            SearchEntry.title,
        )
        .outerjoin(USERS, USERS.c.id == found.c.user_id)
        .outerjoin(SearchEntry, SearchEntry.object_id == found.c.object_id)
        .order_by(found.c.rule, found.c.at.desc())
    )
