"""sqlmap at every parameter that a page takes, and at the words of two forms."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.scanning.target import ROOT, Target

SQLMAP = ROOT / ".tools/sqlmap/bin/sqlmap"
ASKED = (
    "search?q=Osh",
    "suggest?q=Osh&kind=place",
    "meetings/?kind=summit&after=x",
    "ties/?state=active",
    "actions/?state=open",
    "login?next=/ties/",
)
SENT = {
    "login": "email=a@example.org&password=long-enough-words",
    "people/new": "name-fa=A&note-fa=B",
}
FOUND = ("is vulnerable", "appears to be injectable", "might be injectable")


def findings(target: Target, folder: Path, minutes: float) -> Iterator[str]:
    """The lines in which it says that something can be injected into."""
    each = minutes * 60 / (len(ASKED) + len(SENT))
    for path in ASKED:
        yield from _said(target, path, folder, each)
    for path, data in SENT.items():
        own = ["--data", f"{data}&csrf_token=x", "--csrf-token", "csrf_token"]
        own += ["--csrf-url", target.address + path, "--csrf-method", "GET"]
        yield from _said(target, path, folder, each, *own)


def _said(target: Target, path: str, folder: Path, seconds: float, *own: str) -> Iterator[str]:
    command = [str(SQLMAP), "-u", target.address + path, "--cookie", target.cookie, "--batch"]
    command += ["--level", "3", "--risk", "2", "--dbms", "sqlite"]
    command += ["--disable-coloring", "--output-dir", str(folder / "sqlmap"), *own]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=seconds).stdout
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"").decode()
    if "testing '" not in said:
        raise RuntimeError(f"nothing was tried at {path}: {said[-1000:]}")
    for line in said.splitlines():
        if any(word in line for word in FOUND) and "not injectable" not in line:
            yield f"{path}: {line.strip()}"
