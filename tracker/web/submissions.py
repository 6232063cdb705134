"""What the form of this request sent; sent again, it is answered as it was the first time."""

from __future__ import annotations

import json
from hashlib import file_digest, sha256
from uuid import UUID, uuid4

from flask import Flask, flash, g, has_request_context, redirect, request
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from tracker.domain.errors import SentBefore
from tracker.lang import gettext
from tracker.record.submissions import Sent
from tracker.web.addresses import page_of
from tracker.web.db import release


def install(app: Flask) -> None:
    app.extensions["sent"] = sent
    app.jinja_env.globals["new_submission"] = uuid4
    app.register_error_handler(SentBefore, _answer_again)


def sent() -> Sent | None:
    """This sending of a form that has an id; None where there is none, as on the command line."""
    if not has_request_context():
        return None
    try:
        submission = UUID(request.form.get("submission", ""))
    except ValueError:
        return None
    filled_in = sorted(
        (name, value.strip())
        for name, value in request.form.items(multi=True)
        if value.strip() and name != "csrf_token"
    )
    filled_in += [(name, _digest(file)) for name, file in request.files.items(multi=True)]
    return Sent(submission, sha256(json.dumps(filled_in).encode()).hexdigest())


def _digest(file: FileStorage) -> str:
    """The file itself, for its name may be that of another one; worked out once a request."""
    known: dict[int, str] = g.setdefault("digests_of_files", {})
    if id(file) not in known:
        file.stream.seek(0)  # it may have been read already
        known[id(file)] = file_digest(file.stream, "sha256").hexdigest()  # type: ignore[arg-type]
        file.stream.seek(0)
    return known[id(file)]


def confirm() -> None:
    """Tell the browser, on the next page, that this very form was taken in: its draft may go."""
    flash(f"{request.path} {request.form.get('submission', '')}", "saved-form")


def _answer_again(before: SentBefore) -> Response:
    release()
    confirm()
    flash(gettext("Saved."), "done")
    return redirect(page_of(before.kind, before.object_id), 303)
