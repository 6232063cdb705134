"""The small forms of the page on who may see an object."""

from __future__ import annotations

from tracker.lang import lazy_gettext as _
from tracker.web.forms import BaseForm, HiddenIdField, LevelField, LongTextField, TextField


class LevelForm(BaseForm):
    """Raise the level at once, or propose a lower one."""

    level = LevelField(_("Level"), asks_why=True)


class DecisionForm(BaseForm):
    """What a second person says of a proposal; the button that was pressed says which."""

    answer = TextField(default="")
    reason = LongTextField(_("Reason"), max_length=500)

    @property
    def agrees(self) -> bool:
        return bool(self.answer.data == "approve")


class NamingForm(BaseForm):
    """Whom to name."""

    who = TextField(_("E-mail address or name of the account"), required=True, max_length=255)


class EndForm(BaseForm):
    """Whose naming ends."""

    user = HiddenIdField()
