"""Forms: their fields, rows that grow without JavaScript, and refusals put where they belong.

A view reads `form = MeetingForm(request.form)`; when `form.rows_changed()`, it shows the form
again; when not `form.validate()`, it shows it again with 422; and what a rule of the domain
refuses, `form.refuse(broken)` puts at its field. To fill a form to edit, give it
`MeetingForm(data={...})`; never the object beside what was posted, or a field that was left out
takes the object's value. Keys that no field knows are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Any

from wtforms import BooleanField, EmailField, FieldList, Form, FormField, PasswordField, URLField
from wtforms.meta import DefaultMeta

from tracker import lang
from tracker.domain.errors import RuleBroken
from tracker.domain.naming import Link
from tracker.web.fields.base import BaseField
from tracker.web.fields.choices import ChoiceField, LevelField
from tracker.web.fields.dates import FuzzyDateField, HoursField
from tracker.web.fields.files import UploadField
from tracker.web.fields.hidden import SubmissionField, TypedInField, VersionField
from tracker.web.fields.ids import HiddenIdField
from tracker.web.fields.lines import LinesField
from tracker.web.fields.links import LinkField
from tracker.web.fields.numbers import DecimalField, IntegerField
from tracker.web.fields.texts import LongTextField, TextField, TextsField

__all__ = [
    "BaseForm",
    "BooleanField",
    "ChoiceField",
    "DecimalField",
    "EmailField",
    "FuzzyDateField",
    "HiddenIdField",
    "HoursField",
    "IntegerField",
    "LevelField",
    "LinesField",
    "Link",
    "LinkField",
    "LongTextField",
    "PasswordField",
    "RowForm",
    "RowsField",
    "TextField",
    "TextsField",
    "URLField",
    "UploadField",
    "VersionField",
]

MOST_ROWS = 200
_ROW = re.compile(r"-(\d{1,4})-", re.ASCII)


class _Catalogue:
    """What WTForms says itself, in the language of the request."""

    def gettext(self, message: str) -> str:
        return lang.gettext(message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return lang.ngettext(one, many, n)


class _Meta(DefaultMeta):
    # CSRF is checked once for the whole application, before any form is read.
    csrf = False

    def get_translations(self, form: Any) -> Any:
        return _Catalogue()


class RowForm(Form):
    """The form of one row of a RowsField."""

    Meta = _Meta

    @property
    def is_blank(self) -> bool:
        """Whether the row was left empty; ticks and chosen words alone do not fill it."""
        return not any(
            field.fills_row for field in self if isinstance(field, BaseField | RowsField)
        )


if TYPE_CHECKING:
    _Rows = FieldList[FormField[Any]]
else:
    _Rows = FieldList


class RowsField(_Rows):
    """Rows of small forms, `<name>-0-<field>` …; empty ones are overlooked.

    `rows` are the forms of those filled in. Numbers may have gaps. One spare row is shown.
    """

    def __init__(
        self,
        row_form: type[RowForm],
        label: Any = None,
        *,
        spare: int = 1,
        most: int = MOST_ROWS,
        hint: Any = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(
            FormField(row_form),
            label,
            min_entries=spare,
            max_entries=most,
            description=hint,
            **kwargs,
        )
        self.most = most
        self.posted: list[int] = []

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        spare = self.min_entries
        if formdata:
            self.posted = sorted(set(self._extract_indices(self.name, formdata)))
            self.min_entries = 0
        super().process(formdata, *args, **kwargs)
        self.min_entries = spare

    def __iter__(self) -> Iterator[Any]:
        """The rows to show. The spare ones of a form that was sent are made only here: most forms
        are saved, and never shown again."""
        self._fill_up()
        return iter(self.entries)

    def _fill_up(self) -> None:
        while len(self.entries) < self.min_entries:
            self.append_entry()

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        # The inherited one asks str.isdigit, which says yes to «²», which int() then refuses.
        for key in formdata:
            if key.startswith(prefix):
                found = _ROW.match(key, len(prefix))
                if found:
                    yield int(found[1])

    @property
    def rows(self) -> list[Any]:
        return [entry.form for entry in self.entries if not entry.form.is_blank]

    @property
    def fills_row(self) -> bool:
        return bool(self.rows)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        good = not self.are_too_many
        for entry in self.entries:
            if not entry.form.is_blank and not entry.validate(form):
                good = False
        self.note_errors()
        return good

    def note_errors(self) -> None:
        """Bring the errors of the rows up, so that the form as a whole has them."""
        found: list[Any] = [entry.errors for entry in self.entries]
        if self.are_too_many:
            found.append(lang.ngettext("At most %(n)s row", "At most %(n)s rows", self.most))
        self.errors = found if any(found) else []

    @property
    def are_too_many(self) -> bool:
        """Whether rows were sent that were not taken in: nothing may be saved without them."""
        return len(self.posted) > self.most

    @property
    def pattern(self) -> FormField[Any]:
        """An empty row whose number is still to be filled in, for the script that adds rows."""
        name = f"{self.name}-__n__"
        row = self.unbound_field.bind(
            form=None,  # type: ignore[arg-type]
            name=name,
            id=name,
            _meta=self.meta,
        )
        row.process(None)
        return row

    def add(self) -> None:
        if len(self.entries) < self.most:
            self.append_entry()

    def remove(self, name: str) -> bool:
        """Drop the row that was sent under this name."""
        names = [f"{self.name}-{index}" for index in self.posted]
        if name not in names:
            return False
        self.pop_entry(names.index(name))  # type: ignore[call-arg]
        self._fill_up()
        return True


class BaseForm(Form):
    """A form of a page. `submission`, `version` and `typed_in` are hidden and always there."""

    Meta = _Meta

    submission = SubmissionField()
    version = VersionField()
    typed_in = TypedInField()
    is_stale = False  # somebody else saved after it was opened

    def __init__(self, formdata: Any = None, **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self._wish: tuple[str, str] = ("", "")
        if formdata:
            self._wish = formdata.get("add-row", ""), formdata.get("remove-row", "")

    def rows_changed(self) -> bool:
        """Do what an `add-row` or `remove-row` button asked for; False when none was pressed."""
        add, remove = self._wish
        if not (add or remove):
            return False
        for rows in _rows_of(self):
            if add and rows.name == add:
                rows.add()
                break
            if remove and rows.remove(remove):
                break
        return True

    @property
    def doubts(self) -> list[str]:
        """What was accepted and may yet not be meant, each under the label of its field."""
        return [
            lang.gettext("%(label)s: %(warning)s", label=field.label.text, warning=field.warning)
            for field in _leaves(self)
            if isinstance(field, FuzzyDateField) and field.warning
        ]

    @property
    def link_fields(self) -> list[LinkField]:
        """Every field that points at another object, those of rows included."""
        return [field for field in _leaves(self) if isinstance(field, LinkField)]

    def take(self, other: BaseForm, names: Container[str]) -> None:
        """Hold in these controls what another form of the kind holds: a text has one for each
        language."""
        for field in list(self):
            theirs = other._fields[field.name]
            if isinstance(field, TextsField) and isinstance(theirs, TextsField):
                for control in field.subfields:
                    if control.name in names:
                        field.take(theirs, control.lang)
            elif field.name in names:
                self._fields[field.name] = theirs
                setattr(self, field.name, theirs)

    def refuse(self, broken: RuleBroken) -> None:
        """Say what a rule refused: at the field it names, else above the form."""
        message = lang.gettext(broken.message, **broken.values)
        if broken.field is not None:
            for field in _leaves(self):
                if field.name == broken.field:
                    field.errors = [*field.errors, message]
                    for rows in _rows_of(self):
                        rows.note_errors()
                    return
        self.form_errors = [*self.form_errors, message]


def _rows_of(fields: Any) -> Iterator[RowsField]:
    """Every RowsField below, the innermost first."""
    for field in fields:
        if isinstance(field, RowsField):
            for entry in field.entries:
                yield from _rows_of(entry.form)
            yield field
        elif isinstance(field, FormField):
            yield from _rows_of(field.form)


def _leaves(fields: Any) -> Iterator[Any]:
    for field in fields:
        if isinstance(field, RowsField):
            for entry in field.entries:
                yield from _leaves(entry.form)
        elif isinstance(field, FormField):
            yield from _leaves(field.form)
        else:
            yield field
