"""The parties of a tie or a memorandum, as a form shows and changes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.errors import RuleBroken
from tracker.domain.memoranda import Side
from tracker.domain.naming import Link
from tracker.models import MemorandumParty, Organisation, Place, Post, TieParty
from tracker.record.changes import Change
from tracker.record.filings import replace_parts
from tracker.record.links import link_to, relink, resolve
from tracker.record.reading import find

KINDS = ("place", "organisation")
Party = Place | Organisation
PartyModel = type[TieParty] | type[MemorandumParty]


@dataclass(frozen=True, slots=True)
class GivenParty:
    """A party on its side, and the post that signs for it; `at` and `signatory_at` are fields."""

    side: Side
    who: Link
    at: str | None = None
    signatory: Link = field(default_factory=Link)
    signatory_at: str | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A party that was found or made."""

    side: Side
    party: Party
    given: GivenParty


def choose(change: Change, given: Sequence[GivenParty], *, language: str) -> list[Chosen]:
    """The places and organisations that the rows of a form name; none of them twice."""
    chosen: list[Chosen] = []
    for row in given:
        party = resolve(change, row.who, KINDS, field=row.at or "", language=language)
        if not isinstance(party, Place | Organisation):
            raise RuleBroken("Name the party, or remove the row.", field=row.at)
        if any(other.party.id == party.id for other in chosen):
            raise RuleBroken("This party stands here twice.", field=row.at)
        chosen.append(Chosen(row.side, party, row))
    return chosen


def keep(
    change: Change,
    model: PartyModel,
    root_id: UUID,
    chosen: Sequence[Chosen],
    *,
    language: str,
) -> None:
    """Let these be the parties, in this order; one that the editor may not see stays."""
    held = {_party_id(part): part for part in _held(change.session, model, root_id)}
    rows: list[dict[str, object]] = []
    for each in chosen:
        part = held.pop(each.party.id, None)
        row: dict[str, object] = {
            "id": part.id if part else None,
            "side": each.side,
            "place_id": each.party.id if isinstance(each.party, Place) else None,
            "organisation_id": each.party.id if isinstance(each.party, Organisation) else None,
        }
        if model is MemorandumParty:
            row["signatory_post_id"] = relink(
                change,
                each.given.signatory,
                Post.kind,
                field=each.given.signatory_at or "",
                language=language,
                held=part.signatory_post_id if isinstance(part, MemorandumParty) else None,
            )
        rows.append(row)
    rows += (
        {"id": part.id}
        for part in held.values()
        if _party(change.session, change.actor, part) is None
    )
    replace_parts(change, model, root_id, rows)


def parties_of(
    session: Session, actor: Actor, model: PartyModel, root_id: UUID, language: str
) -> list[dict[str, object]]:
    """The parties as the rows of a form."""
    rows = []
    for part in _held(session, model, root_id):
        party = _party(session, actor, part)
        if party is None:
            continue
        row: dict[str, object] = {"side": part.side, "who": link_to(party, language)}
        if isinstance(part, MemorandumParty):
            post = find(session, actor, Post, part.signatory_post_id)
            row["signatory"] = link_to(post, language)
        rows.append(row)
    return rows


def _held(session: Session, model: PartyModel, root_id: UUID) -> list[TieParty | MemorandumParty]:
    root = getattr(model, model.root_column)
    return list(session.scalars(select(model).where(root == root_id).order_by(model.position)))


def _party_id(part: TieParty | MemorandumParty) -> UUID | None:
    return part.place_id or part.organisation_id


def _party(session: Session, actor: Actor, part: TieParty | MemorandumParty) -> Party | None:
    return find(session, actor, Place, part.place_id) or find(
        session, actor, Organisation, part.organisation_id
    )
