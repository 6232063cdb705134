"""The lists of people and posts, the page of one, and the forms."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from tracker.domain.access import Permission
from tracker.lang import current, gettext
from tracker.people import blueprint, queries, services
from tracker.people.forms import PersonForm, PostForm
from tracker.web import clock, paging
from tracker.web.addresses import page_of
from tracker.web.db import db
from tracker.web.editing import Answer, answer, form_over
from tracker.web.guard import actor, requires


@blueprint.get("/people/")
@requires(Permission.READ)
def people() -> str:
    rows = queries.person_list(db.session(), actor(), clock.today(), cursor=paging.name_cursor())
    return render_template("people/list.html", page=paging.page(rows, lambda row: row.cursor))


@blueprint.get("/people/<uuid:person_id>")
@requires(Permission.READ)
def person(person_id: UUID) -> str:
    found = queries.person_page(db.session(), actor(), person_id)
    return render_template("people/person.html", person=found)


@blueprint.route("/people/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new_person() -> Answer:
    form = PersonForm(request.form)
    return answer(
        form,
        save=lambda: services.enter_person(db.session(), actor(), form.values(), clock.now()),
        heading=gettext("New person"),
        back="/people/",
    )


@blueprint.route("/people/<uuid:person_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit_person(person_id: UUID) -> Answer:
    def held() -> dict[str, object]:
        return queries.person_for_form(db.session(), actor(), person_id, current().tag)

    form = form_over(PersonForm, held())
    return answer(
        form,
        save=lambda: services.correct_person(
            db.session(), actor(), person_id, form.values(), clock.now()
        ),
        heading=gettext("Correct the person"),
        current=held,
        back=page_of("person", person_id),
    )


@blueprint.get("/posts/")
@requires(Permission.READ)
def posts() -> str:
    rows = queries.post_list(db.session(), actor(), clock.today(), cursor=paging.name_cursor())
    return render_template("people/posts.html", page=paging.page(rows, lambda row: row.cursor))


@blueprint.get("/posts/<uuid:post_id>")
@requires(Permission.READ)
def post(post_id: UUID) -> str:
    found = queries.post_page(db.session(), actor(), post_id)
    return render_template("people/post.html", post=found, holders=found.holders(clock.today()))


@blueprint.route("/posts/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new_post() -> Answer:
    form = PostForm(request.form)
    return answer(
        form,
        save=lambda: services.enter_post(db.session(), actor(), form.values(), clock.now()),
        heading=gettext("New post"),
        back="/posts/",
    )


@blueprint.route("/posts/<uuid:post_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit_post(post_id: UUID) -> Answer:
    def held() -> dict[str, object]:
        return queries.post_for_form(db.session(), actor(), post_id, current().tag)

    form = form_over(PostForm, held())
    return answer(
        form,
        save=lambda: services.correct_post(
            db.session(), actor(), post_id, form.values(), clock.now()
        ),
        heading=gettext("Correct the post"),
        current=held,
        back=page_of("post", post_id),
    )
