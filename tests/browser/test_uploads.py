"""Sending a file with scripts at work: one sees how far it has come, and lands on the document."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Route

from tests.storage import corpus


def test_one_sees_how_far_a_file_has_come(
    page: Page, sign_in: Callable[[str], str], tmp_path: Path
) -> None:
    sign_in("staff")
    scan = tmp_path / "یادداشت تفاهم.pdf"
    scan.write_bytes(corpus.paper())
    on_the_way: list[Route] = []
    page.route(
        "**/documents/new",
        lambda route: (
            on_the_way.append(route) if route.request.method == "POST" else route.continue_()
        ),
    )
    page.goto("/documents/new")
    page.set_input_files("[name=file]", scan)
    page.click("[data-primary]")
    page.wait_for_selector("progress")
    on_the_way.pop().continue_()
    page.wait_for_url(re.compile(r"/documents/[0-9a-f-]{36}$"))
    assert page.inner_text("h1") == "یادداشت تفاهم"
    with page.expect_download() as fetched:
        page.click(".page-actions .primary")
    assert fetched.value.suggested_filename == "یادداشت تفاهم.pdf"
    assert fetched.value.path().read_bytes() == scan.read_bytes()


def test_what_is_refused_is_said_on_the_page(
    page: Page, sign_in: Callable[[str], str], tmp_path: Path
) -> None:
    sign_in("staff")
    false = tmp_path / "a.pdf"
    false.write_bytes(b"<html>")
    page.goto("/documents/new")
    page.fill("[name=title]", "عنوانی که ماند")
    page.set_input_files("[name=file]", false)
    page.click("[data-primary]")
    assert "از نوعی که نامش می‌گوید نیست" in page.inner_text("[role=alert]")
    assert page.input_value("[name=title]") == "عنوانی که ماند"
