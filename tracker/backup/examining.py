"""Look at a backup as if it were to be put back: every byte, every row, the whole chain."""

from __future__ import annotations

from pathlib import Path

from tracker.backup import folders, manifest
from tracker.backup.kinds import KINDS
from tracker.backup.manifest import File, Manifest
from tracker.backup.progress import Progress, counted
from tracker.domain.errors import RuleBroken
from tracker.lang import gettext as _
from tracker.models import schema


def examine(folder: Path, key: bytes, progress: Progress) -> Manifest:
    """The manifest of a backup that is whole and ours; RuleBroken says what is wrong with any
    other."""
    said = manifest.read(folder, key)
    if said.contents.schema > schema.head() or said.database not in KINDS:
        raise RuleBroken("This backup was made by a newer version.")
    for file in counted(said.files, _("Reading the files"), progress):
        _refuse_changed(folder, file)
    KINDS[said.database].verify(folder, said, key, progress)
    return said


def _refuse_changed(folder: Path, file: File) -> None:
    path = folder / file.path
    if not path.is_file():
        raise RuleBroken("A file is missing: %(path)s", path=file.path)
    if path.stat().st_size != file.size or folders.digest_of(path) != file.sha256:
        raise RuleBroken("A file was changed after the backup was made: %(path)s", path=file.path)
