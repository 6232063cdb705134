"""kill -9 in the middle of a migration and of a backup: what is left is either whole or nothing,
and the same command, given again, does its work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.backup.city import City, silent
from tests.databases import Server
from tests.laws.test_schema import shape
from tracker.backup.examining import examine
from tracker.domain.errors import RuleBroken
from tracker.models.engine import make_engine
from tracker.models.migrate import upgrade
from tracker.models.schema import current, head

ROOT = Path(__file__).resolve().parents[2]


def killed(what: str, where: str, steps: int, **environment: str) -> bool:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying", what, where, str(steps)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
    )
    return done.returncode == -signal.SIGKILL


def test_a_killed_migration(empty_engine: Engine, server: Server) -> None:
    url = empty_engine.url.render_as_string(hide_password=False)
    assert killed("upgrade", url, 170)
    reached = current(empty_engine)
    assert "" < reached < head()
    other = server.empty()
    clean = make_engine(other)
    upgrade(clean, reached)
    # Nothing of the migration that was under way.
    assert shape(empty_engine) == shape(clean)
    upgrade(empty_engine)
    upgrade(clean)
    assert shape(empty_engine) == shape(clean)
    clean.dispose()
    server.drop(other)


@pytest.mark.database("sqlite")
def test_a_killed_backup(database_url: str, tmp_path: Path) -> None:
    city = City.at(database_url, tmp_path / "city")
    city.grow(documents=4)
    earlier = city.back_up(tmp_path / "earlier")
    where = tmp_path / "backup"
    among_documents = len(earlier.contents.tables) + 5
    assert killed(
        "backup",
        str(where),
        among_documents,
        TRACKER_INSTANCE=str(city.settings.instance),
        TRACKER_DATABASE_URL=database_url,
    )
    [half] = tmp_path.glob(".backup.*")
    key = city.settings.secrets.audit_key.encode()
    with pytest.raises(RuleBroken):
        examine(half, key, silent)
    assert not where.exists()
    assert examine(tmp_path / "earlier", key, silent) == earlier
    assert city.back_up(where).contents == earlier.contents
