"""What every answer has to be, however strange the question."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, MetaData, Uuid, select

from tests.hostile.city import NOTES
from tests.hostile.controls import forms_of
from tests.hostile.filling import Pairs
from tests.hostile.shots import Answer, Shot
from tests.judging import parse, problems
from tracker.domain.text import TextRefused, clean
from tracker.web.fields.base import printable

_LANGUAGE = re.compile(r'<html lang="(\w+)"')
# Where these answer so, it is what they are for: nothing runs in the background here.
UNREADY = {"/readyz": 503, "/briefing.pdf": 503}
# How many answers of one kind are read as closely as a page in a test.
CLOSELY = 1
MANY_ROWS = 15
LONG = 100_000  # such a page takes the careful parser many seconds
TYPED = ("text", "textarea", "date", "link", "email")
_ROW = re.compile(r"-(\S{1,5}?)-")
# Others are no numbers of rows, or beyond the most that a form takes.
_KEPT_ROW = re.compile(r"^\w+-(?:1?\d)?\d-", re.ASCII)


def is_fault(shot: Shot, answer: Answer) -> bool:
    path = shot.target.partition("?")[0]
    expected = next((code for end, code in UNREADY.items() if path.endswith(end)), None)
    return answer.status >= 500 and answer.status != expected


class Judge:
    """Says what is wrong with answers; each kind of page is read closely a few times."""

    def __init__(self) -> None:
        self._read: Counter[tuple[str, int, str]] = Counter()

    def faults(self, shot: Shot, answer: Answer, pairs: Pairs | None = None) -> Iterator[str]:
        if answer.status < 200 or 300 <= answer.status < 400:
            return
        if "text/html" not in answer.headers.get("content-type", "") or not answer.body:
            return
        found = _LANGUAGE.search(answer.text[:500])
        if found is None:
            yield "an answer in no language"
            return
        if answer.status == 422 and pairs is not None:
            yield from lost(pairs, answer.text)
        is_told = 'role="alert"' in answer.text or 'data-kind="error"' in answer.text
        if answer.status >= 400 and not is_told:
            yield "a refusal without a word"
        kind = re.sub("[0-9a-f-]{36}", "", shot.target.partition("?")[0])
        mark = kind, answer.status, found[1]
        self._read[mark] += 1
        if self._read[mark] <= CLOSELY and len(answer.body) < LONG:
            yield from (p for p in problems(*parse(answer.text)) if not _is_typed(p, shot))


def _is_typed(problem: str, shot: Shot) -> bool:
    """Whether it is about somebody's words: they may look like what a template left over, and a
    briefing and its translation show as English whatever was entered as English."""
    return problem.startswith("left over") or (
        problem.startswith("not in")
        and re.search("/(briefing|translate)", shot.target) is not None
    )


def lost(pairs: Pairs, page: str) -> Iterator[str]:
    """What was typed into a form and does not stand in the page that refused it. Rows may have
    been numbered anew; of several values with one name any will do."""
    shown: dict[str, set[str]] = defaultdict(set)
    for control in (control for form in forms_of(page) for control in form.controls):
        # What was chosen by its id alone is carried along in the hidden control beside the text.
        is_choice = control.kind == "hidden" and control.name.endswith("-id")
        if control.kind in TYPED or is_choice:
            name = control.name.removesuffix("-id") if is_choice else control.name
            shown[_ROW.sub("-#-", name)].add(_lines(control.value))
    sent: dict[str, list[str]] = defaultdict(list)
    for name, value in pairs:
        sent[name].append(value)
    # Of more rows than a form takes, it says so.
    are_many = len({found[0] for name in sent if (found := _ROW.search(name))}) > MANY_ROWS
    said_in = sent.get("typed_in", [""])[0]
    for name, values in sent.items():
        if f"{name}-{said_in}" in sent:
            continue  # two texts that both claim to be the one in this language
        there = shown.get(_ROW.sub("-#-", name))
        is_row = _ROW.search(name) is not None
        is_kept = not is_row or (_KEPT_ROW.search(name) and not are_many)
        if there and is_kept and not any(_stands(value, there) for value in values):
            yield f"lost from {name}: {values[0][:80]!r}"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _stands(value: str, shown: set[str]) -> bool:
    typed = _lines(printable(value))
    cleaned = _cleaned(value)
    spellings = {typed, cleaned, cleaned.replace("\n", " ").replace("\t", " ")}
    return bool(spellings & shown) or any(value.strip() in each for each in shown)


def _cleaned(value: str) -> str:
    try:
        return clean(value, multiline=True)
    except TextRefused:
        return value


def against_policy(engine: Engine) -> Iterator[str]:
    """Texts in the database that no form should have let in."""
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            if table.name in NOTES or table.name.startswith("search_"):
                continue
            for row in connection.execute(select(table)):
                for column, value in zip(table.columns, row, strict=True):
                    # What is sorted by is made of a name, and nobody reads it.
                    if isinstance(column.type, Uuid) or column.name == "sort_name":
                        continue
                    for text in _texts(value):
                        if not _is_clean(text):
                            yield f"{table.name}.{column.name}: {text[:60]!r}"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _is_clean(text: str) -> bool:
    try:
        return clean(text, multiline=True) == text.strip()  # the audit cuts long ones
    except TextRefused:
        return False
