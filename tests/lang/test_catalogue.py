"""The catalogues: complete in Persian, free of leftovers, and safe to fill in."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message

from tracker.lang import LANGUAGES, catalogue, echo

ROOT = Path(__file__).parents[2]
STRINGS = ROOT / "script" / "strings"
PERSIAN = re.compile("[\u0600-\u06ff]")
PLACE = re.compile(r"%(?:\((\w+)\)(.)|(.))")
ENTRIES = [
    pytest.param(tag, message, id=f"{tag}/{path.name}: {message.context or ''} {message.id}")
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


@pytest.mark.parametrize(("tag", "message"), ENTRIES)
def test_an_entry_can_be_filled_in(tag: str, message: Message) -> None:
    wanted = set().union(*map(places, parts(message.id)))
    for text in (*parts(message.id), *parts(message.string)):
        assert places(text) <= wanted
        if wanted:  # without values a percent sign is only a sign
            for match in PLACE.finditer(text):
                # numbers come as text in the language's digits, so only %(name)s is possible
                assert match[2] == "s" or match[3] == "%", text
    for text in parts(message.string):
        # a form of the plural may say the number in words, nothing else may go unsaid
        assert wanted - places(text) <= {"n"}
    assert not any(PERSIAN.search(text) for text in parts(message.id))


@pytest.mark.parametrize(("tag", "message"), ENTRIES)
def test_persian_is_written_with_persian_letters(tag: str, message: Message) -> None:
    for text in parts(message.string) if tag == "fa" else ():
        assert not re.search("[\u064a\u0643\u0649\u0660-\u0669]", text)  # Arabic ye, kaf, digits
        assert not re.search(r"\bمی (?:شود|کند|دهد|توان|خواه|بین|گیر)", text)
        assert not re.search("(^\u200c|\u200c$|\u200c\\s|\\s\u200c|\u200c\u200c)", text)


def test_the_words_of_the_browser_are_those_of_the_catalogues() -> None:
    assert echo.FILE.read_text(encoding="utf-8") == echo.module(), "run script/strings --write"
