"""On what kind of file system a folder lies."""

from __future__ import annotations

from pathlib import Path

# Locks over these are not to be relied on, and SQLite relies on locks.
NETWORKED = frozenset(
    {
        "9p", "afs", "beegfs", "ceph", "cifs", "fuse.ceph", "fuse.glusterfs", "fuse.rclone",
        "fuse.sshfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs", "vboxsf",
    }
)  # fmt: skip
_TABLE = Path("/proc/self/mountinfo")


def file_system(folder: Path, table: str | None = None) -> str:
    """Its type as the kernel names it; "" where that cannot be told."""
    try:
        mounted = _TABLE.read_text() if table is None else table
    except OSError:
        return ""
    place = folder.resolve()
    best, kind = -1, ""
    for line in mounted.splitlines():
        where, _, what = line.partition(" - ")
        point = where.split()[4].replace(r"\040", " ")
        # The last of several at one point hides the others.
        if place.is_relative_to(point) and len(point) >= best:
            best, kind = len(point), what.split()[0]
    return kind
