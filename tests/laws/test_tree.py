"""Laws that can be read off the source: sizes, banned words, what may stand in a template."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400


def files(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file())


PRODUCT = files("tracker/**/*.py", "reports/**/*.py", "wsgi.py")
PYTHON = PRODUCT + files("tests/**/*.py", "migrations/**/*.py", "script/*.py", "bench/*.py")
TEMPLATES = files("templates/**/*.html", "templates/**/*.svg", "templates/**/*.xml")
PAPER = files("reports/templates/**/*")
CSS = files("tracker/static/css/**/*.css")
JS = files("tracker/static/js/**/*.mjs")


def findings(paths: list[Path], pattern: str, *, but: tuple[str, ...] = ()) -> list[str]:
    """`file:line: text` of every match outside the files named in `but`."""
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        if not str(path.relative_to(ROOT)).startswith(but or ("\0",))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if wanted.search(line)
    ]


def test_there_is_something_to_look_at() -> None:
    assert len(PRODUCT) > 50
    assert TEMPLATES
    assert PAPER
    assert CSS
    assert JS


def test_files_stay_readable() -> None:
    code = PYTHON + TEMPLATES + CSS + JS + PAPER
    long = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in code}
    assert {name: lines for name, lines in long.items() if lines >= LONGEST} == {}


def test_every_module_says_what_it_is() -> None:
    trees = {path: ast.parse(path.read_text()) for path in PYTHON}
    assert [
        str(path.relative_to(ROOT))
        for path, tree in trees.items()
        if tree.body and not ast.get_docstring(tree)
    ] == []


TEMPLATE_BANS = {
    "data taken as markup": r"\|\s*safe\b|autoescape\s+false",
    "an inline style": r"\sstyle\s*=|<style\b",
    "an inline handler": r"\son[a-z]+\s*=\s*[\"']",
    "an inline script": r"<script(?![^>]*\bsrc=)",
    "something from elsewhere": r"(?:src|href|action)\s*=\s*[\"'](?:https?:|//|data:|javascript:)",
}


@pytest.mark.parametrize("ban", TEMPLATE_BANS)
def test_screens_hold_no(ban: str) -> None:
    assert findings(TEMPLATES, TEMPLATE_BANS[ban]) == []


def test_paper_takes_no_data_as_markup() -> None:
    assert findings(PAPER, TEMPLATE_BANS["data taken as markup"]) == []


def test_persian_letters_are_never_pulled_apart() -> None:
    for path in CSS + files("reports/styles/**/*.css"):
        for selector, body in rules(path.read_text()):
            if re.search(r"letter-spacing\s*:(?!\s*(0|normal)\b)", body):
                assert re.search(r":lang\((en|ru)|\[lang=\"?(en|ru)", selector), (
                    f"{path.name}: {selector} spaces letters in every language"
                )


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Innermost rules: a selector and what stands between its braces."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    for match in re.finditer(r"([^{}]+)\{([^{}]*)\}", bare):
        yield match[1].strip(), match[2]


def test_screens_know_start_and_end_not_left_and_right() -> None:
    physical = (
        r"(?:^|[\s;{])(?:margin|padding|border)-(?:left|right)|(?:^|[\s;{])(?:left|right)\s*:"
        r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
    )
    assert findings(CSS, physical) == []


def test_styles_fetch_nothing_from_elsewhere() -> None:
    assert findings(CSS, r"@import|url\(\s*[\"']?(?:https?:|//|data:)") == []


def test_scripts_make_no_markup_from_text() -> None:
    sinks = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
        r"|setAttribute\(\s*[\"'](?:style|on)|createContextualFragment|setHTMLUnsafe"
    )
    assert findings(JS, sinks) == []


CODE_BANS: dict[str, tuple[str, tuple[str, ...]]] = {
    "lists by entity, count and offset": (
        r"\bdb\.paginate\b|\.paginate\(|\b[A-Z]\w+\.query\b",
        (),
    ),
    "tables without a migration": (r"\bcreate_all\(", ()),
    "fields nobody listed": (r"\bpopulate_obj\b", ()),
    "hard deletes through the session": (
        r"\bsession\.delete\(",
        # A step that its own maker takes back at once leaves the path and stays in the audit.
        ("tracker/record/", "tracker/actions/moves.py"),
    ),
    "the calendar library outside the domain": (
        r"\bjdatetime\b",
        ("tracker/domain/", "tracker/lang/"),
    ),
    "settings read past the settings": (
        r"os\.environ|os\.getenv",
        # The pool passes the environment on without the settings that are in it.
        ("tracker/config.py", "tracker/supervisor.py", "reports/pool.py"),
    ),
}


@pytest.mark.parametrize("ban", CODE_BANS)
def test_product_holds_no(ban: str) -> None:
    pattern, but = CODE_BANS[ban]
    assert findings(PRODUCT, pattern, but=but) == []


def test_rules_are_told_what_time_it_is() -> None:
    clocks = r"\b(?:datetime|date)\.(?:now|today|utcnow)\(|\btime\.time\("
    inner = [
        path
        for path in PRODUCT
        if {"domain", "lang", "models", "record"} & set(path.parts[len(ROOT.parts) :])
        or {"services", "services.py", "queries", "queries.py"} & set(path.parts)
        or path.is_relative_to(ROOT / "reports")
    ]
    assert findings(inner, clocks) == []


def test_amounts_and_rules_are_exact() -> None:
    exact = files("tracker/domain/**/*.py", "tracker/models/**/*.py", "tracker/record/**/*.py")
    assert findings(exact, r"\bfloat\(|\bFloat\b|:\s*float\b") == []


def test_only_services_commit() -> None:
    # The background process has no rooms: what it does each hour, it commits itself.
    allowed = (
        "tracker/background/",
        "tracker/web/",
        "tracker/demo/",
        "tracker/cli.py",
        "tracker/accounts/",
    )
    commits = findings(PRODUCT, r"\.commit\(\)", but=allowed)
    assert [found for found in commits if not re.search(r"/(services|moves)\b", found)] == []


def test_tests_are_never_skipped() -> None:
    skips = r"mark\.(?:skip|skipif|xfail)\b|pytest\.(?:skip|xfail|importorskip)\("
    # Only root can make a small disk to fill.
    but = ("tests/laws/test_tree.py", "tests/faults/test_blows.py")
    assert findings(files("tests/**/test_*.py"), skips, but=but) == []


def test_nothing_names_a_machine_or_a_registry() -> None:
    kept = (
        PYTHON
        + TEMPLATES
        + CSS
        + JS
        + files("script/*", "*.toml", "*.lock", "*.md", "docs/**/*.md")
    )
    places = r"/work/|/home/\w|/root/|/opt/|index-url|files\.python" + "hosted"
    assert findings(kept, places, but=("tests/laws/test_tree.py", "script/lock")) == []
