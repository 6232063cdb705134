"""The forms of a person, with the posts held, and of a post."""

from __future__ import annotations

from typing import Any

from tracker.domain.access import Level
from tracker.lang import current, lazy_gettext
from tracker.people.entry import PersonEntry, PostEntry, TenureEntry
from tracker.record.grounds import Ground
from tracker.web.forms import (
    BaseForm,
    BooleanField,
    FuzzyDateField,
    LevelField,
    LinesField,
    LinkField,
    RowForm,
    RowsField,
    TextsField,
)


class TenureForm(RowForm):
    """One post of a person."""

    post = LinkField(lazy_gettext("Post"), kinds=("post",), required=True)
    since = FuzzyDateField(lazy_gettext("Since"))
    until = FuzzyDateField(lazy_gettext("Until"))
    attested_on = FuzzyDateField(
        lazy_gettext("Attested on"), hint=lazy_gettext("A day on which a source says so")
    )
    source = LinkField(lazy_gettext("Source"), kinds=("source",))

    def values(self) -> TenureEntry:
        return TenureEntry(
            row=self.post.name.removesuffix("-post"),
            post=self.post.data,
            since=self.since.data,
            until=self.until.data,
            attested_on=self.attested_on.data,
            source=self.source.data,
        )


class PersonForm(BaseForm):
    """The full name beside the names as papers print them."""

    name = TextsField(lazy_gettext("Full name"), required=True)
    printed_names = LinesField(
        lazy_gettext("Names as printed"),
        hint=lazy_gettext("One per line, exactly as a source prints them"),
    )
    aliases = LinesField(
        lazy_gettext("Other spellings and names"),
        hint=lazy_gettext("One per line; found by search"),
    )
    tenures = RowsField(TenureForm, lazy_gettext("Posts"))
    note = TextsField(lazy_gettext("Note"), max_length=2000, multiline=True)
    source = LinkField(lazy_gettext("Source of the name"), kinds=("source",))
    inferred = BooleanField(lazy_gettext("The full name is inferred, not quoted"))
    reason = TextsField(lazy_gettext("Why it was inferred"), max_length=300)
    level = LevelField(lazy_gettext("Level"))

    def values(self) -> PersonEntry:
        rows: list[Any] = self.tenures.rows
        return PersonEntry(
            name=self.name.data,
            printed_names=self.printed_names.data,
            aliases=self.aliases.data,
            note=self.note.data,
            tenures=[row.values() for row in rows],
            ground=Ground(self.source.data, bool(self.inferred.data), self.reason.data),
            level=self.level.data,
            language=current().tag,
            version=self.version.data,
            submission=self.submission.data,
        )


class PostForm(BaseForm):
    """A post exists whether or not anybody is known to hold it."""

    title = TextsField(lazy_gettext("Title of the post"), required=True)
    organisation = LinkField(lazy_gettext("Organisation"), kinds=("organisation",))
    level = LevelField(lazy_gettext("Level"), default=Level.PUBLIC)

    def values(self) -> PostEntry:
        return PostEntry(
            title=self.title.data,
            organisation=self.organisation.data,
            level=self.level.data,
            language=current().tag,
            version=self.version.data,
            submission=self.submission.data,
        )
