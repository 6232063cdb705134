"""Why something is put away or destroyed, and how long a kind is kept."""

from __future__ import annotations

from babel.support import LazyProxy

from tracker.domain.removals import LONGEST_KEPT
from tracker.lang import lazy_gettext as _
from tracker.record.words import kind_word
from tracker.web.addresses import PATHS
from tracker.web.forms import BaseForm, IntegerField, LongTextField


class ReasonForm(BaseForm):
    reason = LongTextField(_("Reason"), max_length=500, required=True)


class RulesForm(BaseForm):
    """For how many years each kind is kept, a field for each; left empty: for ever."""

    def years(self) -> dict[str, int | None]:
        return {kind: self[kind].data for kind in PATHS}


for _kind in PATHS:
    # Wtforms collects the fields of a class when its first form is made.
    setattr(
        RulesForm,
        _kind,
        IntegerField(
            LazyProxy(kind_word, _kind, enable_cache=False), smallest=1, largest=LONGEST_KEPT
        ),
    )
