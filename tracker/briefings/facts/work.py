"""Obstacles, actions, and what the council ordered."""

from __future__ import annotations

from tracker.briefings.facts.dossier import Dossier
from tracker.briefings.facts.names import Names
from tracker.briefings.facts.notes import Notes
from tracker.domain import briefings as facts
from tracker.domain.actions import ActionState, overdue
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side
from tracker.models import Action, ActionOwner, MemorandumParty, Obstacle, TieParty

_UNKNOWN = FuzzyDate.unknown()


def obstacles(d: Dossier, names: Names, notes: Notes) -> tuple[facts.Obstacle, ...]:
    return tuple(_obstacle(d, obstacle, names, notes) for obstacle in d.obstacles)


def _obstacle(d: Dossier, obstacle: Obstacle, names: Names, notes: Notes) -> facts.Obstacle:
    held = {tenure.post_id for tenure in names.tenures.values()}
    return facts.Obstacle(
        ref=str(obstacle.id),
        title=dict(obstacle.title),
        state=obstacle.state,
        lifter=names.post(obstacle.lifter_post_id) or names.body(obstacle.lifter_organisation_id),
        lifter_unnamed=bool(obstacle.lifter_post_id) and obstacle.lifter_post_id not in held,
        since=obstacle.since,
        log=tuple(
            facts.LogEntry(text=dict(step.text), on=step.happened_on)
            for step in d.steps
            if step.obstacle_id == obstacle.id
        ),
        notes=notes.of_citations(d.cited(obstacle.id)),
    )


def actions(d: Dossier, names: Names, notes: Notes) -> tuple[facts.Action, ...]:
    return tuple(_action(d, action, names, notes) for action in d.actions)


def _action(d: Dossier, action: Action, names: Names, notes: Notes) -> facts.Action:
    state = _state(d, action)
    late = overdue(state, action.due.last, d.as_of)
    owners = [owner for owner in d.owners if owner.action_id == action.id]
    obstacle = next((o for o in d.obstacles if o.id == action.obstacle_id), None)
    meeting = next((m for m in d.meetings if m.id == action.meeting_id), None)
    said = next((s for s in d.statements if s.id == action.statement_id), None)
    return facts.Action(
        ref=str(action.id),
        text=dict(action.text),
        state=state,
        side=_side(d, owners, names),
        owners=tuple(filter(None, (_owner(owner, names) for owner in owners))),
        depends_on=tuple(filter(None, [names.body(action.depends_on_organisation_id)])),
        due=action.due,
        overdue_days=late.days if late else None,
        blocked_by=dict(obstacle.title) if obstacle else {},
        agreed=meeting.held_on if meeting else _UNKNOWN,
        notes=notes.of_statement(said) if said else notes.of_citations(d.cited(action.id)),
    )


def _state(d: Dossier, action: Action) -> ActionState:
    """The state of that day; without a change on record, the present one."""
    reached = [change.target for change in d.changes if change.object_id == action.id]
    return ActionState(reached[-1]) if reached else action.state


def _owner(owner: ActionOwner, names: Names) -> dict[str, str]:
    return (
        names.body(owner.organisation_id)
        or names.post(owner.post_id)
        or names.person(owner.person_id)
    )


def _side(d: Dossier, owners: list[ActionOwner], names: Names) -> Side:
    """Theirs when it is owed by a party of the other side, or by somebody in its service."""
    parties: list[TieParty | MemorandumParty] = [*d.parties, *d.memorandum_parties]
    theirs = {
        party.organisation_id
        for party in parties
        if party.side is Side.THEIRS and party.organisation_id
    }
    for owner in owners:
        post = names.posts.get(owner.post_id) if owner.post_id else None
        if (owner.organisation_id or (post and post.organisation_id)) in theirs:
            return Side.THEIRS
    return Side.OURS


def mandates(d: Dossier, names: Names, notes: Notes) -> tuple[facts.Mandate, ...]:
    found = []
    for mandate in d.mandates:
        event = d.events.get(mandate.event_id) if mandate.event_id else None
        term = d.terms.get(mandate.term_id) if mandate.term_id else None
        late = mandate.due.last is not None and mandate.due.last < d.as_of
        found.append(
            facts.Mandate(
                title=dict(mandate.title),
                issuer=names.body(mandate.issuer_id),
                term=dict(term.name) if term else {},
                owner=names.body(mandate.owner_id),
                help_from=names.body(mandate.help_from_id),
                event=dict(event.title) if event else {},
                event_on=event.held_on if event else _UNKNOWN,
                report_due=mandate.due,
                overdue_days=(d.as_of - mandate.due.last).days
                if late and mandate.due.last
                else None,
                completion=mandate.completion,
                issued=mandate.issued_on,
                notes=notes.of_citations(d.cited(mandate.id)),
            )
        )
    return tuple(found)


def resolutions(d: Dossier, names: Names, notes: Notes) -> tuple[facts.Resolution, ...]:
    return tuple(
        facts.Resolution(
            title=dict(resolution.title),
            issuer=names.body(resolution.issuer_id),
            number=resolution.number,
            passed=resolution.adopted_on,
            state=resolution.state,
            notes=notes.of_citations(d.cited(resolution.id)),
        )
        for resolution in d.resolutions
    )


def frameworks(d: Dossier, names: Names, notes: Notes) -> tuple[facts.Framework, ...]:
    return tuple(
        facts.Framework(
            title=dict(framework.title),
            issuer=names.body(framework.owner_id),
            state=framework.state,
            notes=notes.of_citations(d.cited(framework.id)),
        )
        for framework in d.frameworks
    )
