"""Every endpoint says who may call it, and answers every role as the access matrix says."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from tests.laws.access_matrix import POLICIES, ROLES, endpoints, policies
from tests.laws.conftest import Planted
from tracker.domain.access import Level, Permission
from tracker.web import guard
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


def test_no_view_is_stamped_twice() -> None:
    for path in ROOT.glob("tracker/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                stamps = [ast.unparse(d) for d in node.decorator_list]
                assert sum(s == "public" or s.startswith("requires(") for s in stamps) <= 1, (
                    f"{path.name}: {node.name}"
                )


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
            for address in addresses(planted, endpoint, method, level):
                if wanted == "ok" and endpoint in SLOW:
                    continue
                data = {"csrf_token": token, **sent(planted)} if method in UNSAFE else None
                answer = client.open(address, method=method, data=data, buffered=True)
                if kind_of(answer) != wanted:
                    wrong.append(f"{method} {address}: {kind_of(answer)}, expected {wanted}")
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
ENDS_THE_SESSION = {"accounts.leave", "accounts.enter", "accounts.enter_demo"}


def addresses(planted: Planted, endpoint: str, method: str, level: str) -> list[str]:
    """The endpoint's addresses: with the id of an object of that level where it takes one."""
    if endpoint in ENDS_THE_SESSION:
        return []
    found = []
    kinds = {path: kind for kind, path in PATHS.items()}
    adapter = planted.app.url_map.bind("localhost")
    for rule in planted.app.url_map.iter_rules(endpoint):
        if method not in (rule.methods or ()):
            continue
        values: dict[str, object] = {}
        for argument in rule.arguments:
            if argument == "filename":
                values[argument] = "icons.svg"
                continue
            if level == "-":
                values[argument] = UUID(int=7)  # nobody's
                continue
            kind = argument.removesuffix("_id")
            kind = kind if kind in PATHS else kinds[rule.rule.split("/")[1]]
            values[argument] = planted.garden.ids[kind, Level(int(level))]
        found.append(adapter.build(endpoint, values, append_unknown=False))
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
    text = re.sub(r'name="csrf_token"[^>]*', "", text)  # it holds the second it was made in
    for part in answer.request.path.split("/"):
        text = text.replace(part, "") if len(part) > 20 else text
    return text, [(n, v) for n, v in answer.headers if n not in ("X-Request-Id", "Content-Length")]
