"""A form that is sent twice."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.accounts.services import create_account
from tracker.domain.access import ANYBODY, Actor, Role
from tracker.record.submissions import already, remember

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def someone(session: Session, name: str) -> Actor:
    account = create_account(
        session, email=f"{name}@example.org", name=name, role=Role.STAFF, password=None, now=NOW
    )
    return Actor(account.id, account.role, account.name)


def test_the_second_sending_finds_what_the_first_made(session: Session) -> None:
    actor, form, made = someone(session, "one"), uuid4(), uuid4()
    assert already(session, actor, form) is None
    remember(session, actor, form, "meeting", made, NOW)
    session.flush()
    assert already(session, actor, form) == ("meeting", made)


def test_forms_of_others_and_forms_without_an_id_are_other_forms(session: Session) -> None:
    one, other, form = someone(session, "one"), someone(session, "other"), uuid4()
    remember(session, one, form, "meeting", uuid4(), NOW)
    session.flush()
    assert already(session, other, form) is None
    assert already(session, one, None) is None
    assert already(session, ANYBODY, form) is None
    remember(session, one, None, "meeting", uuid4(), NOW)
    session.flush()


def test_the_database_refuses_two_at_once(session: Session) -> None:
    actor, form = someone(session, "one"), uuid4()
    remember(session, actor, form, "meeting", uuid4(), NOW)
    session.flush()
    session.expunge_all()
    remember(session, actor, form, "meeting", uuid4(), NOW)
    with pytest.raises(IntegrityError):
        session.flush()
