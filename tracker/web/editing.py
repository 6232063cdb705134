"""The life of an object's form: shown, rows added, refused, stale, saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from tracker.domain.errors import RuleBroken, Stale
from tracker.lang import gettext
from tracker.record import links
from tracker.web import clock, submissions
from tracker.web.addresses import page_of
from tracker.web.comparing import Runs, compared
from tracker.web.db import db, release
from tracker.web.forms import BaseForm, LevelField, TextsField
from tracker.web.guard import actor

Answer = Response | str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people left in two ways; `keep` names the choice between them. A text is
    told by its language: the tag and the language's own name."""

    label: str
    mine: Runs
    theirs: Runs
    id: str = ""
    keep: str = ""
    lang: str = ""
    language: str = ""

    @property
    def prefers_theirs(self) -> bool:
        """Whoever left a field empty has hardly meant to empty it."""
        return not self.mine


# Of a field that two people changed, this is sent for whoever takes what is stored.
THEIRS = "theirs"


def answer(
    form: BaseForm,
    *,
    save: Callable[[], Any],
    heading: str,
    template: str = "object_form.html",
    current: Callable[[], Mapping[str, Any]] | None = None,
    back: str = "",
    onward: Callable[[Any], Answer] | None = None,
    **context: Any,
) -> Answer:
    """Show the form, or save what was sent and go to the object.

    `save` does the one use case and commits. `current` gives what is stored now, as form data,
    for the page that shows both when somebody else saved first. `onward` answers instead of the
    object's page, with words of its own.
    """

    def show(status: int, **more: Any) -> tuple[str, int]:
        if status >= 400:
            release()  # nobody has to wait for their turn while this page is drawn
        page = render_template(template, form=form, heading=heading, back=back, **context, **more)
        return page, status

    if request.method == "GET":
        return show(200)
    if current is not None:
        _take_theirs(form, current)
    if form.rows_changed():
        return show(200)
    if not form.validate():
        _refuse_links(form)
        return show(422)
    if isinstance(level := form._fields.get("level"), LevelField):
        db.session().info["level_reason"] = level.reason
    try:
        saved = save()
    except RuleBroken as broken:
        db.session.rollback()
        form.refuse(broken)
        _refuse_links(form)
        return show(422)
    except Stale as stale:
        db.session.rollback()
        theirs = type(form)(data=current() if current else {})
        form.version.data = stale.current_version
        form.is_stale = True
        return show(409, differences=differences(form, theirs))
    submissions.confirm()
    for doubt in form.doubts:
        flash(doubt, "info")
    if db.session().info.pop("level_proposed", False):
        flash(
            gettext("The level stays as it is until a second person agrees to lower it."), "info"
        )
    if onward is not None:
        return onward(saved)
    flash(gettext("Saved."), "done")
    return redirect(page_of(saved.kind, saved.id), 303)


def _take_theirs(form: BaseForm, current: Callable[[], Mapping[str, Any]]) -> None:
    """Put what is stored into the fields for which that was chosen on the page that showed both.
    What was typed there is not read: the version decides whether it is still what is stored."""
    chosen = {name for field in form for name in _controls(field) if takes_theirs(name)}
    if chosen:
        form.take(type(form)(data=current()), chosen)


def takes_theirs(name: str) -> bool:
    """Whether the text that is stored was chosen for this field, over the one that was typed."""
    return request.form.get(_keep(name)) == THEIRS


def difference(label: str, mine: str, theirs: str, *, id: str, name: str) -> Difference:
    """One field in which the two differ; `id` is its control's, `name` the field's."""
    return Difference(label, *compared(mine, theirs), id, _keep(name))


def _keep(name: str) -> str:
    return f"keep-{name}"


def _refuse_links(form: BaseForm) -> None:
    """Say of every other link what is wrong with it as well, once the form is refused anyway."""
    asked = [(each.name, each.data, each.kinds) for each in form.link_fields if not each.errors]
    for broken in links.mistakes(db.session(), actor(), clock.now(), asked):
        form.refuse(broken)


Held = TypeVar("Held", bound=BaseForm)


def form_over(form: type[Held], held: Mapping[str, Any]) -> Held:
    """The form of a stored object: filled with what is held, or with what was sent.

    Texts keep the languages that the city's screens do not show.
    """
    if request.method == "GET":
        return form(data=held)
    texts = {name: value for name, value in held.items() if isinstance(value, dict)}
    return form(request.form, data=texts)


def differences(mine: BaseForm, theirs: BaseForm) -> list[Difference]:
    """The fields in which two fillings-in of a form differ, as the reader sees them."""
    found: list[Difference] = []
    for field in mine:
        if field.type == "HiddenField" or field.name not in theirs:
            continue
        if isinstance(field, TextsField):
            found += _differences_of_texts(field, theirs[field.name])
            continue
        ours, other = shown(field), shown(theirs[field.name])
        if ours != other:
            found.append(difference(field.label.text, ours, other, id=field.id, name=field.name))
    return found


def _differences_of_texts(mine: TextsField, theirs: Any) -> Iterator[Difference]:
    """Each language by itself: who wrote in one must not decide for the other."""
    for ours, other in zip(mine.subfields, theirs.subfields, strict=True):
        if ours.data != other.data:
            found = difference(mine.label.text, ours.data, other.data, id=ours.id, name=ours.name)
            yield replace(found, lang=ours.lang, language=ours.label)


def _controls(field: Any) -> list[str]:
    if isinstance(field, TextsField):
        return [control.name for control in field.subfields]
    return [field.name]


def shown(field: Any) -> str:
    """What a control holds, as one text."""
    if hasattr(field, "entries"):
        return "\n".join(" · ".join(filter(None, map(shown, form))) for form in field.rows)
    if field.type == "HiddenField":
        return ""
    if hasattr(field, "subfields"):
        return "\n".join(sub.data for sub in field.subfields if sub.data)
    if hasattr(field, "iter_choices"):
        return " · ".join(str(choice.label) for choice in field.iter_choices() if choice.selected)
    return str(field._value()) if hasattr(field, "_value") else str(field.data or "")
