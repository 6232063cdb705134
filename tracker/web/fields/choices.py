"""Fields that choose from a vocabulary of the domain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum, StrEnum
from typing import Any

from wtforms.fields import choices as wtforms_choices

from tracker.domain.access import Level
from tracker.lang import gettext, label
from tracker.web.fields.base import BaseField


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
    """How far the object may travel: public, internal, confidential; internal by default."""

    drawn_as = "LevelField"

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("default", Level.INTERNAL)
        super().__init__(label, vocabulary=Level, **kwargs)

    def process_data(self, value: Enum | None) -> None:
        self.data = value if value is not None else Level.INTERNAL

    def process_formdata(self, valuelist: list[Any]) -> None:
        if self.raw_data and not self.typed().strip():
            # No object is without a level, and none falls to another one because it was left out.
            raise ValueError(gettext("%(label)s: choose one of the list", label=self.label.text))
        super().process_formdata(valuelist)
