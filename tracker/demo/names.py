"""Places, bodies, posts and people of the story."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.demo.cast import THAT_DAY, UNKNOWN, Cast, add, both, put
from tracker.domain.access import Level
from tracker.domain.bodies import OrganisationKind
from tracker.domain.places import PlaceLevel
from tracker.models import Organisation, Person, Place, Post, Tenure
from tracker.models.base import Texts

_PUBLIC = Level.PUBLIC


def enter(session: Session) -> Cast:
    cast = Cast()
    _places(session, cast)
    _bodies(session, cast)
    _people(session, cast)
    return cast


def _places(session: Session, cast: Cast) -> None:
    def place(key: str, level: PlaceLevel, name: Texts, parent: str = "", **more: object) -> None:
        parent_id = cast[parent].id if parent else None
        put(
            session,
            cast,
            key,
            Place(place_level=level, name=name, parent_id=parent_id, level=_PUBLIC, **more),
        )

    country, province, city = PlaceLevel.COUNTRY, PlaceLevel.PROVINCE, PlaceLevel.CITY
    place("iran", country, {**both("ایران", "Iran"), "ru": "Иран"}, iso_code="IR")
    place(
        "kyrgyzstan",
        country,
        {**both("قرقیزستان", "Kyrgyzstan"), "ru": "Кыргызстан"},
        iso_code="KG",
        aliases=["Kyrgyz Republic", "Киргизия"],
    )
    place("razavi", province, both("خراسان رضوی", "Khorasan Razavi"), "iran")
    place("mashhad", city, {**both("مشهد", "Mashhad"), "ru": "Мешхед"}, "razavi")
    place(
        "osh_province",
        province,
        {**both("استان اوش", "Osh Province"), "ru": "Ошская область"},
        "kyrgyzstan",
    )
    place("osh_city", city, {**both("شهر اوش", "Osh city"), "ru": "Ош"}, "osh_province")
    place(
        "bishkek",
        city,
        {**both("بیشکک", "Bishkek"), "ru": "Бишкек"},
        "kyrgyzstan",
        aliases=["پایتخت قرقیزستان", "capital of Kyrgyzstan"],
    )
    place(
        "complex",
        PlaceLevel.FACILITY,
        both("مجموعهٔ ورزشی ساخت ایران", "Sports complex built by Iran"),
        "osh_city",
    )


def _bodies(session: Session, cast: Cast) -> None:
    def body(key: str, kind: OrganisationKind, name: Texts, place: str, **more: object) -> None:
        put(
            session,
            cast,
            key,
            Organisation(
                organisation_kind=kind,
                name=name,
                place_id=cast[place].id if place else None,
                level=_PUBLIC,
                **more,
            ),
        )

    body(
        "municipality",
        OrganisationKind.MUNICIPALITY,
        both("شهرداری مشهد", "Mashhad Municipality"),
        "mashhad",
        is_ours=True,
    )
    body(
        "council",
        OrganisationKind.COUNCIL,
        both("شورای اسلامی شهر مشهد", "Islamic City Council of Mashhad"),
        "mashhad",
        is_ours=True,
    )
    body(
        "ministry",
        OrganisationKind.MINISTRY,
        both("وزارت امور خارجه", "Ministry of Foreign Affairs"),
        "iran",
        short_name=both("وزارت خارجه", "MFA"),
        aliases=["وزارت خارجه"],
    )
    body(
        "embassy",
        OrganisationKind.EMBASSY,
        both("سفارت ایران در قرقیزستان", "Embassy of Iran in Kyrgyzstan"),
        "kyrgyzstan",
    )
    body(
        "government", OrganisationKind.GOVERNMENT, both("دولت ایران", "Government of Iran"), "iran"
    )
    body(
        "sco",
        OrganisationKind.INTERGOVERNMENTAL,
        both("سازمان همکاری شانگهای", "Shanghai Cooperation Organisation"),
        "",
        short_name=both("سازمان شانگهای", "SCO"),
        aliases=["سازمان شانگهای"],
    )
    body("shahrara", OrganisationKind.MEDIA, both("شهرآرانیوز", "Shahrara News"), "mashhad")


def _people(session: Session, cast: Cast) -> None:
    def post(key: str, title: Texts, body: str = "") -> None:
        organisation_id = cast[body].id if body else None
        put(session, cast, key, Post(title=title, organisation_id=organisation_id, level=_PUBLIC))

    def person(key: str, name: Texts, held: str, printed: tuple[str, ...] = ()) -> None:
        someone = put(
            session, cast, key, Person(name=name, printed_names=[*printed], level=_PUBLIC)
        )
        add(
            session,
            Tenure(
                person_id=someone.id,
                post_id=cast[held].id,
                since=UNKNOWN,
                until=UNKNOWN,
                attested_on=THAT_DAY,
            ),
        )

    post("mayor", both("شهردار مشهد", "Mayor of Mashhad"), "municipality")
    post(
        "vice_chair",
        both(
            "نایب‌رئیس شورای اسلامی شهر مشهد", "Vice chair of the Islamic City Council of Mashhad"
        ),
        "council",
    )
    post(
        "ambassador",
        both("سفیر ایران در قرقیزستان", "Iran’s ambassador to Kyrgyzstan"),
        "embassy",
    )
    # A post without a person: the report does not name the governor.
    post("governor", both("استاندار خراسان رضوی", "Governor of Khorasan Razavi"))

    person(
        "arjaei",
        both("سیدعبدالله ارجائی", "Seyed Abdollah Arjaei"),
        "mayor",
        ("سیدعبدا... ارجائی", "ارجائی"),
    )
    person("nasehi", both("مهدی ناصحی", "Mehdi Nasehi"), "vice_chair")
    person("kharrazi", both("سعید خرازی", "Saeed Kharrazi"), "ambassador")
