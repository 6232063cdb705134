"""Wapiti over every page of the demo, as somebody who may change everything: forms are sent."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.scanning.target import ROOT, Target

WAPITI = ROOT / ".tools/wapiti3/bin/wapiti"
# Those that look for servers elsewhere, other products, or weak passwords of others are left out.
MODULES = (
    "http_headers", "cookieflags", "csp", "csrf", "methods", "redirect", "crlf", "xss",
    "permanentxss", "file", "exec", "sql", "xxe",
)  # fmt: skip
# It ends our visit, and the scan with it.
LEFT_ALONE = ("logout", "account/sessions")

# Over plain http no browser would send such a cookie back; everywhere else it is Secure.
ON_LOOPBACK = "Secure Flag cookie"


def findings(target: Target, folder: Path, minutes: float) -> Iterator[str]:
    """What it calls a vulnerability, or an anomaly, as "kind: method path (parameter)"."""
    report, each = folder / "wapiti.json", int(minutes * 60 / len(MODULES))
    command = [str(WAPITI), "-u", target.address, "-m", ",".join(MODULES)]
    command += ["-H", f"Cookie: {target.cookie}", "--scope", "folder", "--tasks", "4"]
    command += ["--depth", "2", "--max-links-per-page", "60", "--max-files-per-dir", "40"]
    command += ["--max-scan-time", "60", "--max-attack-time", str(each)]
    command += ["--flush-session", "--no-bugreport", "--store-session", str(folder / "wapiti")]
    command += ["-f", "json", "-o", str(report)]
    for page in target.pages:
        command += ["-s", target.address + page.lstrip("/")]
    for path in LEFT_ALONE:
        command += ["-x", f"{target.address}{path}*"]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    said = json.loads(report.read_text())
    for part in ("vulnerabilities", "anomalies"):
        for kind, found in said[part].items():
            for flaw in found:
                where = f"{flaw['method']} {flaw['path']} ({flaw.get('parameter') or '-'})"
                if kind != ON_LOOPBACK:
                    yield f"{kind}: {where}: {flaw['info'][:200]}"
