"""The words of the date field in the browser, written out as a small ES module.

The browser echoes a date while it is typed and never decides; so that the two cannot drift apart
in a word, `tracker/static/js/dates.words.mjs` is made from the lexicon and the catalogues here,
by `script/strings --write`, and a test compares it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tracker.domain.dates import Calendar, words
from tracker.lang import catalogue
from tracker.lang.dates import SEASONS, month_name, season_name, weekday_name
from tracker.lang.languages import LANGUAGES, SOURCE, Lang
from tracker.lang.messages import speaking
from tracker.lang.refusals import (
    ASKED,
    DAY_OFF_WARNING,
    N_,
    WEEKDAY_WARNING,
    date_refusal_ids,
)

FILE = Path(__file__).parent.parent / "static" / "js" / "dates.words.mjs"
_HEAD = "// Made by script/strings --write from the lexicon and the catalogues. Do not edit.\n"

# Messages of `tracker.lang.dates`, under the names by which the browser asks for them.
_SENTENCES = {
    "day": "%(day)s %(month)s %(year)s",
    "dayMonth": "%(day)s %(month)s",
    "weekday": "%(weekday)s %(date)s",
    "both": "%(date)s (%(other)s)",
    "unit": "%(name)s %(year)s",
    "range": "%(first)s to %(last)s",
    "onOrBefore": "on or before %(date)s",
    "onOrAfter": "on or after %(date)s",
    "about": "about %(date)s",
    "asked": ASKED,
    "unknown": "unknown",
    "recently": "recently",
    "wrongWeekday": WEEKDAY_WARNING,
    "dayOff": DAY_OFF_WARNING,
}
# What stands on the calendar beside the field.
_PICKER = {
    "before": N_("Month before"),
    "after": N_("Month after"),
    "month": N_("Month"),
    "year": N_("Year"),
    "today": N_("Today"),
    "close": N_("Close"),
}


def module() -> str:
    """The text of the module: the lexicon of all languages, then what each language says."""
    tags = [tag for tag in LANGUAGES if tag == SOURCE or catalogue.files(tag)]
    return (
        _HEAD
        + f"export const lexicon = {_json(_lexicon())};\n"
        + f"export const languages = {_json({tag: _language(LANGUAGES[tag]) for tag in tags})};\n"
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _lexicon() -> list[list[Any]]:
    """Each token with its spellings, a space between them: a third shorter than word by word.

    A word of two tokens stands in both rows, in their order.
    """
    rows: dict[words.Token, list[str]] = {}
    for word, entry in words.LEXICON.items():
        for token in entry:
            rows.setdefault(token, []).append(word)
    return [[*token, " ".join(spellings)] for token, spellings in rows.items()]


def _language(lang: Lang) -> dict[str, Any]:
    with speaking(lang):
        spoken = catalogue.messages(lang.tag)
        return {
            "calendar": lang.calendar,
            "digits": lang.digits,
            "months": {
                calendar: [month_name(month, calendar) for month in range(1, 13)]
                for calendar in Calendar
            },
            "weekdays": [weekday_name(weekday) for weekday in range(7)],
            "seasons": [season_name(season) for season in range(len(SEASONS))],
            "year": spoken.pgettext("date", "%(year)s"),
            "says": {name: spoken.gettext(text) for name, text in _SENTENCES.items()},
            "picker": {name: spoken.gettext(text) for name, text in _PICKER.items()},
            "refusals": {
                reason: spoken.gettext(text) for reason, text in date_refusal_ids().items()
            },
        }
