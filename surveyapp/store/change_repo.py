"""Changes: what people did to the workspace, and how to take it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from surveyapp.domain.change import Change
from surveyapp.store.connection import Connections
from surveyapp.store.schema import change as table

_ABANDONED = "abandoned"
"""In the command of a change that was undone when something new was done: Redo passes it over for good."""

_redoable = table.c.undone & table.c.command[_ABANDONED].as_string().is_(None)


class ChangeRepo:
    """The list of changes, newest first."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(self, change: Change) -> Change:
        """Keep a change; returns it with its id. What was undone before can no longer be done again."""
        statement = sa.insert(table).values(
            at=change.at.isoformat(),
            label=change.label,
            detail=change.detail,
            command=change.command,
            inverse=change.inverse,
            subjects=list(change.subjects),
            undone=change.undone,
        )
        with self._connections.write() as connection:
            self.abandon_undone()
            key = connection.execute(statement).inserted_primary_key
        assert key is not None
        return replace(change, id=key[0])

    def abandon_undone(self) -> None:
        """What is undone can no longer be done again."""
        with self._connections.write() as connection:
            for row in connection.execute(sa.select(table.c.id, table.c.command).where(_redoable)).all():
                command = row.command | {_ABANDONED: True}
                connection.execute(sa.update(table).where(table.c.id == row.id).values(command=command))

    def forget(self, change: Change, *, label: str, detail: str = "") -> None:
        """Keep of a change only that it was there, in these words: it can be neither undone nor done again."""
        values = {
            "label": label,
            "detail": detail,
            "command": {"do": change.command["do"], _ABANDONED: True},
            "inverse": {"do": change.inverse["do"]},
            "undone": True,
        }
        with self._connections.write() as connection:
            connection.execute(sa.update(table).where(table.c.id == change.id).values(values))

    def get(self, change_id: int) -> Change:
        """One change. Raises KeyError if there is none."""
        found = self._select(sa.select(table).where(table.c.id == change_id))
        if not found:
            raise KeyError(change_id)
        return found[0]

    def all(self) -> tuple[Change, ...]:
        """Every change there is, oldest first."""
        return self._select(sa.select(table).order_by(table.c.id))

    def list(self, limit: int = 500) -> tuple[Change, ...]:
        """The newest changes first, undone ones too."""
        return self._select(sa.select(table).order_by(table.c.id.desc()).limit(limit))

    def active_after(self, change_id: int) -> tuple[Change, ...]:
        """Every later change still in force, newest first, however many there are."""
        query = sa.select(table).where(table.c.id > change_id, ~table.c.undone)
        return self._select(query.order_by(table.c.id.desc()))

    def newest_at(self) -> datetime | None:
        """When the newest change was made, undone or not; None without any."""
        with self._connections.read() as connection:
            at = connection.execute(sa.select(table.c.at).order_by(table.c.id.desc()).limit(1)).scalar()
        return datetime.fromisoformat(at) if at is not None else None

    def set_undone(self, change_id: int, undone: bool) -> None:
        """Mark a change as taken back, or done again. Raises KeyError if there is none."""
        with self._connections.write() as connection:
            done = connection.execute(sa.update(table).where(table.c.id == change_id).values(undone=undone))
            if not done.rowcount:
                raise KeyError(change_id)

    def newest_active(self) -> Change | None:
        """What Undo would take back."""
        query = sa.select(table).where(~table.c.undone).order_by(table.c.id.desc()).limit(1)
        return next(iter(self._select(query)), None)

    def newest_undone(self) -> Change | None:
        """What Redo would do again: the oldest of the undone changes that no active change follows."""
        newest_active = sa.select(sa.func.max(table.c.id)).where(~table.c.undone).scalar_subquery()
        query = (
            sa.select(table)
            .where(_redoable, table.c.id > sa.func.coalesce(newest_active, 0))
            .order_by(table.c.id)
            .limit(1)
        )
        return next(iter(self._select(query)), None)

    def waiting(self) -> tuple[Change, ...]:
        """Every undone change that can be done again some time, oldest first."""
        return self._select(sa.select(table).where(_redoable).order_by(table.c.id))

    def _select(self, query: sa.Select[tuple[object, ...]]) -> tuple[Change, ...]:
        with self._connections.read() as connection:
            return tuple(
                Change(
                    id=row.id,
                    at=datetime.fromisoformat(row.at),
                    label=row.label,
                    detail=row.detail,
                    command=row.command,
                    inverse=row.inverse,
                    subjects=tuple(row.subjects),
                    undone=row.undone,
                )
                for row in connection.execute(query)
            )
