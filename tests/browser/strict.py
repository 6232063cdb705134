"""The product as a city runs it (no demo, second factor asked for), in this process, at a name:
passkeys are never bound to an address of digits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.browser import examining
from tests.databases import migrate
from tests.serving import served
from tracker.accounts import services
from tracker.domain.access import Role
from tracker.models.engine import writing
from tracker.web.db import db

PASSWORD = "چهار واژهٔ نامربوط ۱۴"


@dataclass(frozen=True)
class Site:
    """Where it is, and the application behind it."""

    url: str
    app: Flask

    def newcomer(self, role: Role = Role.STAFF) -> str:
        """The address of a new account that has a password and nothing else."""
        email = f"{uuid4().hex}@mashhad.example"
        with self.app.app_context(), writing():
            hashed = self.app.extensions["passwords"].hash(PASSWORD)
            wanted = services.NewAccount(email, "Karshenas", role, hashed)
            services.create_account(db.session(), wanted, datetime.now(UTC))
        return email


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        pass


@contextmanager
def strictly(instance: Path) -> Iterator[Site]:
    url = f"sqlite:///{instance / 'peyvand.db'}"
    migrate(url)
    with served(url, instance, demo=False, second_factor=True) as app:
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Site(f"http://localhost:{server.server_port}", app)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


@contextmanager
def opened(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A fresh profile at it, whose console is listened to."""
    context = browser.new_context(base_url=site.url, locale="fa-IR", reduced_motion="reduce")
    heard = examining.listen(context, site.url)
    yield context
    context.close()
    assert not heard, "\n".join(heard)


def enter_password(page: Page, email: str) -> None:
    page.goto("/login")
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click(".record .button.primary")


def add_authenticator(page: Page) -> str:
    """A device with a fingerprint reader, whose owner always touches it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return str(made["authenticatorId"])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with strictly(tmp_path_factory.mktemp("strict")) as found:
        yield found


@pytest.fixture
def window(browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh profile on a device with a fingerprint reader."""
    with opened(browser, site) as context:
        page = context.new_page()
        add_authenticator(page)
        yield page


def enrol(page: Page, email: str) -> None:
    """Sign in with the password and add a passkey, as the pages ask."""
    enter_password(page, email)
    page.wait_for_url("**/account/factors**")
    page.fill("form[data-passkey=register] input[name=name]", "office computer")
    page.click("form[data-passkey=register] button[type=submit]")
    expect(page.locator("ol kbd")).to_have_count(10)
