"""What is said in a partner's edition once its facts are filtered, and what is not.

Our own thoughts about the facts (why something was inferred, what is missing, how much is kept
back, what to say) are for nobody else, and of every text the edition holds one language.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from tracker.briefings.facts.readers import Partner
from tracker.domain.briefings import Attendee, Briefing
from tracker.domain.texts import pick

Facts = TypeVar("Facts")


def edition_for(partner: Partner, briefing: Briefing) -> Briefing:
    """The briefing as it may be handed to the partner."""
    handed = replace(
        briefing,
        head=replace(briefing.head, edition_for=partner.name),
        body=replace(briefing.body, points=(), cautions=()),
        unknowns=(),
        inferences=(),
        withheld=None,
    )
    return _in_one_language(handed, partner.language)


def _in_one_language(value: Facts, language: str) -> Facts:
    """The same facts with each text in this language, or else in the one it was written in, and
    without the reasons of what was inferred."""
    said: Any = value
    if is_dataclass(value) and not isinstance(value, type):
        given = {f.name: getattr(value, f.name) for f in fields(value)}
        given = {name: _in_one_language(each, language) for name, each in given.items()}
        if "because" in given:
            given["because"] = {}
        said = replace(value, **given)
    elif isinstance(value, tuple):
        said = tuple(_in_one_language(each, language) for each in value if not _is_nobody(each))
    elif isinstance(value, dict):
        picked = pick(dict(sorted(value.items())), language)
        said = {picked.lang: picked.text} if picked.text else {}
    shown: Facts = said
    return shown


def _is_nobody(value: object) -> bool:
    """Somebody present whose name and post are kept back: a blank line would tell of them."""
    return isinstance(value, Attendee) and not (value.name or value.post)
