"""What is hidden in the prediction log, found and deleted for good."""

from __future__ import annotations

from collections.abc import Collection, Set
from dataclasses import dataclass

import sqlalchemy as sa

from surveyapp.store import schema
from surveyapp.store.connection import Connections

_AT_ONCE = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenRows:
    """Ids of rows that are removed: predictions; forecasts, resolutions and seals of predictions that are there; files.

    `uids` are those of the predictions.
    """

    predictions: Set[int] = frozenset()
    forecasts: Set[int] = frozenset()
    resolutions: Set[int] = frozenset()
    seals: Set[int] = frozenset()
    batches: Set[int] = frozenset()
    uids: Set[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.predictions or self.forecasts or self.resolutions or self.seals or self.batches)


def find_hidden(connections: Connections) -> HiddenRows:
    """What `delete_hidden` could delete."""
    one = schema.prediction
    with connections.read() as connection:

        def hidden(table: sa.Table) -> frozenset[int]:
            query = sa.select(table.c.id).where(table.c.removed_at.is_not(None))
            if "prediction_id" in table.c:
                query = query.join(one, one.c.id == table.c.prediction_id).where(one.c.removed_at.is_(None))
            return frozenset(connection.execute(query).scalars())

        uids = connection.execute(sa.select(one.c.uid).where(one.c.removed_at.is_not(None))).scalars()
        return HiddenRows(
            predictions=hidden(one),
            forecasts=hidden(schema.forecast),
            resolutions=hidden(schema.resolution),
            seals=hidden(schema.seal),
            batches=hidden(schema.prediction_batch),
            uids=frozenset(uids),
        )


def delete_hidden(connections: Connections, rows: HiddenRows) -> frozenset[int]:
    """Delete these rows, with all that belongs to them, and the people whom nothing names any more; who these were."""
    with connections.write() as connection:
        before = _named(connection)
        for table, ids in (
            (schema.forecast, rows.forecasts),
            (schema.resolution, rows.resolutions),
            (schema.seal, rows.seals),
            (schema.prediction, rows.predictions),  # the rest cascades
        ):
            _delete(connection, table, ids)
        kept = {
            number
            for table in (schema.prediction, schema.forecast, schema.resolution)
            for number in connection.execute(sa.select(table.c.batch_id).distinct()).scalars()
        }
        _delete(connection, schema.prediction_batch, rows.batches - kept)
        me = set(connection.execute(sa.select(schema.forecaster.c.id).where(schema.forecaster.c.me)).scalars())
        gone = frozenset(before - _named(connection) - me)
        _delete(connection, schema.forecaster, gone)
    return gone


def _named(connection: sa.Connection) -> set[int]:
    """Who forecast, resolved or wrote something down."""
    columns = (schema.forecast.c.forecaster_id, schema.resolution.c.by_id, schema.prediction.c.creator_id)
    found = {number for column in columns for number in connection.execute(sa.select(column).distinct()).scalars()}
    return {number for number in found if number is not None}


def _delete(connection: sa.Connection, table: sa.Table, ids: Collection[int]) -> None:
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        connection.execute(sa.delete(table).where(table.c.id.in_(wanted[start : start + _AT_ONCE])))
