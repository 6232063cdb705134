"""The form of an organisation."""

from __future__ import annotations

from tracker.domain.access import Level
from tracker.domain.bodies import OrganisationKind
from tracker.lang import current, lazy_gettext
from tracker.organisations.entry import OrganisationEntry
from tracker.record.grounds import Ground
from tracker.web.forms import (
    BaseForm,
    BooleanField,
    ChoiceField,
    LevelField,
    LinesField,
    LinkField,
    TextsField,
)


class OrganisationForm(BaseForm):
    """A body by all its names, so that two spellings never make two of it."""

    name = TextsField(lazy_gettext("Name"), required=True)
    short_name = TextsField(lazy_gettext("Short name"))
    kind = ChoiceField(
        lazy_gettext("Kind of body"), vocabulary=OrganisationKind, default=OrganisationKind.OTHER
    )
    aliases = LinesField(
        lazy_gettext("Other spellings and names"),
        hint=lazy_gettext("One per line; found by search"),
    )
    place = LinkField(lazy_gettext("Place"), kinds=("place",))
    parent = LinkField(lazy_gettext("Part of"), kinds=("organisation",))
    is_ours = BooleanField(lazy_gettext("One of the city’s own bodies"))
    source = LinkField(lazy_gettext("Source of the name"), kinds=("source",))
    inferred = BooleanField(lazy_gettext("The name is inferred, not quoted"))
    reason = TextsField(lazy_gettext("Why it was inferred"), max_length=300)
    level = LevelField(lazy_gettext("Level"), default=Level.PUBLIC)

    def values(self) -> OrganisationEntry:
        return OrganisationEntry(
            name=self.name.data,
            short_name=self.short_name.data,
            organisation_kind=self.kind.data or OrganisationKind.OTHER,
            aliases=self.aliases.data,
            place=self.place.data,
            parent=self.parent.data,
            is_ours=bool(self.is_ours.data),
            ground=Ground(self.source.data, bool(self.inferred.data), self.reason.data),
            level=self.level.data,
            language=current().tag,
            version=self.version.data,
            submission=self.submission.data,
        )
