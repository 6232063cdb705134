"""Our own rules over the code: they must find every flaw of the flawed file, and none of ours."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
SEMGREP = ROOT / ".tools/semgrep/bin/semgrep"
CODE = ("tracker", "reports", "migrations", "wsgi.py")


@dataclass(frozen=True, order=True)
class Finding:
    file: str
    line: int
    rule: str


def blind_spots() -> list[Finding]:
    """Flaws of the flawed file that no rule finds."""
    lines = (HERE / "flawed.py").read_text().splitlines()
    rules = set(_rules())
    planted = {
        Finding("tests/scanning/flawed.py", number + 1, line.strip("# "))
        for number, line in enumerate(lines, 1)
        if line.strip("# ") in rules
    }
    unplanted = {Finding("", 0, rule) for rule in rules - {flaw.rule for flaw in planted}}
    return sorted((planted - set(_found("tests/scanning/flawed.py"))) | unplanted)


def findings() -> list[Finding]:
    return sorted(_found(*CODE))


def _rules() -> list[str]:
    text = (HERE / "rules.yml").read_text()
    return [line.split(": ")[1] for line in text.splitlines() if line.startswith("  - id: ")]


def _found(*paths: str) -> list[Finding]:
    command = [str(SEMGREP), "scan", "--metrics=off", "--disable-version-check", "--json"]
    command += ["--no-git-ignore", "--quiet", "--config", str(HERE / "rules.yml"), *paths]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    report = json.loads(said.stdout)
    if report["errors"]:
        raise RuntimeError(str(report["errors"])[:2000])
    return [
        Finding(each["path"], each["start"]["line"], each["check_id"].rpartition(".")[2])
        for each in report["results"]
    ]
