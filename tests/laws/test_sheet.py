"""The sheet of OWASP ASVS 5.0 is whole, and what it names is there."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
# As many requirements as the standard has on each level; of the third some that were picked.
ON_LEVEL = {"1": 70, "2": 183}
BY_A_TEST = 0.75


class Row(NamedTuple):
    id: str
    level: str
    answer: str
    how: str
    tests: list[str]


def rows() -> list[Row]:
    with (ROOT / "docs/asvs.csv").open(encoding="utf-8", newline="") as file:
        return [
            Row(
                r["id"],
                r["level"],
                r["answer"],
                r["how"],
                [t for t in r["tests"].split("; ") if t],
            )
            for r in csv.DictReader(file)
        ]


def test_every_requirement_has_one_answer() -> None:
    found = Counter(row.level for row in rows())
    assert {level: found[level] for level in ON_LEVEL} == ON_LEVEL
    assert [id_ for id_, times in Counter(row.id for row in rows()).items() if times > 1] == []
    assert [row.id for row in rows() if not re.fullmatch(r"V\d+\.\d+\.\d+", row.id)] == []
    assert {row.answer for row in rows()} == {"met", "explained", "does not apply"}


def test_what_is_not_shown_by_a_test_is_reasoned() -> None:
    assert [row.id for row in rows() if not row.how] == []
    assert [row.id for row in rows() if row.answer == "does not apply" and row.tests] == []
    bare = [row for row in rows() if row.answer == "met" and not row.tests]
    assert [row.id for row in bare if not _headings(row.how)] == []


def test_most_is_shown_by_a_test() -> None:
    applicable = [row for row in rows() if row.answer != "does not apply"]
    assert sum(bool(row.tests) for row in applicable) / len(applicable) >= BY_A_TEST


def test_the_named_tests_and_headings_exist() -> None:
    missing = []
    for row in rows():
        for test in row.tests:
            file, _, name = test.partition("::")
            path = ROOT / file
            if not path.is_file() or f"def {name}(" not in path.read_text(encoding="utf-8"):
                missing.append(f"{row.id}: {test}")
        for page, heading in _headings(row.how):
            if f"# {heading}\n" not in (ROOT / page).read_text(encoding="utf-8"):
                missing.append(f"{row.id}: {page}, {heading}")
    assert missing == []


def _headings(how: str) -> list[tuple[str, str]]:
    """What is named as «docs/page.md, Heading»."""
    return re.findall(r"(docs/\w+\.md), ([A-Z][a-z, ]+?)(?= and [A-Z]|[:;)]|$)", how)
