"""Read models that several rooms print: statements, actions, what is filed, names of links.

Each function takes `session, actor` first, returns frozen lines and never entities, leaves out
what the actor may not see, names included, and sends one statement however many rows it finds:
  statements_of(…, criterion=, limit=) → StatementLine: text, kind, strength, speaker, source …
  actions_of(…, criterion=, limit=) → ActionLine: text, state, due, owners …
  filed_items(…, under=, kinds=) → Item: what is filed under a tie, each with its state
  parts_of(…, kind, id) → Parts: parties, bodies, citations, steps … of a tie or a memorandum
  documents_of(…), documents_held(…, holder id) → DocumentLine: title, kind, newest file
  footnotes(names, source ids) → Footnotes: the sources of a page, numbered as it comes to them
  names(…, ids) → {id: Name} for any kind of object; of a source also publisher, code and date
A criterion is made of the columns of `Statement` or `Action`; the usual ones are made by
`filed.statements_about(ids)`, `filed.actions_about(ids)` and `statements.contradicting(…)`.
"""

from __future__ import annotations

from tracker.record.reads.actions import ActionLine, actions_of
from tracker.record.reads.composition import parts_of
from tracker.record.reads.documents import DocumentLine, documents_held, documents_of
from tracker.record.reads.filed import Item, filed_items
from tracker.record.reads.footnotes import Footnotes, footnotes
from tracker.record.reads.names import Name, SourceDetails, names
from tracker.record.reads.shapes import Parts
from tracker.record.reads.statements import StatementLine, statements_of

__all__ = [
    "ActionLine",
    "DocumentLine",
    "Footnotes",
    "Item",
    "Name",
    "Parts",
    "SourceDetails",
    "StatementLine",
    "actions_of",
    "documents_held",
    "documents_of",
    "filed_items",
    "footnotes",
    "names",
    "parts_of",
    "statements_of",
]
