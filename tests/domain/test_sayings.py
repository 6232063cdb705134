"""Who said a line: full name, family name or post of a delegate, else nobody."""

from __future__ import annotations

import pytest

from tracker.domain.sayings import Delegate, Saying, read, speaker_of

MAYOR = Delegate(("سیدعبدالله ارجائی", "Seyed Abdollah Arjaei"), ("شهردار مشهد",))
VICE_CHAIR = Delegate(("مهدی ناصحی",), ("نایب‌رئیس شورای اسلامی شهر مشهد",))
AMBASSADOR = Delegate(("سعید خرازی",), ("سفیر ایران در قرقیزستان",))
DELEGATES = (MAYOR, VICE_CHAIR, AMBASSADOR)


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("سیدعبدالله ارجائی", 0),
        ("سید عبدالله ارجائي", 0),
        ("ارجائی", 0),
        ("شهردار مشهد", 0),
        ("شهردار", 0),
        ("Arjaei", 0),
        ("ناصحی", 1),
        ("نایب رئیس", 1),
        ("نایب‌رئیس شورا", None),
        ("آقای خرازی", 2),
        ("دکتر سعید خرازی", 2),
        ("سعید خرازی، سفیر ایران در قرقیزستان", 2),
        ("سفیر ایران", 2),
        ("سعید", None),
        ("خراز", None),
        ("استاندار", None),
        ("", None),
        ("آقای", None),
    ],
)
def test_a_name_means_one_delegate_or_none(name: str, speaker: int | None) -> None:
    assert speaker_of(name, DELEGATES) == speaker


def test_a_name_that_two_go_by_means_neither() -> None:
    brothers = (Delegate(("علی خرازی",)), Delegate(("سعید خرازی",)))
    assert speaker_of("خرازی", brothers) is None
    assert speaker_of("سعید خرازی", brothers) == 1


def test_a_full_name_goes_before_a_part_of_another() -> None:
    assert speaker_of("رضا", (Delegate(("علی رضا",)), Delegate(("رضا",)))) == 1


def test_lines_are_read_one_by_one() -> None:
    said = (
        "ارجائی: آمادهٔ همکاری هستیم: از همین امروز\n"
        "\n"
        "  سفیر ایران در قرقیزستان : سفارت آماده است.  \n"
        "نکته: پروازها منظم نیست\n"
        "بدون گوینده\n"
        "ناصحی:"
    )
    assert read(said, DELEGATES) == [
        Saying("آمادهٔ همکاری هستیم: از همین امروز", 0),
        Saying("سفارت آماده است.", 2),
        Saying("نکته: پروازها منظم نیست"),
        Saying("بدون گوینده"),
        Saying("ناصحی:"),
    ]


def test_a_colon_deep_in_a_sentence_names_nobody() -> None:
    line = "و " * 70 + "ارجائی: آری"
    assert read(line, DELEGATES) == [Saying(line)]


def test_nothing_said_is_nothing() -> None:
    assert read(" \n\n", DELEGATES) == []
