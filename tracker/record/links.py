"""From the words in a type-ahead field to the object they name, found or made in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Level
from tracker.domain.bodies import OrganisationKind
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import RuleBroken
from tracker.domain.naming import Link, body_kind, is_post, place_level, split_name
from tracker.domain.places import PlaceLevel
from tracker.domain.text import fold, fold_query
from tracker.domain.texts import pick
from tracker.lang import country_code
from tracker.models import Organisation, Person, Place, Post, Recorded, Tenure
from tracker.record import finding
from tracker.record.changes import Change
from tracker.record.finding import named
from tracker.record.kinds import KINDS
from tracker.record.levels import effective
from tracker.record.reading import find

# Kinds that a name alone suffices for; a tie or a memorandum is entered on a page of its own.
# Where the name may be that of either, none is made: it would be of the wrong kind.
# Places, organisations and posts are public names; that we know a person is not.
MADE_IN_PLACE = ("person", "post", "organisation", "place")
MOST_ALIASES = 20


def resolve(
    change: Change, link: Link | None, kinds: Sequence[str], *, field: str, language: str
) -> Recorded | None:
    """The object that a link stands for, or None for an empty one.

    Chosen by id: that object. Only typed: the one of that name; of several, a refusal that asks
    to choose; of none, a new one, where its kind may be made in place.
    """
    if not link:
        return None
    known = _known(change, link, kinds, field)
    if known is None:
        return make(change, link.text, kinds, field=field, language=language)
    change.held.append(known)
    return known


def mistakes(
    session: Session, actor: Actor, now: datetime, links: Iterable[tuple[str, Link, Sequence[str]]]
) -> list[RuleBroken]:
    """What stands against each of these links, given as field, link and kinds; nothing is made.
    A service stops at the first, but whoever filled in several is to hear of all."""
    looking = Change(session, actor, now)
    found = []
    for field, link, kinds in links:
        try:
            if link and _known(looking, link, kinds, field) is None:
                _refuse_unless_made_in_place(kinds, field)
        except RuleBroken as broken:
            found.append(broken)
    return found


def _known(change: Change, link: Link, kinds: Sequence[str], field: str) -> Recorded | None:
    if link.id is not None:
        chosen = _chosen(change, link, kinds, field)
        if chosen is not None:
            return chosen
    found = named(change.session, change.actor, link.text, kinds)
    if len(found) > 1:
        raise RuleBroken("Several are called that. Choose one from the list.", field=field)
    if found:
        return change.session.get(KINDS[found[0].kind], found[0].id)
    return _just_made(change, link.text, kinds) or _by_another_name(change, link.text, kinds)


def _refuse_unless_made_in_place(kinds: Sequence[str], field: str) -> None:
    if not set(kinds) <= set(MADE_IN_PLACE):
        raise RuleBroken("Nothing of that name is on record. Enter it first.", field=field)


def _by_another_name(change: Change, text: str, kinds: Sequence[str]) -> Recorded | None:
    """The one object that goes by this as a short name, an alias or a printed form: a ministry
    under its short name is no second ministry."""
    made_in_place = [kind for kind in kinds if kind in MADE_IN_PLACE]
    if not made_in_place:
        return None
    hits = finding.hits(
        change.session, change.actor, fold_query(text), kinds=made_in_place, limit=MOST_ALIASES
    )
    objects = [change.session.get(KINDS[hit.kind], hit.id) for hit in hits]
    known = [obj for obj in objects if obj is not None and _goes_by(obj, text)]
    return known[0] if len(known) == 1 else None


def _just_made(change: Change, text: str, kinds: Sequence[str]) -> Recorded | None:
    """What this change made of the same name: search does not find it before the change ends."""
    wanted = fold(text)
    created = (each.obj for each in change.touched.values() if each.action == "created")
    for obj in created:
        names = obj.search_title().values() if obj.kind in kinds else ()
        if any(fold(name) == wanted for name in names):
            return obj
    return None


def relink(
    change: Change,
    link: Link | None,
    kind: str,
    *,
    field: str,
    language: str,
    held: UUID | None = None,
) -> UUID | None:
    """What a column that points at an object of this kind becomes.

    An object that the editor may not see was shown as an empty field, and stays.
    """
    obj = resolve(change, link, (kind,), field=field, language=language)
    if obj is not None:
        return obj.id
    hidden = held is not None and find(change.session, change.actor, KINDS[kind], held) is None
    return held if hidden else None


def _chosen(change: Change, link: Link, kinds: Sequence[str], field: str) -> Recorded | None:
    """The object that was chosen; None when the words were changed after the choice."""
    candidates = [link.kind] if link.kind else list(kinds)
    for kind in candidates:
        if kind not in kinds:
            break
        obj = find(change.session, change.actor, KINDS[kind], link.id)
        if obj is not None:
            return obj if not link.text or _goes_by(obj, link.text) else None
    raise RuleBroken("Choose one from the list.", field=field)


def _goes_by(obj: Recorded, typed: str) -> bool:
    wanted = fold(split_name(typed).name)
    names = [*obj.search_title().values()]
    for texts in obj.search_texts():
        names.extend([texts] if isinstance(texts, str) else (texts or {}).values())
    return any(wanted in (fold(name), fold(split_name(name).name)) for name in names)


def link_to(obj: Recorded | None, language: str) -> Link:
    """The link with which a form shows an object that is already chosen."""
    if obj is None:
        return Link()
    return Link(pick(obj.search_title(), language).text, obj.kind, obj.id)


def make(
    change: Change, text: str, kinds: Sequence[str], *, field: str, language: str
) -> Recorded:
    """A new object of the kind that the name announces, among those allowed."""
    _refuse_unless_made_in_place(kinds, field)
    announced = body_kind(text)
    if announced and "organisation" in kinds:
        return make_organisation(change, {language: text}, announced)
    if "post" in kinds and (is_post(text) or "person" not in kinds):
        return make_post(change, {language: text})
    if "person" in kinds:
        return make_person(change, {language: text})
    if "place" in kinds:
        return make_place(change, {language: text}, place_level(text))
    return make_organisation(change, {language: text}, OrganisationKind.OTHER)


def make_person(change: Change, name: dict[str, str]) -> Person:
    person = Person(name=name)
    change.session.add(person)
    change.session.flush()
    return person


def make_post(
    change: Change, title: dict[str, str], organisation: Organisation | None = None
) -> Post:
    post = Post(
        title=title,
        organisation_id=organisation.id if organisation else None,
        level=Level.PUBLIC,
    )
    change.session.add(post)
    change.session.flush()
    return post


def make_organisation(
    change: Change, name: dict[str, str], kind: OrganisationKind
) -> Organisation:
    organisation = Organisation(
        name=name, organisation_kind=kind, level=Level.PUBLIC, is_ours=_is_our_own(change, name)
    )
    change.session.add(organisation)
    change.session.flush()
    return organisation


def _is_our_own(change: Change, name: dict[str, str]) -> bool:
    """Whether it is the body of the city's profile that is entered here for the first time."""
    own = {fold(each) for each in change.session.info.get("own_names", {}).values()}
    return any(fold(each) in own for each in name.values())


def make_place(change: Change, name: dict[str, str], level: PlaceLevel) -> Place:
    """A place of that level, unless its name is a country's."""
    country = next(filter(None, map(country_code, name.values())), None)
    place = Place(
        name=name,
        place_level=PlaceLevel.COUNTRY if country else level,
        iso_code=country,
        level=Level.PUBLIC,
    )
    change.session.add(place)
    change.session.flush()
    return place


def attest(
    change: Change,
    person: Person,
    post: Post,
    day: FuzzyDate,
    source_id: UUID | None = None,
    *,
    told_by: Recorded,
) -> Tenure:
    """That a person held a post on a day: kept once, with that day when it says more. Of what is
    above the level of the person, whose page shows it, neither day nor source is kept."""
    if effective(change.session, told_by) > person.effective_level:
        day, source_id = FuzzyDate.unknown(), None
    tenure = change.session.scalar(
        select(Tenure).where(Tenure.person_id == person.id, Tenure.post_id == post.id)
    )
    if tenure is None:
        tenure = Tenure(
            person_id=person.id,
            post_id=post.id,
            since=FuzzyDate.unknown(),
            until=FuzzyDate.unknown(),
            attested_on=day,
            source_id=source_id,
        )
        change.session.add(tenure)
    elif tenure.attested_on.is_unknown and not day.is_unknown:
        tenure.attested_on = day
    change.session.flush()
    return tenure


def person_in_post(
    change: Change, text: str, *, field: str, language: str
) -> tuple[Person | None, Post | None]:
    """«name، post» as two objects, found or made; either half may be missing."""
    typed = split_name(text)
    post: Recorded | None = None
    person: Recorded | None = None
    if typed.post:
        post = resolve(change, Link(typed.post), ("post",), field=field, language=language)
        person = resolve(change, Link(typed.name), ("person",), field=field, language=language)
    elif is_post(typed.name):
        post = resolve(change, Link(typed.name), ("post",), field=field, language=language)
    else:
        person = resolve(change, Link(typed.name), ("person",), field=field, language=language)
    return (
        person if isinstance(person, Person) else None,
        post if isinstance(post, Post) else None,
    )


class Somebody(NamedTuple):
    """A person in a post, a post alone, or a body: whichever of them is known."""

    person: Person | None = None
    post: Post | None = None
    organisation: Organisation | None = None


def somebody(
    change: Change, link: Link, kinds: Sequence[str], *, field: str, language: str
) -> Somebody:
    """Who is meant by «name، post», a name, a post or a body, found or made in place."""
    typed = split_name(link.text)
    chosen = _chosen(change, link, kinds, field) if link.id is not None else None
    if chosen is None and typed.post:
        return Somebody(*person_in_post(change, link.text, field=field, language=language))
    if chosen is None:
        chosen = resolve(change, Link(link.text), kinds, field=field, language=language)
    post = chosen if isinstance(chosen, Post) else None
    if isinstance(chosen, Person) and typed.post:
        found = resolve(change, Link(typed.post), ("post",), field=field, language=language)
        post = found if isinstance(found, Post) else None
    return Somebody(
        chosen if isinstance(chosen, Person) else None,
        post,
        chosen if isinstance(chosen, Organisation) else None,
    )
