"""An application with endpoints of the tests' own beside the product's, and ways into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tracker import lang, profiles
from tracker.domain.access import Permission
from tracker.web import guard

Enter = Callable[[str], FlaskClient]


@pytest.fixture
def probe(app: Flask) -> Flask:
    """The application, with `/probe` for readers, `/probe/record` for staff, `/open` for all."""

    @guard.requires(Permission.READ)
    def read(**_: object) -> str:
        return guard.actor().name

    @guard.requires(Permission.RECORD)
    def record(**_: object) -> str:
        return "recorded"

    @guard.public
    def opened() -> str:
        return "open"

    app.add_url_rule("/probe", "probe.read", read)
    app.add_url_rule("/probe/<uuid:id>", "probe.one", read)
    app.add_url_rule("/probe/record", "probe.record", record, methods=["GET", "POST"])
    app.add_url_rule("/probe/<uuid:id>/record", "probe.change", record, methods=["GET", "POST"])
    app.add_url_rule("/open", "probe.open", opened, methods=["GET", "POST"])
    guard.check_stamps(app)
    return app


@pytest.fixture
def enter(app: Flask) -> Enter:
    """`enter("staff")`: a plain client, signed in through the demo's door."""

    def signed_in(role: str) -> FlaskClient:
        client = app.test_client()
        answer = client.post("/demo/sign-in", data={"role": role, "csrf_token": token(client)})
        assert answer.status_code == 303
        return client

    return signed_in


def token(client: FlaskClient, url: str = "/login") -> str:
    text = client.get(url).get_data(as_text=True)
    return text.partition('name="csrf_token" value="')[2].partition('"')[0]


@pytest.fixture
def in_the_city() -> Iterator[None]:
    """A request in Persian: forms need the city and nothing else of an application."""
    city = Flask(__name__)
    city.config["PROFILE"] = profiles.load("ir")
    with city.test_request_context("/"):
        lang.set_language("fa")
        yield
