"""Steps of a state machine on a page: which are offered, and the form that takes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import request

from tracker.domain.access import Actor, Permission
from tracker.domain.dates import FuzzyDate
from tracker.domain.machines import Move
from tracker.lang import lazy_gettext as _
from tracker.lang import pgettext
from tracker.models import Recorded
from tracker.record.states import Step
from tracker.web import clock, editing
from tracker.web.fields.base import BaseField
from tracker.web.forms import BaseForm, FuzzyDateField, LongTextField


@dataclass(frozen=True, slots=True)
class Offer:
    """One step out of the present state: its word, what it needs, and whether this reader may."""

    name: str
    word: str
    needs_reason: bool
    permission: Permission
    allowed: bool


def offers(moves: Iterable[Move[Any]], state: StrEnum, actor: Actor) -> list[Offer]:
    """The steps out of a state; those of another role are shown with the reason, to whoever
    records; nobody else is shown any."""
    if not actor.can(Permission.RECORD):
        return []
    return [
        Offer(
            move.name,
            _capital(pgettext("Move", move.name)),
            "reason" in move.needs,
            move.permission,
            actor.can(move.permission),
        )
        for move in moves
        if move.source == state
    ]


def _capital(word: str) -> str:
    """A word of the catalogue as a button says it."""
    return word[:1].upper() + word[1:]


class StepField(BaseField):
    """The name of a step, which the button that was pressed sends; the machine knows its own."""

    drawn_as = "HiddenField"

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = self.typed()


class MoveForm(BaseForm):
    """One step; without a date it takes effect today."""

    move = StepField(default="")
    effective_on = FuzzyDateField(_("Takes effect on"), hint=_("Left empty: today"))
    reason = LongTextField(_("Reason"), max_length=500)

    def step(self) -> Step:
        today = FuzzyDate.exact(clock.today())
        day = today if self.effective_on.is_blank else self.effective_on.data
        return Step(self.move.data, day, self.reason.data)


Sent = TypeVar("Sent", bound=MoveForm)


def answer(
    moves: Iterable[Move[Any]],
    *,
    save: Callable[[Sent], Recorded],
    back: str,
    asks: type[Sent] = MoveForm,  # type: ignore[assignment]
    onward: Callable[[Any], editing.Answer] | None = None,
) -> editing.Answer:
    """Take the step that was sent, or show it again with what stands against it.

    `asks` is the form of a room whose steps ask for more than a day and a reason.
    """
    form = asks(request.form)
    is_known = any(move.name == form.move.data for move in moves)
    return editing.answer(
        form,
        save=lambda: save(form),
        heading=_capital(pgettext("Move", form.move.data)) if is_known else "",
        template="move_form.html",
        current=lambda: {field.name: field.data for field in form if field.type != "HiddenField"},
        back=back,
        onward=onward,
    )
