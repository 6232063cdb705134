"""The report itself, the papers it speaks of, the tie and the memorandum."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tracker.demo import cast as story
from tracker.demo.cast import BY_THEN, THAT_DAY, UNKNOWN, Cast, add, both, infer, put
from tracker.domain.access import Level
from tracker.domain.bodies import BodyRole
from tracker.domain.memoranda import Side, Stage
from tracker.domain.sources import InstrumentKind, SourceKind
from tracker.domain.ties import Copy, TieKind, TieState
from tracker.models import (
    Clause,
    Commitment,
    Filing,
    Instrument,
    InstrumentParty,
    Involvement,
    Memorandum,
    MemorandumParty,
    Source,
    StateChange,
    Tie,
    TieParty,
)


def enter(session: Session, cast: Cast) -> None:
    _report(session, cast)
    _bilateral_document(session, cast)
    _tie(session, cast)
    _memorandum(session, cast)


def _report(session: Session, cast: Cast) -> None:
    put(
        session,
        cast,
        "report",
        Source(
            source_kind=SourceKind.NEWS,
            publisher_id=cast["shahrara"].id,
            title=both(
                "شهردار مشهد: آماده صادرات خدمات فنی و مهندسی به سایر کشورها هستیم",
                "Mayor of Mashhad: we are ready to export technical and engineering services"
                " to other countries",
            ),
            lead=both(
                "آماده صدور تجربه‌های خود در حوزه مدیریت شهری به سایر کشورها هستیم",
                "We are ready to pass our experience of urban management on to other countries",
            ),
            subheads=[
                both(
                    "حمایت از گسترش روابط بین المللی شهرداری",
                    "Support for widening the municipality’s international relations",
                ),
                both(
                    "مردم قرقیزستان علاقه‌مند به ایران هستند",
                    "The people of Kyrgyzstan are fond of Iran",
                ),
            ],
            code="86935",
            code_label=both("کد خبر", "news code"),
            published_on=THAT_DAY,
            published_at=datetime(2021, 11, 7, 8, 15, tzinfo=UTC),
            zone="Asia/Tehran",
            level=Level.PUBLIC,
        ),
    )


def _bilateral_document(session: Session, cast: Cast) -> None:
    paper = put(
        session,
        cast,
        "document",
        Instrument(
            instrument_kind=InstrumentKind.BILATERAL_DOCUMENT,
            title=both(
                "سند همکاری دوجانبهٔ ایران و قرقیزستان",
                "Bilateral cooperation document of Iran and Kyrgyzstan",
            ),
            dated=UNKNOWN,
            copy=Copy.NOT_HELD,
            level=Level.PUBLIC,
        ),
    )
    for position, party in enumerate(("iran", "kyrgyzstan")):
        add(
            session,
            InstrumentParty(instrument_id=paper.id, place_id=cast[party].id, position=position),
        )
    put(
        session,
        cast,
        "clause",
        Clause(
            instrument_id=paper.id,
            subject=both(
                "همکاری دوجانبهٔ شهرها و استان‌های دو کشور",
                "Bilateral cooperation of the two countries’ cities and provinces",
            ),
            level=Level.PUBLIC,
        ),
    )


def _tie(session: Session, cast: Cast) -> None:
    tie = put(
        session,
        cast,
        "tie",
        Tie(
            tie_kind=TieKind.SISTER,
            state=TieState.ACTIVE,
            title=both("مشهد – استان اوش", "Mashhad – Osh Province"),
            since=BY_THEN,
            basis_clause_id=cast["clause"].id,
            agreement_copy=Copy.NOT_HELD,
            level=Level.PUBLIC,
        ),
    )
    for position, (side, place) in enumerate(
        ((Side.OURS, "mashhad"), (Side.THEIRS, "osh_province"))
    ):
        add(
            session,
            TieParty(tie_id=tie.id, side=side, place_id=cast[place].id, position=position),
        )
    add(
        session,
        Involvement(
            object_kind=tie.kind,
            object_id=tie.id,
            organisation_id=cast["embassy"].id,
            body_role=BodyRole.CHANNEL,
            inferred=True,
            reason=both(
                "سفارت فقط اعلام آمادگی کرده است",
                "it only declared its readiness",
            ),
        ),
    )
    _first_state(session, tie, TieState.ACTIVE.value)


def _memorandum(session: Session, cast: Cast) -> None:
    memorandum = put(
        session,
        cast,
        "memorandum",
        Memorandum(
            title=both(
                "تفاهم‌نامهٔ همکاری مشترک شهرداری مشهد و قرقیزستان",
                "Memorandum on joint cooperation of Mashhad Municipality and Kyrgyzstan",
            ),
            stage=Stage.PROPOSED,
            staged_on=BY_THEN,
            subjects=[
                both("خدمات فنی و مهندسی", "technical and engineering services"),
                both("زیرساخت خدمات شهری", "infrastructure of urban services"),
                both("نهاده‌های کشاورزی و دامی", "agricultural and livestock inputs"),
            ],
            scope=both(
                "شهر قرقیزستان",
                "cities of Kyrgyzstan",
            ),
            scope_min=2,
            scope_max=3,
        ),
    )
    add(
        session,
        MemorandumParty(
            memorandum_id=memorandum.id,
            side=Side.OURS,
            organisation_id=cast["municipality"].id,
        ),
    )
    add(
        session,
        MemorandumParty(
            memorandum_id=memorandum.id,
            side=Side.THEIRS,
            place_id=cast["kyrgyzstan"].id,
            position=1,
        ),
    )
    add(
        session,
        Filing(
            holder_kind=memorandum.kind,
            holder_id=memorandum.id,
            object_kind="tie",
            object_id=cast["tie"].id,
            sort_on=BY_THEN,
            inferred=True,
            reason=both(
                "خبر نامی از استان اوش نمی‌برد",
                "the report does not name Osh Province",
            ),
        ),
    )
    _first_state(session, memorandum, Stage.PROPOSED.value)
    _commitments(session, cast)


def _commitments(session: Session, cast: Cast) -> None:
    memorandum_id = cast["memorandum"].id
    put(
        session,
        cast,
        "services",
        Commitment(
            memorandum_id=memorandum_id,
            side=Side.OURS,
            text=both(
                "ارائهٔ خدمات فنی و مهندسی در حوزه‌های مختلف مدیریت شهری",
                "Technical and engineering services in the various fields of urban management",
            ),
            beneficiary=both("شهرهای قرقیزستان", "cities of Kyrgyzstan"),
            due=UNKNOWN,
        ),
    )
    infrastructure = put(
        session,
        cast,
        "infrastructure",
        Commitment(
            memorandum_id=memorandum_id,
            position=1,
            side=Side.OURS,
            text=both(
                "توسعهٔ زیرساخت‌های خدمات شهری",
                "Developing the infrastructure of urban services",
            ),
            beneficiary=both("شهرهای قرقیزستان", "cities of Kyrgyzstan"),
            quantity_min=2,
            quantity_max=3,
            unit=both("شهر", "cities"),
            due=UNKNOWN,
        ),
    )
    put(
        session,
        cast,
        "inputs",
        Commitment(
            memorandum_id=memorandum_id,
            position=2,
            side=Side.THEIRS,
            text=both(
                "بهره‌گیری مشهد از ظرفیت‌های کشاورزی و دامداری",
                "Use by Mashhad of the agricultural and livestock capacity",
            ),
            emphasis=both("به‌ویژه در بخش نهاده‌ها", "inputs above all"),
            beneficiary=both("شهرداری مشهد", "Mashhad Municipality"),
            due=UNKNOWN,
            in_exchange_for_id=infrastructure.id,
        ),
    )


def _first_state(session: Session, obj: Tie | Memorandum, state: str) -> None:
    add(
        session,
        StateChange(
            object_kind=obj.kind,
            object_id=obj.id,
            target=state,
            effective_on=BY_THEN,
            recorded_at=obj.created_at,
        ),
    )


def cite(session: Session, cast: Cast) -> None:
    """What the fields of the story rest on, and what was read into the report."""
    for about, on, fields in (
        ("tie", "sisters", "state since"),
        ("tie", "clause_exists", "basis_clause_id"),
        ("clause", "clause_exists", ""),
        ("document", "clause_exists", ""),
        ("memorandum", "ready_to_conclude", "stage"),
        ("services", "ready_to_conclude", ""),
        ("infrastructure", "can_develop", ""),
        ("inputs", "in_return", ""),
        ("meeting", "report", "title meeting_kind also_called held_on"),
        ("obstacle", "no_flights", ""),
        ("obstacle", "talked_to_governor", "steps"),
        ("mandate", "mandated", ""),
        ("resolution", "plan_approved", ""),
        ("framework", "drafting", ""),
        ("mayor", "report", ""),
        ("ambassador", "report", ""),
    ):
        story.cite(session, cast, about, on, fields)
    for about, fields, reason in _INFERRED:
        infer(session, cast, about, fields, reason)


_INFERRED = (
    (
        "arjaei",
        "name",
        both(
            "در خبر «سیدعبدا...» چاپ شده است",
            "the report prints the name cut short",
        ),
    ),
    (
        "bishkek",
        "name",
        both(
            "خبر فقط «پایتخت این کشور» می‌گوید",
            "the report says only “the capital”",
        ),
    ),
    (
        "obstacle",
        "lifter_post_id",
        both(
            "شهردار با او صحبت کرده است",
            "the mayor has talked to him",
        ),
    ),
    (
        "hold_summit",
        "text",
        both(
            "از تکلیف شورا و امید شهردار",
            "from the council’s mandate and the mayor’s hope",
        ),
    ),
    (
        "regular_flights",
        "text",
        both(
            "از اعلام آمادگی شهردار",
            "from the mayor’s declared readiness",
        ),
    ),
    (
        "ask_ministry",
        "text",
        both(
            "از درخواست شهردار",
            "from the mayor’s request",
        ),
    ),
)
