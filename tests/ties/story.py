"""A tie with everything around it, for the tests of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tests import build
from tracker.domain.access import Actor, Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side
from tracker.domain.places import PlaceLevel
from tracker.domain.statements import LinkKind, StatementKind
from tracker.domain.ties import Copy, TieState
from tracker.models import Meeting, Memorandum, Source, StateChange, Statement, StatementLink, Tie


@dataclass(frozen=True, slots=True)
class Story:
    """The tie between Mashhad and Osh, and what its page is made of."""

    tie: Tie
    memorandum: Memorandum
    meeting: Meeting
    source: Source
    said: Statement


def told(session: Session, staff: Actor) -> Story:
    """Everything about the tie is internal or public."""
    kyrgyzstan = build.place(
        session, staff, {"fa": "قرقیزستان", "en": "Kyrgyzstan"}, PlaceLevel.COUNTRY
    )
    mashhad = build.place(session, staff, {"fa": "مشهد", "en": "Mashhad"})
    osh = build.place(
        session,
        staff,
        {"fa": "استان اوش", "en": "Osh province"},
        PlaceLevel.PROVINCE,
        parent_id=kyrgyzstan.id,
    )
    municipality = build.organisation(
        session, staff, {"fa": "شهرداری مشهد", "en": "Municipality of Mashhad"}
    )
    embassy = build.organisation(
        session, staff, {"fa": "سفارت ایران در قرقیزستان", "en": "Embassy of Iran"}
    )
    paper = build.instrument(
        session, staff, {"fa": "سند همکاری دوجانبه", "en": "Bilateral document"}
    )
    clause = build.clause(
        session, staff, paper, {"fa": "همکاری شهرها", "en": "Cooperation of cities"}
    )
    tie = build.tie(
        session,
        staff,
        {"fa": "مشهد – استان اوش", "en": "Mashhad – Osh province"},
        ours=mashhad,
        theirs=osh,
        since=build.BY_THEN,
        basis_clause_id=clause.id,
        agreement_copy=Copy.NOT_HELD,
        level=Level.PUBLIC,
    )
    build.saved(
        session,
        staff,
        StateChange(
            object_kind="tie",
            object_id=tie.id,
            target=TieState.ACTIVE.value,
            effective_on=build.BY_THEN,
            recorded_at=build.NOW,
        ),
    )
    build.involvement(
        session, staff, tie, embassy, inferred=True, reason={"en": "by the sense of it"}
    )
    publisher = build.organisation(session, staff, {"fa": "شهرآرانیوز", "en": "Shahrara News"})
    source = build.source(
        session,
        staff,
        {"fa": "شهردار مشهد: آماده صادرات", "en": "Mashhad's mayor: ready to export"},
        code="86935",
        publisher_id=publisher.id,
        published_on=FuzzyDate.exact(date(2021, 11, 7)),
    )
    memorandum = build.memorandum(
        session,
        staff,
        {"fa": "تفاهم‌نامهٔ همکاری", "en": "Cooperation memorandum"},
        ours=municipality,
        theirs=kyrgyzstan,
        staged_on=build.BY_THEN,
        subjects=[{"fa": "خدمات شهری", "en": "Urban services"}],
    )
    build.filed(session, staff, memorandum, tie, inferred=True, reason={"en": "same talks"})
    meeting = build.meeting(
        session, staff, {"fa": "دیدار با سفیر", "en": "Meeting the ambassador"}, tie
    )
    ambassador = build.person(session, staff, {"fa": "سعید خرازی", "en": "Saeed Kharrazi"})
    post = build.post(
        session,
        staff,
        {"fa": "سفیر ایران در قرقیزستان", "en": "Iran's ambassador to Kyrgyzstan"},
    )
    build.attendee(session, staff, meeting, ambassador, post, side=Side.THEIRS)
    said = build.statement(
        session,
        staff,
        {"fa": "مشهد و استان اوش خواهرخوانده شده‌اند.", "en": "They have become sisters."},
        meeting,
        source,
        ambassador,
        post,
    )
    build.citation(session, staff, tie, source, field="state", statement_id=said.id)
    other = build.statement(
        session,
        staff,
        {"fa": "مسابقات ورزشی مشهد و اوش", "en": "Contests of Mashhad and Osh city"},
        meeting,
        source,
        ambassador,
        post,
        statement_kind=StatementKind.OPPORTUNITY,
        position=1,
    )
    build.saved(
        session,
        staff,
        StatementLink(statement_id=other.id, other_id=said.id, link_kind=LinkKind.CONTRADICTS),
    )
    governor = build.post(
        session, staff, {"fa": "استاندار خراسان رضوی", "en": "Governor of Khorasan Razavi"}
    )
    build.obstacle(
        session,
        staff,
        {"fa": "نبود پروازهای منظم", "en": "No regular flights"},
        memorandum,
        lifter_post_id=governor.id,
    )
    build.action(
        session,
        staff,
        {"fa": "تدوین چارچوب", "en": "Draft the framework"},
        municipality,
        meeting,
        due=FuzzyDate.exact(date(2026, 11, 1)),
    )
    return Story(tie, memorandum, meeting, source, said)
