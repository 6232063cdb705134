"""The forms of a document: a new one, its words, a new version of its file."""

from __future__ import annotations

from tracker.documents.given import GivenDocument, GivenHolder
from tracker.domain.documents import DocumentKind
from tracker.lang import lazy_gettext as _
from tracker.record.documents import HOLDERS
from tracker.web.attached import language_of
from tracker.web.fields.languages import LanguageField
from tracker.web.forms import (
    BaseForm,
    ChoiceField,
    LevelField,
    LinkField,
    RowForm,
    RowsField,
    TextsField,
    UploadField,
)

_LONGEST = 2000  # a statement goes by its whole text


class HolderRow(RowForm):
    """One object that the document belongs to."""

    holder = LinkField(_("Record"), kinds=HOLDERS, max_length=_LONGEST)


class VersionForm(BaseForm):
    """A file alone: the next version of a document."""

    file = UploadField(
        _("File"),
        required=True,
        hint=_("PDF, PNG, JPEG, DOCX, XLSX, ODT or plain text, at most 25 MB"),
    )


class WordsForm(BaseForm):
    """What is said of a document, its file apart."""

    title = TextsField(
        _("Title"), max_length=300, hint=_("Left empty, it goes by the name of its file")
    )
    kind = ChoiceField(
        _("Kind"), vocabulary=DocumentKind, default=DocumentKind.OTHER, required=True
    )
    written_in = LanguageField(_("Written in"))
    holders = RowsField(HolderRow, _("Belongs to"), most=40)
    level = LevelField(
        _("Level"), hint=_("Never below that of the records that the document belongs to")
    )

    def given(self) -> GivenDocument:
        """What was typed, as the services take it."""
        return GivenDocument(
            title=self.title.data,
            kind=self.kind.data,
            written_in=self.written_in.data,
            holders=tuple(
                GivenHolder(row.holder.data, row.holder.name) for row in self.holders.rows
            ),
            level=self.level.data,
            language=language_of(self),
            version=self.version.data,
            submission=self.submission.data,
        )


class DocumentForm(VersionForm, WordsForm):
    """A new document with its file."""
