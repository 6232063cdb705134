"""The catalogues: complete in Persian, free of leftovers, and safe to fill in."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message

from tracker.lang import LANGUAGES, catalogue, echo

ROOT = Path(__file__).parents[2]
STRINGS = ROOT / "script" / "strings"
PERSIAN = re.compile("[\u0600-\u06ff]")
PLACE = re.compile(r"%(?:\((\w+)\)(.)|(.))")
# Thousands, looked at in one go: as tests of their own they took longer to count than to check.
ENTRIES = [
    (tag, f"{tag}/{path.name}: {message.context or ''} {message.id}", message)
    for tag in LANGUAGES
    for path, catalog in catalogue.read_all(tag)
    for message in catalog
    if message.id
]


def parts(text: Any) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (text,)


def places(text: str) -> set[str]:
    return {match[1] for match in PLACE.finditer(text) if match[1]}


def test_persian_is_complete_and_nothing_is_left_over() -> None:
    done = subprocess.run(
        [sys.executable, STRINGS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0


def test_the_list_sees_what_is_missing_and_what_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strings = runpy.run_path(str(STRINGS))
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    (tmp_path / "fa").mkdir()
    leftovers = Catalog(locale="fa")
    leftovers.add("nobody says this", "هیچ‌کس این را نمی‌گوید")
    leftovers.add("unknown", "")
    leftovers.add("recently", "به‌تازگی", flags=["fuzzy"])
    with (tmp_path / "fa" / "lang.po").open("wb") as file:
        strings["write_po"](file, leftovers)
    said = strings["faults"]("fa", strings["used"]())
    assert "fa/lang.po: stale: nobody says this" in said
    assert "fa/lang.po: empty: unknown" in said
    assert "fa/lang.po: fuzzy: recently" in said
    assert "fa/domain.po: missing: Stage: in force" in said
    assert "fa/lang.po: missing: weekday: Sunday" in said


def test_missing_messages_are_added_where_they_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strings = runpy.run_path(str(STRINGS))
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    messages = strings["used"]()
    strings["write_missing"]("fa", messages)
    said = strings["faults"]("fa", messages)
    assert said
    assert all(": empty: " in fault for fault in said)
    assert "Stage" in (tmp_path / "fa" / "domain.po").read_text()


def test_every_entry_can_be_filled_in() -> None:
    assert len(ENTRIES) > 1000
    assert [f"{name}: {why}" for _, name, entry in ENTRIES for why in unfillable(entry)] == []


def unfillable(message: Message) -> Iterator[str]:
    """What keeps an entry from being filled in like the message it stands for."""
    wanted = set().union(*map(places, parts(message.id)))
    for text in (*parts(message.id), *parts(message.string)):
        if not places(text) <= wanted:
            yield "a place that the message does not have"
        # Without values a percent sign is only a sign; numbers come as text in the language's
        # digits, so only %(name)s is possible.
        if wanted and any(m[2] != "s" and m[3] != "%" for m in PLACE.finditer(text)):
            yield "a place that is no %(name)s"
    for text in parts(message.string):
        # A form of the plural may say the number in words, nothing else may go unsaid.
        if not wanted - places(text) <= {"n"}:
            yield "a place left out"
    if any(PERSIAN.search(text) for text in parts(message.id)):
        yield "the message itself in Persian"


@pytest.mark.parametrize(
    ("said", "instead", "why"),
    [
        ("%(a)s", "%(b)s", "a place that the message does not have"),
        ("%(a)s", "%(a)d", "a place that is no %(name)s"),
        ("%(a)s and %(b)s", "%(a)s", "a place left out"),
        ("\u06a9", "\u06a9", "the message itself in Persian"),
    ],
)
def test_a_planted_fault_is_seen(said: str, instead: str, why: str) -> None:
    assert why in set(unfillable(Message(said, instead)))
    assert list(unfillable(Message("%(n)s of 5 %", "%(n)s از ۵ %"))) == []


def test_persian_is_written_with_persian_letters() -> None:
    wrong = (
        "[\u064a\u0643\u0649\u0660-\u0669]",  # Arabic ye, kaf, digits
        r"\bمی (?:شود|کند|دهد|توان|خواه|بین|گیر)",
        "(^\u200c|\u200c$|\u200c\\s|\\s\u200c|\u200c\u200c)",
    )
    assert [
        name
        for tag, name, entry in ENTRIES
        for text in (parts(entry.string) if tag == "fa" else ())
        if re.search("|".join(wrong), text)
    ] == []


def test_the_words_of_the_browser_are_those_of_the_catalogues() -> None:
    assert echo.FILE.read_text(encoding="utf-8") == echo.module(), "run script/strings --write"
