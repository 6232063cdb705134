"""Footnotes: one per source and speaker, numbered anew on each page in the order of first call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from reports import marks
from tracker import lang
from tracker.domain.briefings import Briefing, Note, Source


@dataclass(slots=True)
class NoteSheet:
    """Numbers the calls of one document while its template runs.

    `pages` tells, call by call, on which page an earlier layout put it; without it, page one and
    the rest are told apart by `turn_page`. On each page the first call of a note carries the note.
    With `at_end` all notes stand in one list behind the text.
    """

    briefing: Briefing
    pages: Sequence[int] | None = None
    at_end: bool = False
    calls: list[tuple[str, bool]] = field(default_factory=list)  # ref, carries its note
    _page: int = 0
    _shown: list[int] = field(default_factory=list)
    _assumed: list[int] = field(default_factory=list)
    _numbers: dict[int, dict[str, int]] = field(default_factory=dict)
    _notes: dict[str, Note] = field(init=False)
    _sources: dict[str, Source] = field(init=False)

    def __post_init__(self) -> None:
        self._notes = {note.ref: note for note in self.briefing.notes}
        self._sources = {source.ref: source for source in self.briefing.sources}

    def turn_page(self) -> str:
        self._page += 1
        return ""

    @property
    def assumed_pages(self) -> tuple[int, ...]:
        return tuple(self._assumed)

    def stands(self, pages: Sequence[int]) -> bool:
        """Whether numbers and notes are right on the pages where the calls have come to stand:
        often they are, though some calls were assumed on the page before or after."""
        numbers: dict[int, dict[str, int]] = {}
        noted: list[tuple[int, str]] = []
        for (ref, carries), shown, page in zip(self.calls, self._shown, pages, strict=True):
            here = numbers.setdefault(page, {})
            if shown != here.setdefault(ref, len(here) + 1):
                return False
            if carries:
                noted.append((page, ref))
        return sorted(noted) == sorted((page, ref) for page in numbers for ref in numbers[page])

    def __call__(self, refs: Sequence[str]) -> Markup:
        return Markup("").join(self._call(ref, n > 0) for n, ref in enumerate(refs))

    def _call(self, ref: str, follows: bool) -> Markup:
        index = len(self.calls)
        page = self._page_of(index)
        self._assumed.append(page)
        numbers = self._numbers.setdefault(page, {})
        first = ref not in numbers
        number = numbers.setdefault(ref, len(numbers) + 1)
        self._shown.append(number)
        carries = first and not self.at_end
        self.calls.append((ref, carries))
        shown = lang.digits(number)
        if self.at_end:
            inner = Markup('<a href="#bf-n{}">{}</a>').format(number, shown)
            body = Markup('<sup class="bf-call" id="bf-c{}">{}</sup>').format(index, inner)
        elif carries:
            body = Markup(
                '<span class="bf-call" id="bf-c{0}">'
                '<span class="bf-fn" id="bf-n{0}" data-n="{1}">{2}</span></span>'
            ).format(index, shown, self.note(ref))
        else:
            body = Markup('<sup class="bf-call" id="bf-c{}">{}</sup>').format(index, shown)
        return self._comma() + body if follows else body

    def _page_of(self, index: int) -> int:
        if self.at_end:
            return 0
        if self.pages is not None and index < len(self.pages):
            return self.pages[index]
        return self._page

    @staticmethod
    def _comma() -> Markup:
        sign = marks.say_in("list separator", ", ").strip()
        return Markup('<sup class="bf-call">{}</sup>').format(sign)

    def listed(self) -> tuple[tuple[str, Markup], ...]:
        """Number and note, for a list at the end of the text."""
        numbers = self._numbers.get(0, {})
        return tuple((lang.digits(str(n)), self.note(ref)) for ref, n in numbers.items())

    def note(self, ref: str) -> Markup:
        note = self._notes[ref]
        return note_text(note, self._sources[note.source])


def source_text(source: Source, *, both: bool = True) -> Markup:
    """Publisher, code and the source's own date, in both calendars where it must stand alone."""
    parts = [marks.text(source.publisher) if source.publisher else lang.label(source.kind)]
    if source.code:
        parts.append(marks.say("code %(code)s", code=marks.code(source.code)))
    parts.append(marks.fuzzy(source.published, both=both))
    return marks.listed(parts)


def note_text(note: Note, source: Source) -> Markup:
    where = source_text(source)
    if not note.speaker and not note.post:
        said = marks.say("%(source)s; the source's own words, no speaker", source=where)
    else:
        who = marks.listed([marks.text(t) for t in (note.speaker, note.post) if t])
        if note.printed_name:
            who = marks.say(
                "%(who)s (in print “%(name)s”)", who=who, name=_printed(note.printed_name)
            )
        said = marks.say("%(source)s; speaker: %(who)s", source=where, who=who)
    return Markup("{}. {}").format(said, marks.strong(marks.initial(lang.label(note.strength))))


def _printed(name: str) -> Markup:
    direction = marks.strong_direction(name)
    shown = escape(marks.visible(name))
    return Markup('<bdi class="bf-nobr" dir="{}">{}</bdi>').format(direction, shown)
