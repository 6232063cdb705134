"""Form parts that rooms share: the bodies that stand by an object, and what it is filed under."""

from __future__ import annotations

from tracker.domain.bodies import BodyRole
from tracker.lang import current
from tracker.lang import lazy_gettext as _
from tracker.record.filings import FILED_UNDER, GivenFiling
from tracker.record.involvements import KINDS, GivenBody
from tracker.web.city import profile
from tracker.web.forms import (
    BaseForm,
    BooleanField,
    ChoiceField,
    LinkField,
    RowForm,
    RowsField,
    TextsField,
)


class BodyRow(RowForm):
    who = LinkField(_("Organisation, post or person"), kinds=KINDS)
    role = ChoiceField(
        _("What it is to the tie"), vocabulary=BodyRole, default=BodyRole.CHANNEL, required=True
    )
    inferred = BooleanField(_("Inferred, not quoted"))
    reason = TextsField(_("Why it was inferred"), max_length=300)


def given_bodies(rows: RowsField) -> tuple[GivenBody, ...]:
    """The rows that were filled in, as the services take them."""
    return tuple(
        GivenBody(
            row.who.data,
            row.role.data,
            bool(row.inferred.data),
            row.reason.data,
            row.who.name,
        )
        for row in rows.rows
    )


class FiledRow(RowForm):
    under = LinkField(_("Tie or memorandum"), kinds=FILED_UNDER)


def given_filings(rows: RowsField) -> tuple[GivenFiling, ...]:
    """The ties and memoranda that were filled in, as the services take them."""
    return tuple(GivenFiling(row.under.data, row.under.name) for row in rows.rows)


def language_of(form: BaseForm) -> str:
    """The language in which names without a language of their own were typed."""
    typed_in = str(form.typed_in.data or "")
    return typed_in if typed_in in profile().tags else current().tag
