"""What a page costs: how many questions it asks the database, and that more rows ask no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests import attaching, build
from tests.databases import counted
from tests.page import JudgingClient
from tests.serving import AsRole
from tracker.domain.access import Actor
from tracker.domain.memoranda import Side
from tracker.web.addresses import PATHS, page_of

# The documents that an object holds are a question of their own on its page.
LIST_COST, DETAIL_COST, CREATE_COST = 3, 7, 12
FEW, MANY = 2, 12

# The session is read by one query of its own, whose price is that of being signed in.
SIGNED_IN = "user_sessions"

Planter = Callable[[Session, Actor, int], Any]


def people(session: Session, actor: Actor, many: int) -> Any:
    organisation = build.organisation(session, actor)
    person = build.person(session, actor)
    for _ in range(many):
        build.tenure(session, actor, person, build.post(session, actor, "Mayor", organisation))
    return person


def ties(session: Session, actor: Actor, many: int) -> Any:
    home, abroad = build.place(session, actor, "Mashhad"), build.place(session, actor)
    source = build.source(session, actor)
    tie = build.tie(session, actor, ours=home, theirs=abroad)
    for _ in range(many):
        build.citation(session, actor, tie, source)
        build.involvement(session, actor, tie, build.organisation(session, actor))
        build.obstacle(session, actor, filed_under=tie)
        build.action(session, actor, meeting=build.meeting(session, actor, filed_under=tie))
    return tie


def memoranda(session: Session, actor: Actor, many: int) -> Any:
    memorandum = build.memorandum(session, actor, ours=build.place(session, actor))
    for number in range(many):
        side = Side.OURS if number % 2 else Side.THEIRS
        build.commitment(session, actor, memorandum, side=side)
        build.meeting(session, actor, filed_under=memorandum)
    return memorandum


def meetings(session: Session, actor: Actor, many: int) -> Any:
    meeting = build.meeting(session, actor, filed_under=build.tie(session, actor))
    for _ in range(many):
        person = build.person(session, actor)
        build.attendee(session, actor, meeting, person, build.post(session, actor))
        build.statement(session, actor, meeting=meeting, speaker=person)
        build.decision(session, actor, meeting)
        build.action(session, actor, owner=person, meeting=meeting)
        attaching.document(session, actor, "Minutes", meeting)
    return meeting


def places(session: Session, actor: Actor, many: int) -> Any:
    place = build.place(session, actor)
    for _ in range(many):
        build.tie(session, actor, theirs=place)
        build.meeting(session, actor, place_id=place.id)
    return place


def organisations(session: Session, actor: Actor, many: int) -> Any:
    organisation = build.organisation(session, actor)
    for _ in range(many):
        post = build.post(session, actor, "Mayor", organisation)
        build.tenure(session, actor, build.person(session, actor), post)
        build.tie(session, actor, theirs=organisation)
    return organisation


def sources(session: Session, actor: Actor, many: int) -> Any:
    source = build.source(session, actor)
    for _ in range(many):
        build.statement(session, actor, source=source, speaker=build.person(session, actor))
        build.citation(session, actor, build.tie(session, actor), source)
    return source


def actions(session: Session, actor: Actor, many: int) -> Any:
    made = [
        build.action(
            session,
            actor,
            owner=build.person(session, actor),
            meeting=build.meeting(session, actor),
        )
        for _ in range(many)
    ]
    return made[0]


def documents(session: Session, actor: Actor, many: int) -> Any:
    holders = [build.meeting(session, actor) for _ in range(many)]
    scans = [attaching.document(session, actor, "A scan", *holders) for _ in range(many)]
    return scans[0]


PLANTERS: dict[str, Planter] = {
    "document": documents,
    "person": people,
    "tie": ties,
    "memorandum": memoranda,
    "meeting": meetings,
    "place": places,
    "organisation": organisations,
    "source": sources,
    "action": actions,
}
LISTS = {kind: f"/{PATHS[kind]}/" for kind in PLANTERS}


def cost(engine: Engine, client: JudgingClient, address: str, status: int = 200) -> list[str]:
    with counted(engine) as statements:
        client.get(address, status=status)
    return but_the_session(statements)


def but_the_session(statements: list[str]) -> list[str]:
    return [statement for statement in statements if SIGNED_IN not in statement]


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("kind", PLANTERS)
def test_a_list_and_a_page_cost_the_same_however_much_they_show(
    app: Flask, app_engine: Engine, as_role: AsRole, kind: str
) -> None:
    client = as_role("staff")
    costs: dict[int, tuple[list[str], list[str]]] = {}
    for many in (FEW, MANY):
        with build.stored(app) as session:
            shown = PLANTERS[kind](session, build.account(session), many)
            address = page_of(kind, shown.id)
        client.get(LISTS[kind])  # what is read once for each process is read now
        listed = cost(app_engine, client, LISTS[kind])
        opened = cost(app_engine, client, address)
        assert len(listed) <= LIST_COST, "\n\n".join(listed)
        assert len(opened) <= DETAIL_COST, "\n\n".join(opened)
        costs[many] = listed, opened
    assert [len(each) for each in costs[FEW]] == [len(each) for each in costs[MANY]]


@pytest.mark.database("sqlite")
def test_a_search_costs_the_same_however_much_it_finds(
    app: Flask, app_engine: Engine, as_role: AsRole
) -> None:
    client = as_role("staff")
    costs: list[list[str]] = []
    for many in (FEW, MANY):
        with build.stored(app) as session:
            actor = build.account(session)
            for _ in range(many):
                build.meeting(session, actor, "A wharf")
        client.get("/search?q=wharf")
        costs.append(cost(app_engine, client, "/search?q=wharf"))
    assert len(costs[0]) <= LIST_COST, "\n\n".join(costs[0])
    assert len(costs[0]) == len(costs[1])


@pytest.mark.database("sqlite")
def test_logging_a_meeting_costs_the_same_however_many_there_are(
    app: Flask, app_engine: Engine, as_role: AsRole
) -> None:
    client = as_role("staff")
    costs: list[list[str]] = []
    for many in (FEW, MANY):
        with build.stored(app) as session:
            tie = ties(session, build.account(session), many)
        fields = {"title": "A call", "held_on": "7 Nov 2021", "filed_under": f"tie:{tie.id}"}
        client.post_form("/meetings/new", fields)
        page = client.get("/meetings/new")
        with counted(app_engine) as statements:
            client.post_form(page, fields)
        costs.append(but_the_session(statements))
    assert len(costs[0]) <= CREATE_COST, "\n\n".join(costs[0])
    assert len(costs[0]) == len(costs[1])


@pytest.mark.parametrize("address", ["/login", "/account", "/healthz"])
def test_a_page_about_nothing_stored_asks_nothing(
    app_engine: Engine, as_role: AsRole, address: str
) -> None:
    client = as_role("staff")
    status = 303 if address == "/login" else 200
    client.get(address, status=status)
    asked = cost(app_engine, client, address, status)
    assert len(asked) <= 1, "\n\n".join(asked)
