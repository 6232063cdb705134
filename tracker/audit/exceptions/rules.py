"""The rules as a table: what is looked for, why it matters, and the query of its cases.

A query gives rows of `at, kind, object_id, user_id, detail`: when it happened, to what, by whom,
and a word more. None of them is a fault by itself: each is for somebody to look at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select

from tracker.audit.exceptions import cases
from tracker.audit.exceptions.period import Period
from tracker.lang import N_


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look for."""

    key: str
    title: str
    why: str
    cases: Callable[[Period], Select[*tuple[object, ...]]]


RULES: tuple[Rule, ...] = (
    Rule(
        "late",
        N_("A meeting logged more than seven days after it was held"),
        N_("Memory fades, and what was promised may have been forgotten on the way."),
        cases.logged_late,
    ),
    Rule(
        "date",
        N_("A date changed after approval"),
        N_("What was approved said another day."),
        cases.dates_after_approval,
    ),
    Rule(
        "follow-up",
        N_("An action closed by whoever follows it up"),
        N_("Nobody but the one who had to see to it says that it is done."),
        cases.closed_by_own_follow_up,
    ),
    Rule(
        "evidence",
        N_("An action closed without evidence"),
        N_("That it is done rests on a word alone."),
        cases.closed_without_evidence,
    ),
    Rule(
        "level",
        N_("A level lowered"),
        N_("More people see it than before, and that cannot be taken back."),
        cases.levels_lowered,
    ),
    Rule(
        "named",
        N_("Somebody named for something confidential"),
        N_("Each one who is let in should still need it."),
        cases.people_named,
    ),
    Rule(
        "released",
        N_("Something released to a partner"),
        N_("It left the house and cannot be called back."),
        cases.releases,
    ),
    Rule(
        "destroyed",
        N_("Something destroyed"),
        N_("Only its stub is left; rule, reason and both people must be right."),
        cases.destroyed,
    ),
    Rule(
        "sign-in",
        N_("Five failed sign-ins or more to one account in a day"),
        N_("Somebody forgot a password, or tries to guess one."),
        cases.failed_sign_ins,
    ),
    Rule(
        "denied",
        N_("Twenty refusals or more of one account in a day"),
        N_("Somebody looks for doors that are not theirs."),
        cases.refusals,
    ),
)

# What the record does not hold yet, so that no number could be true.
NOT_KEPT_YET: tuple[str, ...] = (
    N_("A gate waived, or cleared without a letter"),
    N_("A briefing issued unchecked"),
)
