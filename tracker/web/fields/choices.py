"""Fields that choose from a vocabulary of the domain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum, StrEnum
from typing import Any

from wtforms.fields import choices as wtforms_choices

from tracker.domain.access import Level
from tracker.lang import gettext, label
from tracker.web.fields.base import BaseField, printable
from tracker.web.fields.texts import accepted


def _key(member: Enum) -> str:
    return member.value if isinstance(member.value, str) else member.name.lower()


# What a template reads: value, label, selected. The stubs of WTForms do not know it yet.
Choice: Any = wtforms_choices.Choice  # type: ignore[attr-defined]


class ChoiceField(BaseField):
    """One member of `vocabulary`; with `blank`, the words for choosing none, `data` may be None.

    `only` narrows the choice, for instance to the states that can be entered directly.
    """

    drawn_as = "SelectField"

    def __init__(
        self,
        label: Any = None,
        *,
        vocabulary: type[StrEnum] | type[Level],
        blank: Any = None,
        only: Iterable[Enum] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.blank = blank
        self.members: tuple[Enum, ...] = tuple(vocabulary if only is None else only)

    @property
    def is_blank(self) -> bool:
        return self.data is None

    @property
    def fills_row(self) -> bool:
        # Every row has a chosen word, the spare one too.
        return False

    def process_data(self, value: Enum | None) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = self.typed().strip()
        if not self.raw_data:
            return  # a control that was not sent leaves the default
        if not typed:
            self.data = None
            return
        wanted = typed.lower().replace("_", " ")
        for member in self.members:
            if wanted in (_key(member).replace("_", " "), str(member.value)):
                self.data = member
                return
        raise ValueError(gettext("%(label)s: choose one of the list", label=self.label.text))

    def iter_choices(self) -> Iterator[Any]:
        if self.blank is not None or (self.data is None and not self.required):
            yield Choice("", str(self.blank or ""), self.data is None, {})
        for member in self.members:
            yield Choice(_key(member), label(member), member is self.data, {})


class LevelField(ChoiceField):
    """How far the object may travel: public, internal, confidential; internal by default.

    `reason` is why it should travel further than it does, which a second person decides; a form
    asks for it once a lower level was chosen, or from the start.
    """

    drawn_as = "LevelField"
    longest_reason = 500

    def __init__(self, label: Any = None, *, asks_why: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("default", Level.INTERNAL)
        super().__init__(label, vocabulary=Level, **kwargs)
        self._asks_why = asks_why
        self.reason = self.typed_reason = ""

    @property
    def asks_why(self) -> bool:
        return bool(self._asks_why or self.errors or self.typed_reason)

    @property
    def reason_name(self) -> str:
        return f"{self.name}_reason"

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)
        typed = str(formdata.get(self.reason_name, "")) if formdata else ""
        self.typed_reason = printable(typed)
        try:
            self.reason = accepted(
                typed, multiline=True, longest=self.longest_reason, label=gettext("Reason")
            )
        except ValueError as refused:
            self.process_errors = [*self.process_errors, str(refused)]

    def process_data(self, value: Enum | None) -> None:
        self.data = value if value is not None else Level.INTERNAL

    def process_formdata(self, valuelist: list[Any]) -> None:
        if self.raw_data and not self.typed().strip():
            # No object is without a level, and none falls to another one because it was left out.
            raise ValueError(gettext("%(label)s: choose one of the list", label=self.label.text))
        super().process_formdata(valuelist)
