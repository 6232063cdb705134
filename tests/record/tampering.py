# ruff: noqa: S311, S608, T201  a test's own statements, and chances that come again
"""Changes to the rows of the audit behind the back of everything, each at a known entry.

`python -m tests.record.tampering 1000` tries as many on a database of its own.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from tests import build
from tracker.models.append_only import allow_changes
from tracker.models.engine import make_engine, writing
from tracker.models.migrate import upgrade
from tracker.record.audit_check import verify

KEY = b"the key of tests"
TEXTS = (
    "role", "session", "address", "request_id", "action", "object_kind", "reason",
    "previous_hash", "hash",
)  # fmt: skip
NUMBERS = ("format", "monotonic_ns", "object_version")
STORED = ("at", "actor_id", "object_id", "changes", *TEXTS)
# What a row says beside its number.
REST = (*STORED, *NUMBERS)


def fill(session: Session, many: int = 12) -> None:
    """A chain to be tampered with; nothing keeps anybody from it any more."""
    session.info["audit_key"] = KEY
    staff = build.account(session)
    for number in range(many):
        build.place(session, staff, name=f"شهر {number}")
    session.flush()
    for statement in allow_changes("audit", session.get_bind().dialect.name):
        session.execute(text(statement))


def edit(connection: Connection, rng: random.Random, last: int) -> int:
    """Change one sign or number of one entry, and say of which."""
    seq, column = rng.randint(1, last), rng.choice((*TEXTS, *NUMBERS))
    row = {"seq": seq}
    stored = connection.execute(
        text(f"SELECT {column} FROM audit WHERE seq = :seq"), row
    ).scalar_one()
    if isinstance(stored, int):
        changed: int | str = stored ^ (1 << rng.randrange(20))
    else:
        place = rng.randrange(max(len(stored), 1))
        changed = f"{stored[:place]}x{stored[place + 1 :]}"
    connection.execute(
        text(f"UPDATE audit SET {column} = :changed WHERE seq = :seq"), {"changed": changed, **row}
    )
    return seq


def edit_byte(connection: Connection, rng: random.Random, last: int) -> int:
    """Flip one bit of one stored byte, whatever it makes of the text; SQLite alone allows it."""
    seq, column = (
        rng.randint(1, last),
        rng.choice(STORED),
    )
    stored = connection.execute(
        text(f"SELECT CAST({column} AS BLOB) FROM audit WHERE seq = :seq"), {"seq": seq}
    ).scalar_one()
    if not stored:
        return edit_byte(connection, rng, last)
    place = rng.randrange(len(stored))
    flipped = bytes([stored[place] ^ (1 << rng.randrange(8))])
    changed = stored[:place] + flipped + stored[place + 1 :]
    connection.execute(
        text(f"UPDATE audit SET {column} = CAST(:changed AS TEXT) WHERE seq = :seq"),
        {"changed": changed, "seq": seq},
    )
    return seq


def swap(connection: Connection, rng: random.Random, last: int) -> int:
    """Let two entries change places."""
    one, other = sorted(rng.sample(range(1, last + 1), 2))
    connection.execute(text("UPDATE audit SET seq = 0 WHERE seq = :seq"), {"seq": one})
    connection.execute(
        text("UPDATE audit SET seq = :one WHERE seq = :other"), {"one": one, "other": other}
    )
    connection.execute(text("UPDATE audit SET seq = :seq WHERE seq = 0"), {"seq": other})
    return one


def remove(connection: Connection, rng: random.Random, last: int) -> int:
    """Take an entry out that is not the last one."""
    seq = rng.randrange(1, last)
    connection.execute(text("DELETE FROM audit WHERE seq = :seq"), {"seq": seq})
    return seq


def replace(connection: Connection, rng: random.Random, last: int) -> int:
    """Put a copy of another entry in its place."""
    seq, other = rng.sample(range(1, last + 1), 2)
    columns = ", ".join(REST)
    connection.execute(text("DELETE FROM audit WHERE seq = :seq"), {"seq": seq})
    connection.execute(
        text(
            f"INSERT INTO audit (seq, {columns})"
            f" SELECT CAST(:seq AS INTEGER), {columns} FROM audit WHERE seq = :other"
        ),
        {"seq": seq, "other": other},
    )
    return seq


Tamper = Callable[[Connection, random.Random, int], int]
EVERYWHERE: tuple[Tamper, ...] = (edit, swap, remove, replace)


def ways(connection: Connection) -> tuple[Tamper, ...]:
    return (*EVERYWHERE, edit_byte) if connection.dialect.name == "sqlite" else EVERYWHERE


@contextmanager
def undone(connection: Connection) -> Iterator[None]:
    with connection.begin_nested() as savepoint:
        yield
        savepoint.rollback()


def unnoticed(connection: Connection, times: int, seed: int = 0) -> list[str]:
    """Tamper so often, each time with a whole chain; what was not found at its place."""
    rng, last = random.Random(seed), verify(connection, KEY).last
    missed = []
    for number in range(times):
        way = rng.choice(ways(connection))
        with undone(connection):
            seq = way(connection, rng, last)
            report = verify(connection, KEY)
            if report.is_whole or report.bad[0].seq != seq:
                missed.append(f"{number}: {way.__name__} at {seq}, found {report.bad[:1]}")
    return missed


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder)}/tampered.db")
        upgrade(engine)
        with writing(), Session(engine) as session:
            fill(session)
            missed = unnoticed(session.connection(), times)
        engine.dispose()
    print(*missed, f"{times} changes, {len(missed)} not found", sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
