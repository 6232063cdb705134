"""Addresses of static files, each with the beginning of its content's hash: what is fetched under
such an address never needs asking for again."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import quote

from flask import Flask


def install(app: Flask) -> None:
    folder, prefix = Path(app.static_folder or ""), app.static_url_path or ""

    @cache  # once for a process: files of an installation change only with it
    def asset(filename: str) -> str:
        """The address of a file in the static folder."""
        content = (folder / filename).read_bytes()
        return f"{prefix}/{quote(filename)}?v={hashlib.sha256(content).hexdigest()[:12]}"

    app.jinja_env.globals["asset"] = asset
