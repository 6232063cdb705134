"""Floors, rooms and reports: who may know whom, read from the import graph of the real tree."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]

FLOORS = {
    "app", "config", "cli", "worker", "supervisor", "doctor", "demo", "web", "background",
    "record", "models", "lang", "profiles", "domain", "static",
}  # fmt: skip
WEB = {"flask", "flask_sqlalchemy", "flask_security", "flask_wtf", "werkzeug", "wtforms"}

# In a room: views call forms and services; a form may make what a service is given, a service
# knows no form; all may read.
ORDER = {"views": 4, "forms": 3, "services": 2, "moves": 2, "tasks": 2, "queries": 1}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        "tracker", "reports", include_external_packages=True, exclude_type_checking_imports=True
    )


def rooms(graph: grimp.ImportGraph) -> set[str]:
    return {m.split(".")[1] for m in graph.find_children("tracker")} - FLOORS


def test_contracts_of_pyproject_are_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    command = [program, "--no-logo", "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_reports_sees_only_facts_and_language(graph: grimp.ImportGraph) -> None:
    # WeasyPrint reads fonts by fontTools and writes PDF by pydyf: parts of one engine.
    allowed = {"jinja2", "markupsafe", "weasyprint", "fontTools", "pydyf", "reports"}
    for module in _inside(graph, "reports"):
        for known in graph.find_modules_directly_imported_by(module):
            top = known.split(".")[0]
            assert (
                known.startswith(("tracker.domain", "tracker.lang"))
                or top in allowed
                or top in sys.stdlib_module_names
            ), f"{module} imports {known}"


def test_only_briefings_calls_reports(graph: grimp.ImportGraph) -> None:
    for target in _inside(graph, "reports"):
        for module in graph.find_modules_that_directly_import(target):
            assert module.startswith(("reports", "tracker.briefings")), (
                f"{module} imports {target}"
            )


def test_importing_reports_loads_no_web_and_no_database() -> None:
    probe = (
        "import sys, pkgutil, importlib, reports\n"
        "for m in pkgutil.walk_packages(reports.__path__, 'reports.'):\n"
        "    importlib.import_module(m.name)\n"
        "print(*sorted({'flask', 'sqlalchemy', 'wtforms'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_nothing_below_the_web_knows_it(graph: grimp.ImportGraph) -> None:
    for module in sorted(graph.modules):
        parts = module.split(".")
        inner = parts[0] == "tracker" and (
            parts[1:2] in (["models"], ["record"], ["background"])
            or parts[-1] in {"services", "queries"}
            or (len(parts) > 2 and parts[2] in {"services", "queries"})
        )
        # The accounts table inherits what the sign-in library wants of it; other ways fail.
        if not inner or module == "tracker.models.accounts":
            continue
        known = {m.split(".")[0] for m in graph.find_modules_directly_imported_by(module)}
        assert not known & WEB, f"{module} imports {sorted(known & WEB)}"
        for m in graph.find_modules_directly_imported_by(module):
            assert not m.startswith("tracker.web"), f"{module} imports {m}"


def test_domain_knows_the_standard_library_and_the_calendar(graph: grimp.ImportGraph) -> None:
    for module in _inside(graph, "tracker.domain"):
        for known in graph.find_modules_directly_imported_by(module):
            top = known.split(".")[0]
            assert (
                known.startswith("tracker.domain")
                or top == "jdatetime"
                or top in sys.stdlib_module_names
            ), f"{module} imports {known}"


def test_inside_a_room_calls_go_one_way(graph: grimp.ImportGraph) -> None:
    for room in rooms(graph):
        for module in _inside(graph, f"tracker.{room}"):
            for known in graph.find_modules_directly_imported_by(module):
                if known.startswith(f"tracker.{room}."):
                    caller, called = _place(module), _place(known)
                    assert caller == called or ORDER.get(caller, 9) > ORDER.get(called, 0), (
                        f"{module} imports {known}"
                    )


def test_no_module_is_called_after_nothing(graph: grimp.ImportGraph) -> None:
    vague = {"utils", "helpers", "common", "manager", "base_service", "misc"}
    assert [
        m for m in graph.modules if m.split(".")[-1] in vague and m.startswith("tracker")
    ] == []


def _inside(graph: grimp.ImportGraph, package: str) -> list[str]:
    return sorted({package} | graph.find_descendants(package))


def _place(module: str) -> str:
    """`views` for tracker.meetings.views and tracker.meetings.views.pages; a room itself: ''."""
    parts = module.split(".")
    return parts[2] if len(parts) > 2 else ""
