"""Documents, their versions, and the objects that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.dates import FuzzyDate
from tracker.domain.documents import DocumentKind, Scan
from tracker.models.base import Base, Parent, Part, Recorded, Texts
from tracker.models.types import choice


class DocumentHolder(Part, Base):
    """An object that the document belongs to: the document is never more open than it."""

    __tablename__ = "document_holders"
    root_kind = "document"
    root_column = "document_id"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id"))
    holder_kind: Mapped[str] = mapped_column(String(20))
    holder_id: Mapped[UUID]

    __table_args__ = (
        UniqueConstraint("document_id", "holder_id"),
        Index("ix_document_holders_holder", "holder_id", "document_id"),
    )


class Document(Recorded, Base):
    """A paper in files: one for each version, all of them kept.

    `latest` is the number of the newest version, `received_on` the day (UTC) it came.
    """

    __tablename__ = "documents"
    kind = "document"

    document_kind: Mapped[DocumentKind] = mapped_column(choice(DocumentKind))
    title: Mapped[Texts]
    language: Mapped[str] = mapped_column(String(12), default="")
    latest: Mapped[int] = mapped_column(default=0)
    received_on: Mapped[date] = mapped_column(Date)

    holders: Mapped[list[DocumentHolder]] = relationship(
        primaryjoin="Document.id == foreign(DocumentHolder.document_id)",
        order_by="DocumentHolder.position",
        viewonly=True,
    )

    __table_args__ = (Index("ix_documents_list", "received_on", "id"),)

    def level_parents(self) -> Iterable[Parent]:
        return ((each.holder_kind, each.holder_id) for each in self.holders)

    def search_title(self) -> Texts:
        return self.title

    def search_date(self) -> FuzzyDate:
        return FuzzyDate.exact(self.received_on)


class DocumentVersion(Part, Base):
    """One file of a document. `sha256` and `size` are of the file as it is kept, `received_sha256`
    of the file as it came: a picture is drawn anew before it is kept. `treated` names what was
    done to it. The name is what the sender called it; on disk it goes by `file_id`."""

    __tablename__ = "document_versions"
    root_kind = "document"
    root_column = "document_id"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id"))
    number: Mapped[int]
    file_id: Mapped[UUID] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    received_sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(255))
    treated: Mapped[list[str]] = mapped_column(JSON, default=list)
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"), index=True)
    scan: Mapped[Scan] = mapped_column(choice(Scan), default=Scan.UNSCANNED)

    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        CheckConstraint("number > 0 AND size > 0", name="number"),
    )

    @property
    def words(self) -> str:
        """The name as search reads it: to one of the databases «a_b.pdf» is a single word."""
        return _BETWEEN_WORDS.sub(" ", self.name)


_BETWEEN_WORDS = re.compile(r"[._()-]+")
