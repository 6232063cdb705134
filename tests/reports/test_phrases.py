"""Sentences follow from the facts, and change with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reports import phrases
from tests.reports.hard import empty
from tests.reports.story import seed
from tests.reports.words import DAY, MEMBERS, t
from tracker import lang
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Stage
from tracker.domain.ties import Copy


def plain(markup: object) -> str:
    return markup.striptags()  # type: ignore[attr-defined,no-any-return]


def lead(body: object, language: str = "en") -> str:
    with lang.speaking(language):
        return plain(phrases.lead(body))  # type: ignore[arg-type]


def test_the_lead_of_the_seed() -> None:
    assert lead(seed().body) == (
        "The memorandum is proposed; no signed copy is held. One obstacle is open: "
        "No regular flights Mashhad–Kyrgyzstan. "
        "Nothing is overdue, because no due date has been recorded."
    )
    assert "هیچ نسخهٔ امضاشده‌ای در دست نیست" in lead(seed().body, "fa")


def test_the_lead_of_an_empty_tie() -> None:
    assert lead(empty().body) == (
        "No memorandum is on record. No open obstacle is on record. No open action is on record."
    )


def test_the_lead_says_who_is_late() -> None:
    body = seed().body
    late = replace(body.actions[1], overdue_days=23, due=FuzzyDate.exact(date(2021, 10, 15)))
    assert lead(replace(body, actions=(late, body.actions[0]))).endswith(
        "1 action is overdue, by 23 days, on Islamic City Council of Mashhad."
    )


def test_signed_is_said_only_of_a_copy_in_hand() -> None:
    body = seed().body
    signed = replace(body.memoranda[0], stage=Stage.SIGNED)
    assert "no signed copy is held" in lead(replace(body, memoranda=(signed,)))
    held = replace(signed, signed_copy=Copy.HELD)
    assert "a signed copy is held" in lead(replace(body, memoranda=(held,)))


def said(pairs: object) -> list[str]:
    return [plain(body) for body, _ in pairs]  # type: ignore[attr-defined]


def test_cautions_follow_from_the_record() -> None:
    with lang.speaking("en"):
        found = said(phrases.cautions(seed()))
    assert found[:4] == [
        "Not “signed”: the memorandum is only proposed.",
        "No amount and no due date: none is on record.",
        "The other party is a province, not a city: Osh Province.",
        "No comparison with or judgement of third countries.",
    ]
    with lang.speaking("en"):
        assert said(phrases.cautions(replace(seed(), body=replace(seed().body, memoranda=()))))[
            0
        ].startswith("The other party")


def test_an_assessment_is_never_a_talking_point() -> None:
    with lang.speaking("en"):
        assert not [p for p in said(phrases.points(seed())) if "climate" in p]


def unknowns(facts: object) -> list[str]:
    with lang.speaking("en"):
        return [plain(u) for u in phrases.unknowns(facts)]  # type: ignore[arg-type]


UNKNOWN = [
    "day and place of: the meeting",
    "names and number of: several council members",
    "name of: Governor of Khorasan Razavi",
    "day on which the tie began",
    "names of the 2 to 3 Kyrgyz cities",
    "who signs for the other side",
    "amount, currency and due date of the commitments",
    "date of: summit of mayors of cities of SCO members",
]


@pytest.mark.parametrize("line", UNKNOWN)
def test_the_seed_says_what_it_does_not_know(line: str) -> None:
    assert line in unknowns(seed())


def test_filling_a_field_removes_its_line() -> None:
    body = seed().body
    meeting = replace(body.meetings[0], held=FuzzyDate.exact(DAY), place=t("مشهد", "Mashhad"))
    known = replace(body, meetings=(meeting,), since=FuzzyDate.exact(DAY), agreement=Copy.HELD)
    lines = unknowns(replace(seed(), body=known))
    assert not {"day and place of: the meeting", "day on which the tie began"} & set(lines)


def test_inferences_carry_their_reason() -> None:
    with lang.speaking("en"):
        found = [plain(i) for i in phrases.inferences(seed())]
    assert "name of the capital: Bishkek (the source does not name it)" in found
    assert "Embassy of Iran in Kyrgyzstan (follows from the embassy’s readiness)" in found


def test_a_group_has_its_label_and_no_names() -> None:
    with lang.speaking("en"):
        group = seed().body.meetings[0].attendees[2]
        assert phrases.attendee_name(group) == MEMBERS["en"]
