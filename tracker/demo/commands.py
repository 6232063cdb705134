"""`flask --app wsgi demo`: loads the story, once."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from tracker import demo
from tracker.models.engine import writing
from tracker.web.db import db


@click.command("demo")
@with_appcontext
def load_demo() -> None:
    """Load the first real case: the tie of Mashhad and Osh Province."""
    with writing():
        loaded = demo.load(db.session(), datetime.now(UTC))
    click.echo("loaded" if loaded else "loaded before; nothing changed")


COMMANDS = (load_demo,)
