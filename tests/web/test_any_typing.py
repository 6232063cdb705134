"""Whatever is sent: every kind of field, the places in lists, and where one is sent on to."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.hostile.words import DAYS, NUMBERS, TARGETS, TEXTS
from tracker.domain.dates import DateRefused, parse_iso_or_jalali
from tracker.domain.text import TextRefused, clean
from tracker.models.keyset import Cursor, NameCursor
from tracker.web import guard, paging
from tracker.web.fields.base import printable
from tracker.web.forms import (
    BaseForm,
    FuzzyDateField,
    HoursField,
    IntegerField,
    LinesField,
    LinkField,
    LongTextField,
    RowForm,
    RowsField,
    TextField,
    TextsField,
)

pytestmark = pytest.mark.usefixtures("in_the_city")

TYPED = st.one_of(
    st.sampled_from((*TEXTS, *DAYS, *NUMBERS)),
    st.text(max_size=40),
    st.uuids().map("tie:{}".format),
)
ROW_NUMBERS = st.lists(
    st.sampled_from(("0", "1", "7", "9999", "10000", "-1", "²", "۱", "")), max_size=4
)


class Row(RowForm):
    text = TextField("Action", max_length=100)
    owner = LinkField("Owner", kinds=("person",))


class Form(BaseForm):
    title = TextsField("Title", max_length=50)
    note = LongTextField("Note", max_length=500)
    code = TextField("Code", max_length=10)
    names = LinesField("Names", max_length=20, most=5)
    day = FuzzyDateField("Day")
    hour = HoursField("Hour")
    count = IntegerField("Count", smallest=0, largest=9)
    link = LinkField("Link", kinds=("tie", "memorandum"))
    rows = RowsField(Row, "Rows")


PLAIN = ("title", "title-en", "note", "code", "names", "day", "hour", "count", "link", "link-id")


@given(st.lists(st.tuples(st.sampled_from(PLAIN), TYPED), max_size=12), ROW_NUMBERS, TYPED)
def test_a_form_keeps_or_refuses_and_shows_what_was_typed(
    pairs: list[tuple[str, str]], numbers: list[str], typed: str
) -> None:
    for number in numbers:
        pairs = [*pairs, (f"rows-{number}-text", typed), (f"rows-{number}-owner", typed)]
    form = Form(MultiDict(pairs))
    form.rows_changed()
    is_good = form.validate()
    assert is_good == (not form.errors)
    for text in _texts({name: value for name, value in form.data.items() if name != "submission"}):
        assert clean(text, multiline=True) == text
    for field in (form.code, form.note, form.day, form.count, form.hour):
        if field.errors:
            sent = [value for name, value in pairs if name == field.name]
            assert field._value() in {printable(value) for value in sent}
            assert all(isinstance(message, str) and message for message in field.errors)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif hasattr(value, "raw"):
        yield value.raw or ""


@given(st.text(max_size=40) | st.binary(max_size=40).map(lambda raw: raw.hex()))
def test_a_place_in_a_list_is_read_or_refused(text: str) -> None:
    for read in (paging.decode, paging.decode_name):
        try:
            place = read(text)
        except ValueError:
            continue
        assert paging.encode(place)


@given(st.dates(), st.uuids(), st.text(st.characters(exclude_characters="\0", codec="utf-8")))
def test_a_place_in_a_list_survives_the_address(day: Any, identity: Any, name: str) -> None:
    assert paging.decode(paging.encode(Cursor(day, identity))) == Cursor(day, identity)
    by_name = NameCursor(name, identity)
    assert paging.decode_name(paging.encode(by_name)) == by_name


@given(
    st.sampled_from(TARGETS)
    | st.text("/\\:.?#@%25cfhtpx[]\r\n\t ‎é", max_size=12).map("/{}".format)
)
def test_nobody_is_sent_to_another_site(target: str) -> None:
    allowed = guard.safe_next(target)
    if allowed is None:
        return
    gone_to = urlsplit(urljoin("http://here.example/ties/", allowed.replace("\\", "/")))
    assert (gone_to.scheme, gone_to.netloc) == ("http", "here.example")
    assert not [sign for sign in allowed if unicodedata.category(sign) == "Cc"]


@given(TYPED)
def test_a_day_in_an_address_is_read_or_refused(typed: str) -> None:
    try:
        day = parse_iso_or_jalali(typed)
    except (DateRefused, TextRefused):
        return
    assert 600 < day.year < 2300
