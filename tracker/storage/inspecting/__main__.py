"""`python -m tracker.storage.inspecting TYPE FILE TARGET`: one line of JSON says what was found.

`{"refused": …}`, or `{"treated": […]}`; with a treatment, TARGET is what is to be kept. Whatever
goes wrong in here ends this process and nothing else.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tracker.domain.documents import MIB, FileRefusal, FileRefused, FileType, Treatment
from tracker.storage.inspecting.signatures import check_signature

SECONDS = 15
_LIMITS = {
    resource.RLIMIT_AS: 1024 * MIB,
    resource.RLIMIT_CPU: SECONDS,
    resource.RLIMIT_FSIZE: 64 * MIB,
    resource.RLIMIT_CORE: 0,
}
# Each has a function `look`, and is loaded, with the libraries that it needs, only when asked for.
_MODULES: dict[FileType, str] = {
    FileType.PDF: "papers",
    FileType.PNG: "pictures",
    FileType.JPEG: "pictures",
    FileType.DOCX: "office",
    FileType.XLSX: "office",
    FileType.ODT: "office",
    FileType.TEXT: "texts",
}

Look = Callable[[FileType, Path, Path], list[Treatment]]


def inspect(file_type: FileType, file: Path, target: Path) -> dict[str, object]:
    """What is to be said of the file."""
    try:
        check_signature(file_type, file)
        look: Look = import_module(f"tracker.storage.inspecting.{_MODULES[file_type]}").look
        return {"treated": look(file_type, file, target)}
    except FileRefused as refused:
        return {"refused": refused.reason}
    except MemoryError:
        return {"refused": FileRefusal.UNPACKS_TOO_LARGE}


def main() -> None:
    for limit, most in _LIMITS.items():
        resource.setrlimit(limit, (most, most))
    # Whoever started this may be gone by then.
    signal.alarm(SECONDS + 5)
    name, file, target = sys.argv[1:]
    sys.stdout.write(json.dumps(inspect(FileType(name), Path(file), Path(target))))


if __name__ == "__main__":
    main()
