"""The marks of a datum: unknown, inferred, not translated, range, strength; text in its script.

Everything here returns safe markup in the language that is being spoken. A phrase is a catalogue
message whose places are filled with escaped text or with other marks, never glued from halves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup, escape

from tracker import lang
from tracker.domain.briefings import Quantity
from tracker.domain.dates import FuzzyDate
from tracker.domain.statements import STRENGTHS, Strength
from tracker.domain.text import first_strong_direction
from tracker.domain.texts import Picked, Texts, pick

_ISO_LIKE = re.compile(r"^[\x21-\x7e]+$")


def say(message: str, /, **values: Any) -> Markup:
    """A message of the catalogue with its places filled; what is not markup is escaped."""
    return _filled(lang.gettext(message), values)


def say_n(one: str, many: str, count: int, /, **values: Any) -> Markup:
    values.setdefault("n", lang.format_number(count))
    # The catalogue chooses the form; the places are left for `_filled`, which escapes.
    places = {name: f"%({name})s" for name in values}
    return _filled(lang.ngettext(one, many, count, **places), values)


def say_in(context: str, message: str, /, **values: Any) -> Markup:
    return _filled(lang.pgettext(context, message), values)


def _filled(message: str, values: dict[str, Any]) -> Markup:
    return escape(message) % values if values else escape(message)


def chosen(texts: Texts) -> Picked:
    # The keys are sorted in the canonical bytes, so they are sorted here too: the preview and the
    # paper, of which one has been through JSON, then fall back to the same language.
    return pick(dict(sorted(texts.items())), lang.current().tag)


_tagging: ContextVar[bool] = ContextVar("tagging", default=True)


@contextmanager
def untagged() -> Iterator[None]:
    """No "not translated" for the length of a block."""
    token = _tagging.set(False)
    try:
        yield
    finally:
        _tagging.reset(token)


_handing: ContextVar[bool] = ContextVar("handing", default=False)


@contextmanager
def handing_over(to_partner: bool) -> Iterator[None]:
    """In a partner's edition, what is not known and what is kept back read the same."""
    token = _handing.set(to_partner)
    try:
        yield
    finally:
        _handing.reset(token)


def text(texts: Texts) -> Markup:
    """The text in the language spoken, else the original in its own script, tagged."""
    picked = chosen(texts)
    if not picked.text:
        return unknown()
    body = run(picked)
    if picked.translated or not _tagging.get():
        return body
    return Markup("{} {}").format(body, untranslated())


def run(picked: Picked) -> Markup:
    shown = escape(visible(picked.text))
    spoken = lang.current()
    if picked.translated:
        direction = own_direction(picked.text, spoken.direction)
        if direction == spoken.direction:
            return shown
    else:
        direction = strong_direction(picked.text)
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(picked.lang, direction, shown)


def own_direction(words: str, direction: str) -> str:
    """A Persian sentence may open with a Latin name and still be Persian; all-Latin is not."""
    wanted = ("R", "AL") if direction == "rtl" else ("L",)
    if any(unicodedata.bidirectional(sign) in wanted for sign in words):
        return direction
    return strong_direction(words)


def strong_direction(words: str) -> str:
    return first_strong_direction(words) or "ltr"


def plain_text(texts: Texts) -> str:
    """For a title or an attribute, where no mark can stand."""
    return visible(chosen(texts).text)


@cache
def _covered() -> frozenset[int]:
    """What the vendored fonts can draw, so that no font of the machine is ever asked."""
    from fontTools.ttLib import TTFont

    covered: set[int] = set()
    for name in ("Vazirmatn-Regular.ttf", "NotoSans-Regular.ttf"):
        with files("reports").joinpath("fonts", name).open("rb") as file:
            covered.update(TTFont(file, lazy=True).getBestCmap())
    return frozenset(covered)


def visible(words: str) -> str:
    """A sign that no font of ours has is printed as its number, never dropped."""
    if words.isascii():
        return words
    covered = _covered()
    return "".join(
        sign if ord(sign) in covered or sign in "\n\t\u200c\u200d" else f"[U+{ord(sign):04X}]"
        for sign in unicodedata.normalize("NFC", words)
    )


def code(value: str) -> Markup:
    """A number or code: digits of the language, and kept left to right when it is Latin."""
    if not value:
        return unknown()
    if value.isdigit():
        return escape(lang.digits(value))
    if _ISO_LIKE.match(value):
        return Markup('<bdi dir="ltr">{}</bdi>').format(value)
    return escape(visible(value))


def initial(words: str) -> str:
    """A word of the catalogue where a line begins."""
    return words[:1].upper() + words[1:]


def unknown(word: str | None = None) -> Markup:
    if word is None:
        word = say("not stated") if _handing.get() else say("unknown")
    return Markup('<span class="bf-unk">{}</span>').format(word)


def undetermined() -> Markup:
    return unknown(say("undetermined"))


def strong(body: Any) -> Markup:
    return Markup("<strong>{}</strong>").format(body)


def tag(body: Any, kind: str) -> Markup:
    return Markup('<span class="bf-tag bf-{}">{}</span>').format(kind, body)


def untranslated() -> Markup:
    return tag(say("not translated"), "nt")


def inferred(because: Texts | None = None) -> Markup:
    return tag(say("inferred"), "inf")


def fuzzy(value: FuzzyDate, *, both: bool = False) -> Markup:
    if value.is_unknown:
        return unknown()
    return escape(lang.format_fuzzy(value, both=both))


def short(value: FuzzyDate) -> Markup:
    """For a narrow column."""
    if value.is_exact and value.first is not None:
        return escape(lang.format_date(value.first, "short"))
    return fuzzy(value)


def event_day(value: FuzzyDate) -> Markup:
    """The day something happened: one that is only bounded is unknown, and says how far."""
    if value.is_unknown:
        return unknown()
    if value.is_upper_bound or value.is_lower_bound:
        return say("%(unknown)s (%(bound)s)", unknown=unknown(), bound=lang.format_fuzzy(value))
    return escape(lang.format_fuzzy(value, both=True))


def number(value: Decimal | int) -> Markup:
    if value == int(value):
        return escape(lang.format_number(int(value)))
    exponent = Decimal(value).normalize().as_tuple().exponent
    scale = -exponent if isinstance(exponent, int) else 0
    return escape(lang.format_number(int(Decimal(value).scaleb(scale)), scale=scale))


def quantity(value: Quantity | None) -> Markup:
    amount = None if value is None else amount_of(value)
    if value is None or amount is None:
        return say("quantity %(unknown)s", unknown=unknown())
    return squares(value) + strong(amount)


def amount_of(value: Quantity, noun: Markup = Markup("")) -> Markup | None:  # noqa: B008
    """A number, a range or a bound with its unit, else with `noun`; None without a number."""
    unit = text(value.unit) if value.unit else noun
    least, most = value.least, value.most
    if least is not None and most is not None:
        if least == most:
            return say("%(count)s %(unit)s", count=number(least), unit=unit)
        return say(
            "%(least)s to %(most)s %(unit)s", least=number(least), most=number(most), unit=unit
        )
    if most is not None:
        return say("up to %(most)s %(unit)s", most=number(most), unit=unit)
    if least is not None:
        return say("at least %(least)s %(unit)s", least=number(least), unit=unit)
    return None


def squares(value: Quantity, most_drawn: int = 10) -> Markup:
    """A range as full squares and hollow ones, where it is small enough to be counted."""
    least, most = value.least, value.most
    if least is None or most is None or least == most or most > most_drawn:
        return Markup("")
    if least != int(least) or most != int(most):
        return Markup("")
    return _row("bf-sq", int(least), int(most)) + Markup(" ")


def pips(strength: Strength) -> Markup:
    """Five pips and the word: a grey printer and a screen reader lose nothing."""
    drawn = _row("bf-pips", STRENGTHS.index(strength) + 1, len(STRENGTHS))
    word = Markup("<span>{}</span>").format(lang.label(strength))
    return Markup('<span class="bf-str">{} {}</span>').format(drawn, word)


def pips_alone(strength: Strength) -> Markup:
    """In running text; the word stands in the note that the call beside them leads to."""
    return _row("bf-pips", STRENGTHS.index(strength) + 1, len(STRENGTHS))


def _row(kind: str, full: int, of: int) -> Markup:
    one = Markup('<i class="on"></i>') * full + Markup("<i></i>") * (of - full)
    return Markup('<span class="{}" aria-hidden="true">{}</span>').format(kind, one)


def listed(items: Iterable[Any], separator: str = ", ") -> Markup:
    """Items in a row, parted by the sign of the language."""
    return say_in("list separator", separator).join(escape(item) for item in items)


def dotted(items: Sequence[Any]) -> Markup:
    return Markup(" · ").join(escape(item) for item in items)


def page_counter() -> Markup:
    """Filled by the stylesheet, which alone knows on which page it stands."""
    return Markup('<span class="bf-pageno"></span>')


def pages_counter() -> Markup:
    return Markup('<span class="bf-pagecount"></span>')
