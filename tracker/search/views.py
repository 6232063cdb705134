"""The page of results, and the answer to a field that is being typed into."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from flask import Response, jsonify, render_template, request
from werkzeug.exceptions import BadRequest

from tracker.domain.access import Permission
from tracker.domain.text import clean, fold_query
from tracker.lang import LANGUAGES, current, gettext
from tracker.record.finding import Part, Place
from tracker.record.links import MADE_IN_PLACE
from tracker.search import blueprint, queries
from tracker.search.words import line, marked
from tracker.web import clock
from tracker.web.db import db
from tracker.web.errors import Refused
from tracker.web.guard import actor, requires
from tracker.web.kinds import CALLED

_LONGEST = 200


@blueprint.get("/search")
@requires(Permission.READ)
def search() -> str:
    typed, kind, after = _typed(), _kind(), _after()
    query = fold_query(typed)
    found = queries.search_page(
        db.session(),
        actor(),
        query,
        kind=kind,
        after=after,
        language=current().tag,
        today=clock.today(),
    )
    return render_template(
        "search/results.html",
        typed=typed,
        is_asked=bool(query),
        found=found,
        kind=kind,
        called=CALLED,
        line=line,
        marked=marked,
        facets=_facets(typed, found, kind),
        beginning=_address(typed, kind) if after else "",
        onward=_onward(typed, kind, found.next) if found.next else "",
        most=queries.MOST_HITS,
    )


@blueprint.get("/suggest")
@requires(Permission.READ)
def suggest() -> Response:
    typed = _typed()
    kinds = [kind for kind in request.args.get("kind", "").split(",") if kind]
    if any(kind not in CALLED for kind in kinds):
        raise _unknown_kind()
    found, more = queries.suggestions(
        db.session(),
        actor(),
        typed,
        fold_query(typed),
        kinds=kinds,
        language=current().tag,
        today=clock.today(),
    )
    items = [
        {
            "id": str(each.id),
            "kind": each.kind,
            "title": each.title.text,
            "lang": each.title.lang,
            "dir": _direction(each.title.lang),
            "detail": line(each.detail),
        }
        for each in found
    ]
    addable = bool(kinds) and set(kinds) <= set(MADE_IN_PLACE)
    return jsonify(items=items, more=more, addable=addable)


def _typed() -> str:
    typed = clean(request.args.get("q", ""), multiline=False)
    if len(typed) > _LONGEST:
        raise Refused(
            400, gettext("Search for fewer words: at most %(most)s characters", most=_LONGEST)
        )
    return typed


def _kind() -> str | None:
    kind = request.args.get("kind", "")
    if kind and kind not in CALLED:
        raise _unknown_kind()
    return kind or None


def _unknown_kind() -> Refused:
    return Refused(400, gettext("There is no such kind of thing on record"))


def _after() -> Place | None:
    """`<part>:<id>`: the last result of the page before."""
    asked = request.args.get("after")
    if not asked:
        return None
    part, _colon, object_id = asked.partition(":")
    try:
        return Place(Part(part), UUID(object_id))
    except ValueError:
        raise BadRequest from None


def _onward(typed: str, kind: str | None, place: Place) -> str:
    return _address(typed, kind, after=f"{place.part.value}:{place.id}")


def _address(typed: str, kind: str | None = None, **more: str) -> str:
    asked = {"q": typed, **({"kind": kind} if kind else {}), **more}
    return f"/search?{urlencode(asked)}"


def _facets(
    typed: str, found: queries.Results, kind: str | None
) -> list[tuple[str, int, str, bool]]:
    facets = [(gettext("All kinds"), found.total, _address(typed), kind is None)]
    for each, called in CALLED.items():
        if each in found.counts or each == kind:
            count = found.counts.get(each, 0)
            facets.append((str(called.many), count, _address(typed, each), each == kind))
    return facets


def _direction(tag: str) -> str:
    known = LANGUAGES.get(tag)
    return known.direction if known else "auto"
