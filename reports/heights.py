"""How tall text will be, guessed from the characters of its HTML in a fraction of the time that
laying it out takes. Rough on purpose: a wrong guess costs one more layout, nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

MM = 96 / 25.4
WIDTH = 182 * MM
_EM = 10 * 96 / 72  # body text of ten points
_ADVANCE = {"fa": 0.42 * _EM, "en": 0.48 * _EM}  # of a mean character
_NOTE_ADVANCE = 0.79  # of that, in a note
_NOTE_LINE = 16.5
NOTES_FRAME = 10.0
_HEAD_ROW = 16.0
_ROW_FRAME = 2.5
_BLOCKS = frozenset(
    ("div", "p", "section", "ul", "ol", "li", "table", "tr", "th", "td", "h2", "h3")
)
_VOID = frozenset(("meta", "br"))
# What stands side by side, and the share of the width that each part takes in the stylesheet.
_BESIDE = {
    "bf-t-who": (0.19, 0.38, 0.43),
    "bf-t-promise": (0.24, 0.47, 0.125, 0.165),
    "bf-t-stuck": (0.33, 0.32, 0.35),
    "bf-t-act": (0.36, 0.35, 0.115, 0.175),
    "bf-t-stat": (0.7, 0.15, 0.15),
    "bf-t-tie": (0.11, 0.89),
    "bf-two": (0.48, 0.48),
    "bf-say": (0.46, 0.42),
}
# What a character of these takes of one of body text.
_SMALLER = {"small": 0.86, "bf-tag": 0.8}
# What a block adds around its text.
_AROUND = {"bf-box": 3 * MM, "bf-item": 0.5 * MM}


@dataclass(frozen=True, slots=True)
class Setting:
    """How a page is set: lengths of the stylesheet, in px."""

    language: str
    line: float
    label: float  # width of the column of questions
    padding: float  # of a section
    least: float  # height of a section
    least_tall: float  # of one with a line under its question


@dataclass(slots=True)
class Node:
    tag: str
    name: str = ""
    classes: frozenset[str] = frozenset()
    children: list[Node | str] = field(default_factory=list)

    def find(self, name: str) -> Iterator[Node]:
        """The outermost nodes of a class below this one."""
        for child in self.nodes():
            if name in child.classes:
                yield child
            else:
                yield from child.find(name)

    def nodes(self) -> list[Node]:
        return [child for child in self.children if isinstance(child, Node)]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        node = Node(tag, given.get("id") or "", frozenset((given.get("class") or "").split()))
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Node:
    """The tree of HTML of ours, in which each element that opens is closed."""
    reader = _Reader()
    reader.feed(html)
    return reader.open[0]


def stacked(node: Node, width: float, setting: Setting) -> float:
    """The height of what is in the node: blocks, and runs of text between them."""
    total, run = 0.0, 0.0
    for child in node.children:
        if isinstance(child, str):
            run += len(child.strip("\n "))
        elif child.tag in _BLOCKS:
            total += _lines(run, width, setting) + block(child, width, setting)
            run = 0.0
        elif child.tag == "br":
            total += _lines(run, width, setting)
            run = 0.0
        else:
            run += _inline(child)
    return total + _lines(run, width, setting)


def _inline(node: Node) -> float:
    """Its characters, counted as characters of body text. A note stands elsewhere."""
    if "bf-fn" in node.classes:
        return 0.0
    share = next((_SMALLER[n] for n in (node.tag, *node.classes) if n in _SMALLER), 1.0)
    return share * sum(len(c) if isinstance(c, str) else _inline(c) for c in node.children)


def _lines(characters: float, width: float, setting: Setting) -> float:
    return math.ceil(characters * _ADVANCE[setting.language] / width) * setting.line


def block(node: Node, width: float, setting: Setting) -> float:
    if "bf-s" in node.classes:
        return section(node, width, setting)
    if "bf-path" in node.classes:
        return 2 * setting.line + 3 * MM
    if node.tag == "table":
        return sum(row(tr, width, setting, node) for tr in rows(node))
    for name in ("bf-two", "bf-say"):
        if name in node.classes:
            return max(
                block(part, width * share, setting)
                for part, share in zip(node.nodes(), _BESIDE[name], strict=True)
            )
    indent = 4.5 * MM if node.tag == "li" else 0.0
    around = next((_AROUND[name] for name in node.classes if name in _AROUND), 0.0)
    return stacked(node, width - indent, setting) + around


def section(node: Node, width: float, setting: Setting) -> float:
    inner = sum(stacked(part, width - setting.label, setting) for part in node.find("bf-c"))
    least = setting.least_tall if "bf-tall" in node.classes else setting.least
    return max(inner + setting.padding, least)


def rows(table: Node) -> list[Node]:
    return [tr for part in table.nodes() for tr in part.nodes()]


def row(node: Node, width: float, setting: Setting, table: Node) -> float:
    """As tall as its tallest cell; the last cell may span what is left of the columns."""
    if node.nodes()[0].classes & {"bf-k1"}:
        return _HEAD_ROW
    shares = next(_BESIDE[name] for name in table.classes if name in _BESIDE)
    cells = node.nodes()
    spread = [*shares[: len(cells) - 1], sum(shares[len(cells) - 1 :])]
    return _ROW_FRAME + max(
        stacked(cell, share * width - 2 * MM, setting)
        for cell, share in zip(cells, spread, strict=True)
    )


def note(characters: int, language: str) -> float:
    """The height of one note of so many characters."""
    return math.ceil(characters * _ADVANCE[language] * _NOTE_ADVANCE / WIDTH) * _NOTE_LINE


def calls(node: Node) -> Iterator[int]:
    """The calls of notes in a node, by their running number."""
    if node.name.startswith("bf-c") and node.name[4:].isdigit():
        yield int(node.name[4:])
    for child in node.nodes():
        yield from calls(child)


def items(node: Node, width: float, setting: Setting) -> Iterator[tuple[float, list[int]]]:
    """What a page may not part, with its height and its calls: rows, points of lists, lines."""
    for part in node.nodes():
        if "bf-s" in part.classes:
            yield setting.padding, []
            for inner in part.find("bf-c"):
                yield from items(inner, width - setting.label, setting)
        elif part.tag == "table":
            for tr in rows(part):
                yield row(tr, width, setting, part), list(calls(tr))
        elif part.tag in ("ul", "ol", "div") and "bf-item" not in part.classes:
            yield from items(part, width, setting)
        elif part.tag in _BLOCKS:
            yield block(part, width, setting), list(calls(part))
