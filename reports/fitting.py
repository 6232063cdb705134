"""How each page is set: guessed before the first layout, corrected by what a layout measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reports import check, heights, selection
from reports.heights import MM, NOTES_FRAME, WIDTH, Node, Setting
from reports.html import Paper, Plan, paper
from reports.notes import NoteSheet
from reports.shortening import LeftOut, shortened
from tracker.domain.briefings import Briefing

_TOP, _TOP_OF_FIRST, _BOTTOM = 14.5 * MM, 9 * MM, 282 * MM
_ROOM_OF_FIRST = _BOTTOM - _TOP_OF_FIRST
_ROOM = _BOTTOM - _TOP
# What can be made within ten seconds, and of it what can be laid out twice.
MOST_ENTRIES = 200  # of each list
MOST_PAGES = 24
MOST_FOR_NOTES = 8
# A guess is off by so much: a page is not guessed fuller while it costs nothing but air. It is
# hoped to hold as much more before something would have to leave it.
_DOUBT = 14.0
_HOPE = 30.0
# What one layout may teach: where a page ran over, part of what it measures is white.
_MOST_TAUGHT = 90.0
_EM = 10 * 96 / 72
# Heights of lines in the stylesheet, in em, by language and air. A language that it does not
# name is set as English is.
_LINES = {
    "fa": {
        "front": 1.46,
        "bf-dense-front": 1.36,
        "": 1.4,
        "bf-dense-back": 1.3,
        "bf-tight-back": 1.34,
    },
    "en": {
        "front": 1.4,
        "bf-dense-front": 1.24,
        "": 1.34,
        "bf-dense-back": 1.2,
        "bf-tight-back": 1.15,
    },
}
# From a guess to a height: what a hundred laid out pages had in common.
_FRONT = {"fa": (150, 1.06), "en": (192, 0.913)}
_BACK = {"fa": (42, 0.94), "en": (68, 0.88)}
_TIGHT = {"fa": (35, 1.014), "en": (30, 0.982)}
_SCALE = 0.95  # the same for single rows and lines
# Above these counts a page two with everything on it is not worth a guess.
_ANNEX_FROM = {"meetings": 5, "actions": 14, "statements": 24}
_FRONTS = (
    Plan(),
    *(Plan(front=n, dense_front=True) for n in range(len(selection.PAGE_ONE))),
)


@dataclass(slots=True)
class Fitting:
    """The search for the plan of one paper."""

    whole: Briefing
    language: str
    digest: str  # of the whole
    _facts: Briefing = field(init=False)
    _left_out: LeftOut = field(init=False)
    _taught_front: float = field(default=0.0, init=False)
    _taught_back: float = field(default=0.0, init=False)

    @property
    def _set_as(self) -> str:
        return self.language if self.language in _LINES else "en"

    def first(self) -> Plan:
        """The plan to begin with, over facts that are shortened until they fit the limit."""
        most = MOST_ENTRIES
        while True:
            self._facts, self._left_out = shortened(self.whole, most)
            body = self._facts.body
            much = any(len(getattr(body, name)) > limit for name, limit in _ANNEX_FROM.items())
            plan = self._front(0)
            plan = self._paged(self._back(plan, selection.WITH_ANNEX if much else 0))
            pages = 1 + max(plan.pages or (1,))
            if pages <= MOST_PAGES or most <= 1:
                return at_end(plan) if pages > MOST_FOR_NOTES else plan
            most = min(most * MOST_PAGES // pages, most - 1)

    def printed(self, plan: Plan) -> Paper:
        return paper(
            self._facts, self.language, plan, left_out=self._left_out, sign_of=self.digest
        )

    def improved(
        self, plan: Plan, printed: Paper, pages: Sequence[Mapping[str, Any]]
    ) -> Plan | None:
        """What to try next, or None when this layout is the one."""
        if plan.notes_at_end:
            return None
        astray = check.displaced(printed, pages)
        tighter = self._tighter(plan, pages, astray)
        if tighter != plan:
            return self._paged(tighter)
        found = check.pages_of_calls(pages, len(printed.sheet.calls))
        if not printed.sheet.stands(found):
            return replace(plan, pages=found)
        return at_end(plan) if astray else None

    def _tighter(
        self, plan: Plan, pages: Sequence[Mapping[str, Any]], astray: frozenset[int]
    ) -> Plan:
        """The next way for a page that ran over: less air first, then fewer items."""
        where = first_pages(pages)
        back, end = where["bf-back"], where["bf-end"]
        better = plan
        if back > 1 or any(page < back for page in astray):
            here = _FRONTS.index(Plan(front=plan.front, dense_front=plan.dense_front))
            if here + 1 < len(_FRONTS):
                guess = self.guess_front(plan)
                self._taught_front += _taught(pages, 0, where["bf-turn"], "bf-turn", guess)
                better = self._front(here + 1)
        over = not plan.flow and (end > back or any(back <= page <= end for page in astray))
        if over:
            self._taught_back += _taught(pages, back, end, "bf-end", self.guess_back(plan))
        if over or better != plan:
            better = self._back(replace(better, back=plan.back), plan.back + over)
        return better

    def _front(self, start: int) -> Plan:
        for plan in _FRONTS[start:]:
            spare = _HOPE if plan.dense_front else -_DOUBT
            if self.guess_front(plan) <= _ROOM_OF_FIRST + spare:
                return plan
        return _FRONTS[-1]

    def _back(self, plan: Plan, start: int) -> Plan:
        for n in range(start, len(selection.PAGE_TWO)):
            tried = replace(plan, back=n)
            spare = _HOPE if n == selection.WITH_ANNEX - 1 else -_DOUBT
            if self.guess_back(tried) <= _ROOM + spare:
                return tried
        return replace(plan, back=len(selection.PAGE_TWO) - 1, flow=True)

    def guess_front(self, plan: Plan) -> float:
        plan = replace(plan, back=len(selection.PAGE_TWO) - 1, fitting=True)
        tree = self._tree(self.printed(plan))
        (front,), (lead,) = tree.find("bf-front"), tree.find("bf-lead")
        setting = self._setting("bf-dense-front" if plan.dense_front else "front")
        around, scale = _FRONT[self._set_as]
        text = heights.stacked(front, WIDTH, setting)
        text += heights.stacked(lead, WIDTH, replace(setting, line=1.7 * _EM))
        return around + scale * (text + _notes(front, self._set_as)) + self._taught_front

    def guess_back(self, plan: Plan) -> float:
        tree = self._tree(self.printed(replace(plan, fitting=True)))
        (back,) = tree.find("bf-back")
        air = selection.PAGE_TWO[plan.back].air
        around, scale = (_TIGHT if "tight" in air else _BACK)[self._set_as]
        text = heights.stacked(back, WIDTH, self._setting(air)) + _notes(back, self._set_as)
        return around + scale * text + self._taught_back

    def _paged(self, plan: Plan) -> Plan:
        """With a guess of the page of each call, where an annex takes them past page two."""
        printed = self.printed(replace(plan, pages=None))
        if not printed.has_annex:
            return replace(plan, pages=None, flow=False)
        return replace(plan, pages=self._pages(plan, printed))

    def _pages(self, plan: Plan, printed: Paper) -> tuple[int, ...]:
        tree, sheet = self._tree(printed), printed.sheet
        setting = self._setting(selection.PAGE_TWO[plan.back].air)
        found = list(sheet.assumed_pages)
        page, used, noted = 1, 0.0, set[str]()
        for name in ("bf-back", "bf-annex"):
            if name == "bf-annex" and not plan.flow:
                page, used, noted = page + 1, 0.0, set()
            for part in tree.find(name):
                for height, called in heights.items(part, WIDTH, setting):
                    refs = {sheet.calls[call][0] for call in called}
                    height *= _SCALE
                    if used and used + height + self._notes_of(sheet, noted | refs) > _ROOM:
                        page, used, noted = page + 1, 0.0, set()
                    used += height
                    noted |= refs
                    for call in called:
                        found[call] = page
        return tuple(found)

    def _notes_of(self, sheet: NoteSheet, refs: set[str]) -> float:
        return NOTES_FRAME + sum(
            heights.note(len(sheet.note(ref).striptags()), self._set_as) for ref in refs
        )

    def _setting(self, air: str) -> Setting:
        line = _LINES[self._set_as][air] * _EM
        if air == "front":
            return Setting(self._set_as, line, 28 * MM, 2.1 * MM, 9 * MM, 17 * MM)
        if air == "bf-dense-front":
            return Setting(self._set_as, line, 28 * MM, 1.5 * MM, 9 * MM, 17 * MM)
        if "tight" in air:
            return Setting(self._set_as, line, 0, 0.85 * MM, 0, 0)
        return Setting(self._set_as, line, 23.5 * MM, 1.15 * MM, 5 * MM, 11 * MM)

    @staticmethod
    def _tree(printed: Paper) -> Node:
        return heights.read(printed.html)


def _taught(
    pages: Sequence[Mapping[str, Any]], first: int, last: int, end: str, guess: float
) -> float:
    """How much taller than guessed it was, from page `first` to the anchor `end` on `last`."""
    measured = sum(_BOTTOM - (_TOP if n else _TOP_OF_FIRST) for n in range(first, last))
    measured += float(pages[last][end][1]) - (_TOP if last else _TOP_OF_FIRST)
    notes = [box for name, box in pages[last].items() if name.startswith("bf-n")]
    if notes:
        measured += NOTES_FRAME + max(box[3] for box in notes) - min(box[1] for box in notes)
    return min(max(measured - guess, _DOUBT), _MOST_TAUGHT)


def _notes(node: Node, language: str) -> float:
    found = [heights.note(len(fn), language) for fn in map(_text, node.find("bf-fn"))]
    return NOTES_FRAME + sum(found) if found else 0.0


def _text(node: Node) -> str:
    return "".join(c if isinstance(c, str) else _text(c) for c in node.children)


def first_pages(pages: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Where each anchor first stands; what a page end parts has its anchor on both pages."""
    found: dict[str, int] = {}
    for n, names in enumerate(pages):
        for name in names:
            found.setdefault(name, n)
    return found


def at_end(plan: Plan) -> Plan:
    """The notes in one list behind the text, where none can be lost."""
    return replace(plan, pages=None, notes_at_end=True)
