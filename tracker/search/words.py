"""A result in words: its title with what was found marked, and the line below."""

from __future__ import annotations

from markupsafe import Markup, escape

from tracker.domain.texts import pick
from tracker.lang import current, digits, format_fuzzy, label
from tracker.search.queries.details import Detail
from tracker.search.queries.results import Result


def marked(result: Result) -> Markup:
    """The title as markup, what was looked for within <mark>."""
    title = "".join(
        f"<mark>{escape(piece.text)}</mark>" if piece.marked else escape(piece.text)
        for piece in result.title
    )
    # Escaped piece by piece: `Markup.format` would take ten times as long.
    # nosemgrep: markup-from-text
    return Markup(f'<bdi lang="{escape(result.lang)}" dir="auto">{title}</bdi>')  # noqa: S704


def line(detail: Detail) -> str:
    """«شهر، قرقیزستان» as one plain text, in the language of the page."""
    said = [label(detail.word)] if detail.word else []
    said += [pick(texts, current().tag).text for texts in detail.texts]
    if detail.code:
        said.append(digits(detail.code))
    if detail.on is not None and not detail.on.is_unknown:
        said.append(format_fuzzy(detail.on))
    return current().comma.join(said)
