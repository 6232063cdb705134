"""`flask --app wsgi doctor`: every check in a table; exit 1 when one found something wrong."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime

import click

from tracker import lang
from tracker.config import Settings, SettingsRefused
from tracker.doctor import database, documents, installation, keeping, machine, paper
from tracker.doctor.findings import Finding, State
from tracker.lang import gettext as _

MARKS = {State.GOOD: "✓", State.NOTE: "!", State.WRONG: "✗"}


@click.command("doctor")
@click.option(
    "--language",
    type=click.Choice(list(lang.LANGUAGES)),
    help="Of what is said; the first language of the city if left out.",
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def doctor(language: str | None, as_json: bool) -> None:
    """Check what this installation stands on, and say what to do."""
    settings, refusal = _settings()
    chosen = language or (settings.profile.tags[0] if settings else lang.current().tag)
    with lang.speaking(chosen):
        found = list(examine(settings, refusal, datetime.now(UTC)))
        healthy = all(finding.state is not State.WRONG for finding in found)
        if as_json:
            checks = [asdict(finding) for finding in found]
            click.echo(json.dumps({"good": healthy, "checks": checks}, ensure_ascii=False))
        else:
            click.echo("\n".join(_table(found)))
            click.echo(_("Nothing is wrong.") if healthy else _("Something is wrong."))
    sys.exit(0 if healthy else 1)


def _settings() -> tuple[Settings | None, SettingsRefused | None]:
    try:
        return Settings.from_env(), None
    except SettingsRefused as refused:
        return None, refused


def examine(
    settings: Settings | None, refusal: SettingsRefused | None, now: datetime
) -> Iterator[Finding]:
    """All findings; refused settings leave only what does not rest on them."""
    yield machine.python()
    if refusal is not None:
        yield installation.refused(refusal)
    if settings is not None:
        yield installation.settings_read(settings)
        yield installation.files(settings)
        yield installation.reaching(settings)
        yield machine.disk(settings)
        yield from database.examine(settings, now)
        yield from documents.examine(settings, now)
        yield keeping.last_backup(settings, now)
        yield from machine.background(settings, now)
    yield paper.engine()
    yield paper.fonts()


def _table(found: list[Finding]) -> Iterator[str]:
    wide = max(_width(finding.title) for finding in found)
    for finding in found:
        space = " " * (wide - _width(finding.title))
        yield f"{MARKS[finding.state]} {finding.title}{space}  {finding.found}"
        if finding.remedy:
            yield f"  {' ' * wide}  → {finding.remedy}"


def _width(text: str) -> int:
    """The columns that a terminal gives a text: joiners and marks take none."""
    return sum(unicodedata.category(letter) not in {"Mn", "Cf"} for letter in text)
