"""The quick key: what a paper depends on, told in two queries, without collecting its facts.

Facts follow from the records and from who reads them on which day. Every change of a record adds
an entry to the audit chain, whose last hash therefore stands for all of them; what a reader may
see follows from the clearance of the role and from the objects the reader was named for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.orm import Session

from tracker.background.renderings import key_of
from tracker.briefings.facts import Partner
from tracker.domain.access import Actor
from tracker.models import AuditEntry
from tracker.models.access import Grant
from tracker.record import asked_by

_LAST_CHANGE = select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)
_NAMED_FOR = (
    select(Grant.object_id)
    .where(Grant.user_id == bindparam("reader", type_=Uuid()), Grant.ended_at.is_(None))
    .order_by(Grant.object_id)
)


def quick_key(
    session: Session,
    actor: Actor,
    tie_id: UUID,
    as_of: date,
    language: str,
    city: Mapping[str, Mapping[str, str]],
    edition: str,
    partner: Partner | None = None,
) -> str:
    """Equal for two requests only if they ask for the same paper. To be taken before the facts
    are collected: what changes meanwhile then belongs to the next key."""
    last = session.execute(_LAST_CHANGE).first()
    named = session.scalars(_NAMED_FOR, asked_by(actor)).all()
    return key_of(
        "tie",
        str(tie_id),
        as_of.isoformat(),
        language,
        str(actor.clearance),
        " ".join(map(str, named)),
        f"{last.seq} {last.hash}" if last else "",
        json.dumps(city, sort_keys=True),
        edition,
        str(partner.organisation_id) if partner else "",
    )
