"""Legal documents with their parties and clauses: the form, the list, the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import Engine, select

from tests import build
from tests.databases import counted
from tests.serving import AsRole
from tracker.domain.access import Level
from tracker.domain.bodies import OrganisationKind
from tracker.domain.sources import InstrumentKind
from tracker.domain.ties import Copy
from tracker.models import Clause, Instrument, InstrumentParty, Organisation

if TYPE_CHECKING:
    from flask import Flask

SECRET = "قناری"
PAPER = {
    "title": "سند همکاری دوجانبهٔ ایران و قرقیزستان",
    "title-en": "Bilateral cooperation document",
    "kind": "bilateral cooperation document",
    "copy": "not held",
    "parties-0-who": "ایران",
    "clauses-0-number": "۱۲",
    "clauses-0-subject": "همکاری شهرها و استان‌های دو کشور",
    "level": "confidential",
}


def only_paper(app: Flask) -> Instrument:
    with build.stored(app) as session:
        return session.scalars(select(Instrument)).one()


def clauses(app: Flask) -> list[Clause]:
    with build.stored(app) as session:
        return list(session.scalars(select(Clause).order_by(Clause.id)))


def test_a_document_is_entered_with_parties_and_clauses(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    with_row = staff.post_form("/instruments/new", PAPER, press="add-row=parties", status=200)
    page = staff.follow(staff.post_form(with_row, {"parties-1-who": "وزارت امور خارجه"}))
    paper = only_paper(app)
    assert (paper.instrument_kind, paper.copy, paper.number) == (
        InstrumentKind.BILATERAL_DOCUMENT,
        Copy.NOT_HELD,
        "",
    )
    assert paper.dated.is_unknown
    (clause,) = clauses(app)
    assert (clause.number, clause.level) == ("12", Level.CONFIDENTIAL)
    with build.stored(app) as session:
        assert len(list(session.scalars(select(InstrumentParty)))) == 2
        ministry = session.scalars(select(Organisation)).one()
        assert ministry.organisation_kind is OrganisationKind.MINISTRY
    for shown in (
        "در دست نیست",
        "شماره: نامعلوم",
        "تاریخ: نامعلوم",
        "ایران، وزارت امور خارجه",
        "همکاری شهرها و استان‌های دو کشور",
        "شمارهٔ بند: ۱۲",
    ):
        assert shown in page.shown
    english = staff.get(page.url, lang="en")
    assert "همکاری شهرها و استان‌های دو کشور not translated" in english.shown


def test_a_clause_leads_to_its_place_on_the_page_of_its_paper(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        paper = build.instrument(session, actor)
        clause = build.clause(session, actor, paper)
        secret = build.clause(session, actor, paper, SECRET, level=Level.CONFIDENTIAL)
    official = as_role("official")
    answer = official.get(f"/clauses/{clause.id}", status=303)
    assert answer.location == f"/instruments/{paper.id}#clause-{clause.id}"
    page = official.get(f"/instruments/{paper.id}")
    assert page.all(f".//li[@id='clause-{clause.id}']")
    assert SECRET not in page.text
    for clause_id in (secret.id, uuid4()):
        official.get(f"/clauses/{clause_id}", status=404)


def test_correcting_keeps_each_clause_itself_and_puts_away_the_one_removed(
    as_role: AsRole, app: Flask
) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        paper = build.instrument(session, actor, {"fa": "سند"}, level=Level.PUBLIC)
        first = build.clause(session, actor, paper, {"fa": "بند الف"}, level=Level.PUBLIC)
        second = build.clause(
            session, actor, paper, {"fa": "بند ب", "ru": "Пункт"}, level=Level.PUBLIC
        )
        hidden = build.clause(session, actor, paper, {"fa": SECRET}, level=Level.CONFIDENTIAL)
    staff = as_role("staff")
    address = f"/instruments/{paper.id}/edit"
    page = staff.get(address)
    assert SECRET not in page.text
    removed = staff.post_form(page, press="remove-row=clauses-0", status=200)
    staff.post_form(
        removed, {"clauses-0-subject": "بند دوم", "number": "۱۲/الف", "level": "internal"}
    )
    held = {clause.id: clause for clause in clauses(app)}
    assert held[first.id].deleted_at is not None
    assert held[second.id].subject == {"fa": "بند دوم", "ru": "Пункт"}
    assert held[second.id].level is Level.INTERNAL
    assert (held[hidden.id].deleted_at, held[hidden.id].level) == (None, Level.CONFIDENTIAL)
    assert len(held) == 3
    assert only_paper(app).number == "12/الف"
    assert "بند الف" not in staff.get(f"/instruments/{paper.id}").shown
    assert staff.get(f"/clauses/{first.id}", status=303).location == f"/bin/clause/{first.id}"


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(as_role: AsRole) -> None:
    staff = as_role("staff")
    fields = {**PAPER, "title": "", "title-en": "", "clauses-0-subject": ""}
    page = staff.post_form("/instruments/new", fields, status=422)
    assert page.alert
    assert "ایران" in page.text
    wrong = {e.get("id") for e in page.main.iter() if e.get("aria-invalid")}
    assert wrong == {"title-fa", "title-en", "clauses-0-subject-fa", "clauses-0-subject-en"}
    with_row = staff.post_form("/instruments/new", PAPER, press="add-row=parties", status=200)
    twice = staff.post_form(with_row, {"parties-1-who": "ایران"}, status=422)
    assert "دو بار" in twice.alert


def test_sending_twice_makes_one_document(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    form = staff.get("/instruments/new")
    first, second = (staff.post_form(form, PAPER) for _ in range(2))
    assert first.location == second.location
    only_paper(app)


def test_saving_an_old_version_shows_both(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        paper = build.instrument(session, actor, {"fa": "سند"})
        clause = build.clause(session, actor, paper, {"fa": "بند"})
    staff = as_role("staff")
    address = f"/instruments/{paper.id}/edit"
    old = staff.get(address)
    # A change of a clause is a change of its paper.
    staff.post_form(address, {"clauses-0-subject": "بند نخست"})
    page = staff.post_form(old, {"clauses-0-subject": "بند دیگر"}, status=409)
    assert "بند نخست" in page.both_texts
    assert "بند دیگر" in page.text
    assert str(clause.id) not in page.shown
    staff.post_form(page, {"clauses-0-subject": "بند دیگر"})
    assert [c.subject["fa"] for c in clauses(app)] == ["بند دیگر"]


def test_a_bare_request_puts_no_clause_away(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        paper = build.instrument(session, actor, {"fa": "سند"})
        build.clause(session, actor, paper, {"fa": "بند"})
    staff = as_role("staff")
    address = f"/instruments/{paper.id}/edit"
    token = staff.get(address).token
    staff.post(address, {"csrf_token": token, "version": "1"}, status=422)
    assert [clause.deleted_at for clause in clauses(app)] == [None]


def test_a_party_that_the_editor_may_not_see_stays(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        paper = build.instrument(session, actor, {"fa": "سند"})
        hidden = build.place(session, actor, {"fa": SECRET}, level=Level.CONFIDENTIAL)
        seen = build.place(session, actor, {"fa": "ایران"})
        for place in (hidden, seen):
            build.saved(session, actor, InstrumentParty(instrument_id=paper.id, place_id=place.id))
    staff = as_role("staff")
    assert SECRET not in staff.get(f"/instruments/{paper.id}").text
    page = staff.get(f"/instruments/{paper.id}/edit")
    assert SECRET not in page.text
    staff.post_form(page, {"parties-0-who": "", "parties-0-who-id": ""})
    with build.stored(app) as session:
        assert [p.place_id for p in session.scalars(select(InstrumentParty))] == [hidden.id]


def test_the_page_shows_what_rests_on_it_up_to_the_readers_level(
    as_role: AsRole, app: Flask
) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        paper = build.instrument(session, actor, {"fa": "سند"})
        clause = build.clause(session, actor, paper, {"fa": "بند شهرها"})
        tie = build.tie(session, actor, {"fa": "مشهد – اوش"}, basis_clause_id=clause.id)
        build.tie(session, actor, {"fa": "مشهد – لاهور"}, agreement_id=paper.id)
        build.tie(
            session, actor, {"fa": SECRET}, basis_clause_id=clause.id, level=Level.CONFIDENTIAL
        )
        source = build.source(session, actor, {"fa": "خبر دیدار"})
        said = build.statement(session, actor, {"fa": "یکی از بندهای سند"}, source=source)
        build.citation(session, actor, clause, source, statement_id=said.id)
        build.citation(session, actor, paper, source)
    official = as_role("official")
    page = official.get(f"/instruments/{paper.id}")
    for shown in (
        "به‌موجب بند: بند شهرها",
        "پیمان همین رابطه",
        "مشهد – لاهور",
        "یکی از بندهای سند",
        "خبر دیدار",
    ):
        assert shown in page.shown
    assert f"/ties/{tie.id}" in page.links
    assert SECRET not in page.text
    listed = official.get("/instruments/")
    assert "سند" in listed.shown
    assert official.get("/instruments/", kind="regulation").all(".//p[@class='empty-sentence']")


def test_absent_and_forbidden_documents_are_the_same(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        secret = build.instrument(session, actor, SECRET, level=Level.CONFIDENTIAL)
    staff = as_role("staff")
    for paper_id in (secret.id, uuid4()):
        staff.get(f"/instruments/{paper_id}", status=404)
        staff.get(f"/instruments/{paper_id}/edit", status=404)
    assert SECRET not in staff.get("/instruments/").text
    as_role("auditor").get(f"/instruments/{secret.id}")
    as_role("official").get("/instruments/new", status=403)


def test_few_statements_however_many_rows(as_role: AsRole, app: Flask, app_engine: Engine) -> None:
    with build.stored(app) as session:
        paper = build.instrument(session, build.account(session))
    staff = as_role("staff")
    staff.get("/instruments/")
    costs = []
    for _ in range(2):
        with build.stored(app) as session:
            actor = build.account(session)
            for _number in range(6):
                clause = build.clause(session, actor, paper)
                build.tie(session, actor, basis_clause_id=clause.id)
                party = InstrumentParty(
                    instrument_id=paper.id, place_id=build.place(session, actor).id
                )
                build.saved(session, actor, party)
                build.citation(session, actor, paper, build.source(session, actor))
        with counted(app_engine) as for_list:
            staff.get("/instruments/")
        with counted(app_engine) as for_page:
            staff.get(f"/instruments/{paper.id}")
        # The query of the session itself counts too.
        costs.append((len(for_list) - 1, len(for_page) - 1))
    assert costs[0] == costs[1]
    assert costs[0][0] <= 3
    assert costs[0][1] <= 7
