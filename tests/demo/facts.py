"""The facts of the first real case, one row each, numbered as in the list they were read into.

A row names the words of the report (half-spaces set), the record that holds the fact, the field,
what it says in both languages, and a word of the report by which search must find the record.
"""

from __future__ import annotations

from typing import NamedTuple


class Fact(NamedTuple):
    number: int
    phrase: str
    kind: str
    record: str  # the Persian title of the record
    field: str
    fa: str
    en: str
    word: str


SOURCE = "شهردار مشهد: آماده صادرات خدمات فنی و مهندسی به سایر کشورها هستیم"
MEETING = "دیدار شهردار مشهد با سفیر ایران در قرقیزستان"
TIE = "مشهد – استان اوش"
MEMORANDUM = "تفاهم‌نامهٔ همکاری مشترک شهرداری مشهد و قرقیزستان"
MANDATE = "برگزاری نشست شهرداران سازمان همکاری شانگهای در مشهد"
OBSTACLE = "نبود پروازهای منظم مشهد به قرقیزستان"
MINISTRY = "وزارت امور خارجه"
EMBASSY = "سفارت ایران در قرقیزستان"
CLAUSE = "همکاری دوجانبهٔ شهرها و استان‌های دو کشور"


def said(number: int, phrase: str, text: str, fa: str, en: str, word: str) -> Fact:
    """A fact that is a saying: `text` begins the Persian words of its statement."""
    return Fact(number, phrase, "statement", text, "text", fa, en, word)


FACTS: tuple[Fact, ...] = (
    Fact(1, SOURCE, "source", SOURCE, "title", "صادرات خدمات فنی و مهندسی", "export technical and engineering services", "صادرات"),
    Fact(2, "کد خبر: ۸۶۹۳۵", "source", SOURCE, "code", "86935", "86935", "۸۶۹۳۵"),
    Fact(3, "۱۶ آبان ۱۴۰۰ - ۱۱:۴۵", "source", SOURCE, "published_on", "2021-11-07", "2021-11-07", "آبان"),
    Fact(4, "به گزارش شهرآرانیوز", "organisation", "شهرآرانیوز", "name", "شهرآرانیوز", "Shahrara News", "شهرآرانیوز"),
    Fact(5, "آماده صدور تجربه‌های خود در حوزه مدیریت شهری به سایر کشورها هستیم", "source", SOURCE, "lead", "صدور تجربه‌های خود", "experience of urban management", "تجربه‌های"),
    Fact(6, "ارجائی، شهردار مشهد در دیدار با سفیر ایران در قرقیزستان", "meeting", MEETING, "meeting_kind", "courtesy call", "courtesy call", "دیدار"),
    Fact(7, "با حضور جمعی از اعضای شورای اسلامی شهر", "meeting", MEETING, "attendees.group_label", "جمعی از اعضای شورای اسلامی شهر", "a number of members of the city council", "جمعی"),
    Fact(8, "سفیر ایران در قرقیزستان نیز در این نشست", "meeting", MEETING, "also_called", "نشست", "session", "نشست"),
    Fact(9, "سیدعبدا... ارجائی", "person", "سیدعبدالله ارجائی", "printed_names", "سیدعبدا... ارجائی", "سیدعبدا... ارجائی", "ارجائی"),
    Fact(10, "ارجائی، شهردار مشهد", "post", "شهردار مشهد", "title", "شهردار مشهد", "Mayor of Mashhad", "شهردار"),
    Fact(11, "مهدی ناصحی، نایب‌رئیس شورای اسلامی شهر مشهد", "post", "نایب‌رئیس شورای اسلامی شهر مشهد", "title", "نایب‌رئیس شورای اسلامی شهر مشهد", "Vice chair of the Islamic City Council of Mashhad", "نایب‌رئیس"),
    Fact(12, "سعید خرازی", "person", "سعید خرازی", "name", "سعید خرازی", "Saeed Kharrazi", "خرازی"),
    Fact(13, "سفیر ایران در قرقیزستان", "post", "سفیر ایران در قرقیزستان", "title", "سفیر ایران در قرقیزستان", "ambassador to Kyrgyzstan", "سفیر"),
    Fact(14, "استاندار خراسان رضوی", "post", "استاندار خراسان رضوی", "title", "استاندار خراسان رضوی", "Governor of Khorasan Razavi", "استاندار"),
    Fact(15, "شهرداری مشهد", "organisation", "شهرداری مشهد", "name", "شهرداری مشهد", "Mashhad Municipality", "شهرداری"),
    Fact(16, "شورای اسلامی شهر مشهد", "organisation", "شورای اسلامی شهر مشهد", "name", "شورای اسلامی شهر مشهد", "Islamic City Council of Mashhad", "شورای"),
    Fact(17, "وزارت امور خارجه", "organisation", MINISTRY, "name", "وزارت امور خارجه", "Ministry of Foreign Affairs", "وزارت"),
    Fact(18, "وزارت خارجه", "organisation", MINISTRY, "aliases", "وزارت خارجه", "وزارت خارجه", "وزارت خارجه"),
    Fact(19, "سفارت ایران در قرقیزستان", "organisation", EMBASSY, "name", EMBASSY, "Embassy of Iran in Kyrgyzstan", "سفارت"),
    Fact(20, "سازمان شانگهای", "organisation", "سازمان همکاری شانگهای", "aliases", "سازمان شانگهای", "سازمان شانگهای", "سازمان شانگهای"),
    Fact(21, "همکاری دولت و عاملیت وزارت امور خارجه", "framework", "چارچوب ارتباطات بین‌المللی مشهد", "principle", "همکاری دولت و عاملیت وزارت امور خارجه", "the foreign ministry as agent", "عاملیت"),
    Fact(22, "قرقیزستان", "place", "قرقیزستان", "iso_code", "KG", "KG", "قرقیزستان"),
    Fact(23, "استان اوش قرقیزستان", "place", "استان اوش", "place_level", "province", "province", "استان اوش"),
    Fact(24, "شهر اوش", "place", "شهر اوش", "place_level", "city", "city", "شهر اوش"),
    Fact(25, "پایتخت این کشور", "place", "بیشکک", "name", "بیشکک", "Bishkek", "پایتخت"),
    Fact(26, "۲ تا ۳ شهر قرقیزستان", "memorandum", MEMORANDUM, "scope_max", "3", "3", "قرقیزستان"),
    Fact(27, "خراسان رضوی", "place", "خراسان رضوی", "place_level", "province", "province", "خراسان رضوی"),
    Fact(28, "کشورهای مجاور آن", "statement", "فضای سیاسی قرقیزستان", "scope", "کشورهای مجاور", "neighbouring countries", "مجاور"),
    said(29, "مشهد و استان اوش قرقیزستان به‌عنوان خواهرخوانده درآمده‌اند", "در همین راستا", "خواهرخوانده", "sisters", "خواهرخوانده"),
    Fact(30, "در این راستا", "tie", TIE, "basis_clause_id", CLAUSE, CLAUSE, "مشهد"),
    Fact(31, "یکی از بندهایی که در سند همکاری دوجانبه ایران و قرقیزستان", "instrument", "سند همکاری دوجانبهٔ ایران و قرقیزستان", "instrument_kind", "bilateral cooperation document", "bilateral cooperation document", "سند همکاری"),
    Fact(32, "همکاری دوجانبه شهرها و استان‌های دو کشور", "clause", CLAUSE, "subject", CLAUSE, "cities and provinces", "استان‌های"),
    Fact(33, "آماده انعقاد تفاهم‌نامه همکاری مشترک میان شهرداری مشهد و قرقیزستان", "memorandum", MEMORANDUM, "stage", "proposed", "proposed", "تفاهم‌نامه"),
    Fact(34, "ارائه خدمات فنی و مهندسی در حوزه‌های مختلف مدیریت شهری", "commitment", "ارائهٔ خدمات فنی و مهندسی", "side", "ours", "ours", "ارائه"),
    Fact(35, "توسعه زیرساخت‌های خدمات شهری ۲ تا ۳ شهر قرقیزستان را برعهده گیرد", "commitment", "توسعهٔ زیرساخت‌های خدمات شهری", "quantity_min", "2", "2", "زیرساخت‌های"),
    Fact(36, "در مقابل از ظرفیت‌های کشاورزی و دامداری به‌ویژه در بخش نهاده‌ها", "commitment", "بهره‌گیری مشهد", "in_exchange_for_id", "توسعهٔ زیرساخت‌های خدمات شهری", "توسعهٔ زیرساخت‌های خدمات شهری", "کشاورزی"),
    Fact(37, "به‌ویژه در بخش نهاده‌ها", "commitment", "بهره‌گیری مشهد", "emphasis", "به‌ویژه در بخش نهاده‌ها", "inputs above all", "نهاده‌ها"),
    Fact(38, "شهرداری مشهد می‌تواند با این تفاهم‌نامه", "statement", "شهرداری مشهد می‌تواند", "modality", "can", "can", "می‌تواند"),
    said(39, "آمادگی صدور خدمات فنی و مهندسی و تجربیات شهرداری مشهد", "صدور خدمات فنی", "صدور خدمات فنی و مهندسی", "Exporting technical", "آمادگی"),
    Fact(40, "شهرداری مشهد در حوزه خدمات شهری درکشور پیشرو است", "statement", "شهرداری مشهد در خدمات شهری", "statement_kind", "capability", "capability", "پیشرو"),
    Fact(41, "ما را مکلف به برگزاری نشست شهرداران عضو سازمان شانگهای کرده", "mandate", MANDATE, "issuer_id", "شورای اسلامی شهر مشهد", "شورای اسلامی شهر مشهد", "شهرداران"),
    Fact(42, "وزارت خارجه موفق به برگزاری مناسب این نشست در مشهد شویم", "action", "برگزاری نشست شهرداران", "depends_on_organisation_id", MINISTRY, MINISTRY, "برگزاری"),
    Fact(43, "طرح برگزاری نشست شهرداران شهرهای کشورهای عضو سازمان شانگهای را تصویب کرده", "resolution", "تصویب طرح", "state", "approved", "approved", "تصویب"),
    Fact(44, "به‌دنبال تدوین چارچوبی برای آن است", "action", "تدوین چارچوب", "state", "in progress", "in progress", "تدوین"),
    said(45, "پای توسعه ارتباطات بین‌المللی مشهد با سایر شهرهای جهان ایستاده", "شورای ششم پشتیبان", "پشتیبان گسترش ارتباطات مشهد", "stands behind widening", "ایستاده"),
    Fact(46, "در دوره ششم مدیریت شهری", "term", "دورهٔ ششم مدیریت شهری", "number", "6", "6", "ششم"),
    said(47, "ارتباطات بین‌المللی مشهد را با همکاری دولت", "مبنای دورهٔ ششم", "گسترش ارتباطات بین‌المللی مشهد", "widen its international relations", "بین‌المللی"),
    Fact(48, "امیدواریم وزارت خارجه نیز به استفاده از ظرفیت‌های دیپلماسی شهری توجه بیشتری", "statement", "وزارت امور خارجه به دیپلماسی", "addressee_id", MINISTRY, MINISTRY, "دیپلماسی"),
    Fact(49, "حمایت از گسترش روابط بین المللی شهرداری", "source", SOURCE, "subheads", "حمایت از گسترش روابط بین المللی شهرداری", "Support for widening", "حمایت"),
    Fact(50, "یکی از مشکلات، نبود پروازهای منظم مشهد به قرقیزستان است", "obstacle", OBSTACLE, "state", "open", "open", "پروازهای"),
    Fact(51, "با استاندار خراسان رضوی برای منظم‌شدن و افزایش پروازها صحبت‌هایی داشته", "obstacle", OBSTACLE, "steps.text", "گفت‌وگوی شهردار", "mayor’s talk", "افزایش"),
    Fact(52, "آماده‌ایم در این زمینه همکاری داشته باشیم", "action", "همکاری برای منظم‌شدن", "obstacle_id", OBSTACLE, OBSTACLE, "همکاری"),
    Fact(53, "شهرهای قرقیزستان در این حوزه نیازمند استفاده از تجربیات مفید شهرداری", "statement", "شهرهای قرقیزستان در خدمات شهری", "statement_kind", "need", "need", "نیازمند"),
    said(54, "شهرهای قرقیزستان حتی پایتخت این کشور نیز", "شهرهای قرقیزستان، حتی پایتخت", "حتی پایتخت آن", "even the capital", "پایتخت"),
    said(55, "می‌توان باب همکاری‌ها را در این حوزه باز کرد", "در این حوزه می‌توان", "می‌توان همکاری را آغاز کرد", "Cooperation can be opened", "می‌توان"),
    said(56, "این موضوع می‌تواند ارتباط خوبی میان مشهد و قرقیزستان برقرار کند", "این نیاز می‌تواند", "پیوند خوبی میان مشهد و قرقیزستان", "build a good relation", "خوبی"),
    Fact(57, "فضای سیاسی قرقیزستان بازتر از کشورهای مجاور آن است", "statement", "فضای سیاسی قرقیزستان", "never_release", "True", "True", "بازتر"),
    said(58, "مسئولان این کشور تمایل دارند با ایران همکاری کنند", "مسئولان قرقیزستان", "به همکاری با ایران تمایل دارند", "inclined to cooperate with Iran", "تمایل"),
    Fact(59, "مردم قرقیزستان علاقه‌مند به ایران هستند", "source", SOURCE, "subheads", "مردم قرقیزستان علاقه‌مند به ایران هستند", "fond of Iran", "علاقه‌مند"),
    said(60, "مردم استان اوش قرقیزستان علاقه‌مند به ایران هستند", "مردم استان اوش", "مردم استان اوش به ایران علاقه دارند", "people of Osh Province are fond", "علاقه‌مند"),
    Fact(61, "به‌تازگی ایران یک مجموعه ورزشی در شهر اوش ساخته است", "statement", "ایران به‌تازگی", "happened_on", "به‌تازگی", "به‌تازگی", "مجموعه ورزشی"),
    said(62, "برگزاری مسابقات ورزشی دو جانبه مشهد و اوش", "مسابقات ورزشی", "مسابقات ورزشی دوجانبهٔ مشهد و اوش", "Bilateral sports contests", "مسابقات"),
    Fact(63, "سفارت ایران در قرقیزستان آمادگی خود رابرای برقراری ارتباطات بیشتر", "statement", "سفارت ایران در قرقیزستان برای ارتباط", "on_behalf_of_id", EMBASSY, EMBASSY, "برقراری"),
    Fact(64, "همکاری‌های مشترک میان قرقیزستان و مشهد اعلام می‌کند", "statement", "سفارت ایران در قرقیزستان برای ارتباط", "scope", "همکاری‌های مشترک میان قرقیزستان و مشهد", "joint cooperation between Kyrgyzstan and Mashhad", "مشترک"),
)  # fmt: skip

# Words of the same file that belong to other days and other pages.
TRAPS: tuple[str, ...] = (
    "نشان مشهد الرضا",
    "۲ هزار میلیارد تومانی",
    "۲ دی ۱۴۰۳",
    "بهار ۱۴۰۴",
    "کنفرانس بین‌المللی برنامه‌ریزی",
    "Google Analytics",
    "پس از تائید توسط شهرآرانیوز",
)
