"""What was said at the meeting, saying by saying, in the order of the report.

Each row: key, speaker, kind, modality, whose side it speaks for, our words in both languages, the
printed words (at most fifteen, half-spaces set), and the paragraph of the report.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy.orm import Session

from tracker.demo.cast import BY_THEN, Cast, add, both, put
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side
from tracker.domain.statements import LinkKind, Modality, StatementKind
from tracker.models import Filing, Statement, StatementLink, StatementPlace
from tracker.models.base import Texts

K, M = StatementKind, Modality
OURS, THEIRS = Side.OURS, Side.THEIRS


class Saying(NamedTuple):
    key: str
    speaker: str
    kind: StatementKind
    modality: Modality
    side: Side | None
    fa: str
    en: str
    quotation: str
    paragraph: int


_POSTS = {"arjaei": "mayor", "nasehi": "vice_chair", "kharrazi": "ambassador"}

SAYINGS: tuple[Saying, ...] = (
    Saying(
        "share_experience", "arjaei", K.OFFER, M.WANTS, OURS,
        "صدور تجربهٔ مدیریت شهری مشهد به کشورهای دیگر",
        "Passing Mashhad’s experience of urban management on to other countries",
        "آماده صدور تجربه‌های خود در حوزه مدیریت شهری به سایر کشورها هستیم", 1,
    ),
    Saying(
        "sixth_term", "arjaei", K.POSITION, M.IS, OURS,
        "مبنای دورهٔ ششم: گسترش ارتباطات بین‌المللی مشهد با همکاری دولت، به عاملیت وزارت"
        " امور خارجه",
        "Basis of the sixth term: to widen its international relations with the"
        " government’s cooperation, the foreign ministry as agent",
        "ارتباطات بین‌المللی مشهد را با همکاری دولت و عاملیت وزارت امور خارجه گسترش دهیم", 2,
    ),
    Saying(
        "ask_attention", "arjaei", K.REQUEST, M.HOPES, OURS,
        "وزارت امور خارجه به دیپلماسی شهری بیشتر توجه کند",
        "More attention by the foreign ministry to city diplomacy",
        "امیدواریم وزارت خارجه نیز به استفاده از ظرفیت‌های دیپلماسی شهری توجه بیشتری", 2,
    ),
    Saying(
        "mandated", "arjaei", K.NOTE, M.IS, OURS,
        "شورا برگزاری نشست شهرداران عضو سازمان همکاری شانگهای را بر عهدهٔ شهرداری گذاشته"
        " است",
        "The council has ordered the municipality to hold the summit of SCO mayors",
        "ما را مکلف به برگزاری نشست شهرداران عضو سازمان شانگهای کرده", 3,
    ),
    Saying(
        "hold_in_mashhad", "arjaei", K.REQUEST, M.HOPES, OURS,
        "همراهی وزارت امور خارجه برای برگزاری خوب نشست شهرداران در مشهد",
        "The foreign ministry’s help in holding the summit of mayors well in Mashhad",
        "وزارت خارجه موفق به برگزاری مناسب این نشست در مشهد شویم", 3,
    ),
    Saying(
        "leading", "arjaei", K.CAPABILITY, M.IS, OURS,
        "شهرداری مشهد در خدمات شهری از پیشروان کشور است",
        "Mashhad Municipality leads the country in urban services",
        "شهرداری مشهد در حوزه خدمات شهری در کشور پیشرو است", 4,
    ),
    Saying(
        "export_services", "arjaei", K.OFFER, M.WANTS, OURS,
        "صدور خدمات فنی و مهندسی و تجربهٔ شهرداری به شهرهای قرقیزستان",
        "Exporting technical and engineering services and municipal experience to Kyrgyz"
        " cities",
        "آمادگی صدور خدمات فنی و مهندسی و تجربیات شهرداری مشهد", 4,
    ),
    Saying(
        "no_flights", "arjaei", K.NOTE, M.IS, None,
        "نبود پرواز منظم میان مشهد و قرقیزستان یکی از مشکلات است",
        "The lack of regular flights between Mashhad and Kyrgyzstan is one of the"
        " problems",
        "یکی از مشکلات، نبود پروازهای منظم مشهد به قرقیزستان است", 5,
    ),
    Saying(
        "talked_to_governor", "arjaei", K.NOTE, M.IS, OURS,
        "دربارهٔ پروازها با استاندار خراسان رضوی گفت‌وگو شده است",
        "The governor of Khorasan Razavi has been talked to about the flights",
        "با استاندار خراسان رضوی برای منظم‌شدن و افزایش پروازها صحبت‌هایی داشته", 5,
    ),
    Saying(
        "ready_on_flights", "arjaei", K.OFFER, M.IS, OURS,
        "آمادگی همکاری برای منظم‌شدن پروازها",
        "Ready to cooperate on making flights regular",
        "آماده‌ایم در این زمینه همکاری داشته باشیم", 5,
    ),
    Saying(
        "ready_to_conclude", "arjaei", K.OFFER, M.IS, OURS,
        "آمادگی بستن تفاهم‌نامهٔ همکاری مشترک با قرقیزستان",
        "Ready to conclude a memorandum of joint cooperation with Kyrgyzstan",
        "آماده انعقاد تفاهم‌نامه همکاری مشترک میان شهرداری مشهد و قرقیزستان", 6,
    ),
    Saying(
        "can_develop", "arjaei", K.OFFER, M.CAN, OURS,
        "شهرداری مشهد می‌تواند با این تفاهم‌نامه زیرساخت خدمات شهری ۲ تا ۳ شهر را توسعه"
        " دهد",
        "With the memorandum Mashhad can develop the urban-service infrastructure of 2 to 3"
        " cities",
        "توسعه زیرساخت‌های خدمات شهری ۲ تا ۳ شهر قرقیزستان را برعهده گیرد", 6,
    ),
    Saying(
        "in_return", "arjaei", K.REQUEST, M.CAN, OURS,
        "در ازای آن، بهره‌گیری از ظرفیت کشاورزی و دامداری و بیش از همه نهاده‌ها",
        "In exchange, use of the agricultural and livestock capacity, inputs above all",
        "در مقابل از ظرفیت‌های کشاورزی و دامداری به‌ویژه در بخش نهاده‌ها", 6,
    ),
    Saying(
        "council_stands", "nasehi", K.POSITION, M.IS, OURS,
        "شورای ششم پشتیبان گسترش ارتباطات مشهد با شهرهای جهان است",
        "The sixth council stands behind widening Mashhad’s ties with the world’s cities",
        "پای توسعه ارتباطات بین‌المللی مشهد با سایر شهرهای جهان ایستاده", 7,
    ),
    Saying(
        "drafting", "nasehi", K.NOTE, M.IS, OURS,
        "شورا در پی تدوین چارچوبی برای این ارتباطات است",
        "The council is working on a framework for these relations",
        "به‌دنبال تدوین چارچوبی برای آن است", 7,
    ),
    Saying(
        "plan_approved", "nasehi", K.NOTE, M.IS, OURS,
        "شورا طرح نشست شهرداران عضو سازمان همکاری شانگهای را تصویب کرده است",
        "The council has approved the plan for a summit of SCO mayors",
        "طرح برگزاری نشست شهرداران شهرهای کشورهای عضو سازمان شانگهای را تصویب کرده", 7,
    ),
    Saying(
        "cities_need", "kharrazi", K.NEED, M.IS, THEIRS,
        "شهرهای قرقیزستان در خدمات شهری به تجربهٔ مشهد نیاز دارند",
        "Kyrgyz cities need Mashhad’s experience in urban services",
        "شهرهای قرقیزستان در این حوزه نیازمند استفاده از تجربیات مفید شهرداری", 8,
    ),
    Saying(
        "good_relation", "kharrazi", K.OPPORTUNITY, M.CAN, None,
        "این نیاز می‌تواند پیوند خوبی میان مشهد و قرقیزستان بسازد",
        "That need can build a good relation between Mashhad and Kyrgyzstan",
        "این موضوع می‌تواند ارتباط خوبی میان مشهد و قرقیزستان برقرار کند", 8,
    ),
    Saying(
        "open_climate", "kharrazi", K.ASSESSMENT, M.IS, None,
        "فضای سیاسی قرقیزستان از همسایگانش بازتر است",
        "Kyrgyzstan’s political climate is more open than that of its neighbours",
        "فضای سیاسی قرقیزستان بازتر از کشورهای مجاور آن است", 9,
    ),
    Saying(
        "officials_inclined", "kharrazi", K.ASSESSMENT, M.WANTS, THEIRS,
        "مسئولان قرقیزستان به همکاری با ایران تمایل دارند",
        "Kyrgyz officials are inclined to cooperate with Iran",
        "مسئولان این کشور تمایل دارند با ایران همکاری کنند", 9,
    ),
    Saying(
        "clause_exists", "kharrazi", K.NOTE, M.IS, None,
        "یکی از بندهای سند همکاری دوجانبه، همکاری شهرها و استان‌های دو کشور است",
        "One clause of the bilateral cooperation document is cooperation of the two"
        " countries’ cities and provinces",
        "یکی از بندهایی که در سند همکاری دوجانبه ایران و قرقیزستان", 9,
    ),
    Saying(
        "sisters", "kharrazi", K.NOTE, M.IS, None,
        "در همین راستا مشهد و استان اوش خواهرخوانده شده‌اند",
        "Along this line Mashhad and Osh Province have become sisters",
        "در این راستا مشهد و استان اوش قرقیزستان به‌عنوان خواهرخوانده درآمده‌اند", 9,
    ),
    Saying(
        "osh_fond", "kharrazi", K.ASSESSMENT, M.IS, None,
        "مردم استان اوش به ایران علاقه دارند",
        "The people of Osh Province are fond of Iran",
        "مردم استان اوش قرقیزستان علاقه‌مند به ایران هستند", 10,
    ),
    Saying(
        "country_fond", "", K.ASSESSMENT, M.IS, None,
        "میان‌تیتر خبر: علاقهٔ همهٔ مردم قرقیزستان به ایران",
        "Subheading of the report: all the people of Kyrgyzstan are fond of Iran",
        "مردم قرقیزستان علاقه‌مند به ایران هستند", 0,
    ),
    Saying(
        "complex_built", "kharrazi", K.PAST_WORK, M.IS, None,
        "ایران به‌تازگی در شهر اوش یک مجموعهٔ ورزشی ساخته است",
        "Iran has recently built a sports complex in Osh city",
        "به‌تازگی ایران یک مجموعه ورزشی در شهر اوش ساخته است", 10,
    ),
    Saying(
        "sports_contests", "kharrazi", K.OPPORTUNITY, M.CAN, None,
        "مسابقات ورزشی دوجانبهٔ مشهد و اوش در این مجموعه",
        "Bilateral sports contests of Mashhad and Osh in that complex",
        "برگزاری مسابقات ورزشی دو جانبه مشهد و اوش", 10,
    ),
    Saying(
        "capital_needs", "kharrazi", K.NEED, M.IS, THEIRS,
        "شهرهای قرقیزستان، حتی پایتخت آن، به تجربهٔ مشهد در خدمات شهری نیاز دارند",
        "Kyrgyz cities, even the capital, need Mashhad’s experience in urban services",
        "شهرهای قرقیزستان حتی پایتخت این کشور نیز", 10,
    ),
    Saying(
        "open_cooperation", "kharrazi", K.OPPORTUNITY, M.CAN, None,
        "در این حوزه می‌توان همکاری را آغاز کرد",
        "Cooperation can be opened in this field",
        "می‌توان باب همکاری‌ها را در این حوزه باز کرد", 10,
    ),
    Saying(
        "embassy_ready", "kharrazi", K.OFFER, M.IS, None,
        "سفارت ایران در قرقیزستان برای ارتباط و همکاری بیشتر آماده است",
        "The embassy is ready for more contacts and joint work",
        "سفارت ایران در قرقیزستان آمادگی خود را برای برقراری ارتباطات بیشتر", 11,
    ),
)  # fmt: skip

# Who is asked, who speaks through whom, who has it, who did it.
_BODIES: dict[str, dict[str, str]] = {
    "ask_attention": {"addressee_id": "ministry"},
    "hold_in_mashhad": {"addressee_id": "ministry"},
    "leading": {"holder_organisation_id": "municipality"},
    "council_stands": {"on_behalf_of_id": "council", "holder_organisation_id": "council"},
    "drafting": {"on_behalf_of_id": "council"},
    "plan_approved": {"on_behalf_of_id": "council"},
    "cities_need": {"holder_place_id": "kyrgyzstan"},
    "capital_needs": {"holder_place_id": "kyrgyzstan"},
    "complex_built": {"doer_place_id": "iran"},
    "embassy_ready": {"on_behalf_of_id": "embassy"},
}
_SCOPES: dict[str, Texts] = {
    "open_climate": both(
        "در مقایسه با کشورهای مجاور قرقیزستان",
        "compared with the neighbouring countries of Kyrgyzstan",
    ),
    "capital_needs": both("در زمینه‌های مختلف خدمات شهری", "in various fields of urban services"),
    "embassy_ready": both(
        "همکاری‌های مشترک میان قرقیزستان و مشهد",
        "joint cooperation between Kyrgyzstan and Mashhad",
    ),
    "sports_contests": both("ورزش", "sport"),
}
_PLACES: dict[str, tuple[str, ...]] = {
    "no_flights": ("mashhad", "kyrgyzstan"),
    "talked_to_governor": ("razavi",),
    "can_develop": ("kyrgyzstan",),
    "export_services": ("kyrgyzstan",),
    "cities_need": ("kyrgyzstan",),
    "open_climate": ("kyrgyzstan",),
    "officials_inclined": ("kyrgyzstan",),
    "sisters": ("mashhad", "osh_province"),
    "osh_fond": ("osh_province",),
    "country_fond": ("kyrgyzstan",),
    "complex_built": ("osh_city", "complex"),
    "sports_contests": ("mashhad", "osh_city", "complex"),
    "capital_needs": ("kyrgyzstan", "bishkek"),
    "embassy_ready": ("kyrgyzstan", "mashhad"),
}
_NAMED_BY_US = {
    ("capital_needs", "bishkek"): both(
        "گوینده فقط «پایتخت این کشور» گفته است", "the speaker said only “the capital”"
    ),
    ("sports_contests", "osh_city"): both(
        "گوینده «اوش» گفته است؛ مجموعه در شهر اوش است",
        "the speaker said “Osh”; the complex is in Osh city",
    ),
}
_LINKS: tuple[tuple[str, LinkKind, str], ...] = (
    ("plan_approved", LinkKind.REPEATS, "mandated"),
    ("capital_needs", LinkKind.REPEATS, "cities_need"),
    ("good_relation", LinkKind.BECAUSE_OF, "cities_need"),
    ("sisters", LinkKind.BECAUSE_OF, "clause_exists"),
    ("open_cooperation", LinkKind.BECAUSE_OF, "capital_needs"),
    ("country_fond", LinkKind.CONTRADICTS, "osh_fond"),
    ("sports_contests", LinkKind.BECAUSE_OF, "complex_built"),
)
_ABOUT_THE_MEMORANDUM = ("ready_to_conclude", "can_develop", "in_return")
# «به‌تازگی»: a word, and no day.
_RECENTLY = FuzzyDate(None, None, "به‌تازگی")


def enter(session: Session, cast: Cast) -> None:
    for position, saying in enumerate(SAYINGS):
        _say(session, cast, saying, position)
    for key, kind, other in _LINKS:
        add(
            session,
            StatementLink(statement_id=cast[key].id, other_id=cast[other].id, link_kind=kind),
        )
    for key in _ABOUT_THE_MEMORANDUM:
        add(
            session,
            Filing(
                holder_kind="statement",
                holder_id=cast[key].id,
                object_kind="memorandum",
                object_id=cast["memorandum"].id,
                sort_on=BY_THEN,
            ),
        )


def _say(session: Session, cast: Cast, saying: Saying, position: int) -> None:
    bodies = {column: cast[name].id for column, name in _BODIES.get(saying.key, {}).items()}
    speaker = cast[saying.speaker] if saying.speaker else None
    post = cast[_POSTS[saying.speaker]] if speaker else None
    statement = put(
        session,
        cast,
        saying.key,
        Statement(
            statement_kind=saying.kind,
            modality=saying.modality,
            side=saying.side,
            text=both(saying.fa, saying.en),
            quotation={"fa": saying.quotation},
            speaker_person_id=speaker.id if speaker else None,
            speaker_post_id=post.id if post else None,
            # The subheading is the newspaper's; it was not said at the meeting.
            meeting_id=cast["meeting"].id if speaker else None,
            source_id=cast["report"].id,
            locator=str(saying.paragraph) if saying.paragraph else "",
            happened_on=_RECENTLY if saying.kind is K.PAST_WORK else BY_THEN,
            scope=_SCOPES.get(saying.key, {}),
            # A comparison of third countries is for nobody's eyes but ours.
            never_release=saying.key == "open_climate",
            position=position,
            **bodies,
        ),
    )
    for order, place in enumerate(_PLACES.get(saying.key, ())):
        reason = _NAMED_BY_US.get((saying.key, place))
        add(
            session,
            StatementPlace(
                statement_id=statement.id,
                place_id=cast[place].id,
                position=order,
                inferred=reason is not None,
                reason=reason or {},
            ),
        )
