"""Languages: what is said, in which digits, calendar and direction."""

from tracker.lang.countries import country_code
from tracker.lang.dates import (
    Style,
    format_date,
    format_datetime,
    format_fuzzy,
    format_fuzzy_for_input,
    month_name,
    season_name,
    weekday_name,
)
from tracker.lang.languages import LANGUAGES, SOURCE, Lang, UnknownLanguage, language
from tracker.lang.messages import (
    current,
    digits,
    gettext,
    label,
    language_name,
    lazy_gettext,
    lazy_pgettext,
    ngettext,
    npgettext,
    pgettext,
    set_language,
    speaking,
)
from tracker.lang.numbers import format_number, format_percent, format_size
from tracker.lang.refusals import (
    N_,
    date_refusal,
    day_off_warning,
    number_refusal,
    text_refusal,
    weekday_warning,
)
from tracker.lang.sorting import sort_key

_ = gettext

__all__ = [
    "LANGUAGES",
    "N_",
    "SOURCE",
    "Lang",
    "Style",
    "UnknownLanguage",
    "_",
    "country_code",
    "current",
    "date_refusal",
    "day_off_warning",
    "digits",
    "format_date",
    "format_datetime",
    "format_fuzzy",
    "format_fuzzy_for_input",
    "format_number",
    "format_percent",
    "format_size",
    "gettext",
    "label",
    "language",
    "language_name",
    "lazy_gettext",
    "lazy_pgettext",
    "month_name",
    "ngettext",
    "npgettext",
    "number_refusal",
    "pgettext",
    "season_name",
    "set_language",
    "sort_key",
    "speaking",
    "text_refusal",
    "weekday_name",
    "weekday_warning",
]
