"""The form of a source."""

from __future__ import annotations

import re
from typing import Any

from wtforms import ValidationError

from tracker.domain.sources import SourceKind
from tracker.lang import gettext
from tracker.lang import lazy_gettext as _
from tracker.sources.given import GivenSource
from tracker.web.attached import language_of
from tracker.web.city import profile
from tracker.web.forms import (
    BaseForm,
    ChoiceField,
    FuzzyDateField,
    HoursField,
    LevelField,
    LinkField,
    LongTextField,
    RowForm,
    RowsField,
    TextField,
    TextsField,
)

_WEB_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_MOST_SUBHEADS = 40


class SubheadRow(RowForm):
    """One heading within the text."""

    text = TextsField(_("Subheading"), max_length=500)


class SourceForm(BaseForm):
    """What stands at the head of a paper, as it is printed there."""

    kind = ChoiceField(_("Kind"), vocabulary=SourceKind, default=SourceKind.NEWS, required=True)
    publisher = LinkField(
        _("Publisher"),
        kinds=("organisation",),
        hint=_("The body that published or sent it; a new name is added"),
    )
    title = TextsField(
        _("Title"), required=True, max_length=500, hint=_("As printed; a translation is ours")
    )
    lead = TextsField(_("Lead"), max_length=2000, multiline=True)
    subheads = RowsField(SubheadRow, _("Subheadings"), most=_MOST_SUBHEADS)
    code = TextField(_("Code"), max_length=60, hint=_("The number under which it is kept"))
    code_label = TextsField(
        _("What the code is called"), max_length=60, hint=_("For example “news code”")
    )
    url = TextField(_("Web address"), max_length=500)
    published_on = FuzzyDateField(
        _("Published on"), hint=_("The date that it bears, not that of what it tells")
    )
    published_hour = HoursField(_("Hour of publication"))
    archived_text = LongTextField(
        _("Archived text"),
        max_length=50_000,
        hint=_("Kept for search and for checking; it is not printed in briefings"),
    )
    level = LevelField(_("Level"))

    def validate_url(self, field: Any) -> None:
        if field.data and not _WEB_ADDRESS.fullmatch(field.data):
            raise ValidationError(gettext("This is not a web address. Copy it from the browser."))

    def given(self) -> GivenSource:
        """What was typed, as the services take it."""
        return GivenSource(
            kind=self.kind.data,
            publisher=self.publisher.data,
            title=self.title.data,
            lead=self.lead.data,
            subheads=[row.text.data for row in self.subheads.rows],
            code=self.code.data,
            code_label=self.code_label.data,
            url=self.url.data,
            published_on=self.published_on.data,
            published_hour=self.published_hour.data,
            zone=profile().zone.key,
            archived_text=self.archived_text.data,
            level=self.level.data,
            language=language_of(self),
            version=self.version.data,
            submission=self.submission.data,
        )
