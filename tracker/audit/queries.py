"""The entries of the audit and the rows of the record of access, as the auditor's pages show
them: the newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, exists, literal, select, tuple_
from sqlalchemy.orm import Session, aliased

from tracker.audit.filters import USERS, AccessFilter, EntryFilter
from tracker.domain.access import Level, Role
from tracker.domain.audit import AccessEvent
from tracker.domain.errors import NotFound
from tracker.lang import label
from tracker.models import AuditEntry, SearchEntry
from tracker.models.access import AccessEntry
from tracker.models.base import Texts
from tracker.models.keyset import PAGE, MomentCursor, SequenceCursor
from tracker.models.types import UtcDateTime
from tracker.record.kinds import KINDS

# An entry takes several lines of its list.
ENTRIES_A_PAGE = 25


class EntryLine(NamedTuple):
    """One entry. `title` and `level` are what its object has now, None where it has none: it is
    no recorded object, or was put away."""

    seq: int
    at: datetime
    actor_id: UUID | None
    actor: str | None
    role: str
    address: str
    action: str
    kind: str
    object_id: UUID
    version: int
    changes: dict[str, Any]
    reason: str
    title: Texts | None
    level: Level | None

    @property
    def cursor(self) -> SequenceCursor:
        return SequenceCursor(self.seq)

    @property
    def role_word(self) -> str:
        try:
            return label(Role(self.role))
        except ValueError:
            return self.role  # of another version

    @property
    def is_open(self) -> bool:
        """Whether its words may stand in a list. Of what is confidential, or was put away at a
        level that nothing tells any more, they stand on a page that notes its reader."""
        if self.kind not in KINDS:
            return True
        return self.level is not None and self.level < Level.CONFIDENTIAL


_ENTRIES = (
    select(
        AuditEntry.seq,
        AuditEntry.at,
        AuditEntry.actor_id,
        USERS.c.name,
        AuditEntry.role,
        AuditEntry.address,
        AuditEntry.action,
        AuditEntry.object_kind,
        AuditEntry.object_id,
        AuditEntry.object_version,
        AuditEntry.changes,
        AuditEntry.reason,
        SearchEntry.title,
        SearchEntry.effective_level,
    )
    .outerjoin(USERS, USERS.c.id == AuditEntry.actor_id)
    .outerjoin(SearchEntry, SearchEntry.object_id == AuditEntry.object_id)
)


def entry_list(
    session: Session, wanted: EntryFilter, zone: ZoneInfo, cursor: SequenceCursor | None = None
) -> list[EntryLine]:
    """A page of entries, and one more."""
    statement = _ENTRIES.where(*wanted.criteria(zone))
    if cursor is not None:
        statement = statement.where(AuditEntry.seq < cursor.number)
    return _entries(session, statement.order_by(AuditEntry.seq.desc()).limit(ENTRIES_A_PAGE + 1))


def account_events(session: Session, cursor: SequenceCursor | None = None) -> list[EntryLine]:
    """A page of the entries about accounts, and one more: what whoever manages them may see."""
    return entry_list(session, EntryFilter(kind="account"), ZoneInfo("UTC"), cursor)


def one_entry(session: Session, seq: int) -> EntryLine:
    found = _entries(session, _ENTRIES.where(AuditEntry.seq == seq))
    if not found:
        raise NotFound(f"entry {seq}")
    return found[0]


class Chained(NamedTuple):
    """What an entry says of its place in the chain, and of the request that made it."""

    previous_hash: str
    hash: str
    session: str
    request_id: str
    monotonic_ns: int
    is_newest: bool


def chained(session: Session, seq: int) -> Chained:
    later = aliased(AuditEntry)
    row = session.execute(
        select(
            AuditEntry.previous_hash,
            AuditEntry.hash,
            AuditEntry.session,
            AuditEntry.request_id,
            AuditEntry.monotonic_ns,
            ~exists().where(later.seq > AuditEntry.seq),
        ).where(AuditEntry.seq == seq)
    ).one()
    return Chained._make(row)


def _entries(session: Session, statement: Select[Any]) -> list[EntryLine]:
    return [EntryLine._make(row) for row in session.execute(statement)]


class AccessLine(NamedTuple):
    """One row of the record of access; `title` and `level` as of an entry."""

    id: UUID
    at: datetime
    event: AccessEvent
    user_id: UUID | None
    user: str | None
    address: str
    kind: str
    object_id: UUID | None
    detail: str
    times: int
    title: Texts | None
    level: Level | None

    @property
    def cursor(self) -> MomentCursor:
        return MomentCursor(self.at, self.id)


_ACCESS = (
    select(
        AccessEntry.id,
        AccessEntry.at,
        AccessEntry.event,
        AccessEntry.user_id,
        USERS.c.name,
        AccessEntry.address,
        AccessEntry.object_kind,
        AccessEntry.object_id,
        AccessEntry.detail,
        AccessEntry.times,
        SearchEntry.title,
        SearchEntry.effective_level,
    )
    .outerjoin(USERS, USERS.c.id == AccessEntry.user_id)
    .outerjoin(SearchEntry, SearchEntry.object_id == AccessEntry.object_id)
)


def access_list(
    session: Session, wanted: AccessFilter, zone: ZoneInfo, cursor: MomentCursor | None = None
) -> list[AccessLine]:
    """A page of the record of access, and one more."""
    statement = _ACCESS.where(*wanted.criteria(zone))
    if cursor is not None:
        place = tuple_(AccessEntry.at, AccessEntry.id)
        statement = statement.where(place < tuple_(literal(cursor.at, UtcDateTime()), cursor.id))
    statement = statement.order_by(AccessEntry.at.desc(), AccessEntry.id.desc()).limit(PAGE + 1)
    return [AccessLine._make(row) for row in session.execute(statement)]
