"""Reading copies of a tie's briefing: on screen, as PDF, as JSON. They write nothing but the
record of access."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import cast
from urllib.parse import quote
from uuid import UUID

from flask import Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from reports.html import preview_fragment
from tracker import lang
from tracker.briefings import blueprint, queries, services
from tracker.briefings.facts import tie_briefing
from tracker.briefings.printing import NotPrinted, Print, Printer, edition
from tracker.briefings.quick import quick_key
from tracker.domain.access import Permission
from tracker.domain.briefings import Briefing, canonical, digest
from tracker.domain.dates import parse_iso_or_jalali
from tracker.domain.texts import pick
from tracker.lang import N_, gettext
from tracker.models.access import AccessEvent
from tracker.web import access_log, clock, guard
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
        known=lang.LANGUAGES,
    )


@blueprint.get("/ties/<uuid:tie_id>/translate")
@requires(Permission.RECORD)
def translate(tie_id: UUID) -> str:
    target = _target()
    strings = queries.strings_of_tie(db.session(), guard.actor(), tie_id, _as_of())
    wanted = request.args.get("show", "missing")
    return render_template(
        "briefings/translate.html",
        tie_id=tie_id,
        title=queries.tie_title(db.session(), guard.actor(), tie_id),
        target=lang.language(target),
        strings=[s for s in strings if wanted == "all" or s.needs(target)],
        missing=sum(s.needs(target) for s in strings),
        wanted=wanted,
        known=lang.LANGUAGES,
    )


@blueprint.post("/ties/<uuid:tie_id>/translate")
@requires(Permission.RECORD)
def save_translation(tie_id: UUID) -> AnyResponse:
    target = _target()
    strings = queries.strings_of_tie(db.session(), guard.actor(), tie_id, _as_of())
    given = _given(strings, target)
    saved = services.translate_strings(db.session(), guard.actor(), given, target, clock.now())
    if wants_json():
        return Response(f'{{"saved":{saved}}}', mimetype="application/json")
    return redirect(url_for("briefings.translate", tie_id=tie_id, to=target), 303)


def _given(
    strings: Iterable[queries.PrintedString], target: str
) -> dict[queries.PrintedString, str]:
    """What was typed into the form. A control that still holds what the page showed was not typed
    into, and does not undo what somebody else has saved since."""
    given = {}
    for string in strings:
        typed, shown = (
            string.as_stored(request.form.get(name, ""))
            for name in (string.ref, f"{string.ref}-shown")
        )
        if typed and typed not in (shown, string.texts.get(target, "")):
            given[string] = typed
    return given


def _briefing(tie_id: UUID) -> Briefing:
    city = profile()
    return tie_briefing(
        db.session(),
        guard.actor(),
        tie_id,
        _as_of(),
        dict(city.municipality),
        dict(city.letterhead.invocation),
    )


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
        detail=f"{what} {lang.current().tag} {request.args.get('as_of', '')[:20]}",
    )


def _file_name(briefing: Briefing) -> str:
    """The name under which a browser keeps the file: the parties' names, the day."""
    spoken = lang.current().tag
    names = " – ".join(pick(party.name, spoken).text for party in briefing.body.parties)
    day = briefing.head.as_of.isoformat()
    full = f"{names or gettext('Briefing')} {day}.pdf"
    return f"inline; filename=\"briefing-{day}-{spoken}.pdf\"; filename*=UTF-8''{quote(full)}"
