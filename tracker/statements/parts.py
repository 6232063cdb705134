"""What hangs on a statement: whose it is, its places, its files, its links to other ones.

Whatever the editor may not see was not on the form, and stays.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from tracker import record
from tracker.domain.errors import RuleBroken
from tracker.domain.naming import Link
from tracker.models import Organisation, Place, Statement, StatementLink, StatementPlace
from tracker.record import Change
from tracker.record.filings import file_as_given, replace_parts
from tracker.record.links import resolve
from tracker.statements.given import GivenStatement

_PARTIES = (Place.kind, Organisation.kind)
Row = dict[str, Any]


def attribute(change: Change, statement: Statement, given: GivenStatement) -> None:
    """Whose need or position it is, and who does what it tells: a place or a body."""
    statement.holder_place_id, statement.holder_organisation_id = _place_or_body(
        change,
        given.holder,
        (statement.holder_place_id, statement.holder_organisation_id),
        field="holder",
        language=given.language,
    )
    statement.doer_place_id, statement.doer_organisation_id = _place_or_body(
        change,
        given.doer,
        (statement.doer_place_id, statement.doer_organisation_id),
        field="doer",
        language=given.language,
    )


def keep(change: Change, statement: Statement, given: GivenStatement) -> None:
    """Let the statement have these parts and no others."""
    replace_parts(change, StatementPlace, statement.id, _places(change, statement, given))
    replace_parts(change, StatementLink, statement.id, _links(change, statement, given))
    file_as_given(
        change,
        statement,
        given.filed_under,
        sort_on=statement.happened_on,
        language=given.language,
    )


def _place_or_body(
    change: Change,
    link: Link,
    held: tuple[UUID | None, UUID | None],
    *,
    field: str,
    language: str,
) -> tuple[UUID | None, UUID | None]:
    found = resolve(change, link, _PARTIES, field=field, language=language)
    if isinstance(found, Place):
        return found.id, None
    if isinstance(found, Organisation):
        return None, found.id
    seen = record.find(change.session, change.actor, Place, held[0]) or record.find(
        change.session, change.actor, Organisation, held[1]
    )
    return held if seen is None else (None, None)


def _places(change: Change, statement: Statement, given: GivenStatement) -> list[Row]:
    held = {
        part.place_id: part
        for part in change.session.scalars(
            select(StatementPlace)
            .where(StatementPlace.statement_id == statement.id)
            .order_by(StatementPlace.position)
        )
    }
    rows: dict[UUID, Row] = {}
    for row in given.places:
        place = resolve(change, row.place, (Place.kind,), field=row.at, language=given.language)
        if place is None:
            continue
        part = held.pop(place.id, None)
        rows.setdefault(
            place.id,
            {
                "id": part.id if part else None,
                "place_id": place.id,
                "inferred": row.inferred,
                "reason": row.reason if row.inferred else {},
            },
        )
    hidden = [
        {"id": part.id}
        for part in held.values()
        if record.find(change.session, change.actor, Place, part.place_id) is None
    ]
    return [*rows.values(), *hidden]


def _links(change: Change, statement: Statement, given: GivenStatement) -> list[Row]:
    held = {
        (part.link_kind, part.other_id): part
        for part in change.session.scalars(
            select(StatementLink)
            .where(StatementLink.statement_id == statement.id)
            .order_by(StatementLink.position)
        )
    }
    rows: dict[tuple[Any, UUID], Row] = {}
    for row in given.links:
        other = resolve(
            change, row.other, (Statement.kind,), field=row.at, language=given.language
        )
        if other is None:
            continue
        if other.id == statement.id:
            raise RuleBroken(
                "A statement cannot point at itself. Choose another one.", field=row.at
            )
        part = held.pop((row.kind, other.id), None)
        rows.setdefault(
            (row.kind, other.id),
            {
                "id": part.id if part else None,
                "other_id": other.id,
                "link_kind": row.kind,
            },
        )
    hidden = [
        {"id": part.id}
        for part in held.values()
        if record.find(change.session, change.actor, Statement, part.other_id) is None
    ]
    return [*rows.values(), *hidden]
