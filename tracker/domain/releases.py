"""What may be handed to a partner, and how an object is marked: its level, and whether it was.

A level says how far an object travels within the city. A release hands one version of it to one
organisation, and is no level: nobody else may read more because of it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from tracker.domain.access import Level
from tracker.domain.statements import StatementKind


class Marking(NamedTuple):
    """What the tag of an object says: its effective level, and whether a release of it stands."""

    level: Level
    released: bool = False


class Never(StrEnum):
    """Why something is never handed to a partner, whatever its level."""

    ASSESSMENT = "an assessment of others is for this office alone"
    MARKED = "it was marked as never releasable when it was recorded"
    OBSTACLE = "an obstacle says who holds up what among our own bodies"
    ACTION = "an action is work within our own bodies"
    MANDATE = "a mandate is between the council and the bodies that it directs"
    FRAMEWORK = "a policy framework is drawn up for our own bodies"
    OTHER_KIND = "this kind of record is not made to be handed over"


RELEASABLE = frozenset(
    {
        "tie", "memorandum", "commitment", "meeting", "statement", "source", "instrument",
        "clause", "document", "resolution", "term", "person", "post", "organisation", "place",
    }
)  # fmt: skip
_REASONS = {
    "obstacle": Never.OBSTACLE,
    "action": Never.ACTION,
    "mandate": Never.MANDATE,
    "framework": Never.FRAMEWORK,
}
NEVER_SAID = frozenset({StatementKind.ASSESSMENT})


def never(kind: str, said: StatementKind | None = None, *, marked: bool = False) -> Never | None:
    """Why an object may never be released; None when it may. A kind that no table names is not.

    `said` is what kind of statement it is, `marked` whether it was set apart by hand.
    """
    if kind not in RELEASABLE:
        return _REASONS.get(kind, Never.OTHER_KIND)
    if said in NEVER_SAID:
        return Never.ASSESSMENT
    return Never.MARKED if marked else None
