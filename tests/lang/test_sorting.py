"""The order of names."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tracker.lang import sort_key


@pytest.mark.parametrize(
    "names",
    [
        ["آمل", "ابهر", "اوش", "بم", "پاوه", "تهران", "ثلاث", "جم", "چابهار", "خوی", "دزفول"],
        ["رشت", "زنجان", "ژاپن", "شیراز", "قم", "کرمان", "گرگان", "لار", "مشهد", "نور"],
        ["نی‌ریز", "ورامین", "هرات", "یزد"],
        ["کابل", "گنجه", "لندن"],
        ["سرو", "سوئد", "سی"],
        ["منطقهٔ ۲", "منطقهٔ ۱۰", "منطقهٔ ۱۰ شمال"],
        ["شهر", "شهر نو", "شهردار", "شهرداری"],
        ["7", "۱۰", "اوش", "Bishkek", "Osh"],
        ["Åbo", "Bam", "bam 2", "Osh", "Ош"],
    ],
)
def test_in_order(names: list[str]) -> None:
    keys = [sort_key(name) for name in names]
    assert all(before < after for before, after in pairwise(keys))


@pytest.mark.parametrize(
    ("one", "other"),
    [("كابل", "کابل"), ("تفاهم‌نامه", "تفاهمنامه"), ("علي", "علی"), ("OSH", "osh"), ("ب۲", "ب2")],
)
def test_spellings_that_stand_together(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)
