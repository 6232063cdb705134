"""What administrators do to accounts: at once, told to the chain, and never to themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests import build
from tests.accounts.conftest import EMAIL, Account, attempt
from tests.page import JudgingClient, Page
from tests.serving import AsRole
from tracker.domain.access import Role
from tracker.models import AuditEntry
from tracker.models.accounts import User
from tracker.models.engine import writing
from tracker.web.db import db

# What depends on the kind of database runs on both.
SQLITE = pytest.mark.database("sqlite")


@pytest.fixture
def boss(as_role: AsRole) -> JudgingClient:
    return as_role("administrator")


def id_of(app: Flask, email: str = EMAIL) -> UUID:
    with app.app_context():
        return db.session.scalars(select(User.id).where(User.email == email)).one()


def told(app: Flask) -> list[tuple[str, str, dict[str, Any]]]:
    """What the chain says: action, kind, fields."""
    with app.app_context():
        entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq))
        return [(e.action, e.object_kind, e.changes["fields"]) for e in entries]


def press(client: JudgingClient, account: UUID, what: str, status: int = 303) -> Page:
    token = client.get("/account").token
    return client.post(f"/accounts/{account}/{what}", {"csrf_token": token}, status=status)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_an_account_is_made_with_a_link_in_place_of_a_password(
    app: Flask, boss: JudgingClient, lang: str
) -> None:
    page = boss.get("/accounts/new", lang=lang)
    handed = boss.post_form(
        page, {"email": " Zahra@Mashhad.Example ", "name": "زهرا", "role": "staff"}, status=200
    )
    account = id_of(app, "zahra@mashhad.example")
    assert handed.main.get("data-id") == str(account)
    fields = {
        "email": [None, "zahra@mashhad.example"],
        "name": [None, "زهرا"],
        "role": [None, "staff"],
    }
    assert told(app) == [
        ("created", "account", fields),
        ("link made", "account", {"link": [None, "invitation"]}),
    ]
    shown = boss.get(f"/accounts/{account}", lang=lang)
    assert "zahra@mashhad.example" in shown.shown
    assert "zahra@mashhad.example" in boss.get("/accounts/", lang=lang, q="زهر").shown
    assert "zahra" not in boss.get("/accounts/", lang=lang, q="nobody%").shown


@SQLITE
def test_what_is_refused_keeps_what_was_typed(
    app: Flask, boss: JudgingClient, account: Account
) -> None:
    account()
    filled = {"email": EMAIL, "name": "Once more", "role": "staff"}
    page = boss.post_form("/accounts/new", filled, status=422)
    assert page.alert
    assert [field.get("value") for field in page.all(".//input[@name='name']")] == ["Once more"]
    boss.post_form("/accounts/new", {**filled, "email": "no address"}, status=422)


def test_a_new_role_ends_the_sessions_at_once(
    app: Flask, boss: JudgingClient, account: Account
) -> None:
    account()
    clerk = JudgingClient(app)
    attempt(clerk)
    clerk.get("/meetings/new")
    address = f"/accounts/{id_of(app)}/edit"
    boss.post_form(address, {"role": "official", "name": "کارشناس", "language": "en"})
    clerk.get("/account", status=303)
    name = EMAIL.partition("@")[0]
    fields = {"role": ["staff", "official"], "name": [name, "کارشناس"], "language": [None, "en"]}
    assert told(app)[-1] == ("changed", "account", fields)
    attempt(clerk)
    clerk.get("/meetings/new", status=403)


@SQLITE
def test_another_name_ends_nothing(app: Flask, boss: JudgingClient, account: Account) -> None:
    account()
    clerk = JudgingClient(app)
    attempt(clerk)
    boss.post_form(f"/accounts/{id_of(app)}/edit", {"name": "کارشناس"})
    assert "کارشناس" in clerk.get("/account").text


@SQLITE
def test_two_administrators_do_not_overwrite_each_other(
    app: Flask, boss: JudgingClient, as_role: AsRole, account: Account
) -> None:
    account()
    other, address = as_role("administrator"), f"/accounts/{id_of(app)}/edit"
    opened = other.get(address)
    boss.post_form(address, {"name": "one"})
    page = other.post_form(opened, {"name": "two"}, status=409)
    assert "one" in page.shown
    assert "two" in page.shown
    other.post_form(page, {"name": "two"})


@SQLITE
def test_a_deactivated_account_is_out_at_once_and_back_by_undo(
    app: Flask, boss: JudgingClient, account: Account
) -> None:
    account()
    clerk, mine = JudgingClient(app), id_of(app)
    attempt(clerk)
    page = boss.follow(press(boss, mine, "deactivate"))
    clerk.get("/account", status=303)
    attempt(JudgingClient(app), status=422)
    assert press(boss, mine, "link", status=422).alert == ""
    boss.post_form(page, action="/activate")
    attempt(JudgingClient(app))
    assert [each[0] for each in told(app)] == ["created", "deactivated", "activated"]


@SQLITE
def test_sessions_are_ended_and_counted(app: Flask, boss: JudgingClient, account: Account) -> None:
    account()
    clerk = JudgingClient(app)
    attempt(clerk)
    press(boss, id_of(app), "sessions/end")
    clerk.get("/account", status=303)
    assert told(app)[-1] == ("sessions ended", "account", {"sessions": [1, 0]})
    press(boss, id_of(app), "devices/withdraw")
    assert told(app)[-1] == ("devices withdrawn", "account", {"devices": [0, 0]})


@SQLITE
def test_nobody_changes_their_own_role_or_deactivates_themselves(
    app: Flask, account: Account
) -> None:
    account(role=Role.ADMINISTRATOR)
    account("other@mashhad.example", role=Role.ADMINISTRATOR)
    boss, mine = JudgingClient(app, "administrator"), id_of(app)
    attempt(boss)
    boss.post_form(f"/accounts/{mine}/edit", {"role": "staff"}, status=422)
    boss.post_form(f"/accounts/{mine}/edit", {"name": "رئیس"})
    press(boss, mine, "deactivate", status=422)
    boss.get("/accounts/")


def test_the_last_active_administrator_stays(
    app: Flask, boss: JudgingClient, account: Account
) -> None:
    """Two of them at once, each removing the other: the second finds that they would be the
    last, because their own account has been switched off meanwhile."""
    account(role=Role.ADMINISTRATOR)
    other = id_of(app)
    with app.app_context(), writing():
        others = User.id != other
        db.session.execute(update(User).where(others).values(role=Role.STAFF))
        db.session.commit()
        from tracker.accounts.administration import services
        from tracker.domain.access import ANYBODY
        from tracker.domain.errors import RuleBroken

        with pytest.raises(RuleBroken, match="last active administrator"):
            services.deactivate(db.session(), ANYBODY, other, build.NOW)
        entry = services.AccountEntry("x", Role.STAFF, None, 1)
        with pytest.raises(RuleBroken, match="last active administrator"):
            services.correct_account(db.session(), ANYBODY, other, entry, build.NOW)
        db.session.rollback()


def with_factor(app: Flask, email: str = EMAIL) -> None:
    with app.app_context(), writing():
        values = {"factor_since": build.NOW, "tf_totp_secret": "sealed"}
        db.session.execute(update(User).where(User.email == email).values(**values))
        db.session.commit()


def decision(page: Page) -> str:
    """Where the form of a proposal leads."""
    actions = [str(form.get("action")) for form in page.forms()]
    return next(action for action in actions if "/resets/" in action)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_second_factor_is_removed_by_two(
    app: Flask, boss: JudgingClient, as_role: AsRole, account: Account, lang: str
) -> None:
    account()
    with_factor(app)
    other, address = as_role("administrator"), f"/accounts/{id_of(app)}"
    boss.post_form(boss.get(address, lang=lang), {"reason": "  "}, action="/factor", status=422)
    reason = "تلفن گم شده؛ حضوری آمد"
    boss.post_form(boss.get(address, lang=lang), {"reason": reason}, action="/factor")
    waiting = boss.get(address, lang=lang)
    assert reason in waiting.shown
    resets = decision(waiting)
    alone = {"decision": "approve", "csrf_token": waiting.token}
    boss.post(resets, alone, status=422)
    boss.post(resets, {**alone, "decision": "perhaps"}, status=422)
    assert address in other.get("/accounts/", lang=lang).links
    other.post_form(other.get(address, lang=lang), action=resets, press="decision=approve")
    actions = [each[0] for each in told(app)]
    assert actions[-3:] == ["reset proposed", "reset approved", "factor removed"]
    with app.app_context():
        found = db.session.scalars(select(User).where(User.email == EMAIL)).one()
        assert (found.factor_since, found.tf_totp_secret) == (None, None)
    assert "/factor" not in other.get(address, lang=lang).text


@SQLITE
def test_a_proposal_is_withdrawn_and_is_no_way_to_ones_own(
    app: Flask, as_role: AsRole, account: Account
) -> None:
    as_role("administrator")
    account(role=Role.ADMINISTRATOR)
    account("clerk@mashhad.example")
    with_factor(app, "clerk@mashhad.example")
    boss, clerk = JudgingClient(app, "administrator"), id_of(app, "clerk@mashhad.example")
    attempt(boss)
    with_factor(app)
    own = {"reason": "x", "csrf_token": boss.get("/account").token}
    boss.post(f"/accounts/{id_of(app)}/factor", own, status=422)
    boss.post_form(f"/accounts/{clerk}", {"reason": "x"}, action="/factor")
    boss.post(f"/accounts/{clerk}/factor", own, status=422)
    page = boss.get(f"/accounts/{clerk}")
    boss.post_form(page, action=decision(page), press="decision=decline")
    assert told(app)[-1][0] == "reset declined"
    with app.app_context():
        assert db.session.scalars(select(User.tf_totp_secret).where(User.id == clerk)).one()


@SQLITE
def test_one_administrator_is_sent_to_the_command_line(
    app: Flask, boss: JudgingClient, account: Account
) -> None:
    account()
    with_factor(app)
    page = boss.get(f"/accounts/{id_of(app)}")
    assert f"reset-factor --email {EMAIL}" in page.shown
    assert "/factor" not in page.text


def test_a_long_list_goes_by_pages(app: Flask, boss: JudgingClient) -> None:
    with build.stored(app) as session:
        for _ in range(51):
            build.account(session)
    first = boss.get("/accounts/")
    onward = [link for link in first.links if "after=" in link]
    assert len(onward) == 1
    rows = len(first.all(".//li[@class='row has-link']"))
    assert rows == 50
    assert len(boss.get(onward[0]).all(".//li[@class='row has-link']")) == 2
    boss.get("/accounts/?after=nonsense", status=400)
