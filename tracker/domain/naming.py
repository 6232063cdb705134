"""What a name that somebody typed stands for, when nothing of that name is on record yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from tracker.domain.bodies import OrganisationKind
from tracker.domain.places import PlaceLevel
from tracker.domain.text import fold

_COMMAS = re.compile("[،,]")

# The word that a body's name begins with (Persian) or holds (English), and what it makes of it.
_BODY_WORDS: tuple[tuple[str, OrganisationKind], ...] = (
    ("شهرداری", OrganisationKind.MUNICIPALITY),
    ("municipality", OrganisationKind.MUNICIPALITY),
    ("city hall", OrganisationKind.MUNICIPALITY),
    ("شورای", OrganisationKind.COUNCIL),
    ("council", OrganisationKind.COUNCIL),
    ("وزارت", OrganisationKind.MINISTRY),
    ("ministry", OrganisationKind.MINISTRY),
    ("سفارت", OrganisationKind.EMBASSY),
    ("سرکنسولگری", OrganisationKind.EMBASSY),
    ("embassy", OrganisationKind.EMBASSY),
    ("consulate", OrganisationKind.EMBASSY),
    ("استانداری", OrganisationKind.GOVERNORS_OFFICE),
    ("governor's office", OrganisationKind.GOVERNORS_OFFICE),
    ("دانشگاه", OrganisationKind.UNIVERSITY),
    ("university", OrganisationKind.UNIVERSITY),
    ("شرکت", OrganisationKind.COMPANY),
    ("company", OrganisationKind.COMPANY),
    ("خبرگزاری", OrganisationKind.MEDIA),
    ("روزنامه", OrganisationKind.MEDIA),
    ("news", OrganisationKind.MEDIA),
    ("سازمان", OrganisationKind.OTHER),
    ("organisation", OrganisationKind.OTHER),
    ("organization", OrganisationKind.OTHER),
    ("دفتر", OrganisationKind.OTHER),
    ("office", OrganisationKind.OTHER),
)
# The word that a place's name begins with (Persian) or holds (English), and its level.
_PLACE_WORDS: tuple[tuple[str, PlaceLevel], ...] = (
    ("استان", PlaceLevel.PROVINCE),
    ("province", PlaceLevel.PROVINCE),
    ("کشور", PlaceLevel.COUNTRY),
    ("جمهوری", PlaceLevel.COUNTRY),
    ("republic", PlaceLevel.COUNTRY),
    ("منطقه", PlaceLevel.DISTRICT),
    ("district", PlaceLevel.DISTRICT),
)
_GROUP_WORDS = (
    "جمعی از",
    "گروهی از",
    "تعدادی از",
    "اعضای",
    "a number of",
    "members of",
    "group of",
)
_POST_WORDS = (
    "شهردار", "استاندار", "سفیر", "وزیر", "مدیر", "مدیرکل", "رئیس", "نایب رئیس", "معاون",
    "سرکنسول", "فرماندار", "mayor", "governor", "ambassador", "minister", "director", "head of",
    "vice chair", "deputy", "consul",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """What was typed, and the object it was chosen to mean: neither, text alone, or both.

    Text alone asks for the one object of that name, or for a new one; `kind` is None when the
    field takes several kinds and only an id was given.
    """

    text: str = ""
    kind: str | None = None
    id: UUID | None = None

    def __bool__(self) -> bool:
        return bool(self.text or self.id)

    @property
    def chosen(self) -> str:
        if self.id is None:
            return ""
        return str(self.id) if self.kind is None else f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class NameAndPost:
    """«سعید خرازی، سفیر ایران در قرقیزستان»: a name, a comma, the post held that day."""

    name: str
    post: str = ""


def split_name(text: str) -> NameAndPost:
    name, *rest = _COMMAS.split(text, maxsplit=1)
    return NameAndPost(name.strip(), rest[0].strip() if rest else "")


def body_kind(name: str) -> OrganisationKind | None:
    """The kind of body that a name announces; None when it announces no body."""
    folded = fold(name)
    for word, kind in _BODY_WORDS:
        if _announces(folded, word):
            return kind
    return None


def place_level(name: str) -> PlaceLevel:
    """The level that a place's name announces; a city when it announces none."""
    folded = fold(name)
    for word, level in _PLACE_WORDS:
        if _announces(folded, word):
            return level
    return PlaceLevel.CITY


def is_group(name: str) -> bool:
    folded = fold(name)
    return any(folded.startswith(fold(word)) for word in _GROUP_WORDS)


def is_post(name: str) -> bool:
    folded = fold(name) + " "
    return any(folded.startswith(fold(word) + " ") for word in _POST_WORDS)


def _announces(folded: str, word: str) -> bool:
    wanted = fold(word)
    if wanted.isascii():
        return f" {wanted} " in f" {folded} "
    return f"{folded} ".startswith(f"{wanted} ")
