"""Documents: saved analyses, reports, mappings and filters, as JSON data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from surveyapp.store.connection import Connections
from surveyapp.store.record import Document
from surveyapp.store.schema import document as table


class DocumentRepo:
    """The documents of a workspace. Removing only hides, so that it can be undone."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def save(self, kind: str, name: str, plain: Any, wave_id: int | None, id: int | None = None) -> int:  # noqa: A002
        """Keep a new document, or with `id` a new state of an old one; returns the id. KeyError on an unknown id."""
        values = {
            "kind": kind,
            "name": name,
            "spec": plain,
            "wave_id": wave_id,
            "updated_at": self._connections.clock().isoformat(),
        }
        with self._connections.write() as connection:
            if id is None:
                key = connection.execute(sa.insert(table).values(values)).inserted_primary_key
                assert key is not None
                return int(key[0])
            if not connection.execute(sa.update(table).where(table.c.id == id).values(values)).rowcount:
                raise KeyError(id)
            return id

    def load(self, document_id: int) -> Document:
        """One document, removed or not. Raises KeyError if there is none."""
        with self._connections.read() as connection:
            row = connection.execute(sa.select(table).where(table.c.id == document_id)).one_or_none()
        if row is None:
            raise KeyError(document_id)
        return _document(row)

    def list(self, kind: str, *, wave_id: int | None = None) -> tuple[Document, ...]:
        """The documents of a kind that are not removed, oldest first; with `wave_id` only those of that wave."""
        query = sa.select(table).where(table.c.kind == kind, table.c.removed_at.is_(None)).order_by(table.c.id)
        if wave_id is not None:
            query = query.where(table.c.wave_id == wave_id)
        with self._connections.read() as connection:
            return tuple(_document(row) for row in connection.execute(query))

    def remove(self, document_id: int) -> None:
        """Hide a document. Raises KeyError if there is none."""
        self._set_removed(document_id, self._connections.clock().isoformat())

    def restore(self, document_id: int) -> None:
        """Bring a removed document back. Raises KeyError if there is none."""
        self._set_removed(document_id, None)

    def _set_removed(self, document_id: int, removed_at: str | None) -> None:
        statement = sa.update(table).where(table.c.id == document_id).values(removed_at=removed_at)
        with self._connections.write() as connection:
            if not connection.execute(statement).rowcount:
                raise KeyError(document_id)


def _document(row: sa.Row[Any]) -> Document:
    return Document(
        id=row.id,
        kind=row.kind,
        name=row.name,
        wave_id=row.wave_id,
        plain=row.spec,
        updated_at=datetime.fromisoformat(row.updated_at),
    )
