"""What is asked: the same of the product and of the baseline, each by its own addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote
from uuid import UUID

from sqlalchemy import select

from bench.bulk import identity
from bench.city import COMMON, RARE, TIE, TIES
from tracker.domain.access import Level
from tracker.models import Meeting
from tracker.models.engine import make_engine

_SAMPLE = 2000
_MADE = {"title": "دیدار تازه دربارهٔ همکاری", "held_on": "2026-11-20"}
READS = ("list", "list of all", "detail", "search rare", "search common")


@dataclass(frozen=True)
class Question:
    """One operation; `holds` stands in every right answer. A `form` is posted."""

    name: str
    product: list[str]
    baseline: list[str]
    holds: str
    status: int = 200
    form: dict[str, str] = field(default_factory=dict)
    baseline_form: dict[str, str] = field(default_factory=dict)


def questions(url: str, meetings: int) -> dict[str, Question]:
    """The operations over the generated city in this database, by name."""
    ties = [UUID(identity(TIE, number)) for number in range(TIES)]
    details = _sample(url, meetings)
    found = [
        Question(
            "list",
            [f"/meetings/?tie={tie}" for tie in ties],
            [f"/meetings/?tie={tie.hex}" for tie in ties],
            "دیدار",
        ),
        Question("list of all", ["/meetings/"], ["/meetings/"], "دیدار"),
        Question(
            "detail",
            [f"/meetings/{id_}" for id_ in details],
            [f"/meetings/{id_.hex}" for id_ in details],
            "پیگیری",
        ),
        *(
            Question(f"search {name}", [path], [path], "دیدار")
            for name, word in (("rare", RARE), ("common", COMMON))
            for path in [f"/search?q={quote(word)}"]
        ),
        Question(
            "create",
            ["/meetings/new"],
            ["/meetings/new"],
            "/meetings/",
            status=303,
            form={
                **_MADE,
                "kind": "courtesy call",
                "state": "held",
                "level": "internal",
                "filed_under": f"tie:{ties[0]}",
            },
            baseline_form={**_MADE, "tie": ties[0].hex},
        ),
    ]
    return {question.name: question for question in found}


def _sample(url: str, meetings: int) -> list[UUID]:
    """Meetings of the whole stretch, those that a clerk may read."""
    engine = make_engine(url)
    with engine.connect() as connection:
        read = connection.execute(
            select(Meeting.id)
            .where(Meeting.effective_level <= Level.INTERNAL)
            .order_by(Meeting.id)
        ).scalars()
        step = max(1, meetings // _SAMPLE)
        sample = [id_ for number, id_ in enumerate(read) if number % step == 0]
    engine.dispose()
    return sample
