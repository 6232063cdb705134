"""The same headers on every answer, errors and files included."""

from __future__ import annotations

import secrets

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
# For files that people brought: even opened in a browser, nothing in them may act or fetch.
FILE_POLICY = "sandbox; default-src 'none'"
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_YEAR = 31_536_000


def install(app: Flask) -> None:
    app.before_request(_name_request)
    app.after_request(_set_headers)


def serve_as_file() -> None:
    """Send the answer to this request under the policy of files."""
    g.content_security_policy = FILE_POLICY


def _name_request() -> None:
    g.request_id = secrets.token_hex(8)


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    if "content_security_policy" in g and response.status_code == 200:
        response.headers["Content-Security-Policy"] = g.content_security_policy
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
