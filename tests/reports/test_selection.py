"""What stands on which page: late, blocked, promised by us, newest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from reports import selection, views
from tests.reports.hard import large
from tests.reports.story import seed
from tests.reports.words import DAY, t
from tracker import lang
from tracker.domain.actions import ActionState
from tracker.domain.briefings import Point, Standing
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side


def test_a_cut_loses_nothing() -> None:
    held = selection.cut(range(10), 4)
    assert held.shown + held.rest == tuple(range(10))
    assert len(held.shown) == 4
    assert selection.cut([1], 4).rest == ()


def test_whoever_sits_across_comes_first_and_groups_last() -> None:
    people = seed().body.people
    turned = replace(seed().body, people=tuple(reversed(people)))
    assert [p.standing for p in selection.meeting_people(turned)] == [Standing.ACROSS]
    assert [p.group for p in selection.companions(turned)] == [False, True]


def test_late_then_blocked_then_what_waits() -> None:
    body = seed().body
    late = replace(
        body.actions[0], ref="late", overdue_days=3, due=FuzzyDate.exact(DAY - timedelta(3))
    )
    later = replace(late, ref="later", overdue_days=30)
    ranked = selection.stuck(replace(body, actions=(*body.actions, late, later)))
    assert [getattr(item, "ref", "") for item in ranked[:3]] == ["later", "late", "o1"]
    assert [views.kind_of(item) for item in ranked[3:]] == ["mandate", "memorandum"]


def test_an_action_blocked_by_a_listed_obstacle_is_not_said_twice() -> None:
    body = seed().body
    assert "action" not in [views.kind_of(item) for item in selection.stuck(body)]
    other = replace(body.actions[2], blocked_by=t("مانع دیگر", "another obstacle"))
    assert "action" in [
        views.kind_of(item) for item in selection.stuck(replace(body, actions=(other,)))
    ]


def test_our_promises_come_first_and_late_ones_before_them() -> None:
    body = seed().body
    late = replace(body.promises[2], overdue_days=1)
    ranked = selection.promises(replace(body, promises=(*body.promises, late)))
    assert ranked[0] is late
    assert [p.side for p in ranked[1:]] == [Side.OURS, Side.OURS, Side.OURS, None]


def test_done_actions_are_not_open_and_late_ones_lead() -> None:
    body = large().body
    ranked = selection.open_actions(body)
    assert [a.overdue_days for a in ranked[:5]] == [4, 3, 2, 1, None]
    done = replace(body.actions[0], state=ActionState.DONE)
    assert selection.open_actions(replace(body, actions=(done,))) == ()


def test_meetings_are_newest_first() -> None:
    held = [m.held.sort for m in selection.meetings(large().body)]
    assert held == sorted(held, reverse=True)


def test_a_statement_told_as_a_want_is_not_told_again() -> None:
    refs = [s.ref for s in selection.statements(seed().body)]
    assert "w4" in {s.ref for s in seed().body.statements}
    assert "w4" not in refs


def test_two_accounts_stand_together_and_carry_one_tag() -> None:
    body = seed().body
    apart = (body.statements[7], *body.statements[1:7], body.statements[8])
    ordered = selection.statements(replace(body, statements=apart))
    refs = [s.ref for s in ordered]
    assert abs(refs.index("st7") - refs.index("st8")) == 1
    tagged = [s.ref for s in ordered if s.disputes and selection.first_account(s, ordered)]
    assert len(tagged) == 1


def test_staff_speak_first_and_the_record_fills_the_room_they_leave() -> None:
    with lang.speaking("en"):
        own = tuple(Point(text=t(f"نکتهٔ {n}", f"point {n}")) for n in range(6))
        drawn = [(views.say("drawn from the record"), ())]
        full, whose = views.said(own, drawn, 4)
        assert ([str(p.body) for p in full.shown], len(full.rest)) == (
            ["point 0", "point 1", "point 2", "point 3"],
            2,
        )
        assert whose == "proposed by staff"
        part, whose = views.said(own[:1], drawn * 9, 4)
        assert len(part.shown) == 4
        assert part.rest == ()
        assert whose == "by staff, then from the record"


def test_what_page_one_has_no_room_for_is_in_the_annex() -> None:
    facts = large()
    with lang.speaking("en"):
        first = views.front(facts, selection.PAGE_ONE[0])
        second = views.back(facts, selection.PAGE_TWO[selection.WITH_ANNEX].limits, first)
        annex = views.annex(first, second)
    assert len(first["promises"].shown) + len(annex.promises) == len(facts.body.promises)
    assert len(second["statements"].shown) + len(annex.statements) == len(
        selection.statements(facts.body)
    )
    assert len(second["actions"].shown) + len(annex.actions) == len(facts.body.actions)
    assert annex


def test_statements_of_one_speaker_are_gathered() -> None:
    groups = selection.by_speaker(seed().body.statements)
    assert [len(said) for _, said in groups] == [5, 2, 1, 1]
    assert groups[-1][0] == {}
