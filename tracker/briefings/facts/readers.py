"""For whom a briefing is made: whoever opens it, and for a partner's edition, also whom it is for.

The filter stands before the facts: what it leaves out is in none of the forms that are made of
them, neither on paper nor in the file attached to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.texts import Texts
from tracker.record.releases import released_to


@dataclass(frozen=True, slots=True)
class Partner:
    """The organisation that an edition is handed to, and the language of the edition."""

    organisation_id: UUID
    name: Texts
    language: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Nobody puts into an edition what they may not see themselves."""

    actor: Actor
    partner: Partner | None = None

    def may_see(self, model: Any) -> ColumnElement[bool]:
        seen = record.visible_to(self.actor, model)
        if self.partner is None:
            return seen
        return seen & released_to(self.partner.organisation_id, self.partner.language, model)
