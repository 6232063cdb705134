"""An application over a planted city, planted once for each module and kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from werkzeug.test import Client

from tests import build
from tests.databases import Server
from tests.laws.planting import Garden, plant
from tests.serving import served, signed_in
from tracker.background.heartbeat import beat


class Planting(NamedTuple):
    """What each copy is made from."""

    url: str
    instance: Path
    garden: Garden


@dataclass(frozen=True)
class Planted:
    """The application, its database, and what grows there."""

    app: Flask
    url: str
    garden: Garden

    def reader(self, role: str) -> Client:
        """A browser of that role; nothing it fetches is judged here."""
        beat(Path(self.app.instance_path))  # as if the background process were at work
        return signed_in(self.app, self.url, role).http


@pytest.fixture(scope="module")
def planting(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planting]:
    """A database in which everything has been planted, and the folder with its secrets."""
    url, instance = server.copy(), tmp_path_factory.mktemp("instance")
    with served(url, instance) as app, build.stored(app) as session:
        garden = plant(session, build.account(session, "auditor"))
    yield Planting(url, instance, garden)
    server.drop(url)


@pytest.fixture
def planted(server: Server, planting: Planting) -> Iterator[Planted]:
    """A copy of it for each test, so that what one reader changes no other finds changed."""
    url = server.copy(planting.url)
    with served(url, planting.instance) as app:
        # What breaks is an answer of 500 to count, not the end of the walk.
        app.config["PROPAGATE_EXCEPTIONS"] = False
        yield Planted(app, url, planting.garden)
    server.drop(url)
