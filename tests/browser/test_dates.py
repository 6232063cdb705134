"""The date field in a browser: the same table as the server's, and what the field does with it.

Needs no running product: the modules are served from the checkout.
"""

# ruff: noqa: RUF001  (the Persian seven is meant)
from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tracker import lang
from tracker.domain.dates import DateRefused, Direction, parse_fuzzy

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests" / "dates.json").read_text())["cases"]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "require-trusted-types-for 'script'"
)
FIELDS = """<!doctype html><html lang="{tag}" dir="{direction}" data-today="2026-11-24">
<meta charset="utf-8"><title>dates</title><script type="module" src="/start.mjs"></script>
<form>
<label for="held">held</label>
<div class="date-field" data-direction="past"><input id="held" name="held"
 aria-describedby="held-hint held-echo"><output id="held-echo" for="held"></output>
<button type="button" data-date-chip="today">today</button>
<button type="button" data-date-chip="نامعلوم">unknown</button></div>
<label for="due">due</label>
<div class="date-field" data-direction="future"><input id="due" name="due" value="30 Esfand 1400"
 aria-invalid="true" aria-describedby="due-error due-echo"><output id="due-echo"></output>
<p id="due-error">the server's words</p></div>
<button id="send">send</button>
</form></html>"""
START = """import { enhanceDateFields, parse } from "/static/js/dates.mjs";
enhanceDateFields(); window.parseDate = parse; document.body.dataset.ready = "";"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.route("**/*", answer)
    opened.goto("http://dates.test/fa")
    yield opened
    opened.close()
    assert said == []


def answer(route: Route) -> None:
    path = route.request.url.removeprefix("http://dates.test/")
    if path.startswith("static/"):
        body = (ROOT / "tracker" / path).read_text(encoding="utf-8")
        route.fulfill(body=body, content_type="text/javascript; charset=utf-8")
    elif path == "start.mjs":
        route.fulfill(body=START, content_type="text/javascript")
    elif path in ("fa", "en"):
        spoken = lang.language(path)
        route.fulfill(
            body=FIELDS.format(tag=spoken.tag, direction=spoken.direction),
            content_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": POLICY},
        )
    else:
        route.fulfill(status=204)


def said_by_the_server(case: dict[str, Any], tag: str) -> dict[str, Any]:
    today, direction = date.fromisoformat(case["today"]), Direction(case["direction"])
    with lang.speaking(tag):
        try:
            found = parse_fuzzy(case["typed"], today=today, direction=direction)
        except DateRefused as refused:
            return {"refused": refused.reason, "message": lang.date_refusal(refused)}
        if found.is_exact and found.first:
            return {"echo": lang.format_date(found.first, "full")}
        return {"echo": lang.format_fuzzy(found, both=True)}


@pytest.mark.parametrize("tag", ["fa", "en"])
def test_the_browser_reads_and_says_what_the_server_does(page: Page, tag: str) -> None:
    expect(page.locator("body[data-ready]")).to_be_attached()
    answers = page.evaluate(
        """([cases, language]) => cases.map(({ typed, today, direction }) =>
             window.parseDate(typed, { today, direction, language }))""",
        [CASES, tag],
    )
    for case, found in zip(CASES, answers, strict=True):
        wanted = said_by_the_server(case, tag)
        if "refused" in case:
            wanted["days"] = case["candidates"]
            found["days"] = [candidate["day"] for candidate in found.get("candidates", [])]
        else:
            wanted |= {"first": case["first"], "last": case["last"]}
            wanted["about"] = case.get("about", False)
            assert bool(found.get("warning")) == ("wrong_weekday" in case), case
        assert {key: found.get(key) for key in wanted} == wanted, case


def test_calendars_agree_with_icu(page: Page) -> None:
    rows = (ROOT / "tests" / "data" / "jalali_vectors_icu.csv").read_text().split("\n")[1:-1]
    wrong = page.evaluate(
        """async (rows) => {
             const days = await import("/static/js/dates.calendars.mjs");
             return rows.filter((row) => {
               const [gregorian, , ...rest] = row.split(",");
               const parts = rest.slice(0, 3).map(Number), day = days.fromIso(gregorian);
               return days.toIso(days.toDay.jalali(...parts)) !== gregorian
                 || days.toParts.jalali(day).join() !== parts.join();
             });
           }""",
        rows,
    )
    assert (len(rows), wrong) == (4665, [])


def test_the_echo_follows_the_typing_and_the_error_waits(page: Page) -> None:
    held, echo = page.locator("#held"), page.locator("#held-echo")
    held.press_sequentially("۱۶ آبان ۱۴۰۰")
    expect(echo).to_have_text("یکشنبه ۱۶ آبان ۱۴۰۰ (۷ نوامبر ۲۰۲۱)")
    held.fill("۳۰ اسفند ۱۴۰۰")
    expect(echo).to_have_text("")
    held.press("Tab")
    expect(echo).to_have_text("۳۰ اسفند ۱۴۰۰ وجود ندارد؛ اسفند ۱۴۰۰ ۲۹ روز دارد")
    expect(echo).to_have_attribute("data-state", "error")
    page.get_by_role("button", name="۱ فروردین ۱۴۰۱").click()
    expect(held).to_have_value("۱ فروردین ۱۴۰۱")
    expect(held).to_be_focused()
    expect(echo).not_to_have_attribute("data-state", "error")
    expect(page.locator("[data-date-candidates]")).to_have_count(0)


def test_a_wrong_weekday_warns(page: Page) -> None:
    page.locator("#held").fill("دوشنبه ۱۶ آبان ۱۴۰۰")
    expect(page.locator("#held-echo")).to_have_attribute("data-state", "warning")
    expect(page.locator("#held-echo")).to_contain_text("این روز یکشنبه است")


def test_a_short_year_is_asked_back_and_enter_accepts(page: Page) -> None:
    page.locator("#held").fill("۰۲/۸/۱۶")
    expect(page.locator("#held-echo")).to_have_text("۱۶ آبان ۱۴۰۲؟")
    page.locator("#held").press("Enter")
    expect(page.locator("#held")).to_have_value("۱۶ آبان ۱۴۰۲")
    expect(page).to_have_url("http://dates.test/fa")


def test_arrows_move_a_day_and_chips_fill(page: Page) -> None:
    held = page.locator("#held")
    held.press("ArrowUp")
    expect(held).to_have_value("۳ آذر ۱۴۰۵")
    held.press("ArrowUp")
    expect(held).to_have_value("۴ آذر ۱۴۰۵")
    held.press("ArrowDown")
    held.press("ArrowDown")
    expect(held).to_have_value("۲ آذر ۱۴۰۵")
    page.get_by_role("button", name="today").click()
    expect(page.locator("#held-echo")).to_have_text("سه‌شنبه ۳ آذر ۱۴۰۵ (۲۴ نوامبر ۲۰۲۶)")
    page.get_by_role("button", name="unknown").click()
    expect(page.locator("#held-echo")).to_have_text("نامعلوم")
    held.press("ArrowUp")
    expect(held).to_have_value("نامعلوم")


def test_no_echo_beside_the_servers_words(page: Page) -> None:
    due, error = page.locator("#due"), page.locator("#due-error")
    due.focus()
    due.press("Tab")
    expect(error).to_be_visible()
    expect(page.locator("#due-echo")).to_have_text("")
    due.fill("شنبه")
    expect(error).to_be_hidden()
    expect(due).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#due-echo")).to_have_text("شنبه ۷ آذر ۱۴۰۵ (۲۸ نوامبر ۲۰۲۶)")


def test_english_says_it_in_english(page: Page) -> None:
    page.goto("http://dates.test/en")
    page.locator("#held").fill("۸/۱۶")
    expect(page.locator("#held-echo")).to_have_text("Saturday 7 November 2026 (16 Aban 1405)")
