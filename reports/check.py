"""The gate after rendering: nothing lost, nothing foreign, everything a sealed file must carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reports.html import Paper

MOST_PAGES = 60
FAMILIES = ("Vazirmatn", "Noto-Sans")


class Unfit(Exception):
    """The document must not be handed out; `reason` is for machines, the message for the log."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


def pages_of_calls(anchors: Sequence[Iterable[str]], count: int) -> tuple[int, ...]:
    """For each call of a note the page it fell on, counted from 0; -1 where it fell on none."""
    where = {name: n for n, names in enumerate(anchors) for name in names}
    return tuple(where.get(f"bf-c{index}", -1) for index in range(count))


def document(printed: Paper, laid_out: Any) -> None:
    """Pages, notes beside their calls, and fonts, read off the layout before it is written."""
    pages = laid_out.pages
    if not 2 <= len(pages) <= MOST_PAGES:
        raise Unfit("too_large" if len(pages) > MOST_PAGES else "failed", f"{len(pages)} pages")
    anchors = [set(page.anchors) for page in pages]
    _notes(printed, anchors)
    if not laid_out.metadata.title or not laid_out.metadata.lang:
        raise Unfit("failed", "no title or no language")


def displaced(printed: Paper, anchors: Sequence[Iterable[str]]) -> frozenset[int]:
    """Pages with a call whose note the layout has put elsewhere, or nowhere."""
    where = {name: n for n, names in enumerate(anchors) for name in names}
    return frozenset(
        where.get(f"bf-c{index}", -1)
        for index, (_, carries) in enumerate(printed.sheet.calls)
        if carries and where.get(f"bf-n{index}") != where.get(f"bf-c{index}")
    )


def _notes(printed: Paper, anchors: Sequence[Iterable[str]]) -> None:
    sheet = printed.sheet
    found = pages_of_calls(anchors, len(sheet.calls))
    if -1 in found:
        raise Unfit("failed", f"call {found.index(-1)} of a note is on no page")
    if sheet.at_end:
        names = {name for page in anchors for name in page}
        lost = [n for n, _ in enumerate(sheet.listed(), 1) if f"bf-n{n}" not in names]
        if lost:
            raise Unfit("failed", f"notes {lost} of the list are on no page")
        return
    astray = displaced(printed, anchors)
    if astray:
        raise Unfit("failed", f"notes away from their calls on pages {sorted(astray)}")
    carried = {
        (page, ref) for (ref, carries), page in zip(sheet.calls, found, strict=True) if carries
    }
    for (ref, _), page in zip(sheet.calls, found, strict=True):
        if (page, ref) not in carried:
            raise Unfit("failed", f"note {ref} is missing on page {page + 1}")


def sealed(pdf: Any, language: str) -> None:
    """What the file itself must carry, read off its objects before they are compressed."""
    names = {
        str(item["BaseFont"]).lstrip("/").partition("+")[2]
        for item in pdf.objects
        if isinstance(item, dict) and item.get("Type") == "/Font" and "BaseFont" in item
    }
    foreign = sorted(name for name in names if not name.startswith(FAMILIES))
    if foreign or not names:
        raise Unfit("failed", f"fonts not ours: {foreign or 'none at all'}")
    catalog = pdf.catalog
    wanted = {
        "tags": "StructTreeRoot" in catalog and "MarkInfo" in catalog,
        "its language": getattr(catalog.get("Lang"), "string", "") == language,
        "its facts": bool(catalog.get("AF")),
    }
    missing = [name for name, there in wanted.items() if not there]
    if missing:
        raise Unfit("failed", f"without {', '.join(missing)}")
