"""Files that come with a form: how much may come to which address, and the one way in."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask, current_app, request
from werkzeug.datastructures import CombinedMultiDict, FileStorage

from tracker.domain.documents import MIB, MOST_BYTES, FileRefused
from tracker.domain.errors import RuleBroken
from tracker.lang import gettext
from tracker.storage import Storage
from tracker.storage.inspection import Busy
from tracker.storage.intake import TakenIn, taken_in
from tracker.storage.refusals import SENTENCES
from tracker.web.errors import Refused

View = TypeVar("View", bound=Callable[..., Any])

_MARK = "__peyvand_files__"
_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def takes_files(view: View) -> View:
    """This view's form brings a file, and may be as large as one."""
    setattr(view, _MARK, True)
    return view


def install(app: Flask) -> None:
    """After the guard: who may not send is refused before a byte is read."""
    app.before_request(_allow_size)


def _allow_size() -> None:
    if getattr(current_app.view_functions.get(request.endpoint or ""), _MARK, False):
        request.max_content_length = MOST_BYTES + MIB


def sent_form() -> CombinedMultiDict[str, Any]:
    """What was typed and the files that came along, as one form."""
    return CombinedMultiDict([request.form, request.files])


def storage() -> Storage:
    """Where the files of this installation are."""
    folder: Path = current_app.config["DOCUMENTS_FOLDER"]
    return Storage(folder)


@contextmanager
def received(upload: FileStorage, *, field: str) -> Iterator[TakenIn]:
    """The file that came by this field, kept on disk unless the block fails to record it."""
    try:
        with taken_in(
            storage(), upload.stream, upload.filename or "", current_app.config["CLAMD"]
        ) as file:
            yield file
    except FileRefused as refused:
        raise RuleBroken(
            SENTENCES[refused.reason], field=field, most=MOST_BYTES // MIB
        ) from refused
    except Busy as busy:
        sentence = gettext("Other files are being looked through. Send yours again in a moment.")
        raise Refused(503, sentence, retry_after=10) from busy
    except OSError as error:
        if error.errno not in _DISK_FULL:
            raise
        raise Refused(503, gettext("There is no room left for files."), retry_after=60) from error
