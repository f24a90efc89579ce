"""Flags: marks on responses."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from surveyapp.domain.wave import Flag
from surveyapp.store.connection import Connections
from surveyapp.store.data_table import insert_rows
from surveyapp.store.schema import response_flag


class FlagRepo:
    """The flagged responses of each wave."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def get(self, wave_id: int) -> dict[Flag, tuple[int, ...]]:
        """The response ids under each flag, ascending; flags nobody bears are left out."""
        query = (
            sa.select(response_flag.c.flag, response_flag.c.response_id)
            .where(response_flag.c.wave_id == wave_id)
            .order_by(response_flag.c.flag, response_flag.c.response_id)
        )
        found: dict[Flag, list[int]] = {}
        with self._connections.read() as connection:
            for flag, response_id in connection.execute(query):
                found.setdefault(Flag(flag), []).append(response_id)
        return {flag: tuple(rows) for flag, rows in found.items()}

    def set(self, wave_id: int, flag: Flag, rows: Iterable[int]) -> None:
        """Let exactly these responses bear the flag."""
        old = sa.delete(response_flag).where(response_flag.c.wave_id == wave_id, response_flag.c.flag == flag.value)
        new = ((wave_id, flag.value, row) for row in sorted(set(rows)))
        with self._connections.write() as connection:
            connection.execute(old)
            insert_rows(connection, response_flag, new)
