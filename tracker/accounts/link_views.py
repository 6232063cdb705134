"""The page that a link leads to: whoever holds it chooses a password."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.accounts import blueprint, browsers, links
from tracker.accounts.forms import ChosenPasswordForm
from tracker.accounts.guessable import words_of_city
from tracker.accounts.links import Opened
from tracker.accounts.passwords import check, keeper
from tracker.domain.errors import NotFound, RuleBroken
from tracker.lang import gettext
from tracker.models.access import AccessEvent
from tracker.models.engine import writing
from tracker.web import access_log, clock
from tracker.web.city import profile
from tracker.web.db import db, release
from tracker.web.guard import public


@blueprint.get("/link/<token>")
@public
def link(token: str) -> str | tuple[str, int]:
    """Looking at it uses nothing up: programs look at links, too."""
    opened = links.open_link(db.session(), token, clock.now())
    return _gone() if opened is None else _page(opened, ChosenPasswordForm())


@blueprint.post("/link/<token>")
@public
def choose_password(token: str) -> Response | tuple[str, int]:
    form = ChosenPasswordForm(request.form)
    # Read and let go: nobody waits for a lock while the password is hashed.
    with writing(False):
        opened = links.open_link(db.session(), token, clock.now())
    release()
    if opened is None:
        return _gone()
    password = form.password.data or ""
    try:
        check(password, opened.email, opened.name, *words_of_city(profile()))
    except RuleBroken as broken:
        form.refuse(broken)
        return _page(opened, form), 422
    try:
        links.use_link(db.session(), opened, keeper().hash(password), clock.now())
    except NotFound:
        return _gone()
    access_log.note(AccessEvent.LINK_USED, user_id=opened.account_id)
    flash(gettext("The password is set. Sign in with it."), "done")
    answer = redirect(url_for("accounts.sign_in"), 303)
    browsers.remember(answer, opened.email)
    return answer


def _page(opened: Opened, form: ChosenPasswordForm) -> str:
    return render_template("accounts/link.html", opened=opened, form=form)


def _gone() -> tuple[str, int]:
    """The same whether it was used, is too old, was replaced, or never was a link."""
    release()
    return render_template("accounts/link_gone.html", now=clock.now()), 404
