"""What a backup says of itself: one file beside its contents, sealed with the audit key."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from tracker.backup import folders
from tracker.domain.errors import RuleBroken
from tracker.models.types import canonical_json

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, how many rows, and the SHA-256 of them all in order of their key."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class File:
    """One file of the backup, by its path in it."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of the audit chain: who has this elsewhere sees when the end is cut off."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What the records came to, as read in one snapshot; tables in an order that can be filled."""

    schema: str
    head: Head
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that has to be true of a backup. `faults` were there when it was made."""

    made_at: datetime
    program: str
    database: str
    contents: Contents
    files: tuple[File, ...]
    faults: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.contents.tables)

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


def write(manifest: Manifest, folder: Path, key: bytes) -> None:
    """The last file of a backup: with it the backup is whole."""
    said = asdict(manifest) | {"made_at": manifest.made_at.isoformat(), "format": FORMAT}
    digest = _digest(said)
    sealed = said | {"sha256": digest, "seal": _seal(digest, key)}
    with folders.private(folder / NAME) as file:
        file.write(json.dumps(sealed, ensure_ascii=False, indent=1).encode() + b"\n")


def read(folder: Path, key: bytes) -> Manifest:
    """The manifest of a backup, or RuleBroken when it is missing, cut, changed or not ours."""
    try:
        said = json.loads((folder / NAME).read_bytes())
    except FileNotFoundError as missing:
        raise RuleBroken(
            "%(folder)s is no backup: it has no manifest.", folder=folder
        ) from missing
    except ValueError as cut:
        raise RuleBroken("The manifest cannot be read: it is cut off or damaged.") from cut
    try:
        if said.pop("format") != FORMAT:
            raise RuleBroken("This backup was made by a newer version.")
        digest, seal = said.pop("sha256"), said.pop("seal")
        is_changed = _digest(said | {"format": FORMAT}) != digest
        manifest = _parsed(said)
    except (AttributeError, KeyError, TypeError, ValueError) as damaged:
        raise RuleBroken("The manifest cannot be read: it is cut off or damaged.") from damaged
    if is_changed:
        raise RuleBroken("The manifest was changed after the backup was made.")
    if not hmac.compare_digest(seal, _seal(digest, key)):
        raise RuleBroken(
            "This backup is sealed with another audit key. Put the secrets.toml of the"
            " installation that made it into the instance folder first."
        )
    return manifest


def changed() -> RuleBroken:
    return RuleBroken("The records are not the ones that the manifest tells of.")


def _parsed(said: dict[str, Any]) -> Manifest:
    contents = said.pop("contents")
    return Manifest(
        made_at=datetime.fromisoformat(said.pop("made_at")),
        contents=Contents(
            schema=contents["schema"],
            head=Head(**contents["head"]),
            tables=tuple(
                Table(**table | {"columns": tuple(table["columns"])})
                for table in contents["tables"]
            ),
        ),
        files=tuple(_inside(File(**file)) for file in said.pop("files")),
        faults=tuple(said.pop("faults")),
        **said,
    )


def _inside(file: File) -> File:
    path = PurePosixPath(file.path)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError("a file outside the backup")
    return file


def _digest(said: dict[str, Any]) -> str:
    return hashlib.sha256(canonical_json(said).encode()).hexdigest()


def _seal(digest: str, key: bytes) -> str:
    return hmac.new(key, b"backup " + digest.encode(), hashlib.sha256).hexdigest()
