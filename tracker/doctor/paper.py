"""What briefings are printed with: the engine's libraries and our own fonts."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

from tracker.doctor.findings import Finding, good, wrong
from tracker.lang import digits
from tracker.lang import gettext as _

INSTALL = (
    "apt-get install -y --no-install-recommends"
    " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)
_SECONDS = 60
_BESIDE = Path(__file__).resolve().parents[2]
# A row of the table beside the fonts: the file first, its digest last.
_FONT = re.compile(r"^\| (\S+\.ttf) \|.*\| ([0-9a-f]{64}) \|$", re.MULTILINE)


def engine() -> Finding:
    """Prints one page in a process of its own: this one stays free of the engine."""
    title = _("Printing")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tracker.doctor.one_page"],
            cwd=_BESIDE,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return wrong(
            "engine",
            title,
            _("no page within a minute"),
            _("Try again when the machine is less busy."),
        )
    if done.returncode == 0:
        return good("engine", title, _("one page printed"))
    missing = done.stdout.split()
    if missing:
        said = _("missing: %(names)s", names=", ".join(missing))
    else:
        said = (done.stderr.strip() or _("no page")).splitlines()[-1]
    return wrong("engine", title, said, _("As root: %(command)s", command=INSTALL))


def fonts() -> Finding:
    """The files that are there, held against the table that says what they have to be."""
    title = _("Fonts")
    folder = files("reports").joinpath("fonts")
    wanted = dict(_FONT.findall(folder.joinpath("README.md").read_text(encoding="utf-8")))
    bad = []
    for name, digest in wanted.items():
        file = folder.joinpath(name)
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            bad.append(name)
    if bad or not wanted:
        said = _("missing or changed: %(names)s", names=", ".join(bad) or "README.md")
        return wrong("fonts", title, said, _("Install the package again."))
    return good("fonts", title, digits(len(wanted)))
