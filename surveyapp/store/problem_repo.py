"""Problems: what is worth a person's look, and what was done about it."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.wave import Decision, Problem
from surveyapp.store.connection import Connections
from surveyapp.store.record import ProblemStatus, StoredProblem
from surveyapp.store.schema import problem as table


class ProblemRepo:
    """The problems of each wave in the order they were given."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def list(self, wave_id: int) -> tuple[StoredProblem, ...]:
        """All problems of a wave with their status."""
        query = (
            sa.select(table.c.id, table.c.spec, table.c.status, table.c.resolution)
            .where(table.c.wave_id == wave_id)
            .order_by(table.c.position)
        )
        with self._connections.read() as connection:
            return tuple(
                StoredProblem(
                    id=row.id,
                    problem=from_plain(Problem, row.spec),
                    status=ProblemStatus(row.status),
                    resolution=row.resolution,
                )
                for row in connection.execute(query)
            )

    def replace(self, wave_id: int, problems: Sequence[Problem]) -> None:
        """Put these in place of the wave's problems; one of the same kind about the same column keeps its status."""
        with self._connections.write() as connection:
            kept = {_key(stored.problem): stored for stored in self.list(wave_id)}
            connection.execute(sa.delete(table).where(table.c.wave_id == wave_id))
            rows = [_row(wave_id, n, problem, kept.get(_key(problem))) for n, problem in enumerate(problems)]
            if rows:
                connection.execute(sa.insert(table), rows)

    def add_decided(self, wave_id: int, decisions: Sequence[Decision]) -> None:
        """Add problems that were answered before the wave was stored, behind its open ones."""
        if not decisions:
            return
        with self._connections.write() as connection:
            first = len(self.list(wave_id))
            rows = [
                _row(wave_id, first + n, made.problem, None)
                | {"status": ProblemStatus.DONE.value, "resolution": made.answer}
                for n, made in enumerate(decisions)
            ]
            connection.execute(sa.insert(table), rows)

    def restore(self, wave_id: int, problems: Sequence[StoredProblem]) -> None:
        """Let the wave have exactly these, in this order; an id of 0 gets a new one."""
        rows = [
            _row(wave_id, n, stored.problem, stored) | ({"id": stored.id} if stored.id else {})
            for n, stored in enumerate(problems)
        ]
        with self._connections.write() as connection:
            connection.execute(sa.delete(table).where(table.c.wave_id == wave_id))
            for row in sorted(rows, key=lambda row: "id" not in row):  # no new id may be one that is still to come
                connection.execute(sa.insert(table).values(row))

    def resolve(self, problem_id: int, status: ProblemStatus, resolution: str = "") -> None:
        """Say where a problem stands and what was done, in words. Raises KeyError if there is none."""
        statement = sa.update(table).where(table.c.id == problem_id)
        with self._connections.write() as connection:
            if not connection.execute(statement.values(status=status.value, resolution=resolution)).rowcount:
                raise KeyError(problem_id)


def _key(problem: Problem) -> tuple[str, str, int]:
    return problem.kind, problem.column, problem.occurrence


def _row(wave_id: int, position: int, problem: Problem, old: StoredProblem | None) -> dict[str, object]:
    return {
        "wave_id": wave_id,
        "position": position,
        "kind": problem.kind,
        "header": problem.column,
        "occurrence": problem.occurrence,
        "spec": to_plain(problem),
        "status": (old.status if old else ProblemStatus.OPEN).value,
        "resolution": old.resolution if old else "",
    }
