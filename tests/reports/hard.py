"""Hard cases for the paper: nothing, much, long, untranslated, unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.reports.objects import actions as seed_actions
from tests.reports.objects import call
from tests.reports.objects import statements as seed_statements
from tests.reports.story import seed
from tests.reports.words import DAY, head, t
from tracker.domain.briefings import (
    Action,
    Basis,
    Briefing,
    Deed,
    Mandate,
    Meeting,
    Memorandum,
    Note,
    Obstacle,
    Person,
    Promise,
    Resolution,
    Source,
    Standing,
    Statement,
    TieBody,
    Want,
)
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side, Stage
from tracker.domain.sources import SourceKind
from tracker.domain.ties import TieKind, TieState


def empty() -> Briefing:
    """A tie with its two parties and nothing else."""
    body = TieBody(kind=TieKind.SISTER, state=TieState.EXPLORING, parties=seed().body.parties)
    return Briefing(head=head(), body=body)


def large(meetings: int = 8, actions: int = 20, statements: int = 25) -> Briefing:
    story = seed()
    body = story.body
    refs = [note.ref for note in story.notes]
    return replace(
        story,
        withheld=7,
        body=replace(
            body,
            meetings=tuple(
                replace(
                    call(),
                    ref=f"k{n}",
                    title=t(f"جلسهٔ کاری {n}", f"working meeting {n}"),
                    held=FuzzyDate.exact(DAY - timedelta(days=30 * n)),
                    notes=(refs[n % 4],),
                )
                for n in range(meetings)
            ),
            actions=tuple(
                replace(
                    seed_actions()[n % 3],
                    ref=f"a{n}",
                    text=t(f"اقدام شمارهٔ {n}", f"action number {n}"),
                    due=FuzzyDate.exact(DAY + timedelta(days=n - 4)),
                    overdue_days=4 - n if n < 4 else None,
                    notes=(refs[(n + 1) % 4],),
                )
                for n in range(actions)
            ),
            statements=tuple(
                replace(
                    seed_statements()[1 + n % 5],
                    ref=f"st{n}",
                    text=t(f"گفتهٔ شمارهٔ {n} دربارهٔ همکاری", f"statement number {n}"),
                    said=FuzzyDate.exact(DAY - timedelta(days=n)),
                    notes=(refs[(n + 2) % 4],),
                )
                for n in range(statements)
            ),
            promises=tuple(
                replace(body.promises[n % 4], ref=f"pp{n}", text=t(f"وعدهٔ {n}", f"promise {n}"))
                for n in range(9)
            ),
        ),
    )


def with_many_speakers(count: int = 24) -> Briefing:
    """Each statement has a note of its own, so that the notes take as much room as the text."""
    story = large()
    notes = tuple(
        replace(
            story.notes[1],
            ref=f"n{n}",
            speaker=t(f"گویندهٔ شمارهٔ {n}", f"speaker number {n}"),
        )
        for n in range(count)
    )
    statements = tuple(
        replace(s, notes=(f"n{n % count}", f"n{(n + 5) % count}"))
        for n, s in enumerate(story.body.statements)
    )
    return replace(
        story,
        notes=(*story.notes, *notes),
        body=replace(story.body, statements=statements),
    )


LONG = (
    "سازمان همکاری‌های فنی، مهندسی، عمرانی، فرهنگی و اجتماعی شهرداری کلان‌شهر مشهد و حومه، "
    "معاونت برنامه‌ریزی و توسعهٔ سرمایهٔ انسانی، ادارهٔ کل ارتباطات و امور بین‌الملل"
)
LONG_EN = (
    "Organisation for technical, engineering, construction, cultural and social cooperation of "
    "the metropolitan municipality of Mashhad and its surroundings, office of foreign affairs"
)


def long_names() -> Briefing:
    story = seed()
    name = t(LONG, LONG_EN)
    body = story.body
    return replace(
        story,
        body=replace(
            body,
            people=tuple(replace(p, post=name) for p in body.people),
            promises=tuple(replace(p, by=name, text=name) for p in body.promises),
            wants=tuple(replace(w, text=name) for w in body.wants),
            actions=tuple(replace(a, owners=(name, name)) for a in body.actions),
            obstacles=tuple(replace(o, title=name, lifter=name) for o in body.obstacles),
        ),
    )


def untranslated() -> Briefing:
    """Only Persian was entered, but for the city's name."""

    def persian(value: object) -> object:
        if isinstance(value, dict):
            return {"fa": value["fa"]} if "fa" in value else value
        return value

    return _mapped(seed(), persian)


def all_unknown() -> Briefing:
    """Objects exist, but nearly nothing is known of any of them."""
    body = seed().body
    return Briefing(
        head=head(),
        body=replace(
            TieBody(kind=TieKind.OTHER, state=TieState.EXPLORING, parties=()),
            people=(Person(standing=Standing.ACROSS),),
            promises=(Promise(side=None, by={}, text={}),),
            wants=(Want(side=Side.OURS, text={}),),
            memoranda=(Memorandum(ref="m", title={}, stage=Stage.DRAFTING),),
            meetings=(Meeting(ref="k", title={}),),
            obstacles=(Obstacle(ref="o", title={}),),
            actions=(Action(ref="a", text={}),),
            mandates=(Mandate(title={}),),
            resolutions=(Resolution(title={}),),
            statements=(Statement(ref="s", text={}),),
            basis=(Basis(title={}),),
            past_work=(Deed(text={}),),
            bodies=body.bodies[:0],
        ),
        sources=(Source(ref="s1", kind=SourceKind.OWN_NOTE),),
        notes=(Note(ref="n1", source="s1"),),
    )


def _mapped(story: Briefing, change: object) -> Briefing:
    from dataclasses import fields, is_dataclass

    def walk(value: object) -> object:
        if (
            is_dataclass(value)
            and not isinstance(value, type)
            and not isinstance(value, FuzzyDate)
        ):
            return replace(value, **{f.name: walk(getattr(value, f.name)) for f in fields(value)})
        if isinstance(value, tuple):
            return tuple(walk(item) for item in value)
        return change(value)  # type: ignore[operator]

    made = walk(story)
    assert isinstance(made, Briefing)
    return made


def with_cyrillic() -> Briefing:
    """The other side's name as it writes it, and no translation."""
    body = empty().body
    named = replace(body.parties[1], name={"ru": "Ошская область"})
    return replace(empty(), body=replace(body, parties=(body.parties[0], named)))


def fuller() -> Briefing:
    """More than page one may hold and than page two can hold with air: still two pages."""
    story = seed()
    body = story.body
    because = t("از گفتهٔ او برمی‌آید", "follows from his words")
    reasoned = replace(story.inferences[0], because=because)
    return replace(
        story,
        inferences=(*story.inferences, *(replace(reasoned, text=a.text) for a in body.actions)),
        body=replace(
            body,
            wants=(*body.wants, replace(body.wants[0], ref="w9")),
            statements=(
                *body.statements,
                *(replace(s, ref=f"{s.ref}+") for s in body.statements[1:3]),
            ),
        ),
    )
