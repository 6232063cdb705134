"""Facts to print: the story of the seed in our own words, and the hard cases made from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tracker.domain.access import Level
from tracker.domain.actions import ActionState
from tracker.domain.bodies import BodyRole
from tracker.domain.briefings import (
    Action,
    Attendee,
    Basis,
    Body,
    Briefing,
    BriefingKind,
    Commitment,
    Deed,
    Framework,
    Head,
    Inference,
    LogEntry,
    Mandate,
    Meeting,
    Memorandum,
    Note,
    Obstacle,
    Party,
    Person,
    Promise,
    Quantity,
    Resolution,
    Source,
    Standing,
    Statement,
    TieBody,
    Want,
)
from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import FrameworkState, ResolutionState
from tracker.domain.meetings import MeetingKind
from tracker.domain.memoranda import Side, Stage
from tracker.domain.places import PlaceLevel
from tracker.domain.sources import InstrumentKind, SourceKind
from tracker.domain.statements import Modality, StatementKind, Strength
from tracker.domain.texts import Texts
from tracker.domain.ties import Copy, TieKind, TieState

DAY = date(2021, 11, 7)
BY_THEN = FuzzyDate.on_or_before(DAY)
ON_THAT_DAY = FuzzyDate.exact(DAY)


def t(fa: str, en: str = "") -> Texts:
    return {"fa": fa, "en": en} if en else {"fa": fa}


MAYOR = t("شهردار مشهد", "mayor of Mashhad")
AMBASSADOR = t("سفیر ایران در قرقیزستان", "Iran’s ambassador to Kyrgyzstan")
VICE_CHAIR = t(
    "نایب‌رئیس شورای اسلامی شهر مشهد", "vice chair of the Islamic City Council of Mashhad"
)
COUNCIL = t("شورای اسلامی شهر مشهد", "Islamic City Council of Mashhad")
EMBASSY = t("سفارت ایران در قرقیزستان", "Embassy of Iran in Kyrgyzstan")
MINISTRY = t("وزارت امور خارجه", "Ministry of Foreign Affairs")
MUNICIPALITY = t("شهرداری مشهد", "Municipality of Mashhad")
KYRGYZSTAN = t("قرقیزستان", "Kyrgyzstan")
GOVERNOR = t("استاندار خراسان رضوی", "Governor of Khorasan Razavi")
MEMBERS = t("جمعی از اعضای شورا", "several council members")
SUMMIT = t(
    "نشست شهرداران شهرهای عضو سازمان همکاری شانگهای",
    "summit of mayors of cities of SCO members",
)
CITIES = Quantity(
    least=Decimal(2),
    most=Decimal(3),
    unit=t("شهر قرقیزستان", "Kyrgyz cities"),
    undetermined=True,
)


def head() -> Head:
    return Head(
        kind=BriefingKind.TIE,
        subject="0190f0a0-0000-7000-8000-000000000001",
        city=MUNICIPALITY,
        invocation={"fa": "باسمه تعالی", "en": "In His Name"},
        level=Level.INTERNAL,
        as_of=DAY,
        recorded_until=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    )


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
        body=_tie(),
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


def _tie() -> TieBody:
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
        people=_people(),
        wants=_wants(),
        promises=_promises(),
        memoranda=(_memorandum(),),
        meetings=(_meeting(),),
        obstacles=(_flights(),),
        actions=_actions(),
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
        statements=_statements(),
    )


def _people() -> tuple[Person, ...]:
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


def _wants() -> tuple[Want, ...]:
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


def _promises() -> tuple[Promise, ...]:
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


def _memorandum() -> Memorandum:
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


def _meeting() -> Meeting:
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


def _flights() -> Obstacle:
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


def _actions() -> tuple[Action, ...]:
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


def _statements() -> tuple[Statement, ...]:
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
                    _meeting(),
                    ref=f"k{n}",
                    title=t(f"جلسهٔ کاری {n}", f"working meeting {n}"),
                    held=FuzzyDate.exact(DAY - timedelta(days=30 * n)),
                    notes=(refs[n % 4],),
                )
                for n in range(meetings)
            ),
            actions=tuple(
                replace(
                    _actions()[n % 3],
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
                    _statements()[1 + n % 5],
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
    "the metropolitan municipality of Mashhad and its surroundings, office of international affairs"
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
