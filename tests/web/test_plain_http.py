"""Where browsers come without TLS, every page says why nobody can sign in, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.page import JudgingClient
from tracker.app import create_app
from tracker.config import Settings
from tracker.web.db import db

# Nothing here depends on the kind of database.
pytestmark = pytest.mark.database("sqlite")

Serve = Callable[..., Flask]
OPEN = {"host": "0.0.0.0", "demo": False}  # noqa: S104  nothing is bound here
NEAR = {"X-Forwarded-For": "192.0.2.1"}


@pytest.fixture
def serve(database_url: str, tmp_path: Path) -> Iterator[Serve]:
    """An application under other settings."""
    with ExitStack() as stack:

        def made(**settings: Any) -> Flask:
            app = create_app(Settings.for_tests(database_url, tmp_path, **settings))
            stack.enter_context(app.app_context())
            stack.callback(lambda: db.engine.dispose())
            return app

        yield made


def asked(client: JudgingClient, path: str = "/login", lang: str = "fa", **headers: str) -> Any:
    client.http.environ_base.update(
        {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    )
    return client.get(path, status=403, lang=lang)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_every_page_says_so(serve: Serve, lang: str) -> None:
    client = JudgingClient(serve(**OPEN))
    for path in ("/login", "/", "/ties/", "/nothing/here", "/accounts/"):
        page = asked(client, path, lang)
        assert page.main.get("data-kind") == "plain-http"
        assert "script/certificates localhost" in page.shown
        assert "/trust" in page.links
        assert "peyvand=" not in page.headers.get("Set-Cookie", "")


def test_nothing_that_is_sent_gets_in(serve: Serve) -> None:
    client = serve(**OPEN).test_client()
    answer = client.post("/login", data={"email": "a@example.org", "password": "x" * 12})
    assert (answer.status_code, "plain-http" in answer.text) == (403, True)
    answer = client.get("/ties/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (403, "application/json")


def test_what_needs_no_session_answers(serve: Serve) -> None:
    app = serve(**OPEN)
    for path in ("/healthz", "/static/icons.svg"):
        with app.test_client().get(path) as answer:
            assert answer.status_code == 200
    assert app.test_client().get("/readyz").is_json
    for lang in ("fa", "en"):
        assert "authority.crt" in JudgingClient(app).get("/trust", lang=lang).shown


@pytest.mark.parametrize(
    ("proxies", "headers", "said"),
    [
        (0, {}, "TRACKER_CERTIFICATE_KEY"),
        (0, NEAR, "TRACKER_PROXIES"),
        (1, NEAR, "X-Forwarded-Proto"),
        (1, {**NEAR, "X-Forwarded-Proto": "http"}, "80"),
    ],
)
def test_it_says_what_is_lacking(
    serve: Serve, proxies: int, headers: dict[str, str], said: str
) -> None:
    app = serve(proxies=proxies, production=True, demo=False)
    assert said in asked(JudgingClient(app), lang="en", **headers).shown
    assert said.replace("80", "۸۰") in asked(JudgingClient(app), lang="fa", **headers).shown


def test_a_proxy_that_takes_browsers_in_plain_gets_a_way_on(serve: Serve) -> None:
    headers = {**NEAR, "X-Forwarded-Proto": "http"}
    known = serve(proxies=1, production=True, demo=False, trusted_hosts=("localhost",))
    page = asked(JudgingClient(known), "/ties/", **headers)
    assert [link for link in page.links if link.startswith("https:")] == [
        "https://localhost/ties/?lang=fa"
    ]
    unknown = serve(proxies=1, production=True, demo=False)
    page = asked(JudgingClient(unknown), "/ties/", **headers)
    assert [link for link in page.links if link.startswith("https:")] == []


@pytest.mark.parametrize(
    ("settings", "headers"),
    [
        ({"proxies": 1, "production": True}, {**NEAR, "X-Forwarded-Proto": "https"}),
        ({}, {}),
    ],
)
def test_over_tls_and_on_loopback_one_signs_in(
    serve: Serve, settings: dict[str, Any], headers: dict[str, str]
) -> None:
    app = serve(demo=False, **settings)
    answer = app.test_client().get("/login", headers=headers)
    assert (answer.status_code, "plain-http" in answer.text) == (200, False)
