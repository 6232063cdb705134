"""The bin: what lies in it, putting in, taking out, and destroying by two people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup, escape
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.bin import blueprint, queries, services
from tracker.bin.forms import ReasonForm, RulesForm
from tracker.bin.services import Meant
from tracker.domain.access import Actor, Level, Permission
from tracker.domain.errors import NotFound
from tracker.domain.texts import pick
from tracker.lang import current, gettext
from tracker.models import Recorded
from tracker.models.access import AccessEvent
from tracker.record import destruction
from tracker.record.kinds import KINDS
from tracker.record.words import kind_word
from tracker.web import access_log, clock, errors, paging
from tracker.web.addresses import PATHS, page_of
from tracker.web.db import db
from tracker.web.editing import Answer, answer, form_over
from tracker.web.forms import BaseForm
from tracker.web.guard import actor, requires

_KINDS = {path: kind for kind, path in PATHS.items()}


@blueprint.get("/")
@requires(Permission.RECORD)
def index() -> str:
    kind = request.args.get("kind", "")
    if kind and kind not in KINDS:
        raise NotFound(kind)
    rows = queries.bin_list(db.session(), actor(), kind, paging.moment_cursor())
    return render_template(
        "bin/list.html",
        page=paging.page(rows, lambda row: row.cursor),
        kinds=sorted(queries.kinds_in_bin(db.session(), actor()), key=list(PATHS).index),
        shown=kind,
        kind_word=kind_word,
    )


@blueprint.get("/<kind>/<uuid:object_id>")
@requires(Permission.RECORD)
def one(kind: str, object_id: UUID) -> Answer:
    left = queries.stub(db.session(), actor(), kind, object_id)
    if left is not None:
        return render_template("bin/stub.html", left=left, kind_word=kind_word)
    if queries.is_back(db.session(), actor(), kind, object_id):
        return redirect(page_of(kind, object_id), 303)
    found = queries.one_in_bin(db.session(), actor(), kind, object_id)
    if found.removed.level is Level.CONFIDENTIAL:
        access_log.note(AccessEvent.CONFIDENTIAL_READ, object_kind=kind, object_id=object_id)
    return render_template(
        "bin/one.html", found=found, form=BaseForm(), proposing=ReasonForm(), kind_word=kind_word
    )


@blueprint.route("/remove/<kind>/<uuid:object_id>", methods=["GET", "POST"])
@requires(Permission.RECORD)
def remove(kind: str, object_id: UUID) -> Answer:
    if queries.has_page(db.session(), actor(), kind, object_id):
        return redirect(_page_of(kind, object_id), 303)  # sent twice, perhaps
    about = queries.to_remove(db.session(), actor(), kind, object_id)
    form = form_over(ReasonForm, {"version": about.version})
    return answer(
        form,
        save=lambda: services.remove(
            db.session(), actor(), _meant(form, kind, object_id), form.reason.data, clock.now()
        ),
        heading=gettext("Remove"),
        template="bin/remove.html",
        current=lambda: {"reason": form.reason.data},
        back=page_of(kind, object_id),
        onward=_removed,
        about=about,
        kind_word=kind_word,
    )


@blueprint.post("/restore/<kind>/<uuid:object_id>")
@requires(Permission.RECORD)
def restore(kind: str, object_id: UUID) -> Answer:
    return _act(BaseForm(request.form), services.restore, kind, object_id, _restored)


@blueprint.post("/propose/<kind>/<uuid:object_id>")
@requires(Permission.RECORD)
def propose(kind: str, object_id: UUID) -> Answer:
    form = ReasonForm(request.form)

    def save(session: Session, who: Actor, meant: Meant, now: datetime) -> Recorded:
        return services.propose(session, who, meant, form.reason.data, now)

    return _act(form, save, kind, object_id, _to_bin)


@blueprint.post("/refuse/<kind>/<uuid:object_id>")
@requires(Permission.RECORD)
def refuse(kind: str, object_id: UUID) -> Answer:
    return _act(BaseForm(request.form), services.refuse, kind, object_id, _to_bin)


@blueprint.post("/destroy/<kind>/<uuid:object_id>")
@requires(Permission.APPROVE)
def destroy(kind: str, object_id: UUID) -> Answer:
    return _act(BaseForm(request.form), services.destroy, kind, object_id, _to_bin)


@blueprint.get("/rules")
@requires(Permission.RECORD)
def rules() -> str:
    return render_template("bin/rules.html", form=RulesForm(data=_rules()), kinds=PATHS)


@blueprint.post("/rules")
@requires(Permission.APPROVE)
def set_rules() -> Answer:
    form = RulesForm(request.form)
    return answer(
        form,
        save=lambda: services.set_rules(
            db.session(), actor(), form.years(), form.version.data, clock.now()
        ),
        heading=gettext("How long removed records are kept"),
        template="bin/rules.html",
        current=_rules,
        onward=lambda _: _said(url_for("bin.rules")),
        kinds=PATHS,
    )


def _rules() -> dict[str, int]:
    held = destruction.rules(db.session())
    return {**held, "version": services.version_of(held)}


@blueprint.app_errorhandler(NotFound)
def _absent(_: NotFound) -> Response:
    """Whoever could restore what is not at its address any more is led to where it lies."""
    lies_at = _bin_page_for(request.path)
    if lies_at is None:
        return errors.answer(404)
    if request.method == "GET":
        return redirect(lies_at, 303)
    link = Markup('<a href="{}">{}</a>').format(lies_at, gettext("Bin"))
    message = gettext(
        "This was removed while you worked on it. Restore it from the bin, then go back in the "
        "browser: what you typed is still there, and can be sent again."
    )
    return errors.answer(404, escape(message) + Markup(" ") + link)


def _bin_page_for(path: str) -> str | None:
    """The bin's page about the object of this address, if it has one for this reader."""
    match path.split("/"):
        case ["", section, typed, *_] if section in _KINDS and actor().can(Permission.RECORD):
            try:
                object_id = UUID(typed)
            except ValueError:
                return None
            kind = _KINDS[section]
            if queries.has_page(db.session(), actor(), kind, object_id):
                return _page_of(kind, object_id)
    return None


Act = Callable[[Session, Actor, Meant, datetime], Recorded]


def _act(
    form: BaseForm, act: Act, kind: str, object_id: UUID, onward: Callable[[Recorded], Answer]
) -> Answer:
    """Do something with what lies in the bin, or say on its page why that cannot be done."""
    if queries.is_back(db.session(), actor(), kind, object_id):
        return redirect(page_of(kind, object_id), 303)  # sent twice
    if queries.stub(db.session(), actor(), kind, object_id) is not None:
        return redirect(_page_of(kind, object_id), 303)
    found = queries.one_in_bin(db.session(), actor(), kind, object_id)
    return answer(
        form,
        save=lambda: act(db.session(), actor(), _meant(form, kind, object_id), clock.now()),
        heading="",
        template="bin/one.html",
        onward=onward,
        found=found,
        proposing=form if isinstance(form, ReasonForm) else ReasonForm(),
        kind_word=kind_word,
    )


def _removed(obj: Recorded) -> Response:
    said = {
        "text": gettext("“%(name)s” is in the bin.", name=_name(obj)),
        "url": url_for("bin.restore", kind=obj.kind, object_id=obj.id),
        "fields": {"version": obj.version},
    }
    flash(said, "undo")  # type: ignore[arg-type]
    return redirect(url_for("bin.index"), 303)


def _restored(obj: Recorded) -> Response:
    flash(gettext("“%(name)s” is back.", name=_name(obj)), "done")
    return redirect(page_of(obj.kind, obj.id), 303)


def _to_bin(obj: Recorded) -> Response:
    return _said(_page_of(obj.kind, obj.id))


def _said(address: str) -> Response:
    flash(gettext("Saved."), "done")
    return redirect(address, 303)


def _page_of(kind: str, object_id: UUID) -> str:
    return url_for("bin.one", kind=kind, object_id=object_id)


def _meant(form: BaseForm, kind: str, object_id: UUID) -> Meant:
    return Meant(kind, object_id, form.version.data)


def _name(obj: Recorded) -> str:
    """Its title, set apart in a sentence: it may be of another language than the sentence."""
    return f"\u2068{pick(obj.search_title(), current().tag).text}\u2069"
