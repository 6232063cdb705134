"""The people of a tie or a memorandum: who met, who spoke, who can lift what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from tracker.record.reads.names import Name
from tracker.record.reads.shapes import Parts
from tracker.record.reads.statements import StatementLine


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody, and the post he or she was met in; a post may have no known name."""

    person: Name | None
    post: Name | None


def faces(
    parts: Parts, lines: Sequence[StatementLine], known: Mapping[UUID, Name]
) -> tuple[Face, ...]:
    """Each person once, and each post whose holder is not known; only whom the reader may see."""
    found: list[Face] = []
    pairs = list(_pairs(parts, lines))
    named_posts = {post for person, post in pairs if person in known}
    for person_id, post_id in pairs:
        face = Face(_of(known, person_id), _of(known, post_id))
        if face.person is None and (
            face.post is None or person_id is not None or post_id in named_posts
        ):
            continue
        same = [
            other
            for other in found
            if (face.person and face.person == other.person)
            or (not face.person and face.post == other.post)
        ]
        if not same:
            found.append(face)
    return tuple(found)


def _pairs(
    parts: Parts, lines: Sequence[StatementLine]
) -> Iterator[tuple[UUID | None, UUID | None]]:
    yield from ((each.person_id, each.post_id) for each in parts.attendees)
    yield from ((line.speaker_id, line.post_id) for line in lines)
    yield from ((each.person_id, each.post_id) for each in parts.lifters)


def _of(known: Mapping[UUID, Name], object_id: UUID | None) -> Name | None:
    return None if object_id is None else known.get(object_id)
