"""What went wrong, as a page in the reader's language: one table, one template, one fall-back."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    make_response,
    render_template,
    request,
)
from flask_wtf.csrf import CSRFError
from markupsafe import Markup, escape
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError

from tracker import lang
from tracker.background import soundness
from tracker.domain import errors as domain
from tracker.domain.dates import DateRefused
from tracker.domain.text import TextRefused
from tracker.lang import N_
from tracker.web import outages
from tracker.web.city import profile
from tracker.web.db import release
from tracker.web.fields.base import printable
from tracker.web.outages import Outage
from tracker.web.session import visitor

log = logging.getLogger(__name__)


class UnknownLanguageAsked(BadRequest):
    """What the reader asked for names no language of this city."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag = tag


class Refused(HTTPException):
    """An answer with a status and a sentence for the reader, already in their language."""

    def __init__(self, code: int, sentence: str, *, retry_after: int | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.retry_after = retry_after


# The template says something for each of these; any other status borrows the words of the nearest.
_WORDED = (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)
_BORROWED = {401: 403, 408: 503, 414: 413, 431: 413, 507: 503}

_EXPIRED = N_(
    "This form was opened too long ago, or you have signed in or out since. "
    "Go back, load the page again and send it once more; drafts are kept."
)


def install(app: Flask) -> None:
    app.before_request(_refuse_null_signs)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(domain.NotFound, lambda _: answer(404))
    app.register_error_handler(domain.Stale, lambda _: answer(409))
    app.register_error_handler(domain.RuleBroken, _rule)
    app.register_error_handler(DateRefused, lambda e: answer(400, lang.date_refusal(e)))
    app.register_error_handler(TextRefused, lambda e: answer(400, lang.text_refusal(e)))
    app.register_error_handler(StaleDataError, lambda _: answer(409))
    for sign in outages.SIGNS:
        app.register_error_handler(sign, _outage)


def _refuse_null_signs() -> None:
    """No address holds one in earnest, and PostgreSQL cannot compare with it."""
    values = (*request.args.values(), *request.args, request.path)
    if any("\0" in value for value in values):
        raise BadRequest


def _rule(broken: domain.RuleBroken) -> Response:
    return answer(422, lang.gettext(broken.message, **broken.values))


def _outage(error: Exception) -> Response:
    """The database or the disk refused: nothing was written, reading may still work."""
    found = outages.of(error)
    if found is None:
        raise error
    log.error("request %s: %s", g.get("request_id"), found.name, exc_info=error)
    if found is Outage.DAMAGED:
        soundness.note(Path(current_app.instance_path), str(error))
    visitor().stay_unknown()
    return answer(503, lang.gettext(found.value), retry_after=5)


def _http(error: HTTPException) -> Response | HTTPException:
    code = error.code or 500
    if code < 400:
        return error  # a redirect of the router
    if isinstance(error, InternalServerError):
        original = error.original_exception
        if isinstance(original, Exception) and outages.of(original) is not None:
            return _outage(original)
        log.error("request %s failed", g.get("request_id"), exc_info=original or error)
    response = answer(code, _message(error), retry_after=getattr(error, "retry_after", None))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _message(error: HTTPException) -> str | None:
    if isinstance(error, UnknownLanguageAsked):
        return _no_such_language(error.tag)
    if isinstance(error, CSRFError):
        return lang.gettext(_EXPIRED)
    return error.description if isinstance(error, Refused) else None


def _no_such_language(tag: str) -> Markup:
    """Names the languages in themselves, each marked as what it is."""
    known = escape(lang.current().comma).join(
        Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(each.tag, each.direction, each.name)
        for each in profile().languages
    )
    message = lang.gettext("There is no language “%(tag)s” here. Choose one of: %(known)s")
    asked = Markup("<bdi>{}</bdi>").format(printable(tag[:20]))
    return escape(message) % {"tag": asked, "known": known}


def answer(code: int, message: str | None = None, *, retry_after: Any = None) -> Response:
    """The page (or JSON) of a refusal. Needs no database: an open transaction is let go first."""
    release()
    seconds = retry_after if isinstance(retry_after, int) else None
    if wants_json():
        words = message.striptags() if isinstance(message, Markup) else message or ""
        response = jsonify(status=code, message=words, request=g.get("request_id", ""))
    else:
        response = make_response(_page(code, message, seconds))
    response.status_code = code
    if seconds is not None:
        response.headers["Retry-After"] = str(seconds)
    return response


def wants_json() -> bool:
    """Whether the client asks for JSON rather than a page."""
    accepts = request.accept_mimetypes
    return accepts["application/json"] > accepts["text/html"]


def _page(code: int, message: str | None, retry_after: int | None) -> str:
    worded = _BORROWED.get(code, code)
    if worded not in _WORDED:
        worded = 400 if worded < 500 else 500
    try:
        return render_template(
            "errors/error.html",
            status=worded,
            message=message,
            retry_after=retry_after,
            request_id=g.get("request_id", ""),
        )
    except Exception:
        # The layout itself may be what is broken.
        log.exception("the page for status %s could not be drawn", code)
        return _plain_page(code)


def _plain_page(code: int) -> str:
    spoken = lang.current()
    title = lang.gettext("Something went wrong")
    number = lang.gettext("Number of this request, for the administrator:")
    return (
        f'<!doctype html><html lang="{spoken.tag}" dir="{spoken.direction}"><head>'
        f'<meta charset="utf-8"><title>{title}</title></head>'
        f'<body><main data-kind="error" data-id=""><h1>{title}</h1>'
        f'<p><bdi dir="ltr">{code}</bdi></p>'
        f'<p>{number} <bdi dir="ltr">{g.get("request_id", "")}</bdi></p></main></body></html>'
    )
