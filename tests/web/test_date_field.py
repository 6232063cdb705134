"""The date field of a form: every way to type a day, what is doubtful, what is offered."""

from __future__ import annotations

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from tests import dates
from tracker.domain.dates import Direction
from tracker.web.forms import BaseForm, FuzzyDateField, RowForm, RowsField

pytestmark = pytest.mark.usefixtures("in_the_city")


class Row(RowForm):
    due = FuzzyDateField("مهلت", direction=Direction.FUTURE)


class Dated(BaseForm):
    held_on = FuzzyDateField("تاریخ")
    due = FuzzyDateField("مهلت", direction=Direction.FUTURE)
    rows = RowsField(Row, "اقدامات")


def test_every_day_of_the_vectors_in_every_form() -> None:
    field = Dated().held_on
    wrong = []
    for day, forms in dates.in_every_form():
        meant = date.fromisoformat(day)
        for typed in forms:
            field.process(MultiDict({field.name: typed}))
            if (field.data.first, field.data.last, field.warning) != (meant, meant, ""):
                wrong.append((day, typed, field.process_errors))
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "typed", "doubts"),
    [
        ("held_on", "دوشنبه ۱۶ آبان ۱۴۰۰", ["تاریخ: این روز یکشنبه است"]),
        ("held_on", "یکشنبه ۱۶ آبان ۱۴۰۰", []),
        ("held_on", "۲۱ آبان ۱۴۰۰", []),
        ("due", "۲۱ آبان ۱۴۰۰", ["مهلت: این روز جمعه و تعطیل است"]),
        ("due", "شنبه ۲۱ آبان ۱۴۰۰", ["مهلت: این روز جمعه و تعطیل است"]),
        ("due", "حدود ۲۱ آبان ۱۴۰۰", []),
        ("due", "آبان ۱۴۰۰", []),
        ("rows-0-due", "12 Nov 2021", ["مهلت: این روز جمعه و تعطیل است"]),
    ],
)
def test_what_is_doubtful_is_taken_and_told(name: str, typed: str, doubts: list[str]) -> None:
    form = Dated(MultiDict({name: typed}))
    assert form.validate(), form.errors
    assert form.doubts == doubts


def test_the_day_of_a_pressed_button_replaces_the_text() -> None:
    sent = MultiDict([("held_on", "۳۰ اسفند ۱۴۰۰"), ("held_on", "۲۹ اسفند ۱۴۰۰")])
    form = Dated(sent)
    assert form.validate(), form.errors
    assert form.held_on.data.first == date(2022, 3, 20)
    assert form.held_on.data.raw == form.held_on._value() == "۲۹ اسفند ۱۴۰۰"
