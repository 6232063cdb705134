"""The objects of the seed's story: memorandum, meeting, obstacle, actions, statements."""

from __future__ import annotations

from dataclasses import replace

from tests.reports.words import (
    BY_THEN,
    CITIES,
    COUNCIL,
    GOVERNOR,
    KYRGYZSTAN,
    MEMBERS,
    MINISTRY,
    MUNICIPALITY,
    t,
)
from tracker.domain.actions import ActionState
from tracker.domain.briefings import (
    Action,
    Attendee,
    Commitment,
    LogEntry,
    Meeting,
    Memorandum,
    Obstacle,
    Party,
    Statement,
)
from tracker.domain.meetings import MeetingKind
from tracker.domain.memoranda import Side, Stage
from tracker.domain.places import PlaceLevel
from tracker.domain.statements import Modality, StatementKind, Strength
from tracker.domain.texts import Texts
from tracker.domain.ties import Copy


def memorandum() -> Memorandum:
    return Memorandum(
        ref="m1",
        title=t(
            "همکاری مشترک در خدمات فنی و مهندسی شهری",
            "Joint cooperation in urban technical and engineering services",
        ),
        stage=Stage.PROPOSED,
        parties=(
            Party(name=MUNICIPALITY, side=Side.OURS),
            Party(name=KYRGYZSTAN, level=PlaceLevel.COUNTRY),
        ),
        signed_copy=Copy.NOT_HELD,
        scope=CITIES,
        proposed=BY_THEN,
        commitments=(
            Commitment(
                ref="c1",
                side=Side.OURS,
                obliged=MUNICIPALITY,
                text=t(
                    "خدمات فنی و مهندسی در حوزه‌های مدیریت شهری",
                    "Technical and engineering services in fields of urban management",
                ),
                notes=("mayor",),
            ),
            Commitment(
                ref="c2",
                side=Side.OURS,
                obliged=MUNICIPALITY,
                text=t("توسعهٔ زیرساخت خدمات شهری", "Development of urban-service infrastructure"),
                quantity=CITIES,
                notes=("mayor",),
            ),
            Commitment(
                ref="c3",
                side=Side.THEIRS,
                obliged=KYRGYZSTAN,
                text=t(
                    "بهره‌گیری از ظرفیت کشاورزی و دامداری",
                    "Use of the agricultural and livestock capacity",
                ),
                emphasis=t("به‌ویژه نهاده‌ها", "inputs above all"),
                in_exchange_for="c2",
                notes=("mayor",),
            ),
        ),
        notes=("mayor",),
        inferred=True,
        because=t(
            "طرف آن کشور است و استان نام برده نشده", "its party is the country, not the province"
        ),
    )


def call() -> Meeting:
    return Meeting(
        ref="k1",
        title=t(
            "دیدار شهردار مشهد با سفیر ایران در قرقیزستان",
            "Mayor of Mashhad with Iran’s ambassador to Kyrgyzstan",
        ),
        kind=MeetingKind.COURTESY_CALL,
        also_called=t("نشست", "session"),
        held=BY_THEN,
        attendees=(
            Attendee(side=Side.OURS, name=t("سیدعبدالله ارجائی", "Seyed Abdollah Arjaei")),
            Attendee(side=Side.OURS, name=t("مهدی ناصحی", "Mehdi Nasehi")),
            Attendee(side=Side.OURS, post=MEMBERS, group=True),
            Attendee(side=Side.THEIRS, name=t("سعید خرازی", "Saeed Kharrazi")),
        ),
        notes=("text",),
    )


def flights() -> Obstacle:
    return Obstacle(
        ref="o1",
        title=t("نبود پرواز منظم مشهد–قرقیزستان", "No regular flights Mashhad–Kyrgyzstan"),
        lifter=GOVERNOR,
        lifter_unnamed=True,
        commitment=t("شهرداری آمادهٔ همکاری است", "the municipality is ready to cooperate"),
        since=BY_THEN,
        log=(
            LogEntry(
                text=t("شهردار با او گفت‌وگو کرده است", "the mayor has talked with him"),
            ),
        ),
        notes=("mayor",),
    )


def actions() -> tuple[Action, ...]:
    return (
        Action(
            ref="a1",
            text=t("برگزاری نشست شهرداران در مشهد", "Hold the summit of mayors in Mashhad"),
            owners=(MUNICIPALITY,),
            depends_on=(MINISTRY,),
            agreed=BY_THEN,
            notes=("mayor",),
        ),
        Action(
            ref="a2",
            text=t("تدوین چارچوب ارتباطات بین‌المللی", "Draft the framework for foreign ties"),
            state=ActionState.IN_PROGRESS,
            owners=(COUNCIL,),
            agreed=BY_THEN,
            notes=("vice",),
        ),
        Action(
            ref="a3",
            text=t("پیگیری منظم‌شدن و افزایش پروازها", "Make flights regular and more frequent"),
            state=ActionState.BLOCKED,
            owners=(MUNICIPALITY,),
            depends_on=(GOVERNOR,),
            blocked_by=t(
                "نبود پرواز منظم مشهد–قرقیزستان", "No regular flights Mashhad–Kyrgyzstan"
            ),
            agreed=BY_THEN,
            notes=("mayor",),
        ),
    )


def statements() -> tuple[Statement, ...]:
    ambassador = t("سفیر", "ambassador")
    vice = t("نایب‌رئیس شورا", "vice chair")
    mayor = t("شهردار", "mayor")

    def said(
        ref: str, kind: StatementKind, fa: str, en: str, by: Texts, note: str, **more: object
    ) -> Statement:
        made = Statement(
            ref=ref,
            kind=kind,
            text=t(fa, en),
            speaker=by,
            said=BY_THEN,
            notes=(note,),
            strength=Strength.STATED if by else Strength.REPORTED,
        )
        return replace(made, **more)  # type: ignore[arg-type]

    kind = StatementKind
    return (
        said(
            "w4",
            kind.NEED,
            "شهرهای قرقیزستان به تجربهٔ مشهد نیاز دارند",
            "Kyrgyz cities need Mashhad’s experience",
            ambassador,
            "ambassador",
        ),
        said(
            "st1",
            kind.CAPABILITY,
            "شهرداری مشهد در خدمات شهری پیشرو کشور است",
            "Mashhad leads the country in urban services",
            mayor,
            "mayor",
        ),
        said(
            "st2",
            kind.POSITION,
            "مبنای دورهٔ ششم: گسترش ارتباطات با همکاری دولت و عاملیت وزارت امور خارجه",
            "Basis of the sixth term: wider ties with the government, the ministry as agent",
            mayor,
            "mayor",
        ),
        said(
            "st3",
            kind.POSITION,
            "شورای ششم پشتیبان گسترش ارتباطات مشهد با شهرهای جهان است",
            "The sixth council backs wider ties of Mashhad with cities of the world",
            vice,
            "vice",
        ),
        said(
            "st4",
            kind.OPPORTUNITY,
            "مسابقات ورزشی مشهد و اوش در مجموعهٔ ورزشی شهر اوش",
            "Mashhad–Osh sports contests in the complex in Osh city",
            ambassador,
            "ambassador",
        ),
        said(
            "st5",
            kind.OPPORTUNITY,
            "باب همکاری در خدمات شهری را می‌توان گشود",
            "Cooperation in urban services can be opened",
            ambassador,
            "ambassador",
            modality=Modality.CAN,
        ),
        said(
            "st6",
            kind.ASSESSMENT,
            "فضای سیاسی قرقیزستان از همسایگانش بازتر است",
            "Kyrgyzstan’s political climate is more open than its neighbours’",
            ambassador,
            "ambassador",
            internal_only=True,
        ),
        said(
            "st7",
            kind.ASSESSMENT,
            "مردم استان اوش به ایران علاقه دارند",
            "People of Osh Province are fond of Iran",
            ambassador,
            "ambassador",
            disputes=("st8",),
        ),
        said(
            "st8",
            kind.ASSESSMENT,
            "در میان‌تیتر همان خبر: مردم قرقیزستان",
            "Subheading of the same item: people of Kyrgyzstan",
            {},
            "text",
            disputes=("st7",),
        ),
    )
