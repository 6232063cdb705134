"""The title of a tie that was made of its parties' names, and that follows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from tracker.domain.access import Level
from tracker.domain.texts import Texts, pick
from tracker.models import Organisation, Place, Tie, TieParty

if TYPE_CHECKING:
    from tracker.record.changes import Change


def title_of(names: Sequence[Texts], language: str) -> Texts:
    """«مشهد – استان اوش»: in each language in which all parties have a name; where there is no
    such language, in the one given, with the names there are."""
    shared = [tag for tag in names[0] if all(name.get(tag) for name in names)]
    if shared:
        return {tag: _joined(name[tag] for name in names) for tag in shared}
    return {language: _joined(pick(name, language).text for name in names)}


def _joined(names: Iterable[str]) -> str:
    return " – ".join(names)


def follow_names(change: Change) -> None:
    """Where a party was renamed, or named in one more language, the titles made of its name say so
    too; a title of somebody's own stays as it is. So does that of a tie that travels further than
    one of its parties: whoever reads the title learns what the party is called."""
    renamed: dict[UUID, Texts] = {
        touched.obj.id: touched.before.get("name", {})
        for touched in change.touched.values()
        if isinstance(touched.obj, Place | Organisation)
        and touched.action == "changed"
        and touched.before.get("name") != touched.obj.name
    }
    if not renamed:
        return
    for tie in change.session.scalars(_ties_of(renamed)):
        names = _names(change.session, tie)
        if any(each.level > tie.effective_level for each in names):
            continue
        before = title_of([renamed.get(each.id, each.name) for each in names], "")
        if tie.title and tie.title.items() <= before.items():
            tie.title = title_of([each.name for each in names], next(iter(tie.title)))
    change.session.flush()


def _ties_of(renamed: dict[UUID, Texts]) -> Select[Tie]:
    return select(Tie).where(
        Tie.id.in_(
            select(TieParty.tie_id).where(
                or_(TieParty.place_id.in_(renamed), TieParty.organisation_id.in_(renamed))
            )
        )
    )


class Named(NamedTuple):
    """A party by its name; its level is the one it is about to have."""

    id: UUID
    name: Texts
    level: Level


def _names(session: Session, tie: Tie) -> list[Named]:
    rows: Iterable[Any] = session.execute(
        select(Place, Organisation)
        .select_from(TieParty)
        .outerjoin(Place, Place.id == TieParty.place_id)
        .outerjoin(Organisation, Organisation.id == TieParty.organisation_id)
        .where(TieParty.tie_id == tie.id)
        .order_by(TieParty.position, TieParty.id)
    )
    parties = (place or body for place, body in rows)
    return [
        Named(each.id, dict(each.name), max(each.level, each.effective_level)) for each in parties
    ]
