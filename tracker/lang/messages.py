"""The language being spoken, and what it says for a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from functools import lru_cache
from typing import Any

from babel.support import LazyProxy

from tracker.lang.catalogue import messages
from tracker.lang.languages import DEFAULT, LANGUAGES, LATIN_DIGITS, Lang, language

# A ContextVar, so that a request and a document beside it may speak different languages.
_spoken: ContextVar[Lang] = ContextVar("spoken", default=DEFAULT)


def current() -> Lang:
    return _spoken.get()


def set_language(lang: Lang | str) -> None:
    """Speak this language until the context ends; UnknownLanguage if there is none such."""
    _spoken.set(lang if isinstance(lang, Lang) else language(lang))


@contextmanager
def speaking(lang: Lang | str) -> Iterator[Lang]:
    """Speak a language for the length of a block: `with speaking("en"):`."""
    spoken = lang if isinstance(lang, Lang) else language(lang)
    token = _spoken.set(spoken)
    try:
        yield spoken
    finally:
        _spoken.reset(token)


def digits(value: object) -> str:
    """`value` in the digits of the language; everything but digits stays as it is."""
    lang = current()
    text = str(value)
    return text.translate(_DIGITS[lang.tag]) if lang.has_own_digits else text


_DIGITS = {tag: str.maketrans(LATIN_DIGITS, lang.digits) for tag, lang in LANGUAGES.items()}


def fill(message: str, values: Mapping[str, Any]) -> str:
    """`message` with its %(name)s places filled: whole numbers in the language's digits,
    members of vocabularies by their label."""
    if not values:
        return message
    return message % {name: _said(value) for name, value in values.items()}


def _said(value: Any) -> Any:
    if isinstance(value, Enum):
        return label(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return digits(value)
    return value


def gettext(message: str, /, **values: Any) -> str:
    said = str(messages(_spoken.get().tag).gettext(message))
    return fill(said, values) if values else said


def pgettext(context: str, message: str, /, **values: Any) -> str:
    said = str(messages(_spoken.get().tag).pgettext(context, message))
    return fill(said, values) if values else said


def ngettext(one: str, many: str, n: int, /, **values: Any) -> str:
    """The number is filled in as %(n)s."""
    return fill(str(messages(current().tag).ngettext(one, many, n)), {"n": n, **values})


def npgettext(context: str, one: str, many: str, n: int, /, **values: Any) -> str:
    return fill(str(messages(current().tag).npgettext(context, one, many, n)), {"n": n, **values})


def lazy_gettext(message: str, /, **values: Any) -> Any:
    """A message that is said when it is printed: for labels of fields, made at import."""
    return LazyProxy(gettext, message, enable_cache=False, **values)


def lazy_pgettext(context: str, message: str, /, **values: Any) -> Any:
    return LazyProxy(pgettext, context, message, enable_cache=False, **values)


def language_name(tag: str) -> str:
    """What a language is called in the language spoken; else as it calls itself."""
    names = {
        "fa": pgettext("language", "Persian"),
        "en": pgettext("language", "English"),
        "ru": pgettext("language", "Russian"),
    }
    return names.get(tag) or language(tag).name


def label(member: Enum) -> str:
    """The word for a member of a vocabulary, under the name of its class."""
    return _labelled(member, _spoken.get().tag)


# By type as well: members of two vocabularies may be equal words.
@lru_cache(maxsize=4096, typed=True)
def _labelled(member: Enum, _tag: str) -> str:
    return pgettext(type(member).__name__, label_id(member))


def label_id(member: Enum) -> str:
    """The English word: the value, or the name where the value is a rank."""
    word = member.value if isinstance(member.value, str) else member.name.lower()
    return word.replace("_", " ")
