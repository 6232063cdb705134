"""Put a backup back: ready and looked at in a place of its own first, then where it belongs."""

from __future__ import annotations

import shutil
import time
from datetime import datetime
from pathlib import Path

from tracker.background import soundness
from tracker.background.heartbeat import silence
from tracker.backup import documents, folders
from tracker.backup.examining import examine
from tracker.backup.kinds import kind_of
from tracker.backup.making import SECRETS
from tracker.backup.manifest import Manifest
from tracker.backup.progress import Progress, counted
from tracker.config import Secrets, Settings
from tracker.domain.errors import RuleBroken
from tracker.lang import gettext as _
from tracker.record import anchors


def restore(
    settings: Settings, folder: Path, now: datetime, *, replace: bool, progress: Progress
) -> Manifest:
    """Make this installation what the backup holds. With `replace`, what stood here is set aside,
    never deleted; without, only an unused installation is filled."""
    if silence(settings.instance, time.time()) is not None:
        raise RuleBroken("The service is running. Stop it before anything is put back.")
    kind = kind_of(settings.database_url)
    with folders.alone(settings.instance):
        is_unused = kind.is_empty(settings.database_url)
        is_unused = is_unused and not folders.is_taken(settings.documents_folder)
        if not (is_unused or replace):
            raise RuleBroken(
                "There are records here already. With --replace they are set aside and the"
                " backup takes their place."
            )
        key = _key(settings, folder, is_unused)
        said = examine(folder, key, progress)
        if said.database != kind.KIND:
            raise RuleBroken(
                "The backup was taken from %(one)s and cannot be put into %(other)s.",
                one=said.database,
                other=kind.KIND,
            )
        ready = _documents(settings, folder, said, progress)
        with kind.restored(settings.database_url, folder, said, now, key, progress):
            _swap(ready, settings.documents_folder, now)
            for file in said.files:
                if file.path in (SECRETS, anchors.NAME):
                    _put(settings.instance / file.path, folder / file.path, now)
            soundness.mend(settings.instance)
    return said


def _key(settings: Settings, folder: Path, is_unused: bool) -> bytes:
    """What the backup has to be sealed with. Only where nothing stands yet are the secrets that
    it brings believed: whoever can forge a backup can put his own beside it."""
    brought = folder / SECRETS
    secrets = Secrets.read(brought) if is_unused and brought.is_file() else settings.secrets
    return secrets.audit_key.encode()


def _documents(settings: Settings, folder: Path, said: Manifest, progress: Progress) -> Path:
    """All files of documents, beside the folder that they are going to be in."""
    ready = settings.documents_folder.with_name(f"{settings.documents_folder.name}.restored")
    shutil.rmtree(ready, ignore_errors=True)
    folders.make(ready)
    files = [file for file in said.files if file.path.startswith(f"{documents.FOLDER}/")]
    for file in counted(files, _("Writing the documents"), progress):
        target = ready / Path(file.path).relative_to(documents.FOLDER)
        folders.make(target.parent)
        if folders.copy(folder / file.path, target) != (file.size, file.sha256):
            raise RuleBroken(
                "A file was changed after the backup was made: %(path)s", path=file.path
            )
    folders.write_through_all(ready)
    return ready


def _swap(ready: Path, place: Path, now: datetime) -> None:
    if folders.is_taken(place):
        place.rename(_aside(place, now))
    ready.rename(place)  # over an empty folder, if there is one
    folders.write_through(place.parent)


def _put(place: Path, brought: Path, now: datetime) -> None:
    """Have one small file be as it is in the backup."""
    if place.exists():
        if folders.digest_of(place) == folders.digest_of(brought):
            return
        place.rename(_aside(place, now))
    folders.copy(brought, place)
    folders.write_through(place.parent)


def _aside(place: Path, now: datetime) -> Path:
    return place.with_name(f"{place.name}.before-{now:%Y%m%dT%H%M%SZ}")
