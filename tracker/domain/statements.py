"""Statements: what was said, by whom, and how strong the paper behind it is."""

from __future__ import annotations

from enum import StrEnum


class StatementKind(StrEnum):
    NOTE = "note"
    OFFER = "offer"
    NEED = "need"
    REQUEST = "request"
    CAPABILITY = "capability"
    POSITION = "position"
    ASSESSMENT = "assessment"
    OPPORTUNITY = "opportunity"
    PAST_WORK = "past work"


# What stays open until somebody answers it.
STANDING = frozenset({StatementKind.OFFER, StatementKind.OPPORTUNITY})


class Modality(StrEnum):
    """How the speaker put it; a wish is never printed as a fact."""

    IS = "is"
    CAN = "can"
    WANTS = "wants"
    HOPES = "hopes"


class Strength(StrEnum):
    """Derived from what is attached, never typed in."""

    REPORTED = "reported"
    STATED = "stated"
    MINUTED = "minuted"
    SIGNED = "signed"
    EVIDENCED = "evidenced"


STRENGTHS: tuple[Strength, ...] = tuple(Strength)


class LinkKind(StrEnum):
    BECAUSE_OF = "because of"
    CONTRADICTS = "contradicts"
    REPEATS = "repeats"


def strength_of(
    *,
    has_speaker: bool,
    minutes_approved: bool = False,
    signed_copy: bool = False,
    has_evidence: bool = False,
) -> Strength:
    """reported (source only) → stated (a speaker) → minuted → signed → evidenced."""
    if has_evidence:
        return Strength.EVIDENCED
    if signed_copy:
        return Strength.SIGNED
    if minutes_approved:
        return Strength.MINUTED
    return Strength.STATED if has_speaker else Strength.REPORTED
