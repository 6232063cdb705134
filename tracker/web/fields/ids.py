"""Which stored object a row of a form stands for."""

from __future__ import annotations

from uuid import UUID

from tracker.web.fields.texts import TextField


class HiddenIdField(TextField):
    """The id of the object that the row shows; nothing for a new one. It does not fill an empty
    row: a row that was emptied is gone, whichever object it showed."""

    drawn_as = "HiddenField"

    @property
    def fills_row(self) -> bool:
        return False

    @property
    def id_given(self) -> UUID | None:
        """What is no id is that of no object, so that it makes a new one."""
        try:
            return UUID(self.data)
        except ValueError:
            return None
