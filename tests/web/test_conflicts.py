"""Two people at one object: the later is told, sees both texts, and loses nothing."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from flask import Flask

from tests import build
from tests.page import JudgingClient, Page, filled_in
from tests.racing import race
from tests.serving import AsRole

THREADS, ROUNDS = 16, 2


class Late(NamedTuple):
    """Somebody whose form of a tie was sent after a colleague saved other words."""

    clerk: JudgingClient
    page: Page
    address: str

    def save_again(self, *, status: int = 303, **choices: str) -> Page:
        """Send the page's form as it stands, with these choices between the two texts."""
        sent = {**filled_in(self.page.form("/edit"))}
        sent |= {f"keep-{name}": [choice] for name, choice in choices.items()}
        return self.clerk.post(f"{self.address}/edit", sent, status=status)


@pytest.fixture
def late(app: Flask, as_role: AsRole) -> Late:
    with build.stored(app) as session:
        actor = build.account(session)
        places = {side: build.place(session, actor) for side in ("ours", "theirs")}
        tie = build.tie(session, actor, **places, purpose={"en": "Trade"})
        address = f"/ties/{tie.id}"
    clerk, colleague = as_role("staff"), as_role("staff")
    opened = clerk.get(f"{address}/edit", lang="en")
    colleague.get(f"{address}/edit", lang="en")
    colleague.post_form(f"{address}/edit", {"purpose": "Trade in dried fruit", "since": "2010"})
    sent = {"purpose": "Trade in cars", "since": "2012"}
    return Late(clerk, clerk.post_form(opened, sent, status=409), address)


def test_both_texts_stand_side_by_side_with_the_words_that_differ_marked(late: Late) -> None:
    ours = {"".join(each.itertext()) for each in late.page.all(".//ins")}
    theirs = {"".join(each.itertext()) for each in late.page.all(".//mark")}
    assert " [only in yours: cars] " in ours
    assert " [only in the saved text: dried fruit] " in theirs


@pytest.mark.parametrize("choice", ["", "mine", "nonsense"])
def test_what_was_typed_is_kept_unless_the_saved_text_is_chosen(
    late: Late, as_role: AsRole, choice: str
) -> None:
    late.save_again(purpose=choice, since="theirs")
    shown = as_role("official").get(late.address, lang="en").shown
    assert "Trade in cars" in shown
    assert "2010" in shown
    assert "2012" not in shown


def test_taking_the_saved_text_takes_only_the_one_that_was_shown(
    late: Late, as_role: AsRole
) -> None:
    as_role("staff").post_form(f"{late.address}/edit?lang=en", {"purpose": "Trade in silk"})
    assert "2012" in late.save_again(purpose="theirs", status=409).alert


def test_who_wrote_in_one_language_does_not_decide_for_the_other(
    late: Late, as_role: AsRole
) -> None:
    sent = {"purpose-fa": "بازرگانی", "purpose": "Trade in tea"}
    colleague = as_role("staff")
    colleague.post_form(f"{late.address}/edit?lang=en", sent)
    page = late.save_again(since="mine", purpose="mine", status=409)
    chosen = {each.get("name"): each.get("value") for each in page.all(".//input[@checked]")}
    assert chosen["keep-purpose"] == "mine"
    assert chosen["keep-purpose-fa"] == "theirs"
    again = {**filled_in(page.form("/edit"))}
    late.clerk.post(f"{late.address}/edit", again | {"keep-purpose-fa": ["theirs"]}, status=303)
    held = filled_in(late.clerk.get(f"{late.address}/edit", lang="en").form())
    assert (held["purpose"], held["purpose-fa"]) == (["Trade in cars"], ["بازرگانی"])


def test_a_step_that_comes_too_late_keeps_its_reason(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        action = build.action(session, build.account(session))
    staff = as_role("staff")
    opened = staff.get(f"/actions/{action.id}")
    staff.post_form(f"/actions/{action.id}/edit", {"text": "Something else"})
    late = staff.post_form(
        opened, {"due": "2030-01-01", "reason": "They asked"}, action="/postpone", status=409
    )
    assert "They asked" in late.text
    assert staff.post_form(late).location == f"/actions/{action.id}"


def test_a_button_pressed_twice_is_answered_as_the_first_time(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        action = build.action(session, build.account(session))
    staff = as_role("staff")
    opened = staff.get(f"/actions/{action.id}")
    for _ in range(2):
        staff.post_form(opened, {"due": "2030-01-01", "reason": "They asked"}, action="/postpone")


def test_of_many_who_save_at_once_one_wins_and_the_others_are_told(
    app: Flask, database_url: str
) -> None:
    outcome = race(app, database_url, threads=THREADS, rounds=ROUNDS)
    assert outcome.statuses == {303: ROUNDS, 409: ROUNDS * (THREADS - 1)}
    assert outcome.lost == []
    assert outcome.saved == ROUNDS
