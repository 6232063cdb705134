"""The text in which PostgreSQL hands out rows, read without a server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from sqlalchemy import JSON, String, Uuid, insert
from sqlalchemy import Table as SqlTable
from sqlalchemy.orm import Session

from tracker.backup.manifest import Table
from tracker.models import AuditEntry
from tracker.models.engine import opened
from tracker.models.types import UtcDateTime

ENDING = ".copy"
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_AT_ONCE = 1000


@contextmanager
def chain(folder: Path, tables: Sequence[Table]) -> Iterator[Session]:
    """The audit chain out of its copy, laid out in memory where it can be walked."""
    model = cast(SqlTable, AuditEntry.__table__)
    with opened("sqlite://") as engine, Session(engine) as session:
        for table in tables:
            if table.name == model.name:
                model.create(session.connection())
                entries = _entries(folder / f"{table.name}{ENDING}", table.columns, model)
                while block := list(islice(entries, _AT_ONCE)):
                    session.execute(insert(AuditEntry), block)
        yield session


def _entries(file: Path, columns: Sequence[str], model: SqlTable) -> Iterator[dict[str, Any]]:
    kinds = {column.key: column.type for column in model.columns}
    with file.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            fields = zip(columns, line.removesuffix("\n").split("\t"), strict=True)
            yield {name: _value(kinds[name], field) for name, field in fields if name in kinds}


def _value(kind: Any, field: str) -> Any:
    if field == r"\N":
        return None
    said = _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), field)
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(said).replace(tzinfo=UTC)
    if isinstance(kind, JSON):
        return json.loads(said)
    if isinstance(kind, Uuid):
        return UUID(said)
    return said if isinstance(kind, String) else int(said)
