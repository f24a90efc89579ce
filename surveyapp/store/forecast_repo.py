"""Forecasts and resolutions: only ever added, or hidden when their adding is undone."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from surveyapp.domain.prediction import Forecast, PredictionKind, Resolution
from surveyapp.store import data_table, schema
from surveyapp.store.connection import Connections
from surveyapp.store.prediction_repo import set_removed
from surveyapp.store.prediction_row import (
    FORECAST_COLUMNS,
    RESOLUTION_COLUMNS,
    forecast_values,
    resolution_values,
    to_forecast,
    to_resolution,
)

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastColumns:
    """All forecasts that give a probability or withdraw one, column by column, in the order of their ids.

    `at` are microseconds since 1970-01-01 UTC, `option` is -1 where the prediction has none, `probability` where it was
    withdrawn.
    """

    id: array[int]
    prediction_id: array[int]
    forecaster_id: array[int]
    at: array[int]
    probability: array[float]
    option: array[int]


class ForecastRepo:
    """The forecasts and resolutions of a workspace."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(self, forecasts: Iterable[Forecast]) -> int:
        """Store new forecasts; the id of the first, the others follow it. Ids they carry are ignored."""
        return self._insert(schema.forecast, FORECAST_COLUMNS, map(forecast_values, forecasts))

    def add_rows(self, rows: Iterable[tuple[Any, ...]]) -> int:
        """The same for rows of FORECAST_COLUMNS (moments in microseconds, quantiles as JSON): for many at once."""
        return self._insert(schema.forecast, FORECAST_COLUMNS, rows)

    def resolve(self, resolutions: Iterable[Resolution]) -> int:
        """Store new resolutions; the id of the first, the others follow it."""
        return self._insert(schema.resolution, RESOLUTION_COLUMNS, map(resolution_values, resolutions))

    def of(self, prediction_id: int) -> tuple[Forecast, ...]:
        """The forecasts of one prediction, by time."""
        return self._forecasts(schema.forecast.c.prediction_id == prediction_id)

    def range_rows(self) -> list[tuple[int, int, int, bool, str | None]]:
        """The forecasts of numbers and dates (and withdrawn ones), by time, of predictions that are not removed: ids of
        prediction and person, when (microseconds), whether it withdraws, and its quantiles as JSON."""
        sql = (
            "SELECT f.prediction_id, f.forecaster_id, f.at, f.withdrawn, f.quantiles "
            "FROM prediction AS p JOIN forecast AS f ON f.prediction_id = p.id "
            "WHERE p.kind IN (?, ?) AND p.removed_at IS NULL AND f.removed_at IS NULL "
            "AND (f.quantiles IS NOT NULL OR f.withdrawn) ORDER BY f.at, f.id"
        )
        kinds = (PredictionKind.NUMBER.value, PredictionKind.DATE.value)
        with self._connections.read() as connection:
            rows = connection.exec_driver_sql(sql, kinds).fetchall()
        return [(prediction, person, at, bool(gone), said) for prediction, person, at, gone, said in rows]

    def all(self) -> tuple[Forecast, ...]:
        """All forecasts, by time."""
        return self._forecasts()

    def ranges(self, forecaster_id: int) -> tuple[Forecast, ...]:
        """Somebody's forecasts of numbers and dates, by time."""
        table = schema.forecast
        return self._forecasts(table.c.forecaster_id == forecaster_id, table.c.quantiles.is_not(None))

    def rows(self) -> list[tuple[Any, ...]]:
        """All forecasts as rows of FORECAST_COLUMNS but for the batch, in no order: to look for many at once."""
        sql = (
            'SELECT prediction_id, forecaster_id, at, probability, "option", quantiles, comment, withdrawn, "key" '
            "FROM forecast WHERE removed_at IS NULL"
        )
        with self._connections.read() as connection:
            return list(map(tuple, connection.exec_driver_sql(sql).fetchall()))

    def ids_of(self, forecaster_id: int) -> dict[tuple[Any, ...], list[int]]:
        """Somebody's forecasts as in `rows`, with the ids of those that are alike."""
        sql = (
            'SELECT prediction_id, forecaster_id, at, probability, "option", quantiles, comment, withdrawn, "key", id '
            "FROM forecast WHERE removed_at IS NULL AND forecaster_id = ? ORDER BY id DESC"
        )
        found: dict[tuple[Any, ...], list[int]] = {}
        with self._connections.read() as connection:
            for *row, number in connection.exec_driver_sql(sql, (forecaster_id,)):
                found.setdefault(tuple(row), []).append(number)
        return found

    def columns(self) -> ForecastColumns:
        """The probabilities of all predictions that are not removed: 200,000 in a fifth of a second."""
        sql = (
            "SELECT f.id, f.prediction_id, f.forecaster_id, f.at, "
            'coalesce(f.probability, -1.0), coalesce(f."option", -1) '
            "FROM forecast AS f JOIN prediction AS p ON p.id = f.prediction_id "
            "WHERE f.removed_at IS NULL AND p.removed_at IS NULL "
            "AND (f.probability IS NOT NULL OR f.withdrawn) ORDER BY f.id"
        )
        columns: list[array[Any]] = [array(kind) for kind in "qqqqdq"]
        with self._connections.read() as connection:
            rows = connection.exec_driver_sql(sql)
            while chunk := rows.fetchmany(_AT_ONCE):  # not all at once: the window would stand still meanwhile
                for column, values in zip(columns, zip(*chunk, strict=True), strict=True):
                    column.extend(values)
        ids, predictions, forecasters, at, probability, option = columns
        return ForecastColumns(
            id=ids,
            prediction_id=predictions,
            forecaster_id=forecasters,
            at=at,
            probability=probability,
            option=option,
        )

    def resolutions(self, prediction_id: int | None = None) -> tuple[Resolution, ...]:
        """The resolutions of one prediction or of all, in the order in which they were given."""
        table = schema.resolution
        query = sa.select(table).where(table.c.removed_at.is_(None)).order_by(table.c.id)
        if prediction_id is not None:
            query = query.where(table.c.prediction_id == prediction_id)
        with self._connections.read() as connection:
            return tuple(map(to_resolution, connection.execute(query)))

    def set_removed(self, forecast_ids: Collection[int], removed_at: datetime | None) -> None:
        """Hide forecasts, or bring them back with None."""
        set_removed(self._connections, schema.forecast, forecast_ids, removed_at)

    def set_resolution_removed(self, resolution_ids: Collection[int], removed_at: datetime | None) -> None:
        """Hide resolutions, or bring them back with None."""
        set_removed(self._connections, schema.resolution, resolution_ids, removed_at)

    def _forecasts(self, *conditions: sa.ColumnElement[bool]) -> tuple[Forecast, ...]:
        table = schema.forecast
        query = sa.select(table).where(table.c.removed_at.is_(None), *conditions).order_by(table.c.at, table.c.id)
        with self._connections.read() as connection:
            return tuple(map(to_forecast, connection.execute(query)))

    def _insert(self, table: sa.Table, names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> int:
        with self._connections.write() as connection:
            query = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?"
            first = 1 + int(connection.exec_driver_sql(query, (table.name,)).scalar_one())
            sql = data_table.insert_sql(table, names)
            for _count in data_table.run_in_chunks(connection, sql, iter(rows), size=5_000):
                pass
        return first
