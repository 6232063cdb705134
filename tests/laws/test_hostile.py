"""A few hundred requests of `script/hostile`: nothing breaks, nothing typed is lost, nothing is
half done. And no form is taken in from somebody who does not say which version they saw."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from functools import partial
from random import Random
from typing import NamedTuple
from urllib.parse import urlencode, urljoin

import pytest

from tests.databases import Server
from tests.hostile.__main__ import load
from tests.hostile.attack import Attack
from tests.hostile.city import City, counts
from tests.hostile.controls import PostForm, forms_of
from tests.hostile.shots import inside
from tests.serving import served
from tracker.web.db import db

MANY = 160
FORM = (("Content-Type", "application/x-www-form-urlencoded"),)


class Siege(NamedTuple):
    """The demo's city, and on which pages each endpoint's form is found."""

    city: City
    forms: Mapping[str, list[str]]


@pytest.fixture(scope="module")
def siege(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Siege]:
    url = server.copy()
    with served(url, tmp_path_factory.mktemp("instance")) as app:
        load(app)
        with app.app_context():
            engine = db.engine
        city = City(app, url, engine, partial(inside, app), Random(7))  # noqa: S311
        yield Siege(city, city.forms(of_a_kind=2))
        logging.getLogger("tracker").removeHandler(city.faults)
    server.drop(url)


@pytest.mark.database("sqlite")
def test_every_form_is_among_those_attacked(siege: Siege) -> None:
    posted = {rule.endpoint for rule in siege.city.rules if "POST" in (rule.methods or ())}
    # The demo has nothing to undo, to suggest or to decide, nothing confidential, and its accounts
    # have no passwords; what becomes of accounts is attacked where they are tested.
    missing = {endpoint for endpoint in posted - set(siege.forms) if "accounts." not in endpoint}
    assert missing == {
        "access.decide",
        "access.end_naming",
        "access.name",
        "access.withdraw",
        "actions.undo",
        "meetings.file",
    }


@pytest.mark.database("sqlite")
def test_no_form_is_taken_in_without_its_version(siege: Siege) -> None:
    city = siege.city
    checked = set()
    for endpoint, pages in siege.forms.items():
        form = next((f for f in _opened(city, pages[0], endpoint) if _version(f)), None)
        if form is None:
            continue
        checked.add(endpoint)
        target = urljoin(pages[0], form.action)
        sent = {c.name: c.value for c in form.controls if c.is_on and c.kind != "button"}
        before = counts(city.engine)
        for version in (None, "", "x", "0"):
            pairs = {**sent, "version": version or ""}
            if version is None:
                del pairs["version"]
            shot = city.shot("approver", "POST", target, FORM, urlencode(pairs).encode())
            answer = city.fire(shot)
            assert answer.status in (409, 422), f"{target} took version {version!r}"
            assert 'role="alert"' in answer.text
        assert counts(city.engine) == before
    assert {"edit", "move", "postpone"} <= {endpoint.split(".")[1] for endpoint in checked}
    assert len(checked) >= 20


def test_generated_requests(siege: Siege) -> None:
    outcome = Attack(siege.city, siege.forms).run(MANY)
    assert not outcome.crashes, "\n".join(
        f"{shot.curl()}\n{traceback}" for shot, traceback in outcome.crashes
    )
    assert not outcome.faults, "\n".join(
        f"{fault}\n{shot.curl()}" for fault, shot in outcome.faults.items()
    )
    assert outcome.statuses[422] > MANY / 20
    assert outcome.accepted.total() > MANY / 50


def _opened(city: City, page: str, endpoint: str) -> list[PostForm]:
    answer = city.fire(city.shot("anonymous" if page == "/login" else "approver", "GET", page))
    forms = forms_of(answer.text)
    return [form for form in forms if city.endpoint_of(urljoin(page, form.action)) == endpoint]


def _version(form: PostForm) -> str:
    return next((c.value for c in form.controls if c.name == "version"), "")
