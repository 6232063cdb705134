"""Facts and a language to HTML: the paper for the renderer, and the fragment for a screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from reports import marks, notes, phrases, selection, views
from reports.notes import NoteSheet
from reports.shortening import LeftOut
from tracker import lang
from tracker.domain.briefings import Briefing, digest
from tracker.domain.dates import FuzzyDate
from tracker.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class Plan:
    """How much stands on each page, and where an earlier layout put each call of a note."""

    front: int = 0  # index into selection.PAGE_ONE
    back: int = 0  # index into selection.PAGE_TWO
    dense_front: bool = False  # less air between the lines, tried before anything moves away
    pages: tuple[int, ...] | None = None
    notes_at_end: bool = False
    flow: bool = False  # the annex follows at once, as page two did not end on its page
    fitting: bool = False  # pages one and two only, to find out what fits on them


@dataclass(frozen=True, slots=True)
class Paper:
    html: str
    sheet: NoteSheet
    has_annex: bool


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        _=marks.say,
        ngettext=marks.say_n,
        pgettext=marks.say_in,
        label=lang.label,
        digits=lang.digits,
        number=lang.format_number,
        marks=marks,
        phrases=phrases,
        source_text=notes.source_text,
        first_account=selection.first_account,
        speakers=selection.by_speaker,
        kind_of=views.kind_of,
        path_of=views.path_of,
        exchange_of=views.exchange_of,
        commitments_line=views.commitments_line,
        terms_unknown=views.terms_unknown,
        basis=views.basis,
        meeting_word=views.meeting_word,
        their_party=views.their_party,
    )
    environment.filters.update(
        unique_texts=unique_texts, texts=marks.text, party=phrases.party_name
    )
    return environment


def unique_texts(items: Iterable[Texts]) -> list[Texts]:
    kept: list[Texts] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept


def briefing_html(
    briefing: Briefing, language: str, *, mode: Literal["paper", "preview"] = "paper"
) -> str:
    if mode == "preview":
        return str(preview_fragment(briefing, language))
    return paper(briefing, language, Plan()).html


def paper(
    briefing: Briefing,
    language: str,
    plan: Plan,
    *,
    left_out: LeftOut | None = None,
    sign_of: str = "",
) -> Paper:
    """The whole document, laid out to a plan, and the sheet that numbered its notes.

    Of facts that were shortened before, `left_out` tells how much is missing, and `sign_of` is
    the digest of the whole of them."""
    with lang.speaking(language), marks.handing_over(bool(briefing.head.edition_for)):
        sheet = NoteSheet(briefing, plan.pages, at_end=plan.notes_at_end)
        fronts = selection.FOR_PARTNER if briefing.head.edition_for else selection.PAGE_ONE
        first = views.front(briefing, fronts[plan.front])
        back = selection.PAGE_TWO[plan.back]
        second = views.back(briefing, back.limits, first)
        annex = views.annex(first, second)
        apart = bool(annex) and not back.whole
        html = _render(
            "paper.html",
            briefing,
            sheet,
            {
                **first,
                **second,
                "annex": annex,
                "annex_within": bool(annex) and back.whole,
                "annex_apart": apart and not plan.fitting,
                "by_speaker": back.by_speaker,
                "tight": back.tight,
                "airless": airless(plan),
                "flow": plan.flow,
                "left_out": left_out,
                "sign": sign(sign_of or digest(briefing)),
                "heading": "h2",
                "subheading": "h3",
            },
        )
        return Paper(html, sheet, apart)


def airless(plan: Plan) -> str:
    front = "bf-dense-front" if plan.dense_front else ""
    return f"{front} {selection.PAGE_TWO[plan.back].air}".strip()


def preview_fragment(briefing: Briefing, language: str) -> Markup:
    """Everything in one column for a screen of any width: no style, no script, own headings."""
    with lang.speaking(language), marks.handing_over(bool(briefing.head.edition_for)):
        sheet = NoteSheet(briefing, at_end=True)
        first = views.front(briefing, selection.EVERYTHING)
        values = {
            **first,
            **views.back(briefing, selection.EVERYTHING, first),
            "by_speaker": False,
            "tight": False,
            "heading": "h3",
            "subheading": "h4",
        }
        fragment = _render("preview.html", briefing, sheet, values)
        return Markup(fragment)  # noqa: S704  rendered with autoescape


def _render(template: str, briefing: Briefing, sheet: NoteSheet, values: dict[str, Any]) -> str:
    head = briefing.head
    return (
        _environment()
        .get_template(template)
        .render(
            **values,
            briefing=briefing,
            head=head,
            body=briefing.body,
            calls=sheet,
            sheet=sheet,
            spoken=lang.current(),
            title=phrases.title(briefing),
            plain_title=phrases.plain_title(briefing),
            bare_title=phrases.bare_title(briefing),
            kicker=phrases.kicker(briefing.body),
            lead=_lead(briefing),
            partner=bool(head.edition_for),
            paper_kind=phrases.paper_kind(head),
            edition=phrases.edition(head),
            as_of=as_of(briefing),
            # What is handed over says for whom it was made, not what it was kept as.
            level_label="" if head.edition_for else marks.initial(lang.label(head.level)),
            stage_tags=stage_tags(briefing),
            as_of_day=FuzzyDate.exact(head.as_of),
            more_later=more_later,
            recorded=head.recorded_until.strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
    )


def _lead(briefing: Briefing) -> Markup:
    if briefing.head.edition_for:
        return phrases.lead_for_partner(briefing.body)
    return phrases.lead(briefing.body)


def as_of(briefing: Briefing) -> Markup:
    day = marks.say("As of %(date)s", date=escape(lang.format_date(briefing.head.as_of, "full")))
    coming = selection.next_meeting(briefing.body, briefing.head.as_of)
    if coming is None and briefing.head.edition_for:
        return day
    if coming is None:
        following = marks.say("next meeting: %(none)s", none=marks.unknown(_("not recorded")))
    else:
        following = marks.say(
            "next meeting: %(date)s, %(place)s",
            date=marks.fuzzy(coming.held),
            place=marks.text(coming.place),
        )
    return marks.dotted([day, following])


def _(message: str) -> Markup:
    return marks.say(message)


def stage_tags(briefing: Briefing) -> list[Markup]:
    return [
        marks.tag(_("Memorandum: %(stage)s") % {"stage": lang.label(memorandum.stage)}, "wait")
        for memorandum in briefing.body.memoranda[:1]
    ]


def sign(of_facts: str) -> str:
    """The first twelve signs of the digest of the facts, in threes of four, to compare by eye."""
    short = of_facts[:12]
    return " ".join(short[i : i + 4] for i in range(0, 12, 4))


def more_later(rest: tuple[object, ...]) -> Markup:
    if not rest:
        return Markup("")
    return Markup('<p class="bf-more">{}</p>').format(
        marks.say_n("and %(n)s more, in the annex", "and %(n)s more, in the annex", len(rest))
    )
