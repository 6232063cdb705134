"""The story of the seed in our own words: facts of the article and nothing more."""

from __future__ import annotations

from tests.reports.objects import actions, call, flights, memorandum, statements
from tests.reports.words import (
    AMBASSADOR,
    BY_THEN,
    COUNCIL,
    EMBASSY,
    KYRGYZSTAN,
    MAYOR,
    MEMBERS,
    MINISTRY,
    MUNICIPALITY,
    ON_THAT_DAY,
    SUMMIT,
    VICE_CHAIR,
    head,
    t,
)
from tracker.domain.bodies import BodyRole
from tracker.domain.briefings import (
    Basis,
    Body,
    Briefing,
    Deed,
    Framework,
    Inference,
    Mandate,
    Note,
    Party,
    Person,
    Promise,
    Resolution,
    Source,
    Standing,
    TieBody,
    Want,
)
from tracker.domain.follow_up import FrameworkState, ResolutionState
from tracker.domain.memoranda import Side
from tracker.domain.places import PlaceLevel
from tracker.domain.sources import InstrumentKind, SourceKind
from tracker.domain.statements import Modality, StatementKind, Strength
from tracker.domain.ties import Copy, TieKind, TieState


def seed() -> Briefing:
    news = Source(
        ref="s1",
        kind=SourceKind.NEWS,
        publisher=t("شهرآرانیوز", "Shahrara News"),
        title=t("شهردار مشهد: آماده صادرات خدمات فنی و مهندسی به سایر کشورها هستیم"),
        code="86935",
        published=ON_THAT_DAY,
        published_time="11:45",
    )
    notes = (
        Note(
            ref="mayor",
            source="s1",
            speaker=t("سیدعبدالله ارجائی", "Seyed Abdollah Arjaei"),
            post=MAYOR,
            printed_name="سیدعبدا... ارجائی",
            strength=Strength.STATED,
        ),
        Note(
            ref="ambassador",
            source="s1",
            speaker=t("سعید خرازی", "Saeed Kharrazi"),
            post=AMBASSADOR,
            strength=Strength.STATED,
        ),
        Note(
            ref="vice",
            source="s1",
            speaker=t("مهدی ناصحی", "Mehdi Nasehi"),
            post=VICE_CHAIR,
            strength=Strength.STATED,
        ),
        Note(ref="text", source="s1"),
    )
    return Briefing(
        head=head(),
        body=tie(),
        sources=(news,),
        notes=notes,
        inferences=(
            Inference(
                text=t("نام پایتخت: بیشکک", "name of the capital: Bishkek"),
                because=t("منبع آن را نام نمی‌برد", "the source does not name it"),
                notes=("ambassador",),
            ),
            Inference(
                text=t("نام کامل شهردار: سیدعبدالله", "full name of the mayor: Seyed Abdollah"),
                because=t("در منبع کوتاه شده است", "shortened in the source"),
                notes=("mayor",),
            ),
        ),
    )


def tie() -> TieBody:
    return TieBody(
        kind=TieKind.SISTER,
        state=TieState.ACTIVE,
        parties=(
            Party(name=t("مشهد", "Mashhad"), level=PlaceLevel.CITY, side=Side.OURS),
            Party(
                name=t("استان اوش", "Osh Province"),
                level=PlaceLevel.PROVINCE,
                within=KYRGYZSTAN,
            ),
        ),
        since=BY_THEN,
        agreement=Copy.NOT_HELD,
        notes=("ambassador",),
        basis=(
            Basis(
                title=t(
                    "سند همکاری دوجانبهٔ ایران و قرقیزستان",
                    "Iran–Kyrgyzstan bilateral cooperation document",
                ),
                kind=InstrumentKind.BILATERAL_DOCUMENT,
                clause_subject=t(
                    "همکاری شهرها و استان‌های دو کشور",
                    "cooperation of the two countries’ cities and provinces",
                ),
                copy=Copy.NOT_HELD,
                notes=("ambassador",),
            ),
        ),
        bodies=(
            Body(
                role=BodyRole.CHANNEL,
                name=EMBASSY,
                inferred=True,
                because=t("از آمادگی سفارت برمی‌آید", "follows from the embassy’s readiness"),
                notes=("ambassador",),
            ),
            Body(role=BodyRole.AGENT, name=MINISTRY, notes=("mayor",)),
        ),
        past_work=(
            Deed(
                text=t(
                    "مجموعهٔ ورزشی که ایران در شهر اوش ساخته است",
                    "sports complex built by Iran in Osh city",
                ),
                words=t("به‌تازگی", "recently"),
                notes=("ambassador",),
            ),
        ),
        people=people(),
        wants=wants(),
        promises=promises(),
        memoranda=(memorandum(),),
        meetings=(call(),),
        obstacles=(flights(),),
        actions=actions(),
        mandates=(
            Mandate(
                title=t("برگزاری نشست شهرداران در مشهد", "hold the summit of mayors in Mashhad"),
                issuer=COUNCIL,
                term=t("دورهٔ ششم", "sixth term"),
                owner=MUNICIPALITY,
                help_from=MINISTRY,
                event=SUMMIT,
                notes=("mayor",),
            ),
        ),
        resolutions=(
            Resolution(
                title=t("طرح برگزاری نشست شهرداران", "plan to hold the summit of mayors"),
                issuer=COUNCIL,
                state=ResolutionState.APPROVED,
                notes=("vice",),
            ),
        ),
        frameworks=(
            Framework(
                title=t("چارچوب ارتباطات بین‌المللی مشهد", "framework for Mashhad’s foreign ties"),
                issuer=COUNCIL,
                state=FrameworkState.DRAFTING,
                notes=("vice",),
            ),
        ),
        statements=statements(),
    )


def people() -> tuple[Person, ...]:
    return (
        Person(
            standing=Standing.ACROSS,
            name=t("سعید خرازی", "Saeed Kharrazi"),
            post=AMBASSADOR,
            attested=ON_THAT_DAY,
            notes=("ambassador",),
        ),
        Person(
            standing=Standing.COMPANION,
            name=t("مهدی ناصحی", "Mehdi Nasehi"),
            post=VICE_CHAIR,
            attested=ON_THAT_DAY,
            notes=("vice",),
        ),
        Person(standing=Standing.COMPANION, post=MEMBERS, group=True, notes=("text",)),
    )


def wants() -> tuple[Want, ...]:
    return (
        Want(
            ref="w1",
            side=Side.OURS,
            kind=StatementKind.OFFER,
            text=t(
                "صدور خدمات فنی و مهندسی و تجربهٔ مدیریت شهری به شهرهای قرقیزستان",
                "To export technical and engineering services and urban-management experience "
                "to Kyrgyz cities",
            ),
            account_of=MAYOR,
            own_account=True,
            said=BY_THEN,
            strength=Strength.STATED,
            notes=("mayor",),
        ),
        Want(
            ref="w2",
            side=Side.OURS,
            kind=StatementKind.REQUEST,
            modality=Modality.HOPES,
            text=t(
                "همراهی وزارت امور خارجه برای نشست شهرداران در مشهد",
                "The foreign ministry’s help to hold the summit of mayors in Mashhad",
            ),
            account_of=MAYOR,
            own_account=True,
            said=BY_THEN,
            strength=Strength.STATED,
            notes=("mayor",),
        ),
        Want(
            ref="w3",
            side=Side.OURS,
            kind=StatementKind.REQUEST,
            modality=Modality.HOPES,
            text=t(
                "توجه بیشتر وزارت امور خارجه به ظرفیت دیپلماسی شهری",
                "More attention of the ministry to the capacity of city diplomacy",
            ),
            account_of=MAYOR,
            own_account=True,
            said=BY_THEN,
            strength=Strength.STATED,
            notes=("mayor",),
        ),
        Want(
            ref="w4",
            side=Side.THEIRS,
            text=t(
                "تجربهٔ شهرداری مشهد در خدمات شهری، حتی برای پایتخت",
                "Mashhad’s experience in urban services, even for the capital",
            ),
            account_of=AMBASSADOR,
            said=BY_THEN,
            strength=Strength.STATED,
            notes=("ambassador",),
        ),
        Want(
            ref="w5",
            side=Side.THEIRS,
            kind=StatementKind.ASSESSMENT,
            text=t(
                "همکاری با ایران: مسئولان آن کشور به آن تمایل دارند",
                "To work with Iran: the country’s officials are inclined to",
            ),
            account_of=AMBASSADOR,
            said=BY_THEN,
            strength=Strength.STATED,
            notes=("ambassador",),
        ),
    )


def promises() -> tuple[Promise, ...]:
    return (
        Promise(
            ref="p1",
            side=Side.OURS,
            by=MAYOR,
            text=t(
                "آمادهٔ انعقاد تفاهم‌نامهٔ همکاری با قرقیزستان است",
                "Ready to conclude a cooperation memorandum with Kyrgyzstan",
            ),
            made=BY_THEN,
            strength=Strength.STATED,
            notes=("mayor",),
        ),
        Promise(
            ref="p2",
            side=Side.OURS,
            by=MAYOR,
            text=t(
                "برای منظم‌شدن پروازها آمادهٔ همکاری است",
                "Ready to cooperate on making flights regular",
            ),
            made=BY_THEN,
            strength=Strength.STATED,
            notes=("mayor",),
        ),
        Promise(
            ref="p3",
            side=None,
            by=EMBASSY,
            text=t(
                "برای ارتباط و همکاری بیشتر آمادگی دارد",
                "Ready for more contacts and joint work",
            ),
            made=BY_THEN,
            strength=Strength.STATED,
            notes=("ambassador",),
        ),
        Promise(
            ref="p4",
            side=Side.OURS,
            by=COUNCIL,
            text=t(
                "طرح نشست شهرداران را تصویب کرده است",
                "Has approved the plan of the summit of mayors",
            ),
            made=BY_THEN,
            strength=Strength.STATED,
            notes=("vice",),
        ),
    )
