"""Links: the same question in several waves."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from surveyapp.store.connection import Connections
from surveyapp.store.record import QuestionLink
from surveyapp.store.schema import link


class LinkRepo:
    """Which questions of later waves are which of the earliest."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def list(self) -> tuple[QuestionLink, ...]:
        """All links, by question."""
        query = sa.select(link).order_by(link.c.question_id)
        with self._connections.read() as connection:
            return tuple(
                QuestionLink(question_id=row.question_id, canonical_id=row.canonical_id, how=row.how)
                for row in connection.execute(query)
            )

    def set(self, found: QuestionLink) -> None:
        """Keep a link in place of the question's earlier one."""
        values = {"question_id": found.question_id, "canonical_id": found.canonical_id, "how": found.how}
        statement = insert(link).values(values).on_conflict_do_update(index_elements=["question_id"], set_=values)
        with self._connections.write() as connection:
            connection.execute(statement)

    def remove(self, question_id: int) -> None:
        """Forget what the question is in other waves; harmless if nothing was known."""
        with self._connections.write() as connection:
            connection.execute(sa.delete(link).where(link.c.question_id == question_id))
