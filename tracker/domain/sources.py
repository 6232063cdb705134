"""Sources: where something was said or printed, and papers that are known to exist."""

from __future__ import annotations

from enum import StrEnum


class SourceKind(StrEnum):
    NEWS = "news item"
    LETTER = "letter"
    MINUTES = "minutes"
    DOCUMENT = "document"
    WEB_PAGE = "web page"
    OWN_NOTE = "own note"


class InstrumentKind(StrEnum):
    BILATERAL_DOCUMENT = "bilateral cooperation document"
    AGREEMENT = "agreement"
    MEMORANDUM = "memorandum"
    REGULATION = "regulation"
    OTHER = "other document"
