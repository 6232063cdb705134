"""The title of a tie follows its parties' names for as long as it is made of them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tests import build
from tracker import record
from tracker.domain.access import Level
from tracker.models import Place, Tie


def tie_of(session: Session, title: dict[str, str]) -> tuple[Tie, Place]:
    staff = build.account(session)
    ours = build.place(session, staff, name={"fa": "مشهد", "en": "Mashhad"})
    theirs = build.place(session, staff, name={"fa": "اوش"})
    return build.tie(session, staff, title=title, ours=ours, theirs=theirs), theirs


def rename(session: Session, place: Place, name: dict[str, str]) -> None:
    staff = build.account(session)
    with record.change(session, staff, build.NOW):
        place.name = name
    session.commit()


def test_a_corrected_name_corrects_the_title(session: Session) -> None:
    tie, theirs = tie_of(session, {"fa": "مشهد – اوش"})
    rename(session, theirs, {"fa": "استان اوش"})
    assert tie.title == {"fa": "مشهد – استان اوش"}


def test_a_name_in_one_more_language_gives_the_title_that_language(session: Session) -> None:
    tie, theirs = tie_of(session, {"fa": "مشهد – اوش"})
    rename(session, theirs, {"fa": "اوش", "en": "Osh"})
    assert tie.title == {"fa": "مشهد – اوش", "en": "Mashhad – Osh"}


def test_a_title_never_tells_the_new_name_of_a_party_above_its_level(session: Session) -> None:
    staff = build.account(session)
    tie, theirs = tie_of(session, {"fa": "مشهد – اوش"})
    with record.change(session, staff, build.NOW):
        theirs.level = Level.CONFIDENTIAL
        theirs.name = {"fa": "جای پنهان"}
    session.commit()
    rename(session, theirs, {"fa": "جای پنهان دیگر"})
    assert tie.title == {"fa": "مشهد – اوش"}


def test_a_title_of_somebodys_own_stays(session: Session) -> None:
    tie, theirs = tie_of(session, {"fa": "راه ابریشم"})
    rename(session, theirs, {"fa": "استان اوش"})
    assert tie.title == {"fa": "راه ابریشم"}
