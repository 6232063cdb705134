"""The auditor's pages: entries, the record of access, exceptions, a sample, the export."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from flask import current_app, render_template, request, send_file
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from tracker.audit import blueprint, exporting, queries, sampling, signing
from tracker.audit.exceptions import NOT_KEPT_YET, exceptions
from tracker.audit.forms import AccessFilterForm, EntryFilterForm, ExportForm, SampleForm
from tracker.audit.sampling import Draw
from tracker.audit.shown import told
from tracker.domain.access import Permission
from tracker.domain.audit import AccessEvent
from tracker.lang import current
from tracker.record.audit_check import faults_at
from tracker.record.told import names_for, tell
from tracker.record.words import action_word, kind_word
from tracker.web import access_log, clock, paging
from tracker.web.city import profile
from tracker.web.db import db
from tracker.web.guard import actor, requires

PERIODS = (30, 90, 365)
_USUAL = 90


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {
        "kind_word": kind_word,
        "action_word": action_word,
        "count_said": paging.count_said,
    }


@blueprint.get("/")
@requires(Permission.AUDIT)
def index() -> tuple[str, int]:
    form = EntryFilterForm(request.args)
    good = form.validate()
    cursor = paging.sequence_cursor()
    rows = queries.entry_list(db.session(), form.wanted, profile().zone, cursor) if good else []
    page = paging.page(rows, lambda row: row.cursor, queries.ENTRIES_A_PAGE)
    entries = told(db.session(), actor(), page.rows)
    drawn = render_template("audit/entries.html", form=form, page=page, entries=entries)
    return drawn, _status(good)


@blueprint.get("/<int(max=2147483647):seq>")
@requires(Permission.AUDIT)
def entry(seq: int) -> str:
    """One entry with all its words; that those of something confidential were read is noted."""
    found = queries.one_entry(db.session(), seq)
    if not found.is_open:
        access_log.note(
            AccessEvent.CONFIDENTIAL_READ,
            object_kind=found.kind,
            object_id=found.object_id,
            detail=f"{request.method} {request.path}",
        )
    names = names_for(db.session(), actor(), [found.changes])
    return render_template(
        "audit/entry.html",
        entry=found,
        lines=tell(found.kind, found.changes, names, profile().zone),
        chained=queries.chained(db.session(), seq),
        fault=faults_at(db.session().connection(), [seq], _key()).get(seq),
    )


@blueprint.get("/access")
@requires(Permission.AUDIT)
def access() -> tuple[str, int]:
    form = AccessFilterForm(request.args)
    good = form.validate()
    cursor = paging.moment_cursor()
    rows = queries.access_list(db.session(), form.wanted, profile().zone, cursor) if good else []
    page = paging.page(rows, lambda row: row.cursor)
    return render_template("audit/access.html", form=form, page=page), _status(good)


@blueprint.get("/exceptions")
@requires(Permission.AUDIT)
def what_looks_wrong() -> str:
    days = _asked_days()
    return render_template(
        "audit/exceptions.html",
        found=exceptions(db.session(), _since(days)),
        not_kept=NOT_KEPT_YET,
        days=days,
        periods=PERIODS,
    )


@blueprint.get("/sample")
@requires(Permission.AUDIT)
def sample() -> tuple[str, int]:
    """Drawn again by the same address: it holds the seed and the last entry drawn from."""
    asked = "seed" in request.args
    form = SampleForm(request.args) if asked else SampleForm(data=_new_draw())
    good = form.validate() if asked else True
    drawn = []
    if asked and good:
        draw = Draw(form.n.data, form.seed.data, form.upto.data)
        drawn = sampling.sample(db.session(), draw, _key())
    page = render_template("audit/sample.html", form=form, asked=asked and good, drawn=drawn)
    return page, _status(good)


@blueprint.get("/export")
@requires(Permission.AUDIT)
def export() -> str:
    return _export_page(ExportForm(request.args))


@blueprint.get("/export/file")
@requires(Permission.AUDIT)
def export_file() -> Response | tuple[str, int]:
    form = ExportForm(request.args)
    if not form.validate():
        return _export_page(form), 422
    now = clock.now()
    file = BytesIO()
    made = exporting.export(
        db.session(),
        form.wanted,
        exporting.Form(form.form.data),
        signing.Signer(_key()),
        file,
        now=now,
        zone=profile().zone,
        city=profile().municipality.get(current().tag, ""),
        most=exporting.MOST_ON_THE_WEB,
    )
    access_log.note(
        AccessEvent.EXPORTED, object_kind="audit", detail=f"{made.entries} {made.sha256}"
    )
    file.seek(0)
    name = f"audit-{now:%Y%m%d-%H%M%S}.zip"
    return send_file(file, "application/zip", as_attachment=True, download_name=name)


@blueprint.get("/accounts")
@requires(Permission.ADMINISTER)
def accounts() -> str:
    """What was done to accounts, for whoever manages them and reads nothing else."""
    rows = queries.account_events(db.session(), paging.sequence_cursor())
    page = paging.page(rows, lambda row: row.cursor, queries.ENTRIES_A_PAGE)
    entries = told(db.session(), actor(), page.rows)
    return render_template("audit/accounts.html", page=page, entries=entries)


def _export_page(form: ExportForm) -> str:
    public_key = signing.Signer(_key()).public_key()
    return render_template(
        "audit/export.html",
        form=form,
        most=exporting.MOST_ON_THE_WEB,
        public_key=public_key.decode(),
        fingerprint=signing.fingerprint(public_key),
    )


def _new_draw() -> dict[str, int]:
    return {
        "n": sampling.USUAL,
        "seed": secrets.randbelow(10**6),
        "upto": sampling.newest_entry(db.session()),
    }


def _asked_days() -> int | None:
    """How far back; `all` is as far as there is anything."""
    asked = request.args.get("days", str(_USUAL))
    if asked == "all":
        return None
    if asked not in map(str, PERIODS):
        raise BadRequest
    return int(asked)


def _since(days: int | None) -> datetime | None:
    return None if days is None else clock.now() - timedelta(days=days)


def _status(good: bool) -> int:
    return 200 if good else 422


def _key() -> bytes:
    key: bytes = current_app.config["AUDIT_KEY"]
    return key
