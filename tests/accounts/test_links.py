"""Links that are handed over: they work once, not for long, and open nothing by themselves."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine, select, update

from tests import build
from tests.accounts.conftest import EMAIL, Account, attempt, use
from tests.page import JudgingClient
from tests.serving import AsRole
from tracker.accounts import links, throttle
from tracker.accounts.links import LIFETIMES, Handed, address_of
from tracker.domain.accounts import LinkPurpose
from tracker.models import AuditEntry
from tracker.models.access import AccessEntry, AccessEvent
from tracker.models.accounts import User
from tracker.models.administration import AccountLink
from tracker.models.engine import writing
from tracker.models.factors import RememberedDevice
from tracker.web import clock
from tracker.web.db import db

NEW = "ابر نردبان کاشی هویج"

# What depends on the kind of database runs on both.
SQLITE = pytest.mark.database("sqlite")


@pytest.fixture
def handed(app: Flask, account: Account, as_role: AsRole) -> str:
    """The address of a link as an administrator reads it."""
    account()
    return make(app, as_role)


def make(app: Flask, as_role: AsRole) -> str:
    boss = as_role("administrator")
    with app.app_context():
        account_id = db.session.scalars(select(User.id).where(User.email == EMAIL)).one()
    page = boss.get(f"/accounts/{account_id}")
    page = boss.post_form(page, action="/link", status=200)
    shown = [field.get("value") for field in page.all(".//input[@id='link']")]
    assert shown[0]
    assert shown[0].startswith("/link/")
    return shown[0]


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_its_holder_chooses_a_password_and_is_not_signed_in(
    app: Flask, handed: str, lang: str
) -> None:
    other, client = JudgingClient(app), JudgingClient(app)
    attempt(other)
    page = client.get(handed, lang=lang)
    assert EMAIL in [field.get("value") for field in page.all(".//input")]
    done = client.follow(client.post_form(page, {"password": NEW}))
    assert done.url == "/login"
    client.get("/account", status=303)
    other.get("/account", status=303)
    attempt(JudgingClient(app), status=422)
    attempt(client, password=NEW)
    with app.app_context():
        last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
        assert last is not None
        assert (last.action, last.role) == ("password set", "anonymous")
        events = set(db.session.scalars(select(AccessEntry.event)))
        assert {AccessEvent.LINK_ISSUED, AccessEvent.LINK_USED} <= events


@SQLITE
def test_it_works_once(app: Flask, handed: str) -> None:
    client = JudgingClient(app)
    client.get(handed)
    client.get(handed)
    use(client, handed, NEW)
    use(client, handed, "پنجره باران سماور قطار", status=404)
    attempt(client, password=NEW)


def test_of_two_at_once_one_is_taken(app: Flask, handed: str) -> None:
    from tracker.domain.errors import NotFound

    with app.app_context(), writing():
        opened = links.open_link(db.session(), handed.rpartition("/")[2], clock.now())
        assert opened is not None
        links.use_link(db.session(), opened, "one", clock.now())
        with pytest.raises(NotFound):
            links.use_link(db.session(), opened, "two", clock.now())
        db.session.rollback()
        assert db.session.scalars(select(User.password).where(User.email == EMAIL)).one() == "one"


@SQLITE
@pytest.mark.parametrize("gone", ["used", "old", "replaced", "not active", "never"])
def test_whatever_keeps_it_from_working_the_answer_is_the_same(
    app: Flask, handed: str, as_role: AsRole, app_engine: Engine, gone: str
) -> None:
    never = "/link/" + "x" * 43
    with writing(), app_engine.begin() as connection:
        if gone == "used":
            connection.execute(update(AccountLink).values(ended_at=clock.now()))
        if gone == "old":
            made = clock.now() - LIFETIMES[LinkPurpose.PASSWORD_RESET]
            connection.execute(update(AccountLink).values(expires_at=made))
        if gone == "not active":
            connection.execute(update(User).where(User.email == EMAIL).values(active=False))
    if gone == "replaced":
        make(app, as_role)
    client = JudgingClient(app)
    address = never if gone == "never" else handed
    for lang in ("fa", "en"):
        shown = client.get(address, status=404, lang=lang).shown
        assert shown == client.get(never, status=404, lang=lang).shown
    assert use(client, address, NEW, status=404).heading
    if gone != "not active":
        attempt(client)


@SQLITE
@pytest.mark.parametrize("password", ["short", "x" * 129, "Shahrdari@1400", "karshenas 1404 1404"])
def test_a_bad_choice_uses_nothing_up(app: Flask, handed: str, password: str) -> None:
    client = JudgingClient(app)
    assert use(client, handed, password, status=422).alert
    use(client, handed, NEW)


@SQLITE
def test_it_needs_the_token_of_its_form(app: Flask, handed: str) -> None:
    JudgingClient(app).post(handed, {"password": NEW}, status=400)


@SQLITE
def test_only_its_hash_is_kept(app: Flask, handed: str) -> None:
    token = handed.rpartition("/")[2]
    assert len(token) == 43
    with app.app_context():
        kept = db.session.scalars(select(AccountLink)).one()
        assert token.encode() not in kept.token_hash
        assert kept.expires_at - kept.made_at == timedelta(minutes=30)
        entries = db.session.scalars(select(AuditEntry))
        assert not any(token in str(entry.changes) for entry in entries)


@SQLITE
def test_an_invitation_lasts_three_days(app: Flask, as_role: AsRole) -> None:
    filled = {"email": "new@mashhad.example", "name": "تازه", "role": "staff"}
    page = as_role("administrator").post_form("/accounts/new", filled, status=200)
    address = page.all(".//input[@id='link']")[0].get("value") or ""
    with app.app_context():
        kept = db.session.scalars(select(AccountLink)).one()
        assert kept.purpose is LinkPurpose.INVITATION
        assert kept.expires_at - kept.made_at == timedelta(hours=72)
    client = JudgingClient(app)
    attempt(client, email="new@mashhad.example", password=NEW, status=422)
    use(client, address, NEW)
    attempt(client, email="new@mashhad.example", password=NEW)


def test_it_forgets_devices_and_opens_what_strangers_have_locked(
    app: Flask, handed: str, app_engine: Engine
) -> None:
    with writing(), app_engine.begin() as connection:
        mine = connection.scalar(select(User.id).where(User.email == EMAIL))
        connection.execute(
            RememberedDevice.__table__.insert().values(
                id=mine, token_hash=b"x" * 32, user_id=mine, made_at=clock.now(),
                until=clock.now() + timedelta(days=7), address="", browser="",
            )
        )  # fmt: skip
    client = JudgingClient(app)
    client.http.environ_base["REMOTE_ADDR"] = "192.0.2.1"
    for n in range(throttle.BEFORE_LOCK + 1):
        knock = throttle.Knock.at(EMAIL, f"198.51.100.{n}")
        throttle.admit(app_engine, knock, clock.now())
    attempt(client, status=429)
    use(client, handed, NEW)
    attempt(client, password=NEW)
    with app_engine.connect() as connection:
        assert connection.execute(select(RememberedDevice.id)).all() == []


@SQLITE
@pytest.mark.parametrize(
    ("names", "start"),
    [
        ((), ""),
        (("ties.city.example", "10.0.0.1"), "https://ties.city.example"),
        ((".city.example",), ""),
        ((".city.example", "ties.city.example"), "https://ties.city.example"),
    ],
)
def test_its_address_comes_from_the_settings(names: tuple[str, ...], start: str) -> None:
    handed = Handed("token", LinkPurpose.INVITATION, build.NOW, UUID(int=1), EMAIL)
    assert address_of(handed, names) == f"{start}/link/token"


@SQLITE
def test_what_the_browser_calls_the_site_is_nothing_to_go_by(
    app: Flask, account: Account, as_role: AsRole
) -> None:
    account()
    boss = as_role("administrator")
    boss.http.environ_base["HTTP_HOST"] = "evil.example"
    address = make(app, lambda _role: boss)
    assert urlsplit(address).netloc == ""


@SQLITE
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_sign_in_page_says_whom_to_ask(client: JudgingClient, lang: str) -> None:
    page = client.get("/login", lang=lang)
    assert {"fa": "از مدیر سامانه", "en": "Ask your administrator"}[lang] in page.shown
