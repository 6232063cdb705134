"""Whoever is served a confidential object stands in the record of access; nobody else does."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select
from werkzeug.test import Client

from tests import build
from tests.databases import counted
from tests.laws.addresses import address, of_objects
from tests.laws.conftest import Planted
from tracker.domain.access import Level
from tracker.models.access import AccessEntry, AccessEvent
from tracker.web.addresses import PATHS
from tracker.web.db import db

pytestmark = pytest.mark.database("sqlite")
# Rendered by the background process.
LEFT_OUT = {"briefings.download"}
# Of pages that serve every kind, these stand for all.
SOME = ("tie", "statement", "document")


def kept(planted: Planted) -> list[UUID | None]:
    found = select(AccessEntry.object_id).where(AccessEntry.event == AccessEvent.CONFIDENTIAL_READ)
    with build.stored(planted.app) as session:
        return list(session.scalars(found))


def test_every_page_of_a_confidential_object_is_kept_once(planted: Planted) -> None:
    auditor = planted.reader("auditor")
    shown: dict[str, UUID] = {}
    for rule in planted.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in LEFT_OUT:
            continue
        some = SOME if "kind" in rule.arguments else PATHS
        for each, kind, level in of_objects(planted.app, rule, planted.garden):
            if kind not in some or level is Level.PUBLIC:
                continue
            object_id = planted.garden.ids[kind, level]
            before = len(kept(planted))
            answer = auditor.get(each, buffered=True)
            wanted = answer.status_code == 200 and level is Level.CONFIDENTIAL
            assert kept(planted)[before:] == [object_id] * wanted, f"{each} {answer.status_code}"
            if wanted:
                shown[rule.endpoint] = object_id
    assert len(shown) > 20


def test_only_what_was_confidential_costs_another_question(planted: Planted) -> None:
    auditor = planted.reader("auditor")
    (rule,) = planted.app.url_map.iter_rules("places.one")
    asked = {}
    for level in (Level.PUBLIC, Level.CONFIDENTIAL):
        page = address(planted.app, rule, "place", planted.garden.ids["place", level])
        auditor.get(page)
        asked[level] = [
            each for each in questions(planted, auditor, page) if "FROM search_e" in each
        ]
    assert len(asked[Level.CONFIDENTIAL]) == len(asked[Level.PUBLIC]) + 1


def questions(planted: Planted, client: Client, page: str) -> list[str]:
    with planted.app.app_context():
        engine = db.engine
    with counted(engine) as statements:
        client.get(page)
    return list(statements)
