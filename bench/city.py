"""A generated city: registers of a fixed size, and as many meetings as wanted.

To each meeting belong three actions, two delegates, a decision and a tie it is filed under, to
each fourth a statement with its source; all have the search entries that the record floor would
write. Nothing in it names anybody, and it is the same in every run. There are no audit entries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from bench.bulk import Bulk, Load, Row, bulk, four, identity, known, texts
from tracker import models
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side
from tracker.domain.places import PlaceLevel
from tracker.domain.sources import SourceKind
from tracker.domain.text import fold
from tracker.domain.ties import TieKind, TieState
from tracker.lang import sort_key

TIES, PLACES, PEOPLE, POSTS, SOURCES = 100, 200, 500, 200, 100
ACTIONS_EACH = 3
# Words to look for: in the title of four meetings of five, and in twenty meetings of all.
COMMON, RARE, RARE_MEETINGS = "همکاری", "کهربا", 20

_CHUNK = 2000
_FIRST_DAY, _DAYS = date(2012, 3, 20), 5300
_TOPICS = (
    "راه", "آب", "آموزش", "گردشگری", "بازار", "کتابخانه", "باغ", "پل", "قطار", "نمایشگاه", "موزه",
    "ورزش", "دانشگاه", "جشنواره", "پسماند", "روشنایی", "سلامت", "حمل", "معماری", "کشاورزی",
)  # fmt: skip
_KINDS = ("courtesy call", "working meeting", "joint committee", "summit", "visit")
_STATES = ("open", "open", "in progress", "done", "done", "verified", "cancelled")

PLACE, PERSON, POST, SOURCE, TIE, MEETING, ACTION, STATEMENT, PART = range(1, 10)

_LEVELS = ("level", "effective_level")
_PLACE = bulk(models.Place, "id", "name", "sort_name", place_level=PlaceLevel.CITY)
_PERSON = bulk(models.Person, "id", "name", "sort_name")
_POST = bulk(models.Post, "id", "title", "sort_name")
_SOURCE = bulk(models.Source, "id", "title", *four("published"), source_kind=SourceKind.NEWS)
_TIE = bulk(models.Tie, "id", "title", "sort_name", tie_kind=TieKind.SISTER, state=TieState.ACTIVE)
_MEETING = bulk(
    models.Meeting,
    *("id", "title", "note", "meeting_kind", "place_id"),
    *four("held"),
    *_LEVELS,
    zone="Asia/Tehran",
)
_ATTENDEES = {
    side: bulk(models.Attendee, "id", "meeting_id", "person_id", "post_id", side=side)
    for side in Side
}
_DECISION = bulk(models.Decision, "id", "meeting_id", "text")
_FILING = bulk(
    models.Filing,
    *("id", "holder_id", "object_id"),
    *four("on"),
    holder_kind="meeting",
    object_kind="tie",
)
_STATEMENT = bulk(
    models.Statement,
    *("id", "text", "meeting_id", "source_id", "speaker_person_id", "speaker_post_id"),
    *four("happened"),
    *_LEVELS,
)
_ACTION = bulk(
    models.Action, "id", "text", "state", "meeting_id", "position", *four("due"), *_LEVELS
)
_OWNER = bulk(models.ActionOwner, "id", "action_id", "person_id")
_ENTRY = bulk(
    models.SearchEntry,
    *("key", "object_kind", "object_id", "effective_level", "sort_on"),
    *("title", "titled", "folded"),
)


class City:
    """Its loads, in an order in which each row finds what it points at."""

    def __init__(self, meetings: int) -> None:
        self.meetings = meetings
        self._random = Random(1400)
        self._keys: Counter[int] = Counter()
        every = max(1, meetings // RARE_MEETINGS)
        # Half of them have the word in their title, half elsewhere.
        self._rare = {every // 2 + every * at: at % 2 == 0 for at in range(RARE_MEETINGS)}
        self._rows: dict[Bulk, list[Row]] = {}

    def loads(self) -> Iterator[Load]:
        self._registers()
        yield from self._taken()
        for number in range(self.meetings):
            self._meeting(number)
            if number % _CHUNK == _CHUNK - 1:
                yield from self._taken()
        yield from self._taken()

    def _taken(self) -> Iterator[Load]:
        rows, self._rows = self._rows, {}
        yield from rows.items()

    def _add(self, to: Bulk, *values: object) -> None:
        self._rows.setdefault(to, []).append(values + to.constants)

    def _entry(
        self, kind: str, id_: str, level: int, day: date, title: str, en: str = "", more: str = ""
    ) -> None:
        ordinal = day.toordinal()
        key = (ordinal << 24) + self._keys[ordinal]
        self._keys[ordinal] += 1
        titled = fold(f"{title} {en}")
        folded = f"{titled} {fold(more)}" if more else titled
        shown = texts(title, en)
        self._add(_ENTRY, key, kind, id_, level, day.isoformat(), shown, titled, folded)

    def _registers(self) -> None:
        undated = FuzzyDate().sort
        for kind, to, register, many, fa, en in (
            ("place", _PLACE, PLACE, PLACES, "شهر", "City"),
            ("person", _PERSON, PERSON, PEOPLE, "شخص", "Person"),
            ("post", _POST, POST, POSTS, "سمت", "Post"),
            ("tie", _TIE, TIE, TIES, "پیوند", "Tie"),
        ):
            for number in range(many):
                id_, title = identity(register, number), f"{fa} {number}"
                name = texts(title, f"{en} {number}")
                self._add(to, id_, name, sort_key(title))
                self._entry(kind, id_, 1, undated, title, f"{en} {number}")
        for number in range(SOURCES):
            id_, title = identity(SOURCE, number), f"خبر {number}"
            day = _FIRST_DAY + timedelta(days=number)
            self._add(_SOURCE, id_, texts(title), *known(day))
            self._entry("source", id_, 1, day, title)

    def _meeting(self, number: int) -> None:
        chance = self._random.random
        id_ = identity(MEETING, number)
        # Later meetings are recorded later, though not in the order of their days.
        day = _FIRST_DAY + timedelta(days=int(_DAYS * number / self.meetings + 40 * chance()))
        rare_in_title = self._rare.get(number)
        confidential = number % 33 == 7 and rare_in_title is None
        level = 2 if confidential else 0 if number % 13 == 0 else 1
        topic, other = (_TOPICS[int(chance() * len(_TOPICS))] for _ in range(2))
        words = ["دیدار", str(number), "دربارهٔ", topic, "و", other]
        if number % 5:
            words.append(f"برای {COMMON}")
        note = f"شمارهٔ {number} در بایگانی"
        if rare_in_title:
            words.append(RARE)
        elif rare_in_title is False:
            note = f"{note} {RARE}"
        title, decided = " ".join(words), f"پیگیری {other}"
        self._add(
            _MEETING,
            *(id_, texts(title), texts(note), _KINDS[number % len(_KINDS)]),
            identity(PLACE, int(chance() * PLACES)),
            *known(day),
            *(level, level),
        )
        self._entry("meeting", id_, level, day, title, more=f"{note} {decided}")
        part = number * 8
        people = [identity(PERSON, int(chance() * PEOPLE)) for _ in range(2)]
        posts = [identity(POST, int(chance() * POSTS)) for _ in range(2)]
        for at, to in enumerate(_ATTENDEES.values()):
            self._add(to, identity(PART, part + at), id_, people[at], posts[at])
        self._add(_DECISION, identity(PART, part + 2), id_, texts(decided))
        tie = identity(TIE, int(chance() * TIES))
        self._add(_FILING, identity(PART, part + 3), id_, tie, *known(day))
        if number % 4 == 0:
            self._statement(number, id_, day, level, people[1], posts[1], topic)
        self._actions(number, id_, day, level, people[0], topic)

    def _statement(
        self, number: int, meeting: str, day: date, level: int, person: str, post: str, topic: str
    ) -> None:
        id_, source = identity(STATEMENT, number), identity(SOURCE, number // 4 % SOURCES)
        said = f"برای {topic} آماده هستیم"
        self._add(
            _STATEMENT,
            *(id_, texts(said), meeting, source, person, post),
            *known(day),
            *(level, level),
        )
        self._entry("statement", id_, level, day, said)

    def _actions(
        self, number: int, meeting: str, day: date, level: int, owner: str, topic: str
    ) -> None:
        for position in range(ACTIONS_EACH):
            at = number * ACTIONS_EACH + position
            id_, due = identity(ACTION, at), day + timedelta(days=30 * (position + 1))
            state = _STATES[int(self._random.random() * len(_STATES))]
            done = f"تهیهٔ طرح {topic} {at}"
            values = (id_, texts(done), state, meeting, position, *known(due), level, level)
            self._add(_ACTION, *values)
            self._entry("action", id_, level, due, done)
        first = identity(ACTION, number * ACTIONS_EACH)
        self._add(_OWNER, identity(PART, number * 8 + 4), first, owner)
