"""Reading copies of a tie's briefing: on screen, as PDF, as JSON. They write nothing but the
record of access."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID

from flask import Response, current_app, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as AnyResponse

from reports.html import preview_fragment
from tracker import lang, record
from tracker.briefings import blueprint, queries, services
from tracker.briefings.facts import Partner, tie_briefing
from tracker.briefings.printing import NotPrinted, Print, Printer, edition
from tracker.briefings.quick import quick_key
from tracker.briefings.services import Typed
from tracker.domain.access import Permission
from tracker.domain.briefings import Briefing, canonical, digest
from tracker.domain.dates import parse_iso_or_jalali
from tracker.domain.texts import pick
from tracker.lang import N_, gettext
from tracker.models import Organisation
from tracker.models.access import AccessEvent
from tracker.web import access_log, clock, editing, guard
from tracker.web.addresses import asked_id
from tracker.web.city import profile
from tracker.web.db import db
from tracker.web.errors import Refused, UnknownLanguageAsked, wants_json
from tracker.web.guard import requires

_WHY = {
    "busy": N_("Several papers are being made right now. Try again in a moment."),
    "timeout": N_("The paper was not ready within ten seconds. Try again in a moment."),
    "too_large": N_("This paper is too large to be made while you wait."),
    "failed": N_("The paper could not be made. The text on screen is complete."),
}


@blueprint.get("/ties/<uuid:tie_id>/briefing.pdf")
@requires(Permission.DOWNLOAD)
def download(tie_id: UUID) -> Response:
    quick = _quick_key(tie_id)
    paper = _printer().at_hand(quick) or _made(tie_id, quick)
    _note(AccessEvent.DOWNLOADED, tie_id, "briefing.pdf")
    response = Response(paper.content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = paper.file_name
    response.set_etag(paper.key)
    return response


@blueprint.get("/ties/<uuid:tie_id>/briefing.json")
@requires(Permission.DOWNLOAD)
def facts(tie_id: UUID) -> Response:
    briefing = _briefing(tie_id)
    _note(AccessEvent.DOWNLOADED, tie_id, "briefing.json")
    response = Response(canonical(briefing), mimetype="application/json")
    response.set_etag(digest(briefing))
    return response


@blueprint.get("/ties/<uuid:tie_id>/briefing")
@requires(Permission.READ)
def preview(tie_id: UUID) -> str:
    briefing = _briefing(tie_id)
    return render_template(
        "briefings/preview.html",
        tie_id=tie_id,
        title=queries.tie_title(db.session(), guard.actor(), tie_id),
        briefing=briefing,
        fragment=preview_fragment(briefing, lang.current().tag),
        as_of=request.args.get("as_of", ""),
        partner=asked_id("for"),
        known=lang.LANGUAGES,
    )


@blueprint.get("/ties/<uuid:tie_id>/translate")
@requires(Permission.RECORD)
def translate(tie_id: UUID) -> str:
    wanted = request.args.get("show", "missing")
    return _strings(tie_id, _target(), wanted, frozenset())


@blueprint.post("/ties/<uuid:tie_id>/translate")
@requires(Permission.RECORD)
def save_translation(tie_id: UUID) -> AnyResponse | tuple[str, int]:
    target, typed = _target(), _typed()
    try:
        saved = services.translate_strings(
            db.session(), guard.actor(), tie_id, _as_of(), typed, target, clock.now()
        )
    except services.Overtaken as overtaken:
        db.session.rollback()
        return _overtaken(tie_id, target, typed, overtaken.strings)
    if wants_json():
        return jsonify(saved=saved)
    return redirect(url_for("briefings.translate", tie_id=tie_id, to=target), 303)


def _strings(tie_id: UUID, target: str, wanted: str, also: Collection[str], **more: Any) -> str:
    strings = queries.strings_of_tie(db.session(), guard.actor(), tie_id, _as_of())
    return render_template(
        "briefings/translate.html",
        tie_id=tie_id,
        title=queries.tie_title(db.session(), guard.actor(), tie_id),
        target=lang.language(target),
        strings=[s for s in strings if wanted == "all" or s.needs(target) or s.ref in also],
        missing=sum(s.needs(target) for s in strings),
        wanted=wanted,
        known=lang.LANGUAGES,
        **more,
    )


def _typed() -> dict[str, Typed]:
    """What was typed into the form, but for what the other's words were chosen over."""
    sent = request.form
    return {
        name: Typed(text, sent.get(f"{name}-shown", ""))
        for name, text in sent.items()
        if not editing.takes_theirs(name)
    }


def _overtaken(
    tie_id: UUID, target: str, typed: Mapping[str, Typed], strings: list[queries.PrintedString]
) -> AnyResponse | tuple[str, int]:
    """Both texts of each string that somebody else was first to translate; nothing was saved."""
    if wants_json():
        theirs = {string.ref: string.texts.get(target, "") for string in strings}
        return jsonify(theirs=theirs), 409  # type: ignore[return-value]
    differences = [
        editing.difference(
            gettext(string.name),
            typed[string.ref].text,
            string.texts.get(target, ""),
            id=string.ref,
            name=string.ref,
        )
        for string in strings
    ]
    page = _strings(tie_id, target, "missing", typed, typed=typed, differences=differences)
    return page, 409


def _briefing(tie_id: UUID) -> Briefing:
    city = profile()
    return tie_briefing(
        db.session(),
        guard.actor(),
        tie_id,
        _as_of(),
        dict(city.municipality),
        dict(city.letterhead.invocation),
        _partner(),
    )


def _partner() -> Partner | None:
    """The organisation whose edition is asked for; whoever may not take it away makes none."""
    asked = asked_id("for")
    if asked is None:
        return None
    if not guard.can(Permission.DOWNLOAD):
        raise Forbidden
    organisation = record.get_visible(db.session(), guard.actor(), Organisation, asked)
    return Partner(organisation.id, dict(organisation.name), lang.current().tag)


def _quick_key(tie_id: UUID) -> str:
    city = profile()
    return quick_key(
        db.session(),
        guard.actor(),
        tie_id,
        _as_of(),
        lang.current().tag,
        {"name": city.municipality, "invocation": city.letterhead.invocation},
        edition(),
        _partner(),
    )


def _made(tie_id: UUID, quick: str) -> Print:
    """The paper, after its facts are collected; refused in words when none can be had."""
    briefing = _briefing(tie_id)
    db.session.rollback()  # nothing of the database is held while the paper is made
    try:
        return _printer().print(briefing, lang.current().tag, _file_name(briefing), quick)
    except NotPrinted as failure:
        raise Refused(503, gettext(_WHY[failure.reason]), retry_after=5) from failure


def _as_of() -> date:
    """The day asked for, in either calendar; today when none is asked for."""
    asked = request.args.get("as_of", "").strip()
    return parse_iso_or_jalali(asked) if asked else clock.today()


def _target() -> str:
    """The language to translate into: the one asked for, else the city's second."""
    tags = profile().tags
    asked = request.args.get("to") or request.form.get("to") or ""
    if asked:
        if asked not in tags:
            raise UnknownLanguageAsked(asked)
        return asked
    return lang.current().tag if lang.current().tag != tags[0] else tags[1 % len(tags)]


def _printer() -> Printer:
    kept = current_app.extensions
    if "printer" not in kept:
        # Of two that are made at once one is kept: it counts how many are waiting.
        kept.setdefault("printer", Printer(Path(current_app.instance_path)))
    return cast(Printer, kept["printer"])


def _note(event: AccessEvent, tie_id: UUID, what: str) -> None:
    access_log.note(
        event,
        object_kind="tie",
        object_id=tie_id,
        detail=" ".join([what, lang.current().tag, *_narrowed()]),
    )


def _narrowed() -> list[str]:
    """What beside its language an edition was asked for by: a day, a partner."""
    named = ((name, request.args.get(name, "")[:40]) for name in ("as_of", "for"))
    return [value if name == "as_of" else f"for {value}" for name, value in named if value]


def _file_name(briefing: Briefing) -> str:
    """The name under which a browser keeps the file: the parties' names, the day."""
    spoken = lang.current().tag
    names = " – ".join(pick(party.name, spoken).text for party in briefing.body.parties)
    day = briefing.head.as_of.isoformat()
    full = f"{names or gettext('Briefing')} {day}.pdf"
    return f"inline; filename=\"briefing-{day}-{spoken}.pdf\"; filename*=UTF-8''{quote(full)}"
