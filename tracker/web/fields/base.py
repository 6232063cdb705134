"""What all fields share: labels in the reader's language, a hint, and required said in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation

from tracker.lang import gettext


class BaseField(Field):
    """A field that says for itself when it is empty and what it is drawn as.

    `drawn_as` is the name under which the form parts of the templates know how to draw it.
    """

    drawn_as = ""

    def __init__(
        self,
        label: Any = None,
        *,
        required: bool = False,
        hint: Any = "",
        validators: Sequence[Any] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(label, list(validators), description=hint, **kwargs)
        self.type = self.drawn_as or self.type
        self.required = required
        if required:
            self.flags.required = True

    @property
    def is_blank(self) -> bool:
        """Whether nothing was given here."""
        return not self.data

    @property
    def fills_row(self) -> bool:
        """Whether what was given here makes a row of a form one that counts."""
        return not self.is_blank

    def typed(self) -> str:
        """What was posted under this field's own name, as it was typed."""
        return str(self.raw_data[0]) if self.raw_data else ""

    def pre_validate(self, form: Any) -> None:
        if self.required and self.is_blank and not self.process_errors:
            raise StopValidation(gettext("%(label)s is needed", label=self.label.text))


# Controls and noncharacters: a page that holds one is no sound HTML, and nobody could see it.
_UNPRINTABLE = re.compile(
    "[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


def printable(text: str) -> str:
    """What was typed, for showing it again: without the signs that HTML cannot hold."""
    return _UNPRINTABLE.sub("", text)
