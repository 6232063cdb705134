"""Pages of a list: the cursor in the address, the link to the next page, the capped count."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from flask import request
from werkzeug.exceptions import BadRequest

from tracker.lang import digits, format_number
from tracker.models.keyset import (
    MOST_COUNTED,
    PAGE,
    Cursor,
    MomentCursor,
    NameCursor,
    SequenceCursor,
)

Item = TypeVar("Item")
AnyCursor = Cursor | NameCursor | MomentCursor | SequenceCursor
Place = TypeVar("Place", Cursor, NameCursor, MomentCursor, SequenceCursor)
PARAMETER = "after"
_LENGTH = 4 + 16  # the day's ordinal, the id
_MOMENT, _NUMBER = 8, 4
_LARGEST = 2**31 - 1
_EPOCH, _TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """The rows of one page; `older` is the address of the next, `newest` of the first, or ""."""

    rows: tuple[Item, ...]
    older: str
    newest: str


def encode(cursor: AnyCursor) -> str:
    if isinstance(cursor, NameCursor):
        packed = cursor.id.bytes + cursor.name.encode()
    elif isinstance(cursor, MomentCursor):
        packed = ((cursor.at - _EPOCH) // _TICK).to_bytes(_MOMENT, "big") + cursor.id.bytes
    elif isinstance(cursor, SequenceCursor):
        packed = cursor.number.to_bytes(_NUMBER, "big")
    else:
        packed = cursor.sort.toordinal().to_bytes(4, "big") + cursor.id.bytes
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode(text: str) -> Cursor:
    """ValueError when it was not made by `encode`."""
    packed = _unpacked(text)
    if len(packed) != _LENGTH:
        raise ValueError("not a cursor")
    ordinal = int.from_bytes(packed[:4], "big")
    if not 1 <= ordinal <= date.max.toordinal():
        raise ValueError("not a cursor")
    return Cursor(date.fromordinal(ordinal), UUID(bytes=packed[4:]))


def decode_name(text: str) -> NameCursor:
    """ValueError when it was not made by `encode`."""
    packed = _unpacked(text)
    name = packed[16:].decode()
    if len(packed) < 16 or "\0" in name:
        raise ValueError("not a cursor")
    return NameCursor(name, UUID(bytes=packed[:16]))


def decode_moment(text: str) -> MomentCursor:
    """ValueError when it was not made by `encode`."""
    packed = _unpacked(text)
    if len(packed) != _MOMENT + 16:
        raise ValueError("not a cursor")
    try:
        at = _EPOCH + int.from_bytes(packed[:_MOMENT], "big") * _TICK
    except OverflowError as error:
        raise ValueError("not a cursor") from error
    return MomentCursor(at, UUID(bytes=packed[_MOMENT:]))


def decode_number(text: str) -> SequenceCursor:
    """ValueError when it was not made by `encode`."""
    packed = _unpacked(text)
    number = int.from_bytes(packed, "big")
    if len(packed) != _NUMBER or number > _LARGEST:
        raise ValueError("not a cursor")
    return SequenceCursor(number)


def _unpacked(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not a cursor") from error


def cursor() -> Cursor | None:
    """Where this page of the list begins; None is the beginning, nonsense is answered 400."""
    return _asked(decode)


def name_cursor() -> NameCursor | None:
    """The same of a list by name."""
    return _asked(decode_name)


def moment_cursor() -> MomentCursor | None:
    """The same of a list by when something was done."""
    return _asked(decode_moment)


def sequence_cursor() -> SequenceCursor | None:
    """The same of a list by number."""
    return _asked(decode_number)


def _asked(read: Callable[[str], Place]) -> Place | None:
    text = request.args.get(PARAMETER)
    if not text:
        return None
    try:
        return read(text)
    except ValueError:
        raise BadRequest from None


def page(
    rows: Sequence[Item], place: Callable[[Item], AnyCursor], limit: int = PAGE
) -> Page[Item]:
    """A page out of at most `limit` + 1 rows, with the addresses of its neighbours."""
    shown = tuple(rows[:limit])
    older = _address(encode(place(shown[-1]))) if len(rows) > limit else ""
    return Page(shown, older, _address(None) if PARAMETER in request.args else "")


def count_said(number: int, most: int = MOST_COUNTED) -> str:
    """A count that was not carried on beyond `most`: «۱٬۰۰۰+»."""
    return format_number(number) if number <= most else f"{format_number(most)}{digits('+')}"


def _address(after: str | None) -> str:
    values: dict[str, Any] = request.args.to_dict(flat=False)
    values.pop(PARAMETER, None)
    values.pop("lang", None)  # the language is kept by the cookie
    if after is not None:
        values[PARAMETER] = [after]
    return f"?{urlencode(values, doseq=True)}" if values else request.path
