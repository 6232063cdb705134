"""Static files: addresses that name the content, and texts packed for slow lines.

Each address carries the beginning of its content's hash: what was fetched under it never needs
asking for again. Only static files are packed: a packed page would tell, by its size, whether what
a stranger put into its address stands in it a second time.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, request

PACKED = frozenset({"text/css", "text/javascript", "image/svg+xml"})


def install(app: Flask) -> None:
    folder, prefix = Path(app.static_folder or ""), app.static_url_path or ""

    @cache  # once for a process: files of an installation change only with it
    def asset(filename: str) -> str:
        """The address of a file in the static folder."""
        content = (folder / filename).read_bytes()
        return f"{prefix}/{quote(filename)}?v={hashlib.sha256(content).hexdigest()[:12]}"

    app.jinja_env.globals["asset"] = asset
    app.after_request(_pack)


@cache
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _pack(response: Response) -> Response:
    """Send a text of the static folder packed to whoever can unpack it."""
    if request.endpoint != "static" or response.mimetype not in PACKED:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code == 200 and request.accept_encodings["gzip"] > 0:
        response.direct_passthrough = False
        response.set_data(_packed(response.get_data()))
        response.content_encoding = "gzip"
        # The same file in other bytes: only a weak mark may say so.
        response.set_etag(response.get_etag()[0] or "", weak=True)
    return response
