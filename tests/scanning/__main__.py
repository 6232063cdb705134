"""`python -m tests.scanning`: what the scanners find, a JSON line each; exit 1 for any finding."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.scanning import semgrep, sqlmap, wapiti
from tests.scanning.target import demo_with

OVER_HTTP = {"wapiti": wapiti.findings, "sqlmap": sqlmap.findings}


def scanned(scanner: str, minutes: float) -> Iterator[str]:
    if scanner == "semgrep":
        yield from (f"not found in the flawed file: {each}" for each in semgrep.blind_spots())
        yield from map(str, semgrep.findings())
        return
    with TemporaryDirectory() as folder, demo_with("approver", Path(folder)) as target:
        yield from OVER_HTTP[scanner](target, Path(folder), minutes)
        yield from (f"server error: {fault}" for fault in target.faults())


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/scan")
    parser.add_argument("scanners", nargs="*", default=["semgrep", *OVER_HTTP])
    parser.add_argument("--minutes", type=float, default=10, help="at most, for each over HTTP")
    options = parser.parse_args()
    found = 0
    for scanner in options.scanners:
        findings = list(scanned(scanner, options.minutes))
        for finding in findings:
            sys.stdout.write(json.dumps({"scanner": scanner, "finding": finding}) + "\n")
        total = {"scanner": scanner, "findings": len(findings), "bar": 0}
        sys.stdout.write(json.dumps(total) + "\n")
        sys.stdout.flush()
        found += len(findings)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
