"""Refusals of typed dates, numbers and texts, as sentences."""

from __future__ import annotations

from tracker.domain.dates import DateRefused, Refusal
from tracker.domain.numbers import NumberRefusal, NumberRefused
from tracker.domain.text import TextRefused, Unwanted
from tracker.lang.dates import month_name, weekday_name
from tracker.lang.messages import gettext


def N_(message: str) -> str:
    """Marks a message for the catalogue; it is looked up where it is said."""
    return message


def date_refusal(refused: DateRefused) -> str:
    """One sentence, the same in the field, in the summary and in the browser's echo."""
    values = dict(refused.values)
    if refused.reason in (Refusal.NO_SUCH_DAY, Refusal.MIXED_CALENDARS):
        values["month"] = month_name(values["month"], values.pop("calendar"))
    return gettext(date_refusal_ids()[refused.reason], **values)


def date_refusal_ids() -> dict[Refusal, str]:
    """The sentence of each refusal, in the language of the source."""
    return {
        Refusal.TOO_LONG: N_("A date has at most %(most)s characters"),
        Refusal.NOT_A_DATE: N_("This is not a date that can be read; try 16 Aban 1400"),
        Refusal.NO_SUCH_DAY: N_(
            "%(day)s %(month)s %(year)s does not exist; %(month)s %(year)s has %(length)s days"
        ),
        Refusal.NO_SUCH_MONTH: N_("There is no month %(month)s; months go from 1 to 12"),
        Refusal.YEAR_OUT_OF_RANGE: N_(
            "The year %(year)s is out of range; years go from 1200 to 1599 or from 1800 to 2200"
        ),
        Refusal.SHORT_YEAR: N_("The year is too short; type it in four digits"),
        Refusal.MIXED_CALENDARS: N_(
            "%(month)s is not a month of the calendar of the year %(year)s"
        ),
        Refusal.TWO_WINTERS: N_("The winter of %(year)s may be either of two; type a month"),
        Refusal.BACKWARDS: N_("The first date is after the second"),
        Refusal.DISAGREE: N_("The two dates are not the same day"),
    }


# A two-digit year is asked back with the likeliest day.
ASKED = N_("%(date)s?")
WEEKDAY_WARNING = N_("This day is a %(weekday)s")
DAY_OFF_WARNING = N_("This day is a %(weekday)s, a day off")


def weekday_warning(weekday: int) -> str:
    """For a date typed with another weekday than its own."""
    return gettext(WEEKDAY_WARNING, weekday=weekday_name(weekday))


def day_off_warning(weekday: int) -> str:
    """For something due on a day on which nobody works."""
    return gettext(DAY_OFF_WARNING, weekday=weekday_name(weekday))


def number_refusal(refused: NumberRefused) -> str:
    return gettext(_NUMBERS[refused.reason], **refused.values)


_NUMBERS = {
    NumberRefusal.NOT_A_NUMBER: N_("This is not a number"),
    NumberRefusal.NOT_WHOLE: N_("A whole number is needed here"),
    NumberRefusal.TOO_PRECISE: N_("At most %(scale)s decimals are possible here"),
    NumberRefusal.TOO_LARGE: N_("This number is too large"),
    NumberRefusal.NEGATIVE: N_("A number below zero is not possible here"),
    NumberRefusal.GROUPING: N_("The digits are not in groups of three"),
}


def text_refusal(refused: TextRefused) -> str:
    return gettext(_TEXTS[refused.reason], position=refused.position + 1)


_TEXTS = {
    Unwanted.NUL: N_("The text holds a null character at position %(position)s; remove it"),
    Unwanted.BIDI_CONTROL: N_(
        "The text holds an invisible direction control at position %(position)s; remove it"
    ),
    Unwanted.SURROGATE: N_(
        "The text holds half a character at position %(position)s; type it again"
    ),
}
