"""The line below a title, as words."""

from __future__ import annotations

from tracker.domain.texts import pick
from tracker.lang import current, digits, format_fuzzy, label
from tracker.search.queries.details import Detail


def line(detail: Detail) -> str:
    """«شهر، قرقیزستان» as one plain text, in the language of the page."""
    said = [label(detail.word)] if detail.word else []
    said += [pick(texts, current().tag).text for texts in detail.texts]
    if detail.code:
        said.append(digits(detail.code))
    if detail.on is not None and not detail.on.is_unknown:
        said.append(format_fuzzy(detail.on))
    return current().comma.join(said)
