"""The examiner sees what is wrong with a page, so that its silence means something."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser import examining

BAD = """<!doctype html><html lang="en"><title>Bad</title><style>
button { outline: none !important; width: 20px; height: 20px; padding: 0; border: 0 }
.savebar { position: fixed; bottom: 0; left: 0; right: 0; height: 200px; background: #fff }
.wide { width: 4000px }
</style><main><h1>Bad</h1><input><p class="wide">wide</p>
<p style="margin-top: 380px"><a href="#x">under the bar</a></p><button>x</button></main>
<div class="savebar">bar</div></html>"""


def test_it_sees(page: Page) -> None:
    page.set_viewport_size({"width": 800, "height": 600})
    page.set_content(BAD)
    seen = examining.findings(page) + examining.focus_findings(page)
    seen += examining.paper_findings(page)
    for wanted in (
        "axe label: <input",
        "wider than the window: <p",
        "not in its font",
        "small target: <button",
        "no focus ring: <button",
        "focus under .savebar: <a",
        "printed: <div",
    ):
        assert any(each.startswith(wanted) for each in seen), f"{wanted} not among {seen}"
