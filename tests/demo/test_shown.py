"""Each fact of the story is shown on the page of its record, in both languages."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests import build
from tests.demo.facts import FACTS
from tests.serving import AsRole
from tracker import demo
from tracker.domain.text import ZWNJ, fold_signs
from tracker.record.kinds import KINDS
from tracker.web.addresses import page_of


def folded(text: str) -> str:
    """Letters and digits alone, so that neither spaces nor half-spaces matter."""
    return "".join(fold_signs(text).replace(ZWNJ, "").split())


def pages(app: Flask) -> dict[int, str]:
    """The address of the record of each fact whose field is a text in both languages."""
    found = {}
    with build.stored(app) as session:
        demo.load(session, build.NOW)
        titles = {kind: list(session.scalars(select(model))) for kind, model in KINDS.items()}
        for fact in FACTS:
            if fact.fa == fact.en:
                continue  # a name, a number or a state: its own page words it
            obj = next(
                each
                for each in titles[fact.kind]
                if each.search_title()["fa"].startswith(fact.record)
            )
            found[fact.number] = page_of(obj.kind, obj.id)
    return found


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_each_fact_is_shown(app: Flask, as_role: AsRole, lang: str) -> None:
    addresses = pages(app)
    reader = as_role("official")
    shown: dict[str, str] = {}
    missing = []
    for fact in FACTS:
        address = addresses.get(fact.number)
        if address is None:
            continue
        if address not in shown:
            page = reader.get(address, status=None, lang=lang)
            if page.location:
                page = reader.follow(page)
            shown[address] = folded(page.shown)
        words = folded(fact.fa if lang == "fa" else fact.en)
        if words not in shown[address]:
            missing.append((fact.number, words))
    assert missing == []
