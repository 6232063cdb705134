"""Whether the audit chain is whole: every entry sealed, in its place, and as the anchors say."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from tracker.domain.audit import Backstep, Bad, Fault
from tracker.record.anchors import Anchor
from tracker.record.audit import BEGINNING
from tracker.record.audit_digest import DIGEST, Digest, fits
from tracker.record.audit_rows import StoredEntry, some_entries, stored_entries

# More of the same tell nothing new.
MOST_TOLD = 100


@dataclass(slots=True)
class Report:
    """What a walk along the whole chain found; `bad` holds the first ones, in their order."""

    entries: int = 0
    last: int = 0
    head: str = BEGINNING
    bad: list[Bad] = field(default_factory=list)
    bad_count: int = 0
    backsteps: list[Backstep] = field(default_factory=list)
    backstep_count: int = 0
    digests: int = 0
    anchors: int = 0

    @property
    def is_whole(self) -> bool:
        return self.bad_count == 0

    @property
    def line(self) -> str:
        """The newest entry as an anchor that is kept elsewhere."""
        return f"{self.last}:{self.head}"

    def _found(self, seq: int, fault: Fault) -> None:
        self.bad_count += 1
        if len(self.bad) < MOST_TOLD:
            self.bad.append(Bad(seq, fault))

    def _stepped_back(self, step: Backstep) -> None:
        self.backstep_count += 1
        if len(self.backsteps) < MOST_TOLD:
            self.backsteps.append(step)


def verify(connection: Connection, key: bytes, anchors: Iterable[Anchor] = ()) -> Report:
    """Walk the chain from its beginning, then look into the record of access."""
    report = Report()
    known = {anchor.seq: anchor.hash for anchor in anchors}
    report.anchors = len(known)
    digests: list[Digest] = []
    before: StoredEntry | None = None
    for entry in stored_entries(connection):
        for seq, fault in _faults(entry, before, key, known):
            report._found(seq, fault)
        step = _backstep(entry, before)
        if step is not None:
            report._stepped_back(step)
        digest = Digest.of(entry) if entry.action == DIGEST else None
        if digest is not None:
            digests.append(digest)
        report.entries += 1
        before = entry
    if before is not None:
        report.last, report.head = before.seq, before.hash
    if known and max(known) > report.last:
        report._found(report.last + 1, Fault.CUT_OFF)
    report.digests = len(digests)
    for digest in digests:
        if not fits(connection, digest):
            report._found(digest.seq, Fault.ACCESS_CHANGED)
    return report


def broken_entries(session: Session, key: bytes) -> Iterator[int]:
    """The sequence numbers that do not fit the chain, first one first, anchors aside."""
    before: StoredEntry | None = None
    for entry in stored_entries(session.connection()):
        yield from (seq for seq, _fault in _faults(entry, before, key, {}))
        before = entry


def faults_at(connection: Connection, seqs: Iterable[int], key: bytes) -> dict[int, Fault]:
    """What is wrong with these entries, each held against the one before it."""
    wanted = set(seqs)
    stored = {
        entry.seq: entry
        for entry in some_entries(connection, sorted(wanted | {seq - 1 for seq in wanted}))
    }
    return {
        seq: fault
        for seq in wanted & stored.keys()
        for _seq, fault in _faults(stored[seq], stored.get(seq - 1), key, {})
    }


def _faults(
    entry: StoredEntry, before: StoredEntry | None, key: bytes, anchored: dict[int, str]
) -> Iterator[tuple[int, Fault]]:
    expected = 1 if before is None else before.seq + 1
    previous = BEGINNING if before is None else before.hash
    if entry.seq != expected:
        yield expected, Fault.MISSING
    if entry.seq == expected and entry.previous_hash != previous:
        yield entry.seq, Fault.OUT_OF_ORDER
    elif not _is_sealed(entry, key):
        yield entry.seq, Fault.EDITED
    elif anchored.get(entry.seq, entry.hash) != entry.hash:
        yield entry.seq, Fault.REWRITTEN


def _is_sealed(entry: StoredEntry, key: bytes) -> bool:
    try:
        return hmac.compare_digest(entry.hash, hmac.digest(key, entry.said(), "sha256").hex())
    except (TypeError, ValueError, AttributeError, RecursionError):
        return False  # not even the form of an entry


def _backstep(entry: StoredEntry, before: StoredEntry | None) -> Backstep | None:
    # Instants compare as their spelling does.
    try:
        if before is not None and entry.at < before.at:
            return Backstep(entry.seq, before.instant, entry.instant)
    except (TypeError, ValueError):
        pass  # no instant: its seal tells
    return None
