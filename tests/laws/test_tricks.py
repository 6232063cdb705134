"""Asking in other ways never shows more, nor otherwise, than asking plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from werkzeug.routing import Rule
from werkzeug.test import Client, TestResponse

from tests import build
from tests.laws.addresses import address, kinds_of, of_objects
from tests.laws.conftest import Planted
from tests.laws.planting import Garden, story
from tests.laws.test_access import without_request
from tests.laws.test_canaries import WORD
from tracker.domain.access import Level
from tracker.models import Instrument, Meeting, Memorandum, Organisation, Person, Tie

pytestmark = pytest.mark.database("sqlite")
DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")

# How else one may ask for the same address: method, address, headers.
Asked = tuple[str, str, dict[str, str]]


def tricks(plain: str) -> Iterator[Asked]:
    path, _, last = plain.rpartition("/")
    yield "HEAD", plain, {}
    yield "OPTIONS", plain, {}
    for header in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        yield "POST", plain, {header: "GET"}
        yield "GET", plain, {header: "HEAD"}
    for header in ("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix"):
        yield "GET", "/", {header: plain}
    for other in (
        f"{plain}/",
        f"{plain}//",
        f"/{plain}",
        plain.upper(),
        plain.translate(DIGITS),
        f"{path}/./{last}",
        f"{path}/%2e/{last}",
        f"{path}/x/%2e%2e/{last}",
        quote(quote(plain, safe="")),
        plain.replace("/", "%2f"),
        plain.replace("/", "%252f"),
        f"{plain};x=1",
        f"{plain}%00",
        f"{plain}?_method=GET&id=x",
    ):
        yield "GET", other, {}


def sent(client: Client, asked: Asked) -> TestResponse:
    method, target, headers = asked
    return client.open(target, method=method, headers=headers, buffered=True)


def object_pages(planted: Planted) -> list[Rule]:
    """One rule for each shape of address."""
    shapes: dict[object, Rule] = {}
    for rule in planted.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and kinds_of(rule):
            _, first, *others = re.sub("<[^>]+>", "<>", rule.rule).split("/")
            shapes.setdefault((first if "kind" in rule.arguments else "", *others), rule)
    return list(shapes.values())


def test_no_trick_shows_what_the_plain_address_hides(planted: Planted) -> None:
    client, levels = planted.reader("official"), planted.garden.levels
    wrong = []
    for rule in object_pages(planted):
        kind = kinds_of(rule)[0]
        hidden = address(planted.app, rule, kind, planted.garden.ids[kind, Level.CONFIDENTIAL])
        absent = address(planted.app, rule, kind)
        for one, other in zip(tricks(hidden), tricks(absent), strict=True):
            answer, expected = sent(client, one), sent(client, other)
            shown = set(WORD.findall(answer.get_data(as_text=True)))
            if any(levels[word] is Level.CONFIDENTIAL for word in shown):
                wrong.append(f"{one} shows {shown}")
            if answer.status_code >= 500:
                wrong.append(f"{one}: {answer.status_code}")
            if told(answer) != told(expected):
                wrong.append(f"{one} is told apart from {other}")
    assert not wrong, "\n".join(wrong)


def told(answer: TestResponse) -> object:
    """What an answer tells, but for the ids that stood in its own address."""
    if answer.location:
        return answer.status_code, len(answer.location)
    text, headers = without_request(answer)
    return answer.status_code, len(text), [name for name, _ in headers]


def test_absent_and_forbidden_are_the_same_at_every_address(planted: Planted) -> None:
    """Body, headers and status, for every rule that takes an object, by whatever method."""
    client = planted.reader("approver")
    for rule in planted.app.url_map.iter_rules():
        for kind in kinds_of(rule)[:1]:
            hidden_id = planted.garden.ids[kind, Level.CONFIDENTIAL]
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                hidden = address(planted.app, rule, kind, hidden_id)
                absent = address(planted.app, rule, kind)
                one, other = (
                    client.open(each, method=method, buffered=True) for each in (hidden, absent)
                )
                assert one.status_code == other.status_code, f"{method} {hidden}"
                assert without_request(one) == without_request(other), f"{method} {hidden}"


def test_nothing_shows_that_hidden_objects_were_added(planted: Planted) -> None:
    """Totals, counts of pages, suggestions, ETags: the same before and after."""
    client = planted.reader("staff")
    before = everything(planted, client)
    with build.stored(planted.app) as session:
        actor = build.account(session, "auditor")
        garden = Garden(session, actor)
        story(garden, Level.CONFIDENTIAL)
        for level in (Level.PUBLIC, Level.INTERNAL):
            hang_below(planted, garden, level)
    after = everything(planted, client)
    assert before.keys() == after.keys()
    assert [each for each in before if before[each] != after[each]] == []


def everything(planted: Planted, client: Client) -> dict[str, object]:
    """Every page but forms, those that count what they withhold, and those about accounts."""
    found = {}
    for rule in planted.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or FORM.search(rule.rule):
            continue
        if LEFT_OUT & {rule.endpoint, rule.endpoint.split(".")[0]}:
            continue
        plain = [] if rule.arguments else [f"{rule.rule}?q=canary"]
        seen = of_objects(planted.app, rule, planted.garden)
        for each in [*plain, *(one for one, _, level in seen if level is Level.INTERNAL)]:
            found[each] = without_request(client.get(each, buffered=True))
    return found


FORM = re.compile("/(?:edit|new)$")
# A briefing and a refusal to remove say how much they leave out: that is what they are for.
LEFT_OUT = {"briefings", "accounts", "health", "static", "bin.remove"}


def hang_below(planted: Planted, garden: Garden, level: Level) -> None:
    """Confidential objects under roofs that the reader sees."""
    session, ids = garden.session, planted.garden.ids
    tie = session.get_one(Tie, ids["tie", level])
    meeting = session.get_one(Meeting, ids["meeting", level])
    secret = Level.CONFIDENTIAL
    garden.grow("meeting", secret, tie)
    garden.grow("statement", secret, meeting)
    garden.grow("action", secret, session.get_one(Person, ids["person", level]), meeting)
    garden.grow("obstacle", secret, tie)
    garden.grow("post", secret, session.get_one(Organisation, ids["organisation", level]))
    memorandum = session.get_one(Memorandum, ids["memorandum", level])
    garden.grow("commitment", secret, memorandum, named="text")
    instrument = session.get_one(Instrument, ids["instrument", level])
    garden.grow("clause", secret, instrument, named="subject")
