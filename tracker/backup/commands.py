"""`backup DIR`, `verify-backup DIR`, `restore DIR`; exit 0 good, 1 found wrong, 2 used badly."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError

from tracker import lang
from tracker.backup.examining import examine
from tracker.backup.making import make_backup
from tracker.backup.manifest import Manifest
from tracker.backup.restoring import restore
from tracker.config import Settings
from tracker.domain.errors import RuleBroken
from tracker.lang import format_datetime, format_number
from tracker.lang import gettext as _

FOLDER = click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
LANGUAGE = click.option(
    "--language",
    type=click.Choice(list(lang.LANGUAGES)),
    help="Of what is said; the first language of the city if left out.",
)


@click.command("backup")
@FOLDER
@click.option("--with-secrets", is_flag=True, help="Keep secrets.toml in it: guard it as such.")
@LANGUAGE
def back_up(folder: Path, with_secrets: bool, language: str | None) -> None:
    """Back up records and documents into the new folder DIR, while the service runs."""
    settings = Settings.from_env()
    with _speaking(settings, language), _refusals():
        said = make_backup(
            settings,
            folder.absolute(),
            datetime.now(UTC),
            with_secrets=with_secrets,
            progress=_tell,
        )
        _conclude(settings, said, _("Backed up into %(folder)s.", folder=folder))


@click.command("verify-backup")
@FOLDER
@LANGUAGE
def verify_backup(folder: Path, language: str | None) -> None:
    """Check every file, every table and the audit chain of the backup in DIR."""
    settings = Settings.from_env()
    with _speaking(settings, language), _refusals():
        said = examine(folder, settings.secrets.audit_key.encode(), _tell)
        _conclude(settings, said, _("The backup is whole."))


@click.command("restore")
@FOLDER
@click.option("--replace", is_flag=True, help="Set aside what is here and take its place.")
@LANGUAGE
def restore_backup(folder: Path, replace: bool, language: str | None) -> None:
    """Put the backup in DIR back, after checking it; the service must be stopped."""
    settings = Settings.from_env()
    with _speaking(settings, language), _refusals():
        said = restore(settings, folder, datetime.now(UTC), replace=replace, progress=_tell)
        _conclude(settings, said, _("Put back. Run migrate and doctor, then start the service."))


@contextmanager
def _speaking(settings: Settings, language: str | None) -> Iterator[None]:
    with lang.speaking(language or settings.profile.tags[0]):
        yield


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except RuleBroken as broken:
        _refuse(_(broken.message, **broken.values))
    except DBAPIError as error:
        # The driver's own words; SQLAlchemy would add the values of the statement.
        _refuse(" ".join(str(error.orig).split()))
    except OSError as error:
        _refuse(str(error))


def _refuse(words: str) -> None:
    click.echo(words, err=True)
    sys.exit(1)


def _conclude(settings: Settings, said: Manifest, words: str) -> None:
    head = said.contents.head
    click.echo(words)
    click.echo(
        _(
            "%(moment)s: %(rows)s rows, %(files)s files, %(size)s MB, audit entry %(entry)s.",
            moment=format_datetime(said.made_at, settings.profile.zone),
            rows=format_number(said.rows),
            files=format_number(len(said.files)),
            size=format_number(said.size // 2**20),
            entry=format_number(head.seq),
        )
    )
    click.echo(head.hash)
    for fault in said.faults:
        click.echo(fault, err=True)
    if said.faults:
        sys.exit(1)


def _tell(doing: str, done: int, total: int) -> None:
    """On a terminal a line that grows, else one line for each step when it is done."""
    share = 100 * done // total if total else 100
    if sys.stderr.isatty():
        click.echo(f"\r{doing} {share} %", err=True, nl=share == 100)
    elif done == total:
        click.echo(doing, err=True)


COMMANDS = (back_up, verify_backup, restore_backup)
