"""What is wrong with a form is told all at once, each under the name of its field, with a way to
it; and what was typed stands there still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import build
from tests.judging import text_of
from tests.page import Page
from tests.serving import AsRole

if TYPE_CHECKING:
    from flask import Flask

pytestmark = pytest.mark.database("sqlite")


def summary(page: Page) -> list[tuple[str, str]]:
    """The lines of the summary, each with the id it leads to."""
    items = page.all(".//section[@role='alert']//li")
    return [
        (text_of(item), getattr(item.find("a"), "attrib", {}).get("href", "")) for item in items
    ]


@pytest.mark.parametrize(
    ("tag", "unknown", "several", "labels"),
    [
        (
            "en",
            "Nothing of that name is on record. Enter it first.",
            "Several are called that. Choose one from the list.",
            ("From the meeting", "Held up by the obstacle", "Tie or memorandum", "Depends on"),
        ),
        (
            "fa",
            "چیزی به این نام ثبت نشده است.",
            "چند مورد به این نام هست.",
            ("از جلسهٔ", "مانع", "تفاهم‌نامه", "وابسته"),
        ),
    ],
)
def test_every_link_that_is_wrong_is_told_at_once(
    app: Flask, as_role: AsRole, tag: str, unknown: str, several: str, labels: tuple[str, ...]
) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        for _ in range(2):
            build.organisation(session, actor, {"fa": "سفارت", "en": "Embassy"})
    staff = as_role("staff")
    page = staff.get("/actions/new", lang=tag)
    typed = {
        "text": "Send the letter",
        "meeting": "No such meeting",
        "obstacle": "No such obstacle",
        "depends_on": "Embassy",
        "filed_under-0-under": "No such tie",
    }
    refused = staff.post_form(page, typed, status=422)
    told = summary(refused)
    assert {href for _line, href in told} == {
        "#meeting",
        "#obstacle",
        "#depends_on",
        "#filed_under-0-under",
    }
    assert sum(unknown in line for line, _href in told) == 3
    assert sum(several in line for line, _href in told) == 1
    for label in labels:
        assert any(label in line for line, _href in told), told
    for value in typed.values():
        assert value in refused.text
    good = {"meeting": "", "obstacle": "", "depends_on": "Ministry of Roads"}
    staff.post_form(refused, {**good, "filed_under-0-under": ""})


@pytest.mark.parametrize("tag", ["en", "fa"])
def test_a_text_that_is_refused_is_named(as_role: AsRole, tag: str) -> None:
    staff = as_role("staff")
    page = staff.get("/places/new", lang=tag)
    label = text_of(page.all(".//fieldset[@id='name']/legend")[0]).partition(" (")[0]
    refused = staff.post_form(page, {"name": "a\u202eb"}, status=422)
    [(line, href)] = summary(refused)
    assert line.startswith(f"{label}:")
    assert href == "#name"


def test_more_rows_than_there_may_be_are_refused_and_not_dropped(as_role: AsRole) -> None:
    staff = as_role("staff")
    page = staff.get("/actions/new", lang="en")
    rows = {f"owners-{number}-who": f"Person {number}" for number in range(201)}
    data = {"csrf_token": page.token, "text": "Send the letter", **rows}
    refused = staff.post("/actions/new", data, status=422)
    assert ("Responsible: At most 200 rows", "#owners") in summary(refused)
    del data["owners-200-who"]
    staff.post("/actions/new", data)


def test_controls_in_a_refused_text_do_not_break_the_page(as_role: AsRole) -> None:
    staff = as_role("staff")
    name = "\x01\x1b\x9f\ufdd0" + "x" * 400
    refused = staff.post_form("/places/new", {"name": name}, status=422)
    assert "x" * 400 in refused.text


def test_a_step_that_nobody_knows_is_no_heading(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        tie = build.tie(session, build.account(session))
    staff = as_role("staff")
    data = {"csrf_token": staff.get(f"/ties/{tie.id}", lang="en").token, "move": "Call 555"}
    data |= {"version": str(tie.version), "reason": "Why not"}
    refused = staff.post(f"/ties/{tie.id}/move", data, status=422)
    assert refused.heading == "Step"
    assert summary(refused) == [("There is no such step.", "")]
    assert "Why not" in refused.text
