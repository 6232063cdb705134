"""An auditor over a record of which something is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask

from tests import build
from tests.page import JudgingClient
from tests.serving import AsRole
from tracker import record
from tracker.domain.access import Level


@dataclass(frozen=True, slots=True)
class Known:
    """Two objects, and whoever made them."""

    clerk: UUID
    place: UUID
    secret: UUID


@pytest.fixture
def known(app: Flask) -> Iterator[Known]:
    with build.stored(app) as session:
        clerk = build.account(session)
        place = build.place(session, clerk, name="Bishkek")
        with record.change(session, clerk, build.NOW, reason="the map says so"):
            place.name = {"en": "Frunze"}
        session.commit()
        secret = build.meeting(session, clerk, title="A hidden talk", level=Level.CONFIDENTIAL)
        yield Known(clerk.user_id or UUID(int=0), place.id, secret.id)


@pytest.fixture
def auditor(as_role: AsRole, known: Known) -> JudgingClient:
    return as_role("auditor")
