"""Two people who translate the same words: the later sees both texts, and neither is lost."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest
from flask import Flask

from tests import build
from tests.page import JudgingClient, Page, filled_in
from tests.serving import AsRole
from tracker.models import Obstacle


class Two(NamedTuple):
    """A page that somebody opened before a colleague saved a translation, and who opened it."""

    app: Flask
    clerk: JudgingClient
    opened: Page
    obstacle: Obstacle
    other: Obstacle

    @property
    def address(self) -> str:
        return self.opened.url

    @property
    def name(self) -> str:
        return f"{self.obstacle.id}-title"

    def stored(self, obstacle: Obstacle) -> str | None:
        with build.stored(self.app) as session:
            return session.get_one(Obstacle, obstacle.id).title.get("en")


@pytest.fixture
def two(app: Flask, as_role: AsRole) -> Two:
    with build.stored(app) as session:
        actor = build.account(session)
        tie = build.tie(session, actor, {"fa": "مشهد – اوش"})
        obstacle, other = (
            build.obstacle(session, actor, {"fa": title}, filed_under=tie)
            for title in ("نبود مترجم", "نبود پرواز")
        )
    address = f"/ties/{tie.id}/translate"
    clerk, colleague = as_role("staff"), as_role("staff")
    opened = clerk.get(address, to="en", lang="fa")
    colleague.post_form(
        colleague.get(address, to="en"),
        {f"{obstacle.id}-title": "No interpreter"},
        action="/translate",
    )
    return Two(app, clerk, opened, obstacle, other)


def test_the_later_is_refused_with_both_texts(two: Two) -> None:
    typed = {two.name: "No translator", f"{two.other.id}-title": "No flights"}
    page = two.clerk.post_form(two.opened, typed, action="/translate", status=409)
    assert "translator" in page.alert
    assert "interpreter" in page.alert
    assert "No flights" in page.text
    assert two.stored(two.obstacle) == "No interpreter"
    assert two.stored(two.other) is None


def test_saving_again_replaces_the_words_that_were_shown(two: Two) -> None:
    page = two.clerk.post_form(
        two.opened, {two.name: "No translator"}, action="/translate", status=409
    )
    two.clerk.post_form(page, action="/translate")
    assert two.stored(two.obstacle) == "No translator"


def test_the_words_of_the_other_can_be_chosen(two: Two) -> None:
    typed = {two.name: "No translator", f"{two.other.id}-title": "No flights"}
    page = two.clerk.post_form(two.opened, typed, action="/translate", status=409)
    sent = {**filled_in(page.form("/translate")), f"keep-{two.name}": "theirs"}
    two.clerk.post(f"{two.address}?to=en", sent)
    assert two.stored(two.obstacle) == "No interpreter"
    assert two.stored(two.other) == "No flights"


def test_whoever_typed_the_same_or_nothing_is_not_held_up(two: Two) -> None:
    two.clerk.post_form(two.opened, {two.name: "No interpreter"}, action="/translate")
    two.clerk.post_form(two.opened, {f"{two.other.id}-title": "No flights"}, action="/translate")
    assert two.stored(two.obstacle) == "No interpreter"
    assert two.stored(two.other) == "No flights"


def test_while_typing_the_words_of_the_other_are_answered(two: Two) -> None:
    sent = {"csrf_token": two.opened.token, two.name: "No translator", f"{two.name}-shown": ""}

    def save() -> tuple[int, dict[str, object]]:
        answer = two.clerk.http.post(
            f"{two.address}?to=en", data=sent, headers={"Accept": "application/json"}
        )
        return answer.status_code, json.loads(answer.get_data(as_text=True))

    assert save() == (409, {"theirs": {two.name: "No interpreter"}})
    sent[f"{two.name}-shown"] = "No interpreter"
    assert save() == (200, {"saved": 1})
