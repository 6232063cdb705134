"""What the form of a release says, as the services take it."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.naming import Link


@dataclass(frozen=True, slots=True)
class GivenRelease:
    """To whom, in which language (none: in any), with which words for the edition, and why.

    `version` is that of the object as whoever releases it saw it.
    """

    organisation: Link
    language: str
    edition: str
    letter: str
    reason: str
    version: int | None
