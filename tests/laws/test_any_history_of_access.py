"""Whatever is filed, raised, lowered, named, ended and put away: each reader sees what the rule
says, as forty lines that know nothing of the database say it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from tests import build
from tracker import record
from tracker.access import services
from tracker.domain.access import CLEARANCE, Actor, Level
from tracker.models import Recorded
from tracker.models.accounts import User
from tracker.record.filings import refile

KINDS = ("memorandum", "tie", "meeting", "statement", "action")


class Rule:
    """The rule: levels of their own, what hangs below what, who is named, what is gone."""

    def __init__(self, clerk: str) -> None:
        self.clerk = clerk  # whoever changes things sees what becomes confidential by that
        self.own = dict.fromkeys(KINDS, Level.INTERNAL)
        self.above: dict[str, set[str]] = {"meeting": set(), "statement": {"meeting"}}
        self.above["action"] = {"statement", "meeting"}
        self.named: set[tuple[str, str]] = set()
        self.gone: set[str] = set()

    def level(self, kind: str) -> Level:
        above = (self.level(each) for each in self.above.get(kind, ()))
        return max([self.own[kind], *above])

    def sees(self, who: str, clearance: Level | None, kind: str) -> bool:
        if clearance is None or kind in self.gone:
            return False
        return self.level(kind) <= clearance or (who, kind) in self.named

    def change(self, kind: str, change: Any, agreed: bool = False) -> None:
        before = {each: self.level(each) for each in KINDS}
        change()
        for each in KINDS:  # parents stand before their children
            if self.level(each) < before[each] and not agreed:
                self.own[each] = before[each]
            if self.level(each) is Level.CONFIDENTIAL > before[each]:
                self.named |= {(who, each) for who in {self.clerk} | self.heirs(each)}

    def heirs(self, kind: str) -> set[str]:
        """Who is named for everything confidential above, where nothing else makes it so."""
        secret = [p for p in self.above.get(kind, ()) if self.level(p) is Level.CONFIDENTIAL]
        if self.own[kind] is Level.CONFIDENTIAL or not secret:
            return set()
        return set.intersection(*({w for w, k in self.named if k == each} for each in secret))

    def below(self, kind: str) -> list[str]:
        found = [kind]
        for each in KINDS:
            if self.above.get(each, set()) & set(found) and self.own[each] < Level.CONFIDENTIAL:
                found.append(each)
        return found[1:]

    def name(self, who: str, kind: str) -> None:
        self.named.add((who, kind))
        self.named |= {(who, each) for each in self.below(kind) if who in self.heirs(each)}

    def end(self, who: str, kind: str) -> None:
        self.named -= {(who, each) for each in (kind, *self.below(kind))}


@pytest.mark.database("sqlite")
def test_any_history_of_access(session: Session) -> None:
    class History(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.who = {
                role: build.account(session, role)
                for role in ("official", "staff", "approver", "auditor", "administrator")
            }
            self.clerk = self.who["staff"]
            self.rule = Rule("staff")
            self.objects: dict[str, Recorded] = {
                kind: getattr(build, kind)(session, self.clerk) for kind in ("memorandum", "tie")
            }
            meeting = self.objects["meeting"] = build.meeting(session, self.clerk)
            said = build.statement(session, self.clerk, meeting=meeting)
            self.objects["statement"] = said
            self.objects["action"] = build.action(
                session, self.clerk, meeting=meeting, statement_id=said.id
            )

        def changed(self, obj: Recorded, level: Level) -> None:
            with record.change(session, self.clerk, build.NOW):
                obj.level = level
            session.commit()

        @rule(kind=st.sampled_from(KINDS), to=st.sampled_from(Level))
        def raise_or_lower(self, kind: str, to: Level) -> None:
            obj, own = self.objects[kind], self.rule.own
            agreed = to < own[kind]
            if kind in self.rule.gone:
                return
            if agreed:
                build.lowered(session, obj, to)
            else:
                self.changed(obj, to)
            self.rule.change(kind, lambda: own.update({kind: to}), agreed=agreed)

        @rule(kinds=st.sets(st.sampled_from(("memorandum", "tie"))))
        def file(self, kinds: set[str]) -> None:
            with record.change(session, self.clerk, build.NOW) as change:
                under = [self.objects[kind] for kind in sorted(kinds)]
                refile(change, self.objects["meeting"], under)
            session.commit()
            above = self.rule.above
            self.rule.change("meeting", lambda: above.update({"meeting": kinds}))

        @rule(kind=st.sampled_from(KINDS), role=st.sampled_from(("official", "approver")))
        def name_or_end(self, kind: str, role: str) -> None:
            who, obj = self.who[role], self.objects[kind]
            clerk_sees = self.rule.sees("staff", Level.INTERNAL, kind)
            if self.rule.level(kind) < Level.CONFIDENTIAL or not clerk_sees:
                return
            if (role, kind) in self.rule.named:
                services.end_naming(
                    session, self.clerk, kind, obj.id, who.user_id, obj.version, build.NOW
                )
                self.rule.end(role, kind)
            else:
                email = session.get_one(User, who.user_id).email
                services.name_account(
                    session, self.clerk, kind, obj.id, email, obj.version, build.NOW
                )
                self.rule.name(role, kind)

        @precondition(lambda self: len(self.rule.gone) < 2)
        @rule(kind=st.sampled_from(("statement", "action")))
        def put_away(self, kind: str) -> None:
            with record.change(session, self.clerk, build.NOW) as change:
                change.remove(self.objects[kind])
            session.commit()
            self.rule.gone.add(kind)

        @invariant()
        def each_reader_sees_what_the_rule_says(self) -> None:
            for role, who in self.who.items():
                for kind, obj in self.objects.items():
                    seen = record.find(session, who, type(obj), obj.id) is not None
                    assert seen == self.rule.sees(role, CLEARANCE[who.role], kind), (role, kind)
            anybody = Actor(None, self.clerk.role)
            for kind, obj in self.objects.items():
                expected = self.rule.sees("nobody", anybody.clearance, kind)
                assert (record.find(session, anybody, type(obj), obj.id) is not None) == expected

    run_state_machine_as_test(
        History, settings=settings(max_examples=12, stateful_step_count=12, deadline=None)
    )
