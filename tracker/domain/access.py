"""Who may do what: roles, permissions, levels of confidentiality, and what joins them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from uuid import UUID


class Level(IntEnum):
    """How far an object may travel; the effective level is the highest of it and its parents."""

    PUBLIC = 0
    INTERNAL = 1
    CONFIDENTIAL = 2


class Role(StrEnum):
    """What somebody is to the city's diplomacy. One account holds one role."""

    ANONYMOUS = "anonymous"
    GUEST = "guest"
    OFFICIAL = "official"
    COUNCIL = "council"
    STAFF = "staff"
    APPROVER = "approver"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What an endpoint or a move asks for; every endpoint declares exactly one, or is public."""

    READ = "read"  # ties, memoranda, meetings … up to the reader's clearance
    DOWNLOAD = "download"  # briefings
    RECORD = "record"  # log, enter, correct, translate
    APPROVE = "approve"  # publish, waive, lower a level
    REVIEW = "review"  # the council's page
    COMMENT = "comment"  # the council's questions
    AUDIT = "audit"  # the audit entries
    ADMINISTER = "administer"  # accounts and settings
    OWN_ACCOUNT = "own account"  # one's own password, sessions, language


_ANYBODY_SIGNED_IN = frozenset({Permission.OWN_ACCOUNT})
_READER = _ANYBODY_SIGNED_IN | {Permission.READ, Permission.DOWNLOAD, Permission.REVIEW}
_STAFF = _READER | {Permission.RECORD}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ANONYMOUS: frozenset(),
    Role.GUEST: frozenset(),
    Role.OFFICIAL: _READER,
    Role.COUNCIL: _READER | {Permission.COMMENT},
    Role.STAFF: _STAFF,
    Role.APPROVER: _STAFF | {Permission.APPROVE},
    Role.AUDITOR: _READER | {Permission.AUDIT},
    # Whoever manages accounts does not read the city's notes: separation of duties.
    Role.ADMINISTRATOR: _ANYBODY_SIGNED_IN | {Permission.ADMINISTER},
}

# The highest level a role reads without a named grant; None reads nothing.
CLEARANCE: dict[Role, Level | None] = {
    Role.ANONYMOUS: None,
    Role.GUEST: None,
    Role.OFFICIAL: Level.INTERNAL,
    Role.COUNCIL: Level.INTERNAL,
    Role.STAFF: Level.INTERNAL,
    Role.APPROVER: Level.INTERNAL,
    Role.AUDITOR: Level.CONFIDENTIAL,
    Role.ADMINISTRATOR: None,
}


# Whoever can change the city's records, decide on them, see all of them or manage accounts.
_PROVES_MORE = frozenset({Role.STAFF, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR})


def needs_factor(role: Role, *, named: bool) -> bool:
    """Whether an account must prove a second factor: by its role, or because it was named for a
    confidential object."""
    return role in _PROVES_MORE or named


class ProposalState(StrEnum):
    """What became of a proposal to lower a level."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    VOID = "void"  # the level changed in another way meanwhile


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: an account in one role, or nobody in particular."""

    user_id: UUID | None
    role: Role
    name: str = ""
    language: str | None = None

    def can(self, permission: Permission) -> bool:
        return permission in GRANTS[self.role]

    @property
    def clearance(self) -> Level | None:
        return CLEARANCE[self.role]

    def may_decide(self, proposed_by: UUID | None) -> bool:
        """Whether this is the second person that what somebody proposed needs."""
        return (
            self.can(Permission.APPROVE)
            and self.user_id is not None
            and self.user_id != proposed_by
        )

    @property
    def is_anonymous(self) -> bool:
        return self.role is Role.ANONYMOUS


ANYBODY = Actor(user_id=None, role=Role.ANONYMOUS)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a change came from, as the audit entry keeps it. Empty for the command line."""

    request_id: str = ""
    session: str = ""
    address: str = ""
