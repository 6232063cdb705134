"""Pages that one meets by doing something: refusals, both texts side by side, open dialogs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from playwright.sync_api import Page

Show = Callable[[Page, str], None]


@dataclass(frozen=True)
class State:
    """What to do, as whom, to see it; `show` does it in a language."""

    name: str
    role: str
    show: Show


def with_language(address: str, language: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def at(address: str) -> Show:
    def show(page: Page, language: str) -> None:
        page.goto(with_language(address, language))

    return show


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.click(selector)


def mistaken(page: Page, language: str) -> None:
    """30 Esfand of a year that is no leap year, and an action without a word."""
    page.goto(with_language("/meetings/new", language))
    page.fill("[name=held_on]", "1400/12/30")
    page.fill("[name=actions-0-due]", "tomorrow")
    press(page, "[data-primary]")


def refused_sign_in(page: Page, language: str) -> None:
    page.goto(with_language("/login", language))
    page.fill("[name=email]", "nobody@example.org")
    page.fill("[name=password]", "not the password")
    press(page, "form.record button[type=submit]:not(.hidden)")


def left_in_two_ways(tie: str) -> Show:
    """Somebody else saves the tie while its form is open here."""

    def show(page: Page, language: str) -> None:
        page.goto(with_language(f"{tie}/edit", language))
        other = page.context.new_page()
        other.goto(f"{tie}/edit")
        other.fill("textarea:visible >> nth=-1", f"{language} of the other")
        press(other, "[data-primary]")
        other.close()
        page.fill("textarea:visible >> nth=-1", f"{language} of this one")
        press(page, "[data-primary]")

    return show


def busy(database: str) -> Show:
    """Somebody else writes for longer than anybody waits."""

    def show(page: Page, language: str) -> None:
        page.goto(with_language("/places/new", language))
        page.fill("[name=name]", "چناران")
        with closing(sqlite3.connect(database, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            press(page, "[data-primary]")
            connection.execute("ROLLBACK")

    return show


def restored(page: Page, language: str) -> None:
    """A draft, rows and all, after the page was opened anew."""
    page.goto(with_language("/meetings/new", language))
    page.fill("[name=title]", "دیدار")
    page.click("button[value=ours]")
    page.wait_for_timeout(800)
    page.reload()
    page.wait_for_selector(".draft-notice")


def suggested(page: Page, language: str) -> None:
    """A list of suggestions under its field."""
    page.goto(with_language("/meetings/new", language))
    page.locator("[name=filed_under]").press_sequentially("اوش")
    page.wait_for_selector(".suggestions")


def opened(selector: str) -> Show:
    def show(page: Page, language: str) -> None:
        page.goto(with_language("/", language))
        if page.locator(selector).first.is_visible():
            page.locator(selector).first.click()

    return show


def shortcuts(page: Page, language: str) -> None:
    page.goto(with_language("/", language))
    page.keyboard.press("Shift+Slash")
    page.wait_for_selector("dialog[open]")


def states(tie: str, database: str) -> tuple[State, ...]:
    """Each with its own page; `tie` is the address of one, `database` the file in use."""
    return (
        State("nothing there", "staff", at("/nothing")),
        State("not for this role", "official", at("/meetings/new")),
        State("not signed in", "anonymous", at("/login")),
        State("refused sign-in", "anonymous", refused_sign_in),
        State("a mistake in the form", "staff", mistaken),
        State("left in two ways", "staff", left_in_two_ways(tie)),
        State("the database is busy", "staff", busy(database)),
        State("a draft restored", "staff", restored),
        State("suggestions", "staff", suggested),
        State("menu of the user", "staff", opened("details.user > summary")),
        State("more in the menu", "staff", opened(".menu details.drop > summary")),
        State("more in the tabs", "staff", opened(".tabs details.drop > summary")),
        State("shortcuts", "staff", shortcuts),
    )
