"""Prints one page, in a process of its own: `python -m tracker.doctor.one_page`.

Says which libraries the machine lacks, one a line. The engine is loaded by name: in the product
only the briefings know it.
"""

from __future__ import annotations

import sys
from ctypes import CDLL
from importlib import import_module

LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")


def main() -> int:
    missing = [name for name in LIBRARIES if not _is_there(name)]
    sys.stdout.write("".join(f"{name}\n" for name in missing))
    if missing:
        return 1
    page = import_module("reports.render").layout("<!DOCTYPE html><title>.</title><p>پیوند")
    return 0 if page.write_pdf().startswith(b"%PDF-") else 1


def _is_there(name: str) -> bool:
    try:
        CDLL(name)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
