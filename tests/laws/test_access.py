"""Every endpoint says who may call it, and answers every role as the access matrix says."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from tests import build
from tests.laws.access_matrix import POLICIES, ROLES, endpoints, policies
from tests.laws.addresses import address, kinds_of
from tests.laws.conftest import Planted
from tests.serving import AsRole
from tracker.domain.access import Level, Permission
from tracker.web import guard, reads
from tracker.web.addresses import PATHS

ROOT = Path(__file__).resolve().parents[2]
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def served_endpoints(app: Flask) -> set[tuple[str, str]]:
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


@pytest.mark.database("sqlite")
def test_every_endpoint_stands_in_the_matrix_and_no_other(app: Flask) -> None:
    served, listed = served_endpoints(app), set(endpoints())
    assert served == listed, f"no row: {sorted(served - listed)}\ngone: {sorted(listed - served)}"


@pytest.mark.database("sqlite")
def test_the_matrix_and_the_stamps_agree(app: Flask) -> None:
    stamps = guard.stamps_of(app)
    for (endpoint, _), policy in endpoints().items():
        stamp = stamps[endpoint]
        declared = stamp.value if isinstance(stamp, Permission) else stamp
        assert policy.removesuffix(" one").removesuffix(" of another") == declared, endpoint


def test_the_matrix_is_whole_and_small() -> None:
    assert set(endpoints().values()) <= {policy for policy, _ in policies()}
    assert len(POLICIES.strip().splitlines()) - 1 <= 25
    for policy, level in policies():
        assert (level == "-") != policy.endswith(" one")


@pytest.mark.database("sqlite")
def test_an_endpoint_without_a_stamp_stops_the_start(app: Flask) -> None:
    app.view_functions["bare"] = lambda: ""
    with pytest.raises(guard.MissingStamp, match="bare"):
        guard.check_stamps(app)


def test_every_view_bears_exactly_one_stamp() -> None:
    """Read from the source: what a decorator above or below a stamp does is not seen here."""
    found = 0
    for path in ROOT.glob("tracker/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.FunctionDef):
                continue
            decorators = [ast.unparse(each) for each in node.decorator_list]
            stamps = sum(each == "public" or each.startswith("requires(") for each in decorators)
            is_view = any(ROUTES.match(each) for each in decorators)
            found += is_view
            assert stamps == is_view, f"{path.name}: {node.name} bears {stamps} stamps"
    assert found > 100


ROUTES = re.compile(r"blueprint\.(?:route|get|post|put|patch|delete)\(")


@pytest.mark.database("sqlite")
def test_an_answer_about_an_object_that_nobody_asked_for_is_an_error(
    app: Flask, as_role: AsRole
) -> None:
    """The second line behind every view: what never went through the reader's filter, stops."""
    with build.stored(app) as session:
        place = build.place(session, build.account(session), "Osh")

    @guard.requires(Permission.READ)
    def bare(object_id: UUID) -> str:
        return place.name["en"]

    app.add_url_rule("/bare/<uuid:object_id>", "bare", bare)
    guard.check_stamps(app)
    client = as_role("official").http
    with pytest.raises(reads.Unasked, match="bare"):
        client.get(f"/bare/{place.id}")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.get(f"/bare/{place.id}")
    assert answer.status_code == 500
    assert "Osh" not in answer.get_data(as_text=True)


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("role", ROLES)
def test_every_endpoint_answers_as_the_matrix_says(planted: Planted, role: str) -> None:
    client = planted.reader(role)
    token = csrf_token(client, "/login" if role == "anonymous" else "/account")
    wrong = []
    # What only reads goes first, so that nothing is changed under it.
    for (endpoint, method), policy in sorted(endpoints().items(), key=lambda each: each[0][::-1]):
        for level in [level for name, level in policies() if name == policy]:
            wanted = policies()[policy, level][role]
            for asked in addresses(planted, endpoint, method, level):
                if wanted == "ok" and endpoint in SLOW:
                    continue
                data = {"csrf_token": token, **sent(planted)} if method in UNSAFE else None
                answer = client.open(asked, method=method, data=data, buffered=True)
                if kind_of(answer) != wanted:
                    wrong.append(f"{method} {asked}: {kind_of(answer)}, expected {wanted}")
    assert not wrong, "\n".join(wrong)


def sent(planted: Planted) -> dict[str, str]:
    """Enough for an endpoint to look for its object before it refuses what is missing."""
    tie = planted.garden.ids["tie", Level.PUBLIC]
    return {
        "version": "1",
        "move": "cancel",
        "reason": "x",
        "due": "2027-01-01",
        "filed_under": f"tie:{tie}",
    }


# Whoever may, waits for the background process: that is tested with one.
SLOW = {"briefings.download"}

# These would leave the rest of the walk without its reader.
ENDS_THE_SESSION = {"accounts.leave", "accounts.enter", "accounts.enter_demo", "accounts.lock"}


# Of an address that takes objects of any kind, those of one stand for all.
ANY_KIND = "tie"


def addresses(planted: Planted, endpoint: str, method: str, level: str) -> list[str]:
    """The endpoint's addresses: with the id of an object of that level where it takes one."""
    if endpoint in ENDS_THE_SESSION:
        return []
    found = []
    for rule in planted.app.url_map.iter_rules(endpoint):
        if method not in (rule.methods or ()):
            continue
        if level == "-":
            found.append(address(planted.app, rule))
            continue
        kind = ANY_KIND if "kind" in rule.arguments else kinds_of(rule)[0]
        object_id = planted.garden.ids[kind, Level(int(level))]
        found.append(address(planted.app, rule, kind, object_id))
    return found


def kind_of(answer: TestResponse) -> str:
    """An answer in the words of the matrix."""
    if answer.status_code in (401, 403, 404) or answer.status_code >= 500:
        return str(answer.status_code)
    if answer.status_code == 303 and (answer.location or "").startswith("/login"):
        return "in"
    return "ok"


def csrf_token(client: Client, address: str) -> str:
    page = client.get(address).get_data(as_text=True)
    return page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]


def test_absent_and_forbidden_cannot_be_told_apart(planted: Planted) -> None:
    client = planted.reader("official")
    for path, kind in {path: kind for kind, path in PATHS.items()}.items():
        if (kind, Level.CONFIDENTIAL) not in planted.garden.ids:
            continue
        hidden = client.get(f"/{path}/{planted.garden.ids[kind, Level.CONFIDENTIAL]}")
        absent = client.get(f"/{path}/{UUID(int=7)}")
        assert hidden.status_code == absent.status_code == 404
        assert without_request(hidden) == without_request(absent)


def without_request(answer: TestResponse) -> tuple[str, list[tuple[str, str]]]:
    """What of an answer does not name the request or its address."""
    number = answer.headers["X-Request-Id"]
    text = answer.get_data(as_text=True).replace(number, "")
    # The one holds the second it was made in, the other is new for every form.
    text = re.sub(r'name="(?:csrf_token|submission)"[^>]*', "", text)
    for part in answer.request.path.split("/"):
        text = text.replace(part, "") if len(part) > 20 else text
    return text, [(n, v) for n, v in answer.headers if n not in ("X-Request-Id", "Content-Length")]
