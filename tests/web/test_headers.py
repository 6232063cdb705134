"""The same headers everywhere, and files that may be kept."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.page import HEADERS
from tests.web.conftest import Enter

# Nothing here depends on the kind of database.
pytestmark = pytest.mark.database("sqlite")


@pytest.mark.parametrize(
    "url",
    ["/login", "/healthz", "/readyz", "/nowhere", "/logout", "/static/css/base.css", "/account"],
)
def test_every_answer_bears_them(app: Flask, url: str) -> None:
    answer = app.test_client().get(url)
    answer.close()
    for name, value in HEADERS.items():
        assert answer.headers.get(name) == value
    assert len(answer.headers["X-Request-Id"]) == 16
    assert "Strict-Transport-Security" not in answer.headers


def test_pages_are_never_kept(app: Flask, enter: Enter) -> None:
    assert app.test_client().get("/login").headers["Cache-Control"] == "no-store"
    assert enter("staff").get("/account").headers["Cache-Control"] == "no-store"


def test_files_are_kept_under_the_address_of_their_content(app: Flask) -> None:
    url = app.jinja_env.globals["asset"]("css/base.css")
    assert "?v=" in url
    client = app.test_client()
    with client.get(url) as named:
        assert "immutable" in named.headers["Cache-Control"]
    plain = client.get("/static/css/base.css")
    plain.close()
    assert plain.headers["Cache-Control"] == "no-cache"
    again = client.get("/static/css/base.css", headers={"If-None-Match": plain.headers["ETag"]})
    again.close()
    assert again.status_code == 304


def test_an_https_answer_asks_for_https(app: Flask) -> None:
    answer = app.test_client().get("/login", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
