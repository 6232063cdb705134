"""The form of a place."""

from __future__ import annotations

from tracker.domain.access import Level
from tracker.domain.places import PlaceLevel
from tracker.lang import current, lazy_gettext
from tracker.places.entry import PlaceEntry
from tracker.record.grounds import Ground
from tracker.web.forms import (
    BaseForm,
    BooleanField,
    ChoiceField,
    DecimalField,
    LevelField,
    LinesField,
    LinkField,
    TextField,
    TextsField,
)

_DEGREES = 5


class PlaceForm(BaseForm):
    """`kind` is the level at which the place stands; `level` is how far it may travel."""

    name = TextsField(lazy_gettext("Name"), required=True)
    kind = ChoiceField(
        lazy_gettext("Level of the place"), vocabulary=PlaceLevel, default=PlaceLevel.CITY
    )
    parent = LinkField(
        lazy_gettext("Lies in"),
        kinds=("place",),
        hint=lazy_gettext("The country of a province, the province of a city"),
    )
    former_names = LinesField(
        lazy_gettext("Former names"), hint=lazy_gettext("One per line; found by search")
    )
    aliases = LinesField(
        lazy_gettext("Other spellings and names"),
        hint=lazy_gettext("One per line; found by search"),
    )
    iso_code = TextField(
        lazy_gettext("Country code"), max_length=6, hint=lazy_gettext("Two letters, of a country")
    )
    latitude = DecimalField(
        lazy_gettext("Latitude, in degrees"),
        scale=_DEGREES,
        smallest=-90 * 10**_DEGREES,
        largest=90 * 10**_DEGREES,
        hint=lazy_gettext("North is positive"),
    )
    longitude = DecimalField(
        lazy_gettext("Longitude, in degrees"),
        scale=_DEGREES,
        smallest=-180 * 10**_DEGREES,
        largest=180 * 10**_DEGREES,
        hint=lazy_gettext("East is positive"),
    )
    source = LinkField(lazy_gettext("Source of the name"), kinds=("source",))
    inferred = BooleanField(lazy_gettext("The name is inferred, not quoted"))
    reason = TextsField(lazy_gettext("Why it was inferred"), max_length=300)
    level = LevelField(lazy_gettext("Level"), default=Level.PUBLIC)

    def values(self) -> PlaceEntry:
        return PlaceEntry(
            name=self.name.data,
            place_level=self.kind.data or PlaceLevel.CITY,
            parent=self.parent.data,
            former_names=self.former_names.data,
            aliases=self.aliases.data,
            iso_code=self.iso_code.data,
            latitude_e5=self.latitude.data,
            longitude_e5=self.longitude.data,
            ground=Ground(self.source.data, bool(self.inferred.data), self.reason.data),
            level=self.level.data,
            language=current().tag,
            version=self.version.data,
            submission=self.submission.data,
        )
