"""What is said in which language, and that two languages spoken at once do not mix."""

from __future__ import annotations

from contextvars import copy_context

import pytest

from tracker import lang
from tracker.domain.access import Level
from tracker.domain.memoranda import Stage
from tracker.domain.numbers import NumberRefusal, NumberRefused
from tracker.domain.text import TextRefused, Unwanted


def test_a_block_speaks_and_the_rest_goes_on() -> None:
    before = lang.current()
    with lang.speaking("en") as english:
        assert lang.current() is english
        with lang.speaking("fa"):
            assert lang.gettext("unknown") == "نامعلوم"
        assert lang.gettext("unknown") == "unknown"
    assert lang.current() is before


def test_a_language_set_in_one_context_stays_there() -> None:
    before = lang.current()
    copy_context().run(lang.set_language, "ru")
    assert lang.current() is before


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(lang.UnknownLanguage) as caught:
        lang.set_language("tlh")
    assert caught.value.tag == "tlh"


def test_a_language_without_a_catalogue_speaks_the_english_of_the_source() -> None:
    with lang.speaking("ru") as russian:
        assert lang.gettext("unknown") == "unknown"
        assert (russian.direction, russian.calendar) == ("ltr", "gregorian")


def test_numbers_in_a_message_take_the_digits_of_the_language() -> None:
    with lang.speaking("fa"):
        assert lang.gettext("A date has at most %(most)s characters", most=100).count("۱۰۰") == 1
        assert lang.ngettext("%(n)s thing", "%(n)s things", 3) == "۳ things"
    with lang.speaking("en"):
        assert lang.ngettext("%(n)s day", "%(n)s days", 1) == "1 day"
        assert lang.ngettext("%(n)s day", "%(n)s days", 3) == "3 days"


def test_a_percent_sign_without_values_is_only_a_sign() -> None:
    with lang.speaking("en"):
        assert lang.gettext("100% done") == "100% done"


def test_labels() -> None:
    with lang.speaking("fa"):
        assert lang.label(Stage.IN_FORCE) == "در حال اجرا"
        assert lang.label(Level.CONFIDENTIAL) == "محرمانه"
    with lang.speaking("en"):
        assert lang.label(Stage.IN_FORCE) == "in force"
        assert lang.label(Level.CONFIDENTIAL) == "confidential"


def test_a_lazy_message_speaks_when_it_is_printed() -> None:
    lazy = lang.lazy_gettext("unknown")
    for tag, said in (("fa", "نامعلوم"), ("en", "unknown"), ("fa", "نامعلوم")):
        with lang.speaking(tag):
            assert str(lazy) == said


@pytest.mark.parametrize(
    ("tag", "number", "scale", "said"),
    [
        ("fa", 1234567, 0, "۱٬۲۳۴٬۵۶۷"),
        ("en", 1234567, 0, "1,234,567"),
        ("fa", 123450, 2, "۱٬۲۳۴٫۵"),
        ("en", 100, 2, "1"),
        ("en", 5, 2, "0.05"),
        ("en", -1234, 0, "\u200e\u22121,234"),
        ("ru", 1234567, 0, "1\u00a0234\u00a0567"),
    ],
)
def test_numbers(tag: str, number: int, scale: int, said: str) -> None:
    with lang.speaking(tag):
        assert lang.format_number(number, scale=scale) == said


def test_digits_and_percent() -> None:
    with lang.speaking("fa"):
        assert lang.digits("کد 86935") == "کد ۸۶۹۳۵"
        assert lang.format_percent(25) == "۲۵٪"
    with lang.speaking("en"):
        assert lang.digits(86935) == "86935"
        assert lang.format_percent(25) == "25%"


def test_every_refusal_is_a_sentence_in_the_readers_language() -> None:
    for tag in ("fa", "en"):
        with lang.speaking(tag):
            texts = [lang.text_refusal(TextRefused(reason, 4)) for reason in Unwanted]
            numbers = [
                lang.number_refusal(NumberRefused(reason, scale=2)) for reason in NumberRefusal
            ]
            said = texts + numbers
            assert len(set(said)) == len(said)
            assert all(text.isascii() == (tag == "en") for text in said)
            assert all(lang.digits(5) in text for text in texts)
