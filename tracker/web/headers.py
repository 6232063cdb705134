"""The same headers on every answer, errors and files included; and addresses of static files."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_YEAR = 31_536_000


def install(app: Flask) -> None:
    app.before_request(_name_request)
    app.after_request(_set_headers)
    app.url_defaults(_Versions(Path(app.static_folder or "")))


def _name_request() -> None:
    g.request_id = secrets.token_hex(8)


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers["X-Request-Id"] = g.get("request_id", "")
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}; includeSubDomains"
    if request.endpoint == "static" and response.status_code in (200, 206, 304):
        # An address that names the content never needs asking again; any other asks by its ETag.
        response.headers["Cache-Control"] = (
            f"public, max-age={_YEAR}, immutable" if "v" in request.args else "no-cache"
        )
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


class _Versions:
    """Adds `v`, the beginning of the content's hash, to the address of each static file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[int, str]] = {}

    def __call__(self, endpoint: str, values: dict[str, Any]) -> None:
        filename = values.get("filename")
        if endpoint == "static" and filename is not None and "v" not in values:
            version = self._version(filename)
            if version:
                values["v"] = version

    def _version(self, filename: str) -> str:
        path = self._folder / filename
        try:
            changed = path.stat().st_mtime_ns
        except OSError:
            return ""
        known = self._known.get(filename)
        if known is None or known[0] != changed:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
            self._known[filename] = known = (changed, digest)
        return known[1]
