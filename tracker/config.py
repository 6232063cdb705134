"""The settings, read once from the environment; production refuses to start on unsafe ones."""

from __future__ import annotations

import ipaddress
import os
import secrets as random
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from click import ClickException
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from tracker import profiles
from tracker.profiles import Profile, ProfileRefused

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent
SHORTEST_SECRET = 32


class SettingsRefused(ClickException):
    """The application must not start like this; the message says what to change.

    On a command line it is that sentence and exit 1, not a stack trace.
    """


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """Made at random for one installation, kept in a file that only its owner reads."""

    secret_key: str
    password_salt: str
    audit_key: str
    totp_secret: str

    @classmethod
    def read(cls, path: Path) -> Secrets:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise SettingsRefused(f"{path} can be read by others; chmod 600 it")
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsRefused(f"{path}: {error}") from error
        values = {}
        for each in fields(cls):
            value = table.get(each.name)
            if not isinstance(value, str) or len(value) < SHORTEST_SECRET or _is_weak(value):
                raise SettingsRefused(
                    f"{path}: {each.name} needs {SHORTEST_SECRET} random characters or more"
                )
            values[each.name] = value
        return cls(**values)

    @classmethod
    def make(cls, path: Path) -> Secrets:
        """New secrets, written so that two processes that start at once end up with the same."""
        made = {each.name: random.token_urlsafe(48) for each in fields(cls)}
        text = "".join(f'{name} = "{value}"\n' for name, value in made.items())
        beside = path.with_name(f".{path.name}.{random.token_hex(8)}")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(beside, path)
        except FileExistsError:
            return cls.read(path)
        finally:
            beside.unlink()
        return cls(**made)


def _is_weak(secret: str) -> bool:
    return len(set(secret)) < 12


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation runs."""

    database_url: str
    instance: Path
    documents_folder: Path
    templates: Path
    profile: Profile
    secrets: Secrets
    host: str = "127.0.0.1"
    port: int = 8000
    demo: bool = False
    production: bool = False
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    # Of a server that speaks TLS itself; the supervisor hands both to the web server.
    certificate: Path | None = None
    certificate_key: Path | None = None
    testing: bool = False
    # The socket of a virus scanner, and whether only what it found clean can be downloaded.
    clamd: Path | None = None
    only_scanned: bool = False
    # What one account may have taken in; by its role where nothing is set.
    quota_mib: int | None = None
    # Off only where anybody may sign in as anybody, and in tests that are about something else.
    second_factor: bool = True

    @property
    def on_loopback(self) -> bool:
        return is_loopback(self.host)

    @property
    def plain_http(self) -> bool:
        """Whether browsers reach this process itself, over loopback, without TLS."""
        return (
            self.on_loopback
            and self.proxies == 0
            and self.certificate is None
            and not self.production
        )

    @property
    def kept_in(self) -> tuple[Path, ...]:
        """The folders in which room is needed: they may lie on disks of their own."""
        found = [self.instance, self.documents_folder]
        database = make_url(self.database_url)
        if database.get_backend_name() == "sqlite" and database.database:
            found.append(Path(database.database).parent)
        return tuple(folder for folder in found if folder.is_dir())

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """The settings that the environment asks for, or SettingsRefused."""
        env = os.environ if environ is None else environ
        host = env.get("HOST") or "127.0.0.1"
        production = (
            _choice(
                env,
                "TRACKER_ENV",
                "development" if is_loopback(host) else "production",
                ("development", "production"),
            )
            == "production"
        )
        instance = _instance(env)
        demo = _choice(env, "TRACKER_DEMO", "0", ("0", "1")) == "1"
        settings = cls(
            database_url=env.get("TRACKER_DATABASE_URL") or f"sqlite:///{instance}/peyvand.db",
            instance=instance,
            documents_folder=Path(
                env.get("TRACKER_DOCUMENTS") or instance / "documents"
            ).absolute(),
            templates=_beside("templates", "_templates"),
            profile=_profile(env.get("TRACKER_PROFILE") or "ir"),
            secrets=_secrets(instance / "secrets.toml", production),
            host=host,
            port=_number(env, "PORT", 8000, 65_535),
            demo=demo,
            second_factor=not demo,
            production=production,
            trusted_hosts=tuple(env.get("TRACKER_TRUSTED_HOSTS", "").replace(",", " ").split()),
            proxies=_number(env, "TRACKER_PROXIES", 0, 10),
            certificate=_file(env, "TRACKER_CERTIFICATE"),
            certificate_key=_file(env, "TRACKER_CERTIFICATE_KEY"),
            clamd=Path(env["TRACKER_CLAMD"]) if env.get("TRACKER_CLAMD") else None,
            only_scanned=_choice(env, "TRACKER_ONLY_SCANNED", "0", ("0", "1")) == "1",
            quota_mib=(
                _number(env, "TRACKER_QUOTA_MIB", 0, 2**20)
                if env.get("TRACKER_QUOTA_MIB")
                else None
            ),
        )
        _refuse_unsafe(settings, env)
        return settings

    @classmethod
    def for_tests(cls, database_url: str, instance: Path, **changed: Any) -> Settings:
        """Settings over a folder of the test's own; no signing in is slowed down for safety."""
        return cls(
            **{
                "database_url": database_url,
                "instance": instance,
                "documents_folder": instance / "documents",
                "templates": _beside("templates", "_templates"),
                "profile": _profile("ir"),
                "secrets": _secrets(instance / "secrets.toml", False),
                "demo": True,
                "testing": True,
                "second_factor": False,
                **changed,
            }
        )

    def for_flask(self) -> dict[str, Any]:
        """The same as Flask and its extensions name it."""
        return {
            "TESTING": self.testing,
            "SECRET_KEY": self.secrets.secret_key,
            "AUDIT_KEY": self.secrets.audit_key.encode(),
            "PASSWORD_SALT": self.secrets.password_salt,
            # KiB for one hash and passes over them: long in time, for memory is what a worker
            # has little of.
            "PASSWORD_COST": (1024, 1) if self.testing else (19_456, 16),
            "TOTP_SECRET": self.secrets.totp_secret,
            "PROFILE": self.profile,
            "DEMO": self.demo and self.on_loopback,
            "SECOND_FACTOR": self.second_factor,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "PROXIES": self.proxies,
            "TRUSTED_HOSTS": list(self.trusted_hosts) or None,
            "SESSION_COOKIE_NAME": "peyvand" if self.plain_http else "__Host-peyvand",
            "SESSION_COOKIE_SECURE": not self.plain_http,
            "DOCUMENTS_FOLDER": self.documents_folder,
            "KEPT_IN": self.kept_in,
            "CLAMD": self.clamd,
            "ONLY_SCANNED": self.only_scanned,
            "QUOTA_MIB": self.quota_mib,
            "MAX_CONTENT_LENGTH": 2**20,
            "MAX_FORM_MEMORY_SIZE": 2**20,
            "MAX_FORM_PARTS": 3000,
        }


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _beside(name: str, installed: str) -> Path:
    """A folder that lies beside the package in a checkout and inside it once installed."""
    inside = _PACKAGE / installed
    return inside if inside.is_dir() else _CHECKOUT / name


def _instance(env: Mapping[str, str]) -> Path:
    given = env.get("TRACKER_INSTANCE")
    checkout = (_CHECKOUT / "pyproject.toml").is_file()
    default = (_CHECKOUT if checkout else Path.cwd()) / "instance"
    instance = Path(given).absolute() if given else default
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    return instance


def _profile(key: str) -> Profile:
    try:
        return profiles.load(key)
    except ProfileRefused as refused:
        raise SettingsRefused(f"TRACKER_PROFILE: {refused}") from refused


def _secrets(path: Path, production: bool) -> Secrets:
    if path.exists():
        return Secrets.read(path)
    if production:
        raise SettingsRefused(f"{path} is missing; starting without TRACKER_ENV makes it")
    return Secrets.make(path)


def _choice(env: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = env.get(name) or default
    if value not in allowed:
        raise SettingsRefused(f"{name} is {value!r}; it may be {' or '.join(allowed)}")
    return value


def _number(env: Mapping[str, str], name: str, default: int, most: int) -> int:
    value = env.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and int(value) <= most):
        raise SettingsRefused(f"{name} is {value!r}; it may be a number up to {most}")
    return int(value)


def _file(env: Mapping[str, str], name: str) -> Path | None:
    value = env.get(name)
    if value and not Path(value).is_file():
        raise SettingsRefused(f"{name} is {value!r}; there is no such file")
    return Path(value) if value else None


def _refuse_unsafe(settings: Settings, env: Mapping[str, str]) -> None:
    """What must never be, and what must not be in production."""
    try:
        database = make_url(settings.database_url)
    except ArgumentError as error:
        raise SettingsRefused("TRACKER_DATABASE_URL is not the address of a database") from error
    if settings.demo and not settings.on_loopback:
        raise SettingsRefused("TRACKER_DEMO=1 signs anybody in: only with HOST on loopback")
    if (settings.certificate is None) != (settings.certificate_key is None):
        raise SettingsRefused("TRACKER_CERTIFICATE and TRACKER_CERTIFICATE_KEY go together")
    key = settings.certificate_key
    if key is not None and stat.S_IMODE(key.stat().st_mode) & 0o007:
        raise SettingsRefused(f"{key} can be read by everybody; chmod 600 it")
    if not settings.production:
        return
    if settings.demo:
        raise SettingsRefused("TRACKER_DEMO=1 has no place in production")
    if env.get("FLASK_DEBUG", "0") not in ("", "0"):
        raise SettingsRefused("FLASK_DEBUG has no place in production")
    if not settings.trusted_hosts:
        raise SettingsRefused("TRACKER_TRUSTED_HOSTS is missing: the names this site goes by")
    if database.get_backend_name() == "sqlite" and database.database:
        file = Path(database.database)
        if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o007:
            raise SettingsRefused(f"{file} can be read by everybody; chmod 640 it")
