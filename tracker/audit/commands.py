"""`flask --app wsgi audit …`: the chain verified, anchored and exported on the server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from tracker import lang
from tracker.audit import checking, exporting, services, signing
from tracker.audit.filters import Days, EntryFilter
from tracker.domain.audit import Bad
from tracker.domain.dates import DateRefused, parse_iso_or_jalali
from tracker.domain.errors import RuleBroken
from tracker.lang import format_datetime, format_number, label
from tracker.lang import gettext as _
from tracker.models.engine import writing
from tracker.profiles import Profile
from tracker.record.anchors import Anchor, AnchorsChanged, Why, anchor_now, anchors
from tracker.record.audit_check import Report, verify
from tracker.web.db import db

_language = click.option(
    "--language",
    type=click.Choice(list(lang.LANGUAGES)),
    default=lang.SOURCE,
    show_default=True,
    help="Of what is said.",
)


@click.group("audit")
def audit() -> None:
    """The audit chain: verify it, anchor it, export it."""


@audit.command("verify")
@click.option(
    "--anchor",
    "given",
    multiple=True,
    metavar="NUMBER:HASH",
    help="An anchor that was kept elsewhere; may be given again.",
)
@_language
@with_appcontext
def verify_chain(given: tuple[str, ...], language: str) -> None:
    """Walk the whole chain. Exit 0: whole; 1: the first bad entry is named."""
    elsewhere = [_read_anchor(each) for each in given]
    with lang.speaking(language), _reachable():
        known, touched = _kept_anchors()
        with db.engine.connect() as connection:
            report = verify(connection, _key(), [*known, *elsewhere])
            for line in _said(report):
                click.echo(line)
            if touched is not None:
                click.echo(_("%(line)s: not what was written there", line=str(touched)))
            if touched is not None or not report.is_whole:
                sys.exit(1)
            anchor_now(connection, _instance(), _key(), _now(), Why.VERIFY)


@audit.command("anchor")
@_language
@with_appcontext
def anchor(language: str) -> None:
    """Note the newest entry beside the database, and print it to be kept elsewhere."""
    with lang.speaking(language), _reachable():
        with db.engine.connect() as connection:
            try:
                made = anchor_now(connection, _instance(), _key(), _now(), Why.ASKED)
            except AnchorsChanged as changed:
                click.echo(_("%(line)s: not what was written there", line=str(changed)), err=True)
                sys.exit(1)
        click.echo(made.line if made else _("no entry yet"))


@audit.command("export")
@click.option("--format", "form", type=click.Choice([form.value for form in exporting.Form]))
@click.option("--from", "first", default="", help="The first day, in either calendar.")
@click.option("--until", "last", default="", help="The last day, in either calendar.")
@click.option("--kind", default="", help="Only of this kind, as meeting or account.")
@click.option("-o", "output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@_language
@with_appcontext
def export_entries(
    form: str | None, first: str, last: str, kind: str, output: Path, language: str
) -> None:
    """Write entries into a signed zip."""
    days = Days(_day("--from", first), _day("--until", last))
    profile: Profile = current_app.config["PROFILE"]
    with lang.speaking(language), _reachable():
        with output.open("wb") as file, writing(False):
            made = exporting.export(
                db.session(),
                EntryFilter(kind=kind, days=days),
                exporting.Form(form or exporting.Form.JSON),
                signing.Signer(_key()),
                file,
                now=_now(),
                zone=profile.zone,
                city=next(iter(profile.municipality.values())),
            )
        db.session.rollback()
        with writing():
            services.note_export(db.session(), output.name, _now())
        click.echo(_("%(number)s entries", number=format_number(made.entries)))


@audit.command("verify-export")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--public-key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Of the city that signed; its own key if left out.",
)
@_language
@with_appcontext
def verify_export(file: Path, public_key: Path | None, language: str) -> None:
    """Check an export: exit 0 where nothing of it was changed since it was signed."""
    key = public_key.read_bytes() if public_key else signing.Signer(_key()).public_key()
    with lang.speaking(language):
        try:
            checked = checking.check_export(file, key)
        except RuleBroken as broken:
            click.echo(_(broken.message, **broken.values), err=True)
            sys.exit(1)
        number = format_number(checked.manifest["entries"])
        click.echo(_("%(number)s entries", number=number))
        click.echo(_("Signed with the key %(key)s", key=checked.fingerprint))


@audit.command("public-key")
@with_appcontext
def public_key() -> None:
    """Print the key that exports are checked with."""
    click.echo(signing.Signer(_key()).public_key().decode(), nl=False)


def _said(report: Report) -> Iterator[str]:
    """What a walk found, the first bad entry first."""
    for bad in report.bad:
        yield _bad(bad)
    if report.bad_count > len(report.bad):
        yield _("and more: %(number)s in all", number=format_number(report.bad_count))
    zone = current_app.config["PROFILE"].zone
    for step in report.backsteps:
        yield _(
            "The clock went back before entry %(number)s: from %(before)s to %(after)s",
            number=step.seq,
            before=format_datetime(step.before, zone),
            after=format_datetime(step.at, zone),
        )
    yield _(
        "%(entries)s entries, %(digests)s digests of the record of access, %(anchors)s anchors",
        entries=format_number(report.entries),
        digests=format_number(report.digests),
        anchors=format_number(report.anchors),
    )
    if report.is_whole:
        yield _("The chain is whole. Newest entry: %(anchor)s", anchor=report.line)
    else:
        first = report.bad[0]
        yield _("The chain is broken, first at entry %(number)s.", number=first.seq)


def _bad(bad: Bad) -> str:
    return _("Entry %(number)s: %(fault)s", number=bad.seq, fault=label(bad.fault))


def _kept_anchors() -> tuple[list[Anchor], AnchorsChanged | None]:
    try:
        return anchors(_instance(), _key()), None
    except AnchorsChanged as changed:
        return [], changed


def _read_anchor(text: str) -> Anchor:
    seq, _colon, digest = text.partition(":")
    if not (seq.isascii() and seq.isdigit() and len(digest) == 64):
        raise click.UsageError(f"--anchor: {text!r} is not NUMBER:HASH")
    return Anchor(_now(), int(seq), digest, int(seq), Why.ASKED)


def _day(option: str, typed: str) -> date | None:
    if not typed:
        return None
    try:
        return parse_iso_or_jalali(typed)
    except DateRefused as refused:
        raise click.UsageError(f"{option}: {lang.date_refusal(refused)}") from refused


@contextmanager
def _reachable() -> Iterator[None]:
    """A database that cannot be read is damaged, or away: said in a line, not a stack trace."""
    try:
        yield
    except DBAPIError as error:
        click.echo(" ".join(str(error.orig).split()), err=True)
        sys.exit(1)


def _key() -> bytes:
    key: bytes = current_app.config["AUDIT_KEY"]
    return key


def _instance() -> Path:
    return Path(current_app.instance_path)


def _now() -> datetime:
    return datetime.now(UTC)


COMMANDS = (audit,)
