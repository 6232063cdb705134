"""Every address of the product that shows a page."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Flask

from tracker.web.addresses import PATHS

# What answers with something else than a page.
NO_PAGES = (".json", ".pdf", "z", "/suggest", "/file", "/session")


def addresses_of(app: Flask, id_of: Callable[[str], UUID]) -> list[str]:
    """Each page once; `id_of` names an object for each kind that has pages."""
    kinds = {path: kind for kind, path in PATHS.items()}
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        if rule.rule.endswith(NO_PAGES):
            continue
        if not rule.arguments:
            found.append(rule.rule)
        elif len(rule.arguments) == 1 and rule.rule.split("/")[1] in kinds:
            before, _, rest = rule.rule.partition("<")
            found.append(
                f"{before}{id_of(kinds[rule.rule.split('/')[1]])}{rest.partition('>')[2]}"
            )
        elif rule.arguments == {"kind", "object_id"}:
            before, _, _ = rule.rule.partition("<")
            found.append(f"{before}tie/{id_of('tie')}")
    return sorted(found)
