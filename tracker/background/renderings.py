"""Finished renderings on disk, by what they were made of: the cache that makes a click fast."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

# A reading copy is taken away within seconds; a day of them covers who looks twice.
KEPT_SECONDS = 24 * 3600

_KEY = re.compile(r"[0-9a-f]{64}")


def key_of(*made_of: str) -> str:
    """The name of a rendering: the same facts, language and edition give the same one."""
    digest = hashlib.sha256()
    for part in made_of:
        content = part.encode()
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


class Renderings:
    """The folder of finished renderings. Whoever knows a key has had to know the facts."""

    def __init__(self, instance: Path) -> None:
        self._folder = instance / "renderings"
        self._folder.mkdir(mode=0o700, exist_ok=True)

    def read(self, key: str) -> bytes | None:
        try:
            return self._file(key).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, key: str, content: bytes) -> None:
        # Written aside and renamed: a reader sees all of it or nothing.
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(self._file(key))

    def sweep(self, now: float) -> int:
        """Remove what is older than a day; answers how many."""
        removed = 0
        for file in self._folder.iterdir():
            if now - file.stat().st_mtime > KEPT_SECONDS:
                file.unlink(missing_ok=True)
                removed += 1
        return removed

    def _file(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("not the key of a rendering")
        return self._folder / f"{key}.pdf"
