"""Words that make no password: what everybody takes, and what this office would take."""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).with_name("guessable.txt")
GUESSABLE = frozenset(
    word
    for line in _FILE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
