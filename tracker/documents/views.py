"""The list of documents, the page of one, its forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from flask import current_app, flash, jsonify, redirect, render_template, request
from werkzeug.exceptions import NotFound

from tracker.documents import blueprint, downloads, queries, services
from tracker.documents.forms import DocumentForm, VersionForm, WordsForm
from tracker.domain.access import Level, Permission
from tracker.domain.documents import DocumentKind
from tracker.domain.texts import Texts, pick
from tracker.lang import current, gettext, label, language_name
from tracker.models import Document
from tracker.record import reads
from tracker.record.documents import HOLDERS
from tracker.storage.intake import TakenIn
from tracker.web import clock, paging, uploads
from tracker.web.addresses import page_of
from tracker.web.db import db
from tracker.web.editing import Answer, answer, form_over
from tracker.web.errors import wants_json
from tracker.web.guard import actor, requires

Choice = TypeVar("Choice", DocumentKind, Level)


@blueprint.get("/")
@requires(Permission.READ)
def index() -> str:
    kind, level = _asked("kind", DocumentKind), _asked("level", Level)
    rows = reads.documents_of(
        db.session(), actor(), kind=kind, level=level, cursor=paging.cursor()
    )
    return render_template(
        "documents/list.html",
        page=paging.page(rows, lambda row: row.cursor),
        narrowed=kind is not None or level is not None,
        kinds=_chips("kind", DocumentKind, kind),
        levels=_chips("level", Level, level),
    )


@blueprint.get("/<uuid:document_id>")
@requires(Permission.READ)
def one(document_id: UUID) -> str:
    document = queries.document_page(db.session(), actor(), document_id)
    return render_template(
        "documents/page.html",
        document=document,
        written_in=language_name(document.language) if document.language else "",
        can_be_fetched=downloads.can_be_fetched,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
@uploads.takes_files
def new() -> Answer:
    known, back = _came_from()
    form = (
        DocumentForm(uploads.sent_form()) if request.method == "POST" else DocumentForm(data=known)
    )
    return answer(
        form,
        save=_with_file(
            form,
            lambda file: services.add_document(
                db.session(), actor(), form.given(), file, clock.now(), quota_mib=_quota()
            ),
        ),
        heading=gettext("New document"),
        back=back,
        onward=_onward,
    )


@blueprint.route("/<uuid:document_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit(document_id: UUID) -> Answer:
    def held() -> dict[str, Any]:
        return queries.document_for_form(db.session(), actor(), document_id, current().tag)

    form = form_over(WordsForm, held())
    return answer(
        form,
        save=lambda: services.correct_document(
            db.session(), actor(), document_id, form.given(), clock.now()
        ),
        heading=gettext("Correct the document"),
        current=held,
        back=page_of("document", document_id),
    )


@blueprint.route("/<uuid:document_id>/versions/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
@uploads.takes_files
def new_version(document_id: UUID) -> Answer:
    title, version = queries.title_and_version(db.session(), actor(), document_id)
    if request.method == "POST":
        form = VersionForm(uploads.sent_form())
    else:
        form = VersionForm(data={"version": version})
    return answer(
        form,
        save=_with_file(
            form,
            lambda file: services.add_document_version(
                db.session(), actor(), document_id, form.version.data, file, clock.now(),
                quota_mib=_quota(),
            ),
        ),
        heading=gettext("New version of %(title)s", title=_set_apart(title)),
        back=page_of("document", document_id),
        onward=_onward,
    )  # fmt: skip


def _with_file(
    form: DocumentForm | VersionForm, record_it: Callable[[TakenIn], Document]
) -> Callable[[], Document]:
    """Records a document while its file is on disk; the file goes again when that fails."""

    def save() -> Document:
        # Looking through a file takes a while, and nobody else should wait for the database.
        db.session.rollback()
        with uploads.received(form.file.data, field=form.file.name) as file:
            return record_it(file)

    return save


def _onward(document: Document) -> Answer:
    """To the document; the script that showed how far the file had come is told where that is."""
    flash(gettext("Saved."), "done")
    twin = queries.same_file_elsewhere(db.session(), actor(), document)
    if twin is not None:
        title = _set_apart(twin[1])
        flash(gettext("The same file is held already, as %(title)s.", title=title), "info")
    where = page_of(document.kind, document.id)
    if wants_json():
        answer = jsonify(location=where)
        answer.status_code = 201
        return answer
    return redirect(where, 303)


def _set_apart(title: Texts) -> str:
    """A title within a sentence, which may run the other way."""
    return f"\u2068{pick(title, current().tag).text}\u2069"


def _came_from() -> tuple[dict[str, Any], str]:
    """The object from whose page the form was opened, and the way back there."""
    asked = request.args.get("holder")
    if not asked:
        return {}, "/documents/"
    kind, _, text = asked.partition(":")
    try:
        object_id = UUID(text)
    except ValueError:
        raise NotFound from None
    if kind not in HOLDERS:
        raise NotFound
    holder = queries.held_by(db.session(), actor(), kind, object_id, current().tag)
    return {"holders": [{"holder": holder}]}, page_of(kind, object_id)


def _quota() -> int | None:
    quota: int | None = current_app.config["QUOTA_MIB"]
    return quota


def _asked(name: str, vocabulary: type[Choice]) -> Choice | None:
    asked = request.args.get(name, "")
    return next((each for each in vocabulary if _key(each) == asked), None)


def _key(member: DocumentKind | Level) -> str:
    return member.name.lower() if isinstance(member, Level) else member.value


def _chips(
    name: str, vocabulary: type[Choice], shown: Choice | None
) -> list[tuple[str, str, bool]]:
    """Links that narrow the list by one thing and keep the other."""

    def address(value: str) -> str:
        wanted = {each: request.args.get(each, "") for each in ("kind", "level")} | {name: value}
        query = urlencode({each: text for each, text in wanted.items() if text})
        return f"/documents/?{query}" if query else "/documents/"

    chips = [(gettext("All"), address(""), shown is None)]
    return chips + [(label(each), address(_key(each)), each is shown) for each in vocabulary]
