"""The product for a WSGI server, which writes down each answer that is the server's own fault."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tracker.app import create_app
from tracker.config import Settings

FAULTS = "SCAN_FAULTS"
_product = create_app(Settings.from_env())


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        path = environ["PATH_INFO"]
        # Nobody makes papers here, and a page says so.
        if status.startswith("5") and not (status.startswith("503") and path.endswith(".pdf")):
            with Path(os.environ[FAULTS]).open("a") as faults:
                asked = f"{environ['REQUEST_METHOD']} {path}?{environ['QUERY_STRING']}"
                faults.write(f"{status} {asked}\n")
        return start_response(status, headers, *rest)

    return _product(environ, start)
