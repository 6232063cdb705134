"""An installation with something to lose: places, an account, documents with their files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from tests import build
from tracker.backup.making import make_backup
from tracker.backup.manifest import Manifest
from tracker.config import Settings
from tracker.domain.documents import DocumentKind
from tracker.models import Document, DocumentVersion
from tracker.models.engine import opened, writing
from tracker.models.ids import new_id
from tracker.record import change
from tracker.storage import Storage

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def silent(_doing: str, _done: int, _total: int) -> None:
    """Nobody waits for the progress of a test."""


@dataclass(frozen=True)
class City:
    """An installation, by its settings."""

    settings: Settings

    @classmethod
    def at(cls, url: str, folder: Path) -> City:
        folder.mkdir(exist_ok=True)
        return cls(Settings.for_tests(url, folder))

    @property
    def storage(self) -> Storage:
        return Storage(self.settings.documents_folder)

    @contextmanager
    def session(self) -> Iterator[Session]:
        with (
            opened(self.settings.database_url) as engine,
            writing(),
            Session(engine, expire_on_commit=False) as session,
        ):
            session.info["audit_key"] = self.settings.secrets.audit_key.encode()
            yield session

    def grow(self, places: int = 5, documents: int = 2) -> list[UUID]:
        """More to lose; answers the ids of the files."""
        with self.session() as session:
            actor = build.account(session)
            for number in range(places):
                # Signs that the text of a COPY must escape.
                build.place(session, actor, name={"fa": f"شهر\t{number}\n", "en": "a\\b \\N"})
            files = []
            for number in range(documents):
                kept = self.storage.keep(io.BytesIO(b"%PDF-" + bytes([number]) * 3000), 10_000)
                files.append(kept.file_id)
                document, at = new_id(), build.NOW
                with change(session, actor, at):
                    session.add(
                        Document(
                            id=document,
                            document_kind=DocumentKind.LETTER,
                            title={"fa": "نامه"},
                            latest=1,
                            received_on=at.date(),
                        )
                    )
                    session.add(
                        DocumentVersion(
                            document_id=document,
                            number=1,
                            file_id=kept.file_id,
                            sha256=kept.sha256,
                            received_sha256=kept.sha256,
                            size=kept.size,
                            media_type="application/pdf",
                            name="نامه.pdf",
                            uploaded_at=at,
                        )
                    )
                session.commit()
        return files

    def back_up(self, folder: Path, *, with_secrets: bool = False) -> Manifest:
        return make_backup(self.settings, folder, NOW, with_secrets=with_secrets, progress=silent)

    def take_secrets_of(self, other: City) -> City:
        """The same place, for the records of another installation."""
        written = (other.settings.instance / "secrets.toml").read_text()
        (self.settings.instance / "secrets.toml").write_text(written)
        return City.at(self.settings.database_url, self.settings.instance)
