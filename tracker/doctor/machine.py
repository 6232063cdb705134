"""The machine: its Python, room on its disk, its clock, the process in the background."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import datetime

from tracker.background.heartbeat import PATIENCE, silence
from tracker.config import Settings
from tracker.doctor.findings import Finding, command, good, note, wrong
from tracker.lang import digits, format_number
from tracker.lang import gettext as _

OLDEST_PYTHON = (3, 11)
# Below the first nothing is accepted any more; below the second it will not be long.
LEAST_MEGABYTES = 64
SCANT_MEGABYTES = 1024


def python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> Finding:
    said = digits(".".join(map(str, version)))
    if version < OLDEST_PYTHON:
        return wrong("python", "Python", said, _("Install Python 3.11 or newer."))
    return good("python", "Python", said)


def disk(settings: Settings) -> Finding:
    title = _("Room on the disk")
    free, folder = min(
        (shutil.disk_usage(folder).free // 2**20, folder) for folder in settings.kept_in
    )
    said = _("%(free)s MB free", free=format_number(free))
    remedy = _("Make room where %(folder)s lies.", folder=folder)
    if free < LEAST_MEGABYTES:
        return wrong("disk", title, said, remedy)
    if free < SCANT_MEGABYTES:
        return note("disk", title, said, remedy)
    return good("disk", title, said)


def background(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Whether the process that prints is at work, and whether its last beat lies ahead of us."""
    title = _("Background process")
    quiet = silence(settings.instance, now.timestamp())
    if quiet is None:
        yield note(
            "background",
            title,
            _("has never run"),
            _("Start the service: %(command)s.", command=start_command()),
        )
    elif quiet > PATIENCE:
        yield wrong(
            "background",
            title,
            _("silent for %(seconds)s seconds", seconds=format_number(int(quiet))),
            _("Start the service: %(command)s.", command=start_command()),
        )
    elif quiet < -PATIENCE:
        yield wrong("background", title, _("its last sign of life lies ahead of now"), set_clock())
    else:
        yield good("background", title, _("at work"))


def start_command() -> str:
    serve = command("serve")
    return serve if serve.startswith("peyvand") else "script/server"


def set_clock() -> str:
    return _("Set the clock of this machine, and keep it right with NTP.")
