"""When the last backup was made: a note beside the heartbeat, for whoever watches over it."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

NAME = "last-backup.json"


@dataclass(frozen=True, slots=True)
class Made:
    """One backup: when, where, and which audit entry was the newest then."""

    at: datetime
    folder: str
    seq: int
    hash: str


def note(instance: Path, made: Made) -> None:
    beside = instance / f".{NAME}.{secrets.token_hex(6)}"
    said = asdict(made) | {"at": made.at.isoformat()}
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(said, file)
    beside.rename(instance / NAME)


def last(instance: Path) -> Made | None:
    """The last backup made here; None if there was never one, or the note cannot be read."""
    try:
        said = json.loads((instance / NAME).read_text())
        return Made(datetime.fromisoformat(said.pop("at")), **said)
    except (FileNotFoundError, TypeError, ValueError, KeyError):
        return None
