"""Fields and forms: what is typed, what is kept, what is said about it."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

import pytest
from werkzeug.datastructures import MultiDict

from tracker import lang
from tracker.domain.access import Level
from tracker.domain.dates import Direction, FuzzyDate
from tracker.domain.errors import RuleBroken
from tracker.domain.meetings import MeetingKind, MeetingState
from tracker.domain.naming import Link
from tracker.web.forms import (
    BaseForm,
    BooleanField,
    ChoiceField,
    DecimalField,
    FuzzyDateField,
    HoursField,
    IntegerField,
    LevelField,
    LinkField,
    LongTextField,
    RowForm,
    RowsField,
    TextField,
    TextsField,
)

pytestmark = pytest.mark.usefixtures("in_the_city")

ID = UUID("01934f3a-0000-7000-8000-000000000001")


class Row(RowForm):
    text = TextField("Action", required=True)
    owner = LinkField("Owner", kinds=("person", "post"))
    due = FuzzyDateField("Due", direction=Direction.FUTURE)
    state = ChoiceField("State", vocabulary=MeetingState, default=MeetingState.DRAFT)
    spare = BooleanField("Spare")


class Everything(BaseForm):
    title = TextsField("Title", required=True, max_length=20)
    note = LongTextField("Note", max_length=50)
    code = TextField("Code", max_length=10)
    held_on = FuzzyDateField("Held on")
    hour = HoursField("Hour")
    kind = ChoiceField("Kind", vocabulary=MeetingKind, blank="any")
    level = LevelField("Level")
    place = LinkField("Place", kinds=("place",))
    count = IntegerField("Count", smallest=1, largest=1000)
    amount = DecimalField("Amount")
    actions = RowsField(Row, "Actions")


def posted(*pairs: tuple[str, str], **values: str) -> Everything:
    return Everything(MultiDict([*values.items(), *pairs]))


def test_a_title_is_enough() -> None:
    form = posted(title="دیدار با سفیر")
    assert form.validate(), form.errors
    assert form.title.data == {"fa": "دیدار با سفیر"}
    assert form.held_on.data == FuzzyDate.unknown()
    assert form.level.data is Level.INTERNAL
    assert form.kind.data is None
    assert not form.place.data
    assert form.actions.rows == []


def test_what_is_missing_is_named() -> None:
    form = posted(title="  ")
    assert not form.validate()
    assert form.title.errors == ["«Title» را وارد کنید"]


def test_texts_go_by_the_language_of_the_page_they_were_typed_on() -> None:
    assert posted(("title-en", "Call"), title="دیدار").title.data == {"fa": "دیدار", "en": "Call"}
    form = posted(title="Call", typed_in="en")
    assert form.title.data == {"en": "Call"}
    lang.set_language("en")
    names = [(sub.name, sub.lang, sub.data) for sub in form.title.subfields]
    assert names == [("title", "en", "Call"), ("title-fa", "fa", "")]


def test_a_language_without_a_control_keeps_its_text() -> None:
    form = Everything(MultiDict({"title": "نو"}), data={"title": {"fa": "کهنه", "en": "Old"}})
    assert form.title.data == {"fa": "نو", "en": "Old"}


@pytest.mark.parametrize("bad", ["a\0b", "a\u202eb", "a\u2066b", "x" * 21])
def test_a_refused_text_stays_as_it_was_typed(bad: str) -> None:
    form = posted(title=bad, code=bad[:10])
    assert not form.validate()
    assert form.title.errors
    assert form.title.subfields[0].data == bad.replace("\0", "")


def test_half_spaces_stay_and_other_hidden_signs_go() -> None:
    form = posted(title="تفاهم\u200cنامه\u00ad\ufeff", note="یک\r\nدو\x07")
    assert form.title.data == {"fa": "تفاهم\u200cنامه"}
    assert form.note.data == "یک\nدو"


def test_dates_are_kept_as_typed() -> None:
    form = posted(title="x", held_on="تا ۱۶ آبان ۱۴۰۰")
    assert form.held_on.data.last == date(2021, 11, 7)
    assert form.held_on.data.first is None
    assert form.held_on.data.raw == "تا ۱۶ آبان ۱۴۰۰"
    assert form.held_on._value() == "تا ۱۶ آبان ۱۴۰۰"


def test_a_day_that_does_not_exist_offers_its_neighbours() -> None:
    form = posted(title="x", held_on="۳۰ اسفند ۱۴۰۰")
    assert not form.validate()
    assert form.held_on.errors == ["۳۰ اسفند ۱۴۰۰ وجود ندارد؛ اسفند ۱۴۰۰ ۲۹ روز دارد"]
    assert form.held_on.candidates == (date(2022, 3, 20), date(2022, 3, 21))
    assert form.held_on._value() == "۳۰ اسفند ۱۴۰۰"


@pytest.mark.parametrize(
    "bad", ["0000/01/01", "1400/13/01", "هیچ", "1" * 500, "\u202e1400/8/16", "\0"]
)
def test_what_is_no_date_is_refused(bad: str) -> None:
    assert "held_on" in refused(held_on=bad)


def test_a_date_that_stays_is_shown_to_be_edited() -> None:
    form = Everything(data={"held_on": FuzzyDate.on_or_before(date(2021, 11, 7))})
    assert form.held_on._value() == "۱۶ آبان ۱۴۰۰ یا پیش از آن"


def refused(**values: str) -> dict[str, Any]:
    form = posted(title="x", **values)
    form.validate()
    return dict(form.errors)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("۱۰:۳۰", time(10, 30)), ("9.05", time(9, 5)), ("", None), ("٢٣:٥٩", time(23, 59))],
)
def test_hours(typed: str, found: time | None) -> None:
    form = posted(title="x", hour=typed)
    assert form.validate()
    assert form.hour.data == found


@pytest.mark.parametrize("bad", ["24:00", "10:60", "ده", "10", "10:3", "²:00", "-1:00"])
def test_what_is_no_hour(bad: str) -> None:
    assert "hour" in refused(hour=bad)


@pytest.mark.parametrize("typed", ["working meeting", "working_meeting", "WORKING MEETING"])
def test_choices_go_by_value(typed: str) -> None:
    assert posted(title="x", kind=typed).kind.data is MeetingKind.WORKING_MEETING


def test_choices_refuse_what_is_not_offered() -> None:
    assert "kind" in refused(kind="party")
    assert "level" in refused(level="secret")
    assert "level" in refused(level="")  # no object is without one
    assert posted(title="x", kind="").kind.data is None


@pytest.mark.parametrize("typed", ["confidential", "2"])
def test_levels_go_by_name_or_rank(typed: str) -> None:
    form = posted(title="x", level=typed)
    assert form.level.data is Level.CONFIDENTIAL
    assert [(c[0], c[2]) for c in form.level.iter_choices()] == [
        ("public", False),
        ("internal", False),
        ("confidential", True),
    ]


def test_links_hold_text_or_choice_or_both() -> None:
    assert posted(title="x", place="اوش").place.data == Link("اوش")
    both = posted(("place-id", f"place:{ID}"), title="x", place="اوش")
    assert both.place.data == Link("اوش", "place", ID)
    assert both.place.chosen == f"place:{ID}"
    assert posted(("place-id", str(ID)), title="x").place.data == Link("", "place", ID)
    assert posted(title="x", place=f"place:{ID}").place.data == Link("", "place", ID)
    assert posted(title="x", place=str(ID)).place.data == Link("", "place", ID)


def test_an_emptied_link_is_empty_though_its_id_came_along() -> None:
    assert not posted(("place-id", f"place:{ID}"), title="x", place="").place.data


@pytest.mark.parametrize("bad", [f"person:{ID}", "place:1", "x", f"place:{ID}x", "²"])
def test_a_choice_that_cannot_be_is_refused_and_the_text_kept(bad: str) -> None:
    form = posted(("place-id", bad), title="x", place="اوش")
    assert not form.validate()
    assert form.place.errors
    assert form.place._value() == "اوش"
    assert form.place.chosen == ""


def test_numbers() -> None:
    form = posted(title="x", count="۱٬۰۰۰", amount="۱۲٫۵")
    assert form.validate(), form.errors
    assert (form.count.data, form.amount.data) == (1000, 1250)
    for bad in ("0", "1001", "²", "1e3", "NaN", "1_0", "-1", "9" * 60):
        assert "count" in refused(count=bad)


def rows(*pairs: tuple[str, str], **values: str) -> Everything:
    return posted(*pairs, title="x", **values)


def test_rows_may_have_gaps_and_empty_ones_are_overlooked() -> None:
    form = rows(
        ("actions-7-text", "دوم"),
        ("actions-2-text", "یکم"),
        ("actions-4-text", " "),
        ("actions-4-state", "held"),
        ("actions-4-spare", "y"),
        ("actions-7-due", "۱۴۰۰/۸/۱۶"),
    )
    assert form.validate(), form.errors
    assert [row.text.data for row in form.actions.rows] == ["یکم", "دوم"]
    assert form.actions.rows[1].due.data.is_exact


def test_a_mistake_in_a_row_is_the_forms() -> None:
    form = rows(("actions-0-due", "۳۰ اسفند ۱۴۰۰"))
    assert not form.validate()
    row = form.actions.entries[0].form
    assert row.due.candidates
    assert row.text.errors
    assert "actions" in form.errors


@pytest.mark.parametrize(
    "key", ["actions-²-text", "actions-99999-text", "actions-x-text", "actions-"]
)
def test_rows_that_cannot_be_numbered_are_ignored(key: str) -> None:
    form = rows((key, "a"))
    assert form.validate()
    assert form.actions.rows == []


def test_a_row_is_added_and_one_removed_without_a_script() -> None:
    typed = (("actions-0-text", "یکم"), ("actions-3-text", "دوم"))
    assert not rows(*typed).rows_changed()
    form = rows(*typed, ("add-row", "actions"))
    assert form.rows_changed()
    assert [e.form.text.data for e in form.actions.entries] == ["یکم", "دوم", ""]
    form = rows(*typed, ("remove-row", "actions-0"))
    assert form.rows_changed()
    assert [(e.name, e.form.text.data) for e in form.actions.entries] == [("actions-0", "دوم")]
    form = rows(*typed, ("remove-row", "actions-9"))
    assert form.rows_changed()
    assert len(form.actions.entries) == 2


def test_one_spare_row_is_always_there() -> None:
    assert len(Everything().actions.entries) == 1
    form = rows(("actions-0-text", "یکم"), ("remove-row", "actions-0"))
    assert form.rows_changed()
    assert [e.form.text.data for e in form.actions.entries] == [""]


def test_more_rows_than_anybody_types_are_cut_off() -> None:
    form = rows(*((f"actions-{n}-text", "x") for n in range(300)))
    assert len(form.actions.entries) == 200


def test_a_rule_speaks_at_its_field_or_above_the_form() -> None:
    form = rows(("actions-0-text", "یکم"))
    assert form.validate()
    form.refuse(RuleBroken("There is no such step.", field="code"))
    form.refuse(RuleBroken("There is no such step.", field="actions-0-due"))
    form.refuse(RuleBroken("There is no such step."))
    assert form.code.errors == ["چنین گامی وجود ندارد."]
    assert form.actions.entries[0].form.due.errors == ["چنین گامی وجود ندارد."]
    assert form.form_errors == ["چنین گامی وجود ندارد."]
    assert {"code", "actions"} <= set(form.errors)


def test_a_submission_keeps_its_id_and_a_new_form_gets_one() -> None:
    given = str(uuid4())
    assert posted(title="x", submission=given).submission._value() == given
    nonsense = posted(title="x", submission="x")
    assert nonsense.submission.data is None
    assert UUID(nonsense.submission._value())
    assert Everything().submission._value() != Everything().submission._value()


@pytest.mark.parametrize(
    ("typed", "read"), [("3", 3), ("", None), ("x", -1), ("²", -1), ("-2", -1)]
)
def test_versions(typed: str, read: int | None) -> None:
    assert posted(title="x", version=typed).version.data == read


def test_keys_that_no_field_knows_are_ignored() -> None:
    assert posted(title="x", effective_level="0", id="1", created_by="x").validate()
