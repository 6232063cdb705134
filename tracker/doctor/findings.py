"""What a check found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec


class State(StrEnum):
    """How much a finding matters: a note is to be known, what is wrong is to be mended."""

    GOOD = "good"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name for programs, its title and what was found for people."""

    check: str
    title: str
    state: State
    found: str
    remedy: str = ""


def good(check: str, title: str, found: str) -> Finding:
    return Finding(check, title, State.GOOD, found)


def note(check: str, title: str, found: str, remedy: str) -> Finding:
    return Finding(check, title, State.NOTE, found, remedy)


def wrong(check: str, title: str, found: str, remedy: str) -> Finding:
    return Finding(check, title, State.WRONG, found, remedy)


def command(words: str) -> str:
    """A command of ours as it is typed here: in a checkout, or where the package is installed."""
    return f"{'peyvand' if find_spec('tracker._wsgi') else 'flask --app wsgi'} {words}"
