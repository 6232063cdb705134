"""The words and days that the stories share."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from tracker.domain.access import Level
from tracker.domain.briefings import (
    BriefingKind,
    Head,
    Quantity,
)
from tracker.domain.dates import FuzzyDate
from tracker.domain.texts import Texts

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
