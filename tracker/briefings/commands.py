"""`flask --app wsgi briefing`: a briefing as a file, without a browser."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from reports.pool import Renderer
from tracker.briefings.facts import tie_briefing
from tracker.domain.access import Actor, Role
from tracker.domain.briefings import canonical
from tracker.domain.dates import DateRefused, parse_iso_or_jalali
from tracker.domain.errors import NotFound, RuleBroken
from tracker.domain.text import fold_query
from tracker.lang import date_refusal, gettext
from tracker.profiles import Profile
from tracker.record import finding
from tracker.web.db import db

# Whoever may run commands on the server reads what staff read.
READER = Actor(user_id=None, role=Role.STAFF, name="command line")
SECONDS = 60.0


@click.command("briefing")
@click.argument("kind", type=click.Choice(["tie"]))
@click.argument("name")
@click.option("--lang", "language", default="fa", show_default=True)
@click.option("--as-of", "as_of", default="", help="In either calendar; today if left out.")
@click.option("-o", "output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def print_briefing(kind: str, name: str, language: str, as_of: str, output: Path) -> None:
    """Print the briefing of KIND called NAME (or with that id) into a PDF file."""
    profile: Profile = current_app.config["PROFILE"]
    if language not in profile.tags:
        raise click.UsageError(f"--lang: one of {', '.join(profile.tags)}")
    session = db.session()
    try:
        briefing = tie_briefing(
            session,
            READER,
            _find(session, kind, name),
            _day(profile, as_of),
            dict(profile.municipality),
            dict(profile.letterhead.invocation),
        )
    except (NotFound, RuleBroken) as refused:
        click.echo(
            gettext(refused.message, **refused.values)
            if isinstance(refused, RuleBroken)
            else f"no {kind} of that id",
            err=True,
        )
        sys.exit(1)
    with Renderer() as renderer:
        output.write_bytes(renderer.render(canonical(briefing), language, SECONDS))
    click.echo(str(output))


def _day(profile: Profile, as_of: str) -> date:
    if not as_of:
        return datetime.now(UTC).astimezone(profile.zone).date()
    try:
        return parse_iso_or_jalali(as_of)
    except DateRefused as refused:
        raise click.UsageError(f"--as-of: {date_refusal(refused)}") from refused


def _find(session: Session, kind: str, name: str) -> UUID:
    """The one object of that name; of several, their list and exit 2."""
    try:
        return UUID(name)
    except ValueError:
        pass
    found = finding.named(session, READER, name, (kind,)) or finding.hits(
        session, READER, fold_query(name), kinds=(kind,), limit=20
    )
    if len(found) == 1:
        return found[0].id
    for hit in found:
        click.echo(f"{hit.id}  {' / '.join(hit.title.values())}", err=True)
    click.echo("several are called that" if found else f"no {kind} of that name", err=True)
    sys.exit(2)


COMMANDS = (print_briefing,)
