"""Every address of the product, with the ids of planted objects where it takes one."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask import Flask
from werkzeug.routing import Rule

from tests.laws.planting import Garden
from tracker.domain.access import Level
from tracker.web.addresses import PATHS

# What stands for an argument that is no object.
SAMPLES: dict[str, object] = {
    "filename": "icons.svg",
    "number": 1,
    "seq": 1,
    "token": "x" * 43,
}
NOBODYS = UUID(int=7)
_KINDS = {path: kind for kind, path in PATHS.items()}


def object_argument(rule: Rule) -> str | None:
    """The argument that names an object of the city's records, if one does."""
    named = [each for each in rule.arguments if each.endswith("_id")]
    return named[0] if named and kinds_of(rule) else None


def kinds_of(rule: Rule) -> tuple[str, ...]:
    """The kinds of objects whose ids the rule takes."""
    if "kind" in rule.arguments:
        return tuple(PATHS)
    of_path = _KINDS.get(rule.rule.split("/")[1])
    named = {each.removesuffix("_id") for each in rule.arguments} & set(PATHS)
    return tuple(named or ([of_path] if of_path and rule.arguments else []))


def address(app: Flask, rule: Rule, kind: str = "", object_id: UUID = NOBODYS) -> str:
    """The rule's address for one object; of nobody's when none is given."""
    values = {each: SAMPLES.get(each, object_id) for each in rule.arguments}
    if "kind" in values:
        values["kind"] = kind or "tie"
    return app.url_map.bind("localhost").build(rule.endpoint, values, append_unknown=False)


def of_objects(app: Flask, rule: Rule, garden: Garden) -> Iterator[tuple[str, str, Level]]:
    """The rule's address for every planted object that it may be about, its kind and level."""
    kinds = kinds_of(rule)
    for (kind, level), object_id in garden.ids.items():
        if kind in kinds:
            yield address(app, rule, kind, object_id), kind, level
