"""The date field in a browser: the same tables as the server's, what the field does, its calendar.

Needs no running product: the modules are served from the checkout.
"""

# ruff: noqa: RUF001  (the Persian seven is meant)
from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.dates import CASES, in_every_form, respelt, vectors
from tracker import lang
from tracker.domain.dates import DateRefused, Direction, parse_fuzzy, words

ROOT = Path(__file__).parents[2]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "require-trusted-types-for 'script'"
)
FIELDS = """<!doctype html><html lang="{tag}" dir="{direction}" data-js
 data-today="2026-11-24" data-calendar="jalali" data-week-start="5" data-days-off="4">
<meta charset="utf-8"><title>dates</title><script type="module" src="/start.mjs"></script>
<form>
<label for="held">held</label>
<div class="date-field" data-direction="past"><input id="held" name="held"
 aria-describedby="held-hint held-echo"><button type="button" data-date-open>calendar</button>
<output id="held-echo" for="held"></output>
<button type="button" data-date-chip="today">today</button>
<button type="submit" name="held" value="نامعلوم" data-date-chip="نامعلوم">unknown</button></div>
<label for="due">due</label>
<div class="date-field" data-direction="future"><input id="due" name="due" value="30 Esfand 1400"
 aria-invalid="true" aria-describedby="due-error due-echo"><output id="due-echo"></output>
<p id="due-error">the server's words</p><p data-date-candidates="server"><button name="due"
 value="29 Esfand 1400" data-date-chip="29 Esfand 1400">a neighbour</button></p></div>
<button id="send">send</button>
</form></html>"""
START = """import { enhanceDateFields } from "/static/js/dates.mjs";
import { parse } from "/static/js/dates.saying.mjs";
enhanceDateFields(); window.parseDate = parse; document.body.dataset.ready = "";"""
TODAY = "2026-11-24"
SEED = 1400
SAMPLES = 2500


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


def said_by_the_browser(page: Page, cases: list[dict[str, Any]], tag: str) -> list[Any]:
    expect(page.locator("body[data-ready]")).to_be_attached()
    found: list[Any] = page.evaluate(
        """([cases, language]) => cases.map(({ typed, today, direction }) =>
             window.parseDate(typed, { today, direction, language, daysOff: [4] }))""",
        [cases, tag],
    )
    return found


@pytest.mark.parametrize("tag", ["fa", "en"])
def test_the_browser_reads_and_says_what_the_server_does(page: Page, tag: str) -> None:
    for case, found in zip(CASES, said_by_the_browser(page, CASES, tag), strict=True):
        wanted = said_by_the_server(case, tag)
        if "refused" in case:
            wanted["days"] = case["candidates"]
            found["days"] = [candidate["day"] for candidate in found.get("candidates", [])]
        else:
            wanted |= {"first": case["first"], "last": case["last"]}
            wanted["about"] = case.get("about", False)
            if case["direction"] == "past":
                assert bool(found.get("warning")) == ("wrong_weekday" in case), case
        assert {key: found.get(key) for key in wanted} == wanted, case


def made_up() -> Iterator[str]:
    """Half-sense as slow hands leave it: words of the grammar at random, cases with another word
    in place of one, cases with an odd sign in them, cases in other letters and digits."""
    dice = random.Random(SEED)  # noqa: S311  the same each time
    known = [*words.LEXICON, *"/-+().,?؟–~،:", "16", "8", "1400", "۱۴۰۰", "2021", "99", "31", "0"]
    odd = "\u200c\u200e\u064b\u0640\u00a0²½፩१ﬁİẞ𝟙x'."
    for _ in range(SAMPLES):
        case = dice.choice(CASES)["typed"][:90]
        parts, at = case.split(" "), dice.randrange(len(case) + 1)
        parts[dice.randrange(len(parts))] = dice.choice(known)
        at_random = dice.choice(["", " "]).join(dice.choices(known, k=dice.randint(1, 4)))
        other = respelt(case, dice.choice)
        spoilt = case[:at] + dice.choice(odd) + case[at:]
        yield dice.choice([at_random, " ".join(parts), spoilt, other])


@pytest.mark.parametrize("tag", ["fa", "en"])
def test_the_browser_says_what_the_server_does_of_anything(page: Page, tag: str) -> None:
    cases = [
        {"typed": typed, "today": TODAY, "direction": direction}
        for typed, direction in zip(made_up(), ["past", "future"] * SAMPLES, strict=False)
    ]
    read = 0
    for case, found in zip(cases, said_by_the_browser(page, cases, tag), strict=True):
        wanted = said_by_the_server(case, tag)
        assert {key: found.get(key) for key in wanted} == wanted, case
        read += "echo" in wanted
    assert SAMPLES > read > SAMPLES / 10


def test_every_day_of_the_vectors_in_every_form(page: Page) -> None:
    wrong = page.evaluate(
        """async (rows) => {
             const { readDate } = await import("/static/js/dates.grammar.mjs");
             const { toIso } = await import("/static/js/dates.calendars.mjs");
             return rows.split("\\n").flatMap((row) => {
               const [day, ...forms] = row.split("\\t");
               return forms.filter((typed) => {
                 const { first, last, wrongWeekday } = readDate(typed, { today: 0 });
                 return toIso(first) !== day || toIso(last) !== day || wrongWeekday !== null;
               });
             });
           }""",
        "\n".join("\t".join([day, *forms]) for day, forms in in_every_form()),
    )
    assert wrong == []


def test_calendars_agree_with_icu(page: Page) -> None:
    wrong = page.evaluate(
        """async (rows) => {
             const days = await import("/static/js/dates.calendars.mjs");
             return rows.filter(([gregorian, jalali]) => {
               const parts = jalali.split("-").map(Number), day = days.fromIso(gregorian);
               return days.toIso(days.toDay.jalali(...parts)) !== gregorian
                 || days.toParts.jalali(day).join() !== parts.join();
             });
           }""",
        [[row["gregorian"], row["jalali"]] for row in vectors()],
    )
    assert wrong == []


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
    expect(page.get_by_role("button", name="۲۹ اسفند ۱۴۰۰")).to_have_count(0)


def test_due_on_a_day_off_warns(page: Page) -> None:
    page.locator("#due").fill("۲۱ آبان ۱۴۰۰")
    expect(page.locator("#due-echo")).to_have_attribute("data-state", "warning")
    expect(page.locator("#due-echo")).to_contain_text("این روز جمعه و تعطیل است")
    page.locator("#held").fill("۲۱ آبان ۱۴۰۰")
    expect(page.locator("#held-echo")).not_to_have_attribute("data-state", "warning")


def test_a_wrong_weekday_warns(page: Page) -> None:
    page.locator("#held").fill("دوشنبه ۱۶ آبان ۱۴۰۰")
    expect(page.locator("#held-echo")).to_have_attribute("data-state", "warning")
    expect(page.locator("#held-echo")).to_contain_text("این روز یکشنبه است")


@pytest.mark.parametrize("key", ["Enter", "Control+Enter"])
def test_a_short_year_is_asked_back_and_is_taken_before_anything_is_sent(
    page: Page, key: str
) -> None:
    page.evaluate("""() => document.addEventListener("keydown", ({ key, ctrlKey }) => {
      if (key === "Enter" && ctrlKey) window.sends = 1;
    })""")
    page.locator("#held").fill("۰۲/۸/۱۶")
    expect(page.locator("#held-echo")).to_have_text("۱۶ آبان ۱۴۰۲؟")
    page.locator("#held").press(key)
    expect(page.locator("#held")).to_have_value("۱۶ آبان ۱۴۰۲")
    expect(page.locator("#held-echo")).to_have_text("سه‌شنبه ۱۶ آبان ۱۴۰۲ (۷ نوامبر ۲۰۲۳)")
    assert page.evaluate("window.sends ?? 0") == 0


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
    expect(page).to_have_url("http://dates.test/fa")
    held.press("ArrowUp")
    expect(held).to_have_value("نامعلوم")


def test_no_echo_beside_the_servers_words(page: Page) -> None:
    due, error = page.locator("#due"), page.locator("#due-error")
    due.focus()
    due.press("Tab")
    expect(error).to_be_visible()
    expect(page.locator("#due-echo")).to_have_text("")
    expect(page.get_by_text("a neighbour")).to_be_visible()
    due.fill("شنبه")
    expect(error).to_be_hidden()
    expect(page.get_by_text("a neighbour")).to_have_count(0)
    expect(due).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#due-echo")).to_have_text("شنبه ۷ آذر ۱۴۰۵ (۲۸ نوامبر ۲۰۲۶)")


def test_a_neighbour_that_the_server_offers_is_put_into_the_field(page: Page) -> None:
    page.get_by_text("a neighbour").click()
    expect(page.locator("#due")).to_have_value("29 Esfand 1400")
    expect(page.locator("#due")).to_be_focused()
    expect(page.locator("#due-error")).to_be_hidden()
    expect(page).to_have_url("http://dates.test/fa")


def test_english_says_it_in_english(page: Page) -> None:
    page.goto("http://dates.test/en")
    page.locator("#held").fill("۸/۱۶")
    expect(page.locator("#held-echo")).to_have_text("Saturday 7 November 2026 (16 Aban 1405)")
    week = page.evaluate(
        """window.parseDate("this week", { today: "2026-11-24", language: "en", weekStarts: 0 })"""
    )
    assert (week["first"], week["last"]) == ("2026-11-23", "2026-11-29")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


@pytest.mark.parametrize(
    ("tag", "start", "left", "after_it", "column"),
    [
        ("fa", "یکشنبه ۱۶ آبان ۱۴۰۰", "دوشنبه ۱۷ آبان ۱۴۰۰", "دوشنبه ۱۷ آذر ۱۴۰۰", "شنبه"),
        (
            "en",
            "Sunday 7 November 2021",
            "Saturday 6 November 2021",
            "Monday 6 December 2021",
            "Monday",
        ),
    ],
)
def test_a_day_is_picked_by_keys(
    page: Page, tag: str, start: str, left: str, after_it: str, column: str
) -> None:
    page.goto(f"http://dates.test/{tag}")
    held, dialog = page.locator("#held"), page.locator("dialog.picker")
    held.fill("16 Aban 1400")
    held.press("Alt+ArrowDown")
    expect(dialog).to_be_visible()
    assert dialog.locator("th").first.get_attribute("abbr") == column
    assert focused(page) == start
    page.keyboard.press("ArrowLeft")
    assert focused(page) == left
    page.keyboard.press("PageDown")
    assert focused(page).endswith(after_it.split(" ", 1)[1])
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(held).to_be_focused()
    expect(held).to_have_value("16 Aban 1400")
    held.press("Alt+ArrowDown")
    expect(dialog).to_be_visible()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("PageDown")
    page.keyboard.press("Enter")
    expect(held).to_be_focused()
    expect(held).to_have_value(after_it.split(" ", 1)[1])
    expect(page.locator("#held-echo")).to_contain_text(after_it.split(" ", 1)[1])
    expect(dialog).to_have_count(0)
