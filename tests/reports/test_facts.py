"""The frozen facts: one form in bytes, and back without loss."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.reports.papers import STORIES
from tests.reports.story import seed
from tracker.domain.briefings import (
    Briefing,
    FactsRefused,
    Quantity,
    canonical,
    digest,
    from_json,
    to_json,
)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_facts_come_back_as_they_went(story: object) -> None:
    facts = story()  # type: ignore[operator]
    again = from_json(canonical(facts))
    assert again == facts
    assert canonical(again) == canonical(facts)
    assert from_json(to_json(facts)) == facts


def test_canonical_bytes_are_sorted_and_bare() -> None:
    written = canonical(seed()).decode()
    assert written == json.dumps(
        json.loads(written), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert "سعید خرازی" in written


def test_the_order_in_which_languages_were_entered_is_no_fact() -> None:
    facts = seed()
    turned = replace(facts.head, city=dict(reversed(facts.head.city.items())))
    assert digest(replace(facts, head=turned)) == digest(facts)


def test_any_changed_word_changes_the_digest() -> None:
    facts = seed()
    assert digest(replace(facts, withheld=1)) != digest(facts)


def test_a_number_is_the_same_from_either_database() -> None:
    facts = seed()
    memorandum = facts.body.memoranda[0]

    def scoped(least: str) -> Briefing:
        scope = Quantity(least=Decimal(least), most=Decimal(300))
        changed = replace(memorandum, scope=scope)
        return replace(facts, body=replace(facts.body, memoranda=(changed,)))

    assert canonical(scoped("2")) == canonical(scoped("2.00"))
    assert '"most":"300"' in canonical(scoped("2")).decode()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d.update(schema=99),
        lambda d: d.pop("schema"),
        lambda d: d.update(extra=1),
        lambda d: d["head"].update(level="secret"),
        lambda d: d["head"].update(as_of="1400-08-16x"),
        lambda d: d.update(withheld="many"),
        lambda d: d["body"].update(kind="brother"),
    ],
)
def test_what_is_no_briefing_is_refused(spoil: object) -> None:
    data = json.loads(canonical(seed()))
    spoil(data)  # type: ignore[operator]
    with pytest.raises(FactsRefused):
        from_json(data)


@pytest.mark.parametrize("junk", [b"", b"{}", b"[]", b"null", b"\xff", "nothing"])
def test_junk_is_refused(junk: bytes | str) -> None:
    with pytest.raises(FactsRefused):
        from_json(junk)
