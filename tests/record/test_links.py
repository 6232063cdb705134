"""Names typed into a type-ahead field: found under any of their names, else made in place."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests import build
from tracker import record
from tracker.domain.access import Level
from tracker.domain.bodies import OrganisationKind
from tracker.domain.errors import RuleBroken
from tracker.domain.naming import Link
from tracker.domain.places import PlaceLevel
from tracker.models import Organisation, Person, Place, Post, Recorded
from tracker.record import links

OWNERS = ("person", "post", "organisation")


def resolved(session: Session, text: str, kinds: tuple[str, ...] = OWNERS) -> Recorded | None:
    staff = build.account(session)
    session.info["audit_key"] = b"the key of tests"
    with record.change(session, staff, build.NOW) as change:
        found = links.resolve(change, Link(text), kinds, field="owner", language="fa")
    session.commit()
    return found


@pytest.mark.parametrize("typed", ["وزارت امور خارجه", "وزارت خارجه", "وزارت خارجه ", "MFA"])
def test_one_ministry_under_all_its_names(session: Session, typed: str) -> None:
    staff = build.account(session)
    ministry = build.organisation(
        session,
        staff,
        name={"fa": "وزارت امور خارجه"},
        organisation_kind=OrganisationKind.MINISTRY,
        short_name={"en": "MFA"},
        aliases=["وزارت خارجه"],
    )
    assert resolved(session, typed) is ministry


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("شهرداری مشهد", Organisation),
        ("شورای اسلامی شهر", Organisation),
        ("Ministry of Culture", Organisation),
        ("استاندار خراسان رضوی", Post),
        ("Mayor of Osh", Post),
        ("سعید خرازی", Person),
    ],
)
def test_what_a_name_announces_is_made(session: Session, typed: str, kind: type[Recorded]) -> None:
    assert isinstance(resolved(session, typed), kind)


def test_of_several_one_has_to_be_chosen(session: Session) -> None:
    staff = build.account(session)
    for _ in range(2):
        build.person(session, staff, name={"fa": "علی رضایی"})
    with pytest.raises(RuleBroken, match="Several"):
        resolved(session, "علی رضایی")


def test_nothing_above_the_clearance_is_linked_by_name(session: Session) -> None:
    staff = build.account(session)
    hidden = build.person(session, staff, name={"fa": "نام پنهان"}, level=Level.CONFIDENTIAL)
    assert resolved(session, "نام پنهان") is not hidden


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("استان اوش", PlaceLevel.PROVINCE),
        ("Osh Province", PlaceLevel.PROVINCE),
        ("جمهوری قرقیزستان", PlaceLevel.COUNTRY),
        ("شهر اوش", PlaceLevel.CITY),
        ("اوش", PlaceLevel.CITY),
    ],
)
def test_a_new_place_stands_at_the_level_its_name_announces(
    session: Session, typed: str, level: PlaceLevel
) -> None:
    place = resolved(session, typed, ("place", "organisation"))
    assert isinstance(place, Place)
    assert place.place_level is level


@pytest.mark.parametrize(("typed", "code"), [("قرقیزستان", "KG"), ("Iran", "IR"), ("اوش", None)])
def test_the_name_of_a_country_makes_a_country(
    session: Session, typed: str, code: str | None
) -> None:
    place = resolved(session, typed, ("place",))
    assert isinstance(place, Place)
    assert (place.place_level is PlaceLevel.COUNTRY, place.iso_code) == (code is not None, code)


@pytest.mark.parametrize(("typed", "ours"), [("شهرداری مشهد", True), ("شهرداری اوش", False)])
def test_the_municipality_of_the_profile_is_our_own(
    session: Session, typed: str, ours: bool
) -> None:
    session.info["own_names"] = {"fa": "شهرداری مشهد", "en": "Municipality of Mashhad"}
    body = resolved(session, typed)
    assert isinstance(body, Organisation)
    assert body.is_ours is ours
