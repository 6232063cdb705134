"""The form that hands an object to an organisation, and the one that withdraws it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.lang import gettext, language_name
from tracker.lang import lazy_gettext as _
from tracker.releases.given import GivenRelease
from tracker.web.city import profile
from tracker.web.fields.base import BaseField
from tracker.web.fields.choices import Choice
from tracker.web.forms import BaseForm, HiddenIdField, LinkField, LongTextField, TextField


class LanguageField(BaseField):
    """One of the city's languages, or any of them."""

    drawn_as = "SelectField"

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = self.typed()
        if self.data and self.data not in profile().tags:
            raise ValueError(gettext("%(label)s: choose one of the list", label=self.label.text))

    def iter_choices(self) -> Iterator[Any]:
        yield Choice("", gettext("any language"), not self.data, {})
        for tag in profile().tags:
            yield Choice(tag, language_name(tag), tag == self.data, {})


class ReleaseForm(BaseForm):
    """To whom, in which edition, and on what grounds."""

    organisation = LinkField(
        _("Organisation that it is released to"), kinds=("organisation",), required=True
    )
    language = LanguageField(_("Language"), default="")
    edition = TextField(
        _("Edition"), max_length=120, hint=_("As the letter calls it, for instance “first draft”")
    )
    letter = TextField(_("Number and date of the letter"), max_length=120)
    reason = LongTextField(_("Reason"), required=True, max_length=500)

    def given(self) -> GivenRelease:
        return GivenRelease(
            organisation=self.organisation.data,
            language=self.language.data,
            edition=self.edition.data,
            letter=self.letter.data,
            reason=self.reason.data,
            version=self.version.data,
        )


class WithdrawalForm(BaseForm):
    """Which release is withdrawn, and why."""

    release = HiddenIdField()
    reason = LongTextField(_("Reason"), required=True, max_length=500)
