"""Requests that somebody else's page made a browser send."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web.conftest import Enter, token

# Nothing here depends on the kind of database.
pytestmark = pytest.mark.database("sqlite")


def test_every_unsafe_method_needs_a_token(probe: Flask, enter: Enter) -> None:
    staff = enter("staff")
    assert staff.post("/probe/record").status_code == 400
    assert staff.post("/probe/record", data={"csrf_token": "nonsense"}).status_code == 400
    assert staff.post("/open").status_code == 400
    right = {"csrf_token": token(staff, "/account")}
    assert staff.post("/probe/record", data=right).status_code == 200
    header = {"X-CSRFToken": right["csrf_token"]}
    assert staff.post("/probe/record", headers=header).status_code == 200


def test_signing_in_and_out_need_one_too(app: Flask, enter: Enter) -> None:
    assert app.test_client().post("/demo/sign-in", data={"role": "staff"}).status_code == 400
    assert app.test_client().post("/login", data={"email": "a@b.c"}).status_code == 400
    assert enter("staff").post("/logout").status_code == 400


def test_the_token_of_another_session_is_refused(probe: Flask, enter: Enter) -> None:
    other = token(enter("staff"), "/account")
    staff = enter("staff")
    assert staff.post("/probe/record", data={"csrf_token": other}).status_code == 400


def test_a_token_from_before_signing_in_is_refused(probe: Flask) -> None:
    client = probe.test_client()
    before = token(client)
    client.post("/demo/sign-in", data={"role": "staff", "csrf_token": before})
    assert client.post("/probe/record", data={"csrf_token": before}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://["},
    ],
)
def test_a_browser_that_says_so_is_believed(
    probe: Flask, enter: Enter, headers: dict[str, str]
) -> None:
    staff = enter("staff")
    data = {"csrf_token": token(staff, "/account")}
    assert staff.post("/probe/record", data=data, headers=headers).status_code == 400
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    assert staff.post("/probe/record", data=data, headers=own).status_code == 200


def test_forms_are_drawn_with_the_same_token_all_along(app: Flask, enter: Enter) -> None:
    staff = enter("staff")
    first = token(staff, "/account").split(".")[0]
    assert token(staff, "/account").split(".")[0] == first


def test_a_part_without_a_name_is_refused(probe: Flask, enter: Enter) -> None:
    staff = enter("staff")
    named = f'name="csrf_token"\r\n\r\n{token(staff, "/account")}\r\n'
    parts = (
        f"Content-Disposition: form-data; {named}",
        "Content-Disposition: form-data\r\n\r\nx\r\n",
    )
    for sent, status in ((parts[:1], 200), (parts, 400)):
        body = "".join(f"--x\r\n{part}" for part in sent) + "--x--\r\n"
        answer = staff.post(
            "/probe/record", data=body.encode(), content_type="multipart/form-data; boundary=x"
        )
        assert answer.status_code == status
