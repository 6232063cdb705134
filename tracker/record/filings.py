"""Filing an object under ties and memoranda."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.naming import Link
from tracker.models import Filing, Recorded
from tracker.record.changes import AnyPart, Change
from tracker.record.kinds import KINDS, load
from tracker.record.links import link_to, resolve
from tracker.record.reading import find

# What anything can be filed under.
FILED_UNDER = ("tie", "memorandum")


def refile(
    change: Change,
    holder: Recorded,
    objects: Iterable[Recorded],
    sort_on: FuzzyDate | None = None,
) -> None:
    """File `holder` under exactly these objects, by its own date."""
    session = change.session
    wanted = {obj.id: obj for obj in objects}
    day = sort_on or FuzzyDate.unknown()
    for filing in change.parts(Filing, holder.id):
        if filing.object_id in wanted:
            del wanted[filing.object_id]
            if filing.sort_on != day:
                filing.sort_on = day
        else:
            session.delete(filing)
    for position, obj in enumerate(wanted.values()):
        session.add(
            Filing(
                holder_kind=holder.kind,
                holder_id=holder.id,
                object_kind=obj.kind,
                object_id=obj.id,
                sort_on=day,
                position=position,
            )
        )


def hidden_from_editor(change: Change, holder: Recorded) -> list[Recorded]:
    """What `holder` is filed under and the editor may not see: no form shows it, so it stays."""
    return [
        obj
        for filing in change.parts(Filing, holder.id)
        if find(change.session, change.actor, KINDS[filing.object_kind], filing.object_id) is None
        and (obj := load(change.session, filing.object_kind, filing.object_id)) is not None
    ]


@dataclass(frozen=True, slots=True)
class GivenFiling:
    """A tie or a memorandum that something is filed under; `at` is the form's field."""

    under: Link
    at: str


def file_as_given(
    change: Change,
    holder: Recorded,
    given: Iterable[GivenFiling],
    *,
    sort_on: FuzzyDate,
    language: str,
) -> None:
    """File `holder` under what was filled in; what the editor may not see keeps it as well."""
    objects = [
        resolve(change, row.under, FILED_UNDER, field=row.at, language=language) for row in given
    ]
    hidden = hidden_from_editor(change, holder)
    refile(change, holder, [*filter(None, objects), *hidden], sort_on=sort_on)


def filed_under(session: Session, actor: Actor, holder_id: UUID, language: str) -> list[Link]:
    """What an object is filed under, for its form."""
    rows = session.execute(
        select(Filing.object_kind, Filing.object_id)
        .where(Filing.holder_id == holder_id)
        .order_by(Filing.position)
    ).all()
    found = (find(session, actor, KINDS[kind], object_id) for kind, object_id in rows)
    return [link_to(obj, language) for obj in found if obj is not None]


def filed_ids(session: Session, holder_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The ids of what each of these is filed under; who may see which is for `names` to say."""
    rows = session.execute(
        select(Filing.holder_id, Filing.object_id)
        .where(Filing.holder_id.in_(holder_ids))
        .order_by(Filing.position)
    )
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for holder_id, object_id in rows:
        found[holder_id].append(object_id)
    return found


def replace_parts(
    change: Change, model: type[AnyPart], root_id: UUID, rows: Iterable[dict[str, object]]
) -> list[AnyPart]:
    """Make the parts of a root these rows, in this order.

    A row with the `id` of a present part changes it; one without makes a part; a part that no row
    names is taken out (the audit entry keeps what it said).
    """
    session = change.session
    present = {part.id: part for part in change.parts(model, root_id)}
    kept: list[AnyPart] = []
    for position, row in enumerate(rows):
        values = {"position": position, **row}
        part_id = values.pop("id", None)
        part = present.pop(part_id, None) if isinstance(part_id, UUID) else None
        if part is None:
            part = model(**{model.root_column: root_id, **values})
            session.add(part)
        else:
            for key, value in values.items():
                if getattr(part, key) != value:
                    setattr(part, key, value)
        kept.append(part)
    for part in present.values():
        session.delete(part)
    session.flush()
    return kept
