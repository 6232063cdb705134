"""The kinds of database, and what each must be able to do."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import make_url

from tracker.backup import postgresql, sqlite
from tracker.backup.documents import Wanted
from tracker.backup.manifest import Contents, Manifest
from tracker.backup.progress import Progress


class Kind(Protocol):
    """How records are taken out of one kind of database and put back into it."""

    KIND: str

    def dump(
        self, url: str, folder: Path, progress: Progress
    ) -> tuple[Contents, tuple[Wanted, ...]]: ...

    def verify(self, folder: Path, manifest: Manifest, key: bytes, progress: Progress) -> None: ...

    def is_empty(self, url: str) -> bool: ...

    def restored(
        self,
        url: str,
        folder: Path,
        manifest: Manifest,
        now: datetime,
        key: bytes,
        progress: Progress,
    ) -> AbstractContextManager[None]: ...


KINDS: dict[str, Kind] = {sqlite.KIND: sqlite, postgresql.KIND: postgresql}


def kind_of(url: str) -> Kind:
    return KINDS[make_url(url).get_backend_name()]
