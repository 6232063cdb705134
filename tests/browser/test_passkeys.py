"""Passkeys in a real browser with a device of its own: enrol, second factor, alone, removed."""

from __future__ import annotations

from playwright.sync_api import Page, Request, expect
from sqlalchemy import update

from tests.browser.strict import Site, enrol, enter_password, site, window
from tracker.models.accounts import Passkey
from tracker.models.engine import writing
from tracker.web.db import db

__all__ = ["site", "window"]


def ask_passkey(page: Page) -> None:
    page.click("form[data-passkey=prove] button[type=submit]")


def test_a_passkey_is_the_second_factor_and_then_both(window: Page, site: Site) -> None:
    email = site.newcomer()
    enrol(window, email)
    window.goto("/account/factors")
    expect(window.locator("#passkey-1")).to_have_text("office computer")

    window.context.clear_cookies()
    enter_password(window, email)
    window.wait_for_url("**/login/factor**")
    ask_passkey(window)
    window.wait_for_url(site.url + "/")

    window.context.clear_cookies()
    window.goto("/login?next=/ties/")
    ask_passkey(window)
    window.wait_for_url(site.url + "/ties/")

    window.goto("/account/factors")
    window.click("details.more summary")
    window.fill("#name-1", "blue key")
    window.click("details.more button")
    expect(window.locator("#passkey-1")).to_have_text("blue key")
    # The only factor of an account that must have one stays.
    window.click("#remove-1")
    window.wait_for_url("**/remove")
    window.goto("/account/factors")
    expect(window.locator("#passkey-1")).to_have_text("blue key")


def test_a_copied_key_is_noticed_by_its_count(window: Page, site: Site) -> None:
    enrol(window, site.newcomer())
    with site.app.app_context(), writing():
        db.session.execute(update(Passkey).values(sign_count=1000))
        db.session.commit()
    window.context.clear_cookies()
    window.goto("/login")
    ask_passkey(window)
    expect(window.locator("[role=alert].summary")).to_be_visible()
    window.goto("/ties/")
    assert "/login" in window.url


def test_a_device_without_one_says_so_and_the_password_still_works(
    window: Page, site: Site
) -> None:
    window.goto("/login")
    ask_passkey(window)
    expect(window.locator("[data-passkey-failed]")).to_be_visible()
    enter_password(window, site.newcomer())
    window.wait_for_url("**/account/factors**")


def test_an_answer_is_good_once_and_in_its_own_browser(window: Page, site: Site) -> None:
    enrol(window, site.newcomer())
    window.context.clear_cookies()
    window.goto("/login")
    answers: list[str] = []

    def keep(sent: Request) -> None:
        if sent.url.endswith("/login/passkey"):
            answers.append(sent.post_data or "")

    window.on("request", keep)
    ask_passkey(window)
    window.wait_for_url(site.url + "/")
    window.context.clear_cookies()
    window.goto("/login")
    again = window.evaluate(
        """async (body) => {
          const sent = new URLSearchParams(body);
          sent.set("csrf_token", document.querySelector("[name=csrf_token]").value);
          return (await fetch("/login/passkey", { method: "POST", body: sent })).status;
        }""",
        answers[0],
    )
    assert again == 422
