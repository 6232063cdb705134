"""The settings, the folder of the installation, and how browsers reach it."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from tracker.config import Settings, SettingsRefused
from tracker.doctor.findings import Finding, good, note, wrong
from tracker.lang import gettext as _

RENEWED_BEFORE = 30  # days


def refused(refusal: SettingsRefused) -> Finding:
    return wrong(
        "settings",
        _("Settings"),
        str(refusal),
        _("Change this; until then nothing that rests on the settings is looked at."),
    )


def settings_read(settings: Settings) -> Finding:
    """Weak secrets and unsafe combinations were refused while the settings were read."""
    said = _("for production") if settings.production else _("for one machine, not for production")
    return good("settings", _("Settings"), f"{said} · {settings.profile.key}")


def files(settings: Settings) -> Finding:
    """Nobody else may read what the installation keeps, and it must be able to write it."""
    title = _("Files")
    folder = settings.instance
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return wrong(
            "files",
            title,
            _("%(path)s cannot be written", path=folder),
            _("Give it to the user that serves: chown -R USER %(path)s", path=folder),
        )
    for path in (folder, *_databases(settings)):
        if stat.S_IMODE(path.stat().st_mode) & 0o007:
            return wrong(
                "files",
                title,
                _("%(path)s is open to everybody", path=path),
                f"chmod o-rwx {path}",
            )
    return good("files", title, str(folder))


def _databases(settings: Settings) -> list[Path]:
    address = make_url(settings.database_url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return []
    beside = (Path(address.database + ending) for ending in ("", "-wal", "-shm"))
    return [path for path in beside if path.is_file()]


def _with_own_tls(certificate: Path, where: str) -> Finding:
    check, title = "reaching", _("Way of the browsers")
    from cryptography import x509  # only here, and only where there is one

    remedy = _("Renew it: script/certificates, or whoever has issued it")
    try:
        until = x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
    except (OSError, ValueError) as error:
        return wrong(check, title, f"{certificate}: {error}", remedy)
    days = (until - datetime.now(UTC)).days
    if days < 0:
        return wrong(check, title, _("%(path)s is not valid any more", path=certificate), remedy)
    if days < RENEWED_BEFORE:
        soon = _("%(path)s is valid for %(days)s more days", path=certificate, days=days)
        return note(check, title, soon, remedy)
    return good(check, title, _("%(where)s, with TLS of its own", where=where))


def reaching(settings: Settings) -> Finding:
    """Whether the session's cookie can travel safely from the browsers that come."""
    check, title = "reaching", _("Way of the browsers")
    where = f"{settings.host}:{settings.port}"
    if settings.demo:
        return note(
            check,
            title,
            _("%(where)s, where anybody signs in with one click", where=where),
            _("For real records: TRACKER_DEMO=0"),
        )
    if settings.plain_http:
        return good(check, title, _("%(where)s, this machine only, without TLS", where=where))
    if settings.certificate is not None:
        return _with_own_tls(settings.certificate, where)
    if not settings.proxies:
        return note(
            check,
            title,
            _("%(where)s, and no proxy is declared", where=where),
            _(
                "Put a proxy with TLS in front and set TRACKER_PROXIES=1, or name a certificate"
                " by TRACKER_CERTIFICATE and TRACKER_CERTIFICATE_KEY:"
                " browsers keep the session's cookie only over TLS."
            ),
        )
    if not settings.trusted_hosts:
        return note(
            check,
            title,
            _("%(where)s behind a proxy, under any name", where=where),
            _("Set TRACKER_TRUSTED_HOSTS to the names this site goes by."),
        )
    return good(check, title, _("%(where)s behind a proxy with TLS", where=where))
