"""The strings that a tie's briefing prints, and which of them a language still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import record
from tracker.briefings.facts.dossier import Dossier, Loader
from tracker.briefings.facts.names import Names, load_names
from tracker.briefings.facts.readers import Reader
from tracker.domain.access import Actor
from tracker.domain.text import clean
from tracker.domain.texts import Texts
from tracker.lang import N_
from tracker.models import Part, Recorded, Tie
from tracker.record import translations

LONGEST = 2000

# Kind of object or table of a part → the texts that a briefing prints of it, with their names.
_PRINTED: dict[str, tuple[tuple[str, str], ...]] = {
    "tie": (("title", N_("Title")),),
    "memorandum": (("title", N_("Title")), ("scope", N_("Scope"))),
    "commitment": (
        ("text", N_("Commitment")),
        ("emphasis", N_("Emphasis")),
        ("beneficiary", N_("Beneficiary")),
        ("unit", N_("Unit")),
    ),
    "meeting": (("title", N_("Title")), ("also_called", N_("Also called"))),
    "statement": (("text", N_("Statement")),),
    "obstacle": (("title", N_("Obstacle")),),
    "action": (("text", N_("Action")),),
    "mandate": (("title", N_("Mandate")),),
    "resolution": (("title", N_("Resolution")),),
    "framework": (("title", N_("Framework")),),
    "term": (("name", N_("Term of office")),),
    "instrument": (("title", N_("Document")),),
    "clause": (("subject", N_("Clause")),),
    "source": (("title", N_("Source")),),
    "person": (("name", N_("Name")),),
    "post": (("title", N_("Post")),),
    "organisation": (("name", N_("Organisation")),),
    "place": (("name", N_("Place")),),
    "attendees": (("group_label", N_("Group")),),
    "decisions": (("text", N_("Decision")),),
    "obstacle_steps": (("text", N_("What was done")),),
    "involvements": (("reason", N_("Reason")),),
    "filings": (("reason", N_("Reason")),),
    "citations": (("reason", N_("Reason")),),
}


@dataclass(frozen=True, slots=True, eq=False)
class PrintedString:
    """One text of one object; `ref` names its control."""

    ref: str
    obj: Recorded | Part
    field: str
    name: str
    texts: Texts
    stale: frozenset[str] = frozenset()

    def needs(self, language: str) -> bool:
        return not self.texts.get(language) or language in self.stale

    def as_stored(self, typed: str) -> str:
        """What was typed for it, on several lines only where it stands on several already."""
        lines = any("\n" in text for text in self.texts.values())
        return clean(typed, multiline=lines)[:LONGEST]

    def original(self, language: str) -> tuple[str, str]:
        """The text to translate from, and its language."""
        return next(
            ((text, tag) for tag, text in self.texts.items() if tag != language and text), ("", "")
        )


def tie_title(session: Session, actor: Actor, tie_id: UUID) -> Texts:
    return dict(
        session.scalar(select(Tie.title).where(Tie.id == tie_id, record.visible_to(actor, Tie)))
        or {}
    )


def strings_of_tie(
    session: Session, actor: Actor, tie_id: UUID, as_of: date
) -> list[PrintedString]:
    """Every string that the briefing of that day prints, in its order."""
    reader = Reader(actor)
    dossier = Loader(session, reader, as_of).load(tie_id)
    names = load_names(session, reader, dossier)
    found: dict[str, PrintedString] = {}
    for obj in _printed(dossier, names):
        for field, name in _PRINTED.get(translations.kind_of(obj), ()):
            texts: Texts = dict(getattr(obj, field) or {})
            if any(texts.values()):
                ref = f"{obj.id}-{field}"
                found.setdefault(ref, PrintedString(ref, obj, field, name, texts))
    return _with_stale(session, list(found.values()))


def _printed(d: Dossier, names: Names) -> Iterator[Recorded | Part]:
    yield from names.people.values()
    yield from names.posts.values()
    yield from names.bodies.values()
    yield from names.places.values()
    yield from d.recorded()
    yield from d.terms.values()
    yield from d.events.values()
    yield from d.instruments.values()
    yield from d.clauses.values()
    yield from d.sources.values()
    yield from d.attendees
    yield from d.decisions
    yield from d.steps
    yield from d.involvements
    yield from d.filings
    yield from (citation for citation in d.citations if citation.inferred)


def _with_stale(session: Session, strings: list[PrintedString]) -> list[PrintedString]:
    languages = {tag for string in strings for tag in string.texts}
    held = [(string.obj.id, string.field, string.texts) for string in strings]
    stale = {tag: translations.stale(session, held, tag) for tag in sorted(languages)}
    return [
        PrintedString(
            string.ref,
            string.obj,
            string.field,
            string.name,
            string.texts,
            frozenset(
                tag for tag, those in stale.items() if (string.obj.id, string.field) in those
            ),
        )
        for string in strings
    ]
