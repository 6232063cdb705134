"""Whether an export is what was signed: for anybody who was handed one."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from tracker.audit.exporting import HOW_TO, MANIFEST, PUBLIC_KEY, SIGNATURE
from tracker.audit.signing import fingerprint, is_signed
from tracker.domain.errors import RuleBroken

# A manifest says a few lines; a file that claims to be one may be anything.
_MOST = 2**20


@dataclass(frozen=True, slots=True)
class Checked:
    """A sound export: what its manifest says, and whose key signed it."""

    manifest: dict[str, Any]
    public_key: bytes

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public_key)


def check_export(path: Path, public_key: bytes | None) -> Checked:
    """RuleBroken says what is wrong. Without a key the file's own is taken, which proves only
    that nothing was changed since it was put there."""
    try:
        with ZipFile(path) as zipped:
            manifest, signature, own = (
                _small(zipped, name) for name in (MANIFEST, SIGNATURE, PUBLIC_KEY)
            )
            key = public_key or own
            if not is_signed(manifest, signature, key):
                raise RuleBroken("The signature does not fit the manifest.")
            said: dict[str, Any] = json.loads(manifest)
            # Another program might read what nobody signed, or the first of two of one name.
            expected = sorted((said["file"], MANIFEST, SIGNATURE, PUBLIC_KEY, HOW_TO))
            if sorted(zipped.namelist()) != expected:
                raise RuleBroken("There are files in it that are none of the export.")
            if not hmac.compare_digest(_sha256(zipped, said["file"]), said["sha256"]):
                raise RuleBroken("The entries are not those of the manifest.")
    except (BadZipFile, ZlibError, KeyError, OSError, ValueError, NotImplementedError):
        raise RuleBroken("This is no export of the audit, or it is damaged.") from None
    return Checked(said, key)


def _small(zipped: ZipFile, name: str) -> bytes:
    if zipped.getinfo(name).file_size > _MOST:
        raise ValueError(name)
    return zipped.read(name)


def _sha256(zipped: ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with zipped.open(name) as file:
        while piece := file.read(2**16):
            digest.update(piece)
    return digest.hexdigest()
