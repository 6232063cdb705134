"""The catalogues: all `.po` files of a language as one set of messages, read when spoken."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).parent / "translations"


def files(tag: str) -> tuple[Path, ...]:
    return tuple(sorted((FOLDER / tag).glob("*.po")))


def read(path: Path, tag: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=tag)


def read_all(tag: str) -> Iterator[tuple[Path, Catalog]]:
    for path in files(tag):
        yield path, read(path, tag)


@cache
def messages(tag: str) -> NullTranslations:
    """What a language says. Without files it says the English of the source."""
    merged = Catalog(locale=tag)
    for _, catalog in read_all(tag):
        # The files say how the language counts; the library's own rule knows one Persian form.
        merged.mime_headers = catalog.mime_headers
        for message in catalog:
            if message.id and message.string and not message.fuzzy:
                merged.add(message.id, message.string, context=message.context)
    if not len(merged):
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translations(compiled)
