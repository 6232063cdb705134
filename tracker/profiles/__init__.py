"""The city profile: what is particular to a city or country, in TOML, checked at start."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Texts = Mapping[str, str]
Direction = Literal["rtl", "ltr"]
Calendar = Literal["jalali", "gregorian"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HERE = Path(__file__).resolve().parent
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CURRENCY = re.compile(r"[A-Z]{3}")


class ProfileRefused(Exception):
    """The profile cannot be used; the message names the key and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the city's screens and papers, with its direction and calendar."""

    tag: str
    name: str
    direction: Direction
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Money:
    """The currency of account, and the unit in which people speak of it."""

    currency: str
    unit: Texts
    factor: int


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the head of an official paper."""

    invocation: Texts
    fields: tuple[Texts, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """One city. `name` is also how its home place is called; weekdays count from Monday = 0."""

    key: str
    name: Texts
    municipality: Texts
    country: Texts
    languages: tuple[Language, ...]
    zone: ZoneInfo
    calendar: Calendar
    week_start: int
    days_off: frozenset[int]
    money: Money
    letterhead: Letterhead

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(language.tag for language in self.languages)

    def language(self, tag: str) -> Language | None:
        return next((each for each in self.languages if each.tag == tag), None)


def load(key: str) -> Profile:
    """The profile of that name, or of that file when `key` ends in .toml."""
    path = Path(key) if key.endswith(".toml") else _HERE / f"{key}.toml"
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in _HERE.glob("*.toml")))
        raise ProfileRefused(f"there is no profile {key!r}; there are: {known}")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileRefused(f"{path.name}: {error}") from error
    return read(path.stem, table)


def read(key: str, table: Mapping[str, Any]) -> Profile:
    """A profile from its table; every key is required, and a key it does not know is refused."""
    root = _Keys(table, "")
    languages = tuple(_language(each) for each in root.tables("languages"))
    tags = [language.tag for language in languages]
    if not languages or len(set(tags)) < len(tags):
        raise ProfileRefused("languages: at least one, and none twice")
    week, money, letterhead = root.table("week"), root.table("money"), root.table("letterhead")
    profile = Profile(
        key=key,
        name=root.texts("name", tags),
        municipality=root.texts("municipality", tags),
        country=root.texts("country", tags),
        languages=languages,
        zone=root.checked("timezone", _zone),
        calendar=root.one_of("calendar", ("jalali", "gregorian")),
        week_start=WEEKDAYS.index(week.one_of("starts", WEEKDAYS)),
        days_off=week.checked("days_off", _weekdays),
        money=Money(
            currency=money.matching("currency", _CURRENCY),
            unit=money.texts("unit", tags),
            factor=money.checked("factor", _factor),
        ),
        letterhead=Letterhead(
            invocation=letterhead.texts("invocation", ()),
            fields=tuple(
                _texts(each, "letterhead.fields", tags) for each in letterhead.tables_in("fields")
            ),
        ),
    )
    for keys in (root, week, money, letterhead):
        keys.refuse_unknown()
    return profile


def _language(keys: _Keys) -> Language:
    language = Language(
        tag=keys.matching("tag", _TAG),
        name=keys.text("name"),
        direction=keys.one_of("direction", ("rtl", "ltr")),
        calendar=keys.one_of("calendar", ("jalali", "gregorian")),
    )
    keys.refuse_unknown()
    return language


def _zone(value: Any) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError) as error:
        raise ValueError(f"{value!r} is not a time zone") from error


def _weekdays(value: Any) -> frozenset[int]:
    if not isinstance(value, list) or not set(value) < set(WEEKDAYS):
        raise ValueError("a list of English weekday names, not all of them")
    return frozenset(map(WEEKDAYS.index, value))


def _factor(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("a whole number from 1 on")
    return value


def _texts(value: Any, where: str, tags: tuple[str, ...] | list[str]) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise ProfileRefused(f"{where}: a text per language")
    missing = [tag for tag in tags if not value.get(tag, "").strip()]
    if missing:
        raise ProfileRefused(f"{where}: nothing in {', '.join(missing)}")
    return dict(value)


class _Keys:
    """A table that remembers which of its keys were asked for."""

    def __init__(self, table: Mapping[str, Any], where: str) -> None:
        self._table, self._where, self._asked = table, where, set[str]()

    def _get(self, key: str) -> Any:
        self._asked.add(key)
        if key not in self._table:
            raise ProfileRefused(f"{self._where}{key}: missing")
        return self._table[key]

    def refuse_unknown(self) -> None:
        unknown = set(self._table) - self._asked
        if unknown:
            raise ProfileRefused(f"{self._where}{min(unknown)}: no such key")

    def text(self, key: str) -> str:
        value = self._get(key)
        if not isinstance(value, str) or not value.strip():
            raise ProfileRefused(f"{self._where}{key}: a text")
        return value

    def matching(self, key: str, pattern: re.Pattern[str]) -> str:
        value = self.text(key)
        if not pattern.fullmatch(value):
            raise ProfileRefused(f"{self._where}{key}: {value!r} has the wrong form")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...]) -> Any:
        value = self.text(key)
        if value not in allowed:
            raise ProfileRefused(f"{self._where}{key}: one of {', '.join(allowed)}")
        return value

    def checked(self, key: str, check: Callable[[Any], Any]) -> Any:
        try:
            return check(self._get(key))
        except ValueError as error:
            raise ProfileRefused(f"{self._where}{key}: {error}") from error

    def texts(self, key: str, tags: tuple[str, ...] | list[str]) -> dict[str, str]:
        return _texts(self._get(key), f"{self._where}{key}", tags)

    def table(self, key: str) -> _Keys:
        value = self._get(key)
        if not isinstance(value, dict):
            raise ProfileRefused(f"{self._where}{key}: a table")
        return _Keys(value, f"{self._where}{key}.")

    def tables_in(self, key: str) -> list[Mapping[str, Any]]:
        value = self._get(key)
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise ProfileRefused(f"{self._where}{key}: a list of tables")
        return cast(list[Mapping[str, Any]], value)

    def tables(self, key: str) -> list[_Keys]:
        return [_Keys(each, f"{self._where}{key}.") for each in self.tables_in(key)]
