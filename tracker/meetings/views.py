"""The list of meetings, one meeting, its form, and the steps of its machine."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response

from tracker.domain.access import Permission
from tracker.domain.machines import moves_from
from tracker.domain.meetings import MOVES, MeetingKind
from tracker.domain.memoranda import Side
from tracker.domain.statements import STRENGTHS
from tracker.lang import current, gettext
from tracker.meetings import blueprint, queries, services
from tracker.meetings.forms import FILED_UNDER, FilingForm, MeetingForm, MeetingMoveForm
from tracker.record import links
from tracker.web import clock, moving, paging
from tracker.web.addresses import page_of
from tracker.web.db import db
from tracker.web.editing import Answer, answer, form_over
from tracker.web.guard import actor, requires


@blueprint.get("/")
@requires(Permission.READ)
def index() -> str:
    kind, under = _asked_kind(), _asked_tie()
    ties = queries.tie_chips(db.session(), actor(), under)
    if under is not None and under not in {tie.id for tie in ties}:
        raise NotFound
    rows = queries.meeting_list(
        db.session(), actor(), kind=kind, under=under, cursor=paging.cursor()
    )
    return render_template(
        "meetings/list.html",
        page=paging.page(rows, lambda row: row.cursor),
        kinds=tuple(MeetingKind),
        ties=tuple(ties),
        chosen_kind=kind,
        chosen_tie=under,
    )


@blueprint.get("/<uuid:meeting_id>")
@requires(Permission.READ)
def one(meeting_id: UUID) -> str:
    meeting = queries.meeting_page(db.session(), actor(), meeting_id)
    return render_template(
        "meetings/page.html",
        meeting=meeting,
        sides=tuple(Side),
        strengths=STRENGTHS,
        moves=moves_from(MOVES, meeting.state, actor()),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new() -> Answer:
    subject = _came_from()
    if request.method == "GET" and subject is not None:
        form = MeetingForm(data={"filed_under": links.link_to(subject, current().tag)})
    else:
        form = MeetingForm(request.form)
    panel = None
    if subject is not None:
        panel = queries.panel_of(db.session(), actor(), subject.search_title(), subject.id)
    return answer(
        form,
        save=lambda: services.log_meeting(
            db.session(),
            actor(),
            form.given(),
            clock.now(),
            today=clock.today(),
            submission=form.submission.data,
        ),
        heading=gettext("Log a meeting"),
        template="meetings/form.html",
        back=page_of(subject.kind, subject.id) if subject else "/meetings/",
        panel=panel,
        recorded=None,
    )


@blueprint.route("/<uuid:meeting_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit(meeting_id: UUID) -> Answer:
    def held() -> dict[str, Any]:
        return queries.form_data(db.session(), actor(), meeting_id, current().tag)

    form = form_over(MeetingForm, held())
    return answer(
        form,
        save=lambda: services.correct_meeting(
            db.session(),
            actor(),
            meeting_id,
            form.given(),
            form.version.data,
            clock.now(),
            today=clock.today(),
        ),
        heading=gettext("Edit the meeting"),
        template="meetings/form.html",
        current=held,
        back=page_of("meeting", meeting_id),
        panel=None,
        recorded=queries.recorded(db.session(), actor(), meeting_id),
    )


@blueprint.post("/<uuid:meeting_id>/move")
@requires(Permission.RECORD)
def move(meeting_id: UUID) -> Answer:
    return moving.answer(
        MOVES,
        asks=MeetingMoveForm,
        save=lambda form: services.move_meeting(
            db.session(),
            actor(),
            meeting_id,
            form.move.data,
            form.version.data,
            clock.now(),
            today=clock.today(),
            reason=form.reason.data,
        ),
        back=page_of("meeting", meeting_id),
    )


@blueprint.post("/<uuid:meeting_id>/file")
@requires(Permission.RECORD)
def file(meeting_id: UUID) -> Response:
    form = FilingForm(request.form)
    if not form.validate():
        raise BadRequest
    services.file_meeting(
        db.session(), actor(), meeting_id, form.filed_under.data, form.version.data, clock.now()
    )
    flash(gettext("Saved."), "done")
    return redirect(page_of("meeting", meeting_id), 303)


def _came_from() -> Any:
    """The tie or memorandum in `?filed_under=tie:<uuid>`, whose page one came from."""
    asked = request.args.get("filed_under")
    if not asked:
        return None
    kind, _colon, object_id = asked.partition(":")
    if kind not in FILED_UNDER:
        raise NotFound
    return queries.subject(db.session(), actor(), kind, _uuid(object_id))


def _asked_kind() -> MeetingKind | None:
    asked = request.args.get("kind")
    if not asked:
        return None
    try:
        return MeetingKind(asked)
    except ValueError:
        raise BadRequest from None


def _asked_tie() -> UUID | None:
    asked = request.args.get("tie")
    return _uuid(asked) if asked else None


def _uuid(text: str) -> UUID:
    """NotFound for what is no id: there is nothing of that name."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
