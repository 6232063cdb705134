"""What is said once: on the next page of the same browser, and written to no table."""

from __future__ import annotations

import pytest
from flask import Flask, flash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.databases import counted
from tests.web.conftest import Enter
from tracker.domain.access import Permission
from tracker.web import guard

COOKIE = "peyvand_said"
SAVED = "Kept for later."


@pytest.fixture
def saying(app: Flask) -> Flask:
    """The application, with `/say/<times>`, which says as much to the next page."""

    @guard.requires(Permission.READ)
    def say(times: int) -> str:
        for number in range(times):
            flash(f"{SAVED} {number} {'…' * 200}", "done")
        return "said"

    app.add_url_rule("/say/<int:times>", "probe.say", say)
    guard.check_stamps(app)
    return app


def shown(client: FlaskClient) -> str:
    return client.get("/account").get_data(as_text=True)


def test_it_is_said_once_and_written_nowhere(
    saying: Flask, enter: Enter, app_engine: Engine
) -> None:
    client = enter("staff")
    with counted(app_engine) as statements:
        client.get("/say/1")
        assert SAVED in shown(client)
    assert not [each for each in statements if not each.startswith("SELECT")]
    assert SAVED not in shown(client)
    assert client.get_cookie(COOKIE) is None


def test_another_browser_shows_nothing_of_it(saying: Flask, enter: Enter) -> None:
    client, other = enter("staff"), enter("staff")
    client.get("/say/1")
    carried = client.get_cookie(COOKIE)
    assert carried is not None
    for value in (carried.value, carried.value[:-1] + "x", "nonsense", ""):
        other.set_cookie(COOKIE, value)
        assert SAVED not in shown(other)


def test_of_too_much_the_newest_is_kept(saying: Flask, enter: Enter) -> None:
    client = enter("staff")
    client.get("/say/40")
    carried = client.get_cookie(COOKIE)
    assert carried is not None
    assert len(carried.value) <= 4000
    assert f"{SAVED} 39" in shown(client)
