"""Whether this process lives, and whether the whole is ready: for supervisors, not for people."""

from __future__ import annotations

import hmac
import shutil
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import select, text

from tracker.background import soundness
from tracker.background.heartbeat import PATIENCE, silence
from tracker.models import AuditEntry, schema
from tracker.models.engine import writing
from tracker.record.anchors import newest
from tracker.record.audit import seal
from tracker.web.db import db
from tracker.web.guard import public

blueprint = Blueprint("health", __name__)
_ROOM_NEEDED = 64 * 2**20


@blueprint.get("/healthz")
@public
def live() -> Response:
    return jsonify(status="live")


@blueprint.get("/readyz")
@public
def ready() -> Response:
    """200 when every check passes, else 503; each check says only yes or no."""
    checks = {name: _passes(check) for name, check in _CHECKS.items()}
    good = all(checks.values())
    response = jsonify(status="ready" if good else "not ready", checks=checks)
    response.status_code = 200 if good else 503
    return response


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:
        current_app.logger.warning("a readiness check failed", exc_info=True)
        return False


def _database() -> bool:
    if soundness.damage(_instance()):
        return False
    with writing(False), db.engine.connect() as connection:
        return connection.execute(text("SELECT 1")).scalar() == 1


@lru_cache(maxsize=1)
def _newest_revision() -> str:
    return schema.head()


def _migrated() -> bool:
    return schema.current(db.engine) == _newest_revision()


def _disk() -> bool:
    kept_in: tuple[Path, ...] = current_app.config["KEPT_IN"]
    return all(shutil.disk_usage(folder).free >= _ROOM_NEEDED for folder in kept_in)


def _heartbeat() -> bool:
    quiet = silence(_instance(), time.time())
    return quiet is not None and quiet <= PATIENCE


def _audit() -> bool:
    """The newest entry bears its seal, and no anchor knows of a later one; the whole chain is the
    command line's to verify."""
    last = db.session.scalar(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1))
    key: bytes = current_app.config["AUDIT_KEY"]
    anchor = newest(_instance(), key)
    if last is None:
        return anchor is None
    is_sealed = hmac.compare_digest(last.hash, seal(last, key))
    return is_sealed and (anchor is None or anchor.seq <= last.seq)


def _instance() -> Path:
    return Path(current_app.instance_path)


_CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrated,
    "disk": _disk,
    "audit": _audit,
    "background": _heartbeat,
}
