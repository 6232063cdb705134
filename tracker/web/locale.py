"""The language of the page, and what templates need to speak it: globals and filters.

`?lang=` decides and is remembered in a cookie of this browser; else the cookie, else the
preference of the account, else the first language of the city. The cookie goes before the
preference, so that whoever chose a language on a page keeps it on the next one; signing in sets
the cookie to the account's preference. Only pages are remembered: fetching an English paper
does not turn the screens English.

Filters that depend on the language take the context: Jinja works out a filter over a constant
once, when it compiles the template, in whatever language is spoken then.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, g, request
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from tracker import lang
from tracker.domain.dates import FuzzyDate
from tracker.domain.texts import pick
from tracker.web import clock
from tracker.web.addresses import page_of
from tracker.web.city import profile
from tracker.web.errors import UnknownLanguageAsked
from tracker.web.guard import actor, can
from tracker.web.session import visitor

COOKIE = "peyvand_lang"
_YEAR = 31_536_000


def install(app: Flask) -> None:
    for tag in app.config["PROFILE"].tags:
        lang.language(tag)  # UnknownLanguage now rather than on some page
    app.before_request(_choose)
    app.after_request(_remember)
    app.context_processor(_of_this_request)
    app.jinja_env.globals.update(
        lang=_Spoken(),
        _=lang.gettext,
        gettext=lang.gettext,
        ngettext=lang.ngettext,
        pgettext=lang.pgettext,
        npgettext=lang.npgettext,
        label=lang.label,
        language_name=lang.language_name,
        can=can,
        lang_url=lang_url,
        page_of=page_of,
    )
    app.jinja_env.filters.update(
        date=_date,
        datetime=_datetime,
        hour=_hour,
        fuzzy=_fuzzy,
        digits=_digits,
        size=_size,
        iso=_iso,
        text=_text,
    )


def _choose() -> None:
    # Spoken from here on, whatever the last request of this thread spoke.
    lang.set_language(profile().tags[0])
    if request.endpoint == "static":
        return
    asked = request.args.get("lang")
    if asked is not None and asked not in profile().tags:
        lang.set_language(_without_asking())
        raise UnknownLanguageAsked(asked)
    g.remember_language = asked
    lang.set_language(asked or _without_asking())


def _without_asking() -> str:
    tags = profile().tags
    kept = request.cookies.get(COOKIE)
    if kept in tags:
        return kept
    preferred = visitor().owner.language
    return preferred if preferred in tags else tags[0]


def remember(tag: str) -> None:
    """Speak this language in this browser from the next page on."""
    if tag in profile().tags:
        g.remember_language = tag


def _remember(response: Response) -> Response:
    tag = g.get("remember_language")
    if tag and response.mimetype == "text/html" and request.cookies.get(COOKIE) != tag:
        secure = bool(request.is_secure)
        response.set_cookie(
            COOKIE, tag, max_age=_YEAR, secure=secure, httponly=True, samesite="Lax"
        )
    return response


def _of_this_request() -> dict[str, Any]:
    return {
        "actor": actor(),
        "today": clock.today(),
        "city": profile(),
        "languages": profile().tags,
    }


class _Spoken:
    """`lang` in templates: the language spoken when it is asked, in parts of pages as well."""

    def __getattr__(self, name: str) -> Any:
        return getattr(lang.current(), name)


def lang_url(tag: str) -> str:
    """This page in another language, with the rest of its address as it is."""
    values = request.args.to_dict(flat=False)
    values["lang"] = [tag]
    # A bare query keeps the path, whatever the path is. `url_for` would take a visitor's
    # `?_scheme=…&_external=1` for its own arguments.
    return "?" + urlencode(values, doseq=True)


@pass_context
def _date(_: Context, day: date | None, style: Any = "long") -> str:
    return "" if day is None else lang.format_date(day, style)


@pass_context
def _datetime(_: Context, moment: datetime | None) -> str:
    return "" if moment is None else lang.format_datetime(moment, profile().zone)


@pass_context
def _hour(_: Context, moment: datetime) -> str:
    return lang.digits(f"{moment.astimezone(profile().zone):%H:%M}")


@pass_context
def _fuzzy(_: Context, value: FuzzyDate | None, both: bool = False) -> str:
    return lang.format_fuzzy(value or FuzzyDate.unknown(), both=both)


@pass_context
def _digits(_: Context, value: object) -> str:
    return lang.digits(value)


@pass_context
def _size(_: Context, count: int) -> str:
    return lang.format_size(count)


def _iso(value: object) -> Markup:
    """Dates in ISO form, numbers of letters, file names, addresses: left to right anywhere."""
    return _raw(f'<bdi dir="ltr">{escape(value)}</bdi>')


@pass_context
def _text(_: Context, texts: Mapping[str, str] | str | None) -> Markup:
    if texts is None or isinstance(texts, str):
        return _raw(f'<bdi dir="auto">{escape(texts or "")}</bdi>')
    return said(texts)


def said(texts: Mapping[str, str]) -> Markup:
    """A text in the reader's language, else in its own, tagged and marked as not translated."""
    found = pick(texts, lang.current().tag)
    if found.translated:
        return _raw(f'<bdi dir="auto">{escape(found.text)}</bdi>')
    known = lang.LANGUAGES.get(found.lang)
    direction = known.direction if known else "auto"
    return _raw(
        f'<bdi lang="{escape(found.lang)}" dir="{direction}">{escape(found.text)}</bdi>'
        f' <span class="untranslated">{escape(lang.gettext("not translated"))}</span>'
    )


def _raw(html: str) -> Markup:
    """Markup whose values have been escaped already: `Markup.format` takes ten times as long."""
    return Markup(html)  # noqa: S704
