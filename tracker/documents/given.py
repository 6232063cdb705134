"""What a form says of a document."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tracker.domain.access import Level
from tracker.domain.documents import DocumentKind
from tracker.domain.naming import Link
from tracker.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class GivenHolder:
    """An object that holds the document; `at` is the form's field."""

    link: Link
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenDocument:
    """A document as it was filled in, without its file."""

    title: Texts
    kind: DocumentKind
    written_in: str
    holders: tuple[GivenHolder, ...]
    level: Level
    language: str
    version: int | None = None
    submission: UUID | None = None
