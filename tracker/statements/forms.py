"""The form of a statement; only its text is required."""

from __future__ import annotations

from tracker.domain.memoranda import Side
from tracker.domain.statements import LinkKind, Modality, StatementKind
from tracker.lang import lazy_gettext as _
from tracker.statements.given import GivenLink, GivenPlace, GivenStatement
from tracker.web.attached import FiledRow, given_filings, language_of
from tracker.web.forms import (
    BaseForm,
    BooleanField,
    ChoiceField,
    FuzzyDateField,
    LevelField,
    LinkField,
    RowForm,
    RowsField,
    TextField,
    TextsField,
)

PARTIES = ("place", "organisation")
# A statement goes by its whole text.
_LONGEST = 2000


class PlaceRow(RowForm):
    """A place that the statement is about."""

    place = LinkField(_("Place"), kinds=("place",), required=True)
    inferred = BooleanField(_("Named by us, not by the speaker"))
    reason = TextsField(_("Why it was inferred"), max_length=300)


class LinkRow(RowForm):
    """Another statement, and how this one hangs together with it."""

    kind = ChoiceField(
        _("This one"), vocabulary=LinkKind, default=LinkKind.BECAUSE_OF, required=True
    )
    other = LinkField(
        _("Other statement"), kinds=("statement",), max_length=_LONGEST, required=True
    )


class StatementForm(BaseForm):
    """Who said what, where it stands, and what it is about."""

    text = TextsField(
        _("What was said"),
        required=True,
        multiline=True,
        max_length=_LONGEST,
        hint=_("In our own words"),
    )
    kind = ChoiceField(
        _("Kind"), vocabulary=StatementKind, default=StatementKind.NOTE, required=True
    )
    modality = ChoiceField(_("As said"), vocabulary=Modality, blank=_("not recorded"))
    side = ChoiceField(_("Speaks for"), vocabulary=Side, blank=_("neither side"))

    speaker = LinkField(
        _("Speaker"), kinds=("person",), hint=_("A person; “name, post” for somebody new")
    )
    speaker_post = LinkField(
        _("Post that day"), kinds=("post",), hint=_("A post may speak without a known person")
    )
    speaker_organisation = LinkField(_("Body that spoke"), kinds=("organisation",))
    on_behalf_of = LinkField(_("On behalf of"), kinds=("organisation",))
    addressee = LinkField(_("Addressed to"), kinds=("organisation",))

    meeting = LinkField(_("Meeting"), kinds=("meeting",))
    source = LinkField(_("Source"), kinds=("source",), max_length=500)
    locator = TextField(
        _("Where in the source"), max_length=200, hint=_("For example a paragraph or a page")
    )
    quotation = TextsField(
        _("Quotation"),
        multiline=True,
        max_length=1000,
        hint=_("The printed words, in their own language; fifteen words are enough"),
    )

    happened_on = FuzzyDateField(
        _("Day of what it tells"), hint=_("For example 16 Aban 1400, recently, or unknown")
    )
    holder = LinkField(
        _("Whose need, capability or position"), kinds=PARTIES, hint=_("A place or a body")
    )
    doer = LinkField(_("Who did it, or would do it"), kinds=PARTIES, hint=_("A place or a body"))
    places = RowsField(PlaceRow, _("Places"))
    scope = TextsField(_("Scope"), max_length=500)
    filed_under = RowsField(FiledRow, _("Filed under"))
    links = RowsField(LinkRow, _("Other statements"))

    never_release = BooleanField(
        _("Never releasable"),
        description=_("Kept out of every edition for a partner, whatever its level"),
    )
    level = LevelField(_("Level"))

    def given(self) -> GivenStatement:
        """What was typed, as the services take it."""
        return GivenStatement(
            text=self.text.data,
            kind=self.kind.data,
            modality=self.modality.data,
            side=self.side.data,
            speaker=self.speaker.data,
            speaker_post=self.speaker_post.data,
            speaker_organisation=self.speaker_organisation.data,
            on_behalf_of=self.on_behalf_of.data,
            addressee=self.addressee.data,
            holder=self.holder.data,
            doer=self.doer.data,
            meeting=self.meeting.data,
            source=self.source.data,
            locator=self.locator.data,
            quotation=self.quotation.data,
            happened_on=self.happened_on.data,
            scope=self.scope.data,
            places=tuple(
                GivenPlace(
                    row.place.data, bool(row.inferred.data), row.reason.data, row.place.name
                )
                for row in self.places.rows
            ),
            filed_under=given_filings(self.filed_under),
            links=tuple(
                GivenLink(row.kind.data, row.other.data, row.other.name) for row in self.links.rows
            ),
            never_release=bool(self.never_release.data),
            level=self.level.data,
            language=language_of(self),
            version=self.version.data,
            submission=self.submission.data,
        )
