"""The prediction log: statements and their edits, forecasters, seals, and the files they came from.

Removing only hides, so that it can be undone. Forecasts and resolutions are in forecast_repo.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Batch, Forecaster, Prediction, Seal, StatementEdit
from surveyapp.store import schema
from surveyapp.store.connection import Connections
from surveyapp.store.prediction_row import (
    prediction_values,
    seal_values,
    to_batch,
    to_edit,
    to_prediction,
    to_seal,
)

_AT_ONCE = 900
"""Ids in one statement; SQLite takes 32,766."""


class PredictionRepo:
    """The predictions of a workspace."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    # --- forecasters

    def forecasters(self) -> tuple[Forecaster, ...]:
        """Everybody, in the order in which they came."""
        table = schema.forecaster
        with self._connections.read() as connection:
            rows = connection.execute(sa.select(table).order_by(table.c.id))
            return tuple(Forecaster(id=row.id, name=row.name, me=row.me) for row in rows)

    def add_forecasters(self, names: Iterable[str]) -> dict[str, int]:
        """The ids of these names; who is not there yet is added."""
        known = {one.name: one.id for one in self.forecasters()}
        new = [name for name in dict.fromkeys(names) if name not in known]
        if not new:
            return known
        with self._connections.write() as connection:
            connection.execute(sa.insert(schema.forecaster), [{"name": name, "me": False} for name in new])
        return {one.name: one.id for one in self.forecasters()}

    def set_me(self, forecaster_id: int | None) -> None:
        """Who the person at this workspace is; None for nobody."""
        table = schema.forecaster
        with self._connections.write() as connection:
            connection.execute(sa.update(table).values(me=False))
            if forecaster_id is not None:
                connection.execute(sa.update(table).where(table.c.id == forecaster_id).values(me=True))

    def rename_forecaster(self, forecaster_id: int, name: str) -> None:
        """Give somebody another name; the caller sees to it that nobody else bears it."""
        table = schema.forecaster
        with self._connections.write() as connection:
            connection.execute(sa.update(table).where(table.c.id == forecaster_id).values(name=name))

    # --- predictions

    def add(self, predictions: Sequence[Prediction]) -> list[int]:
        """Store new predictions; their ids, in the same order. The ids they carry are ignored."""
        table = schema.prediction
        with self._connections.write() as connection:
            first = 1 + int(
                connection.exec_driver_sql(
                    "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'prediction'"
                ).scalar_one()
            )
            ids = list(range(first, first + len(predictions)))  # a removed one's id is never given again
            rows = [prediction_values(one) | {"id": id_} for id_, one in zip(ids, predictions, strict=True)]
            if rows:
                connection.execute(sa.insert(table), rows)
        return ids

    def any(self) -> bool:
        """Whether there is a prediction."""
        table = schema.prediction
        found = sa.select(table.c.id).where(table.c.removed_at.is_(None)).limit(1)
        with self._connections.read() as connection:
            return connection.execute(found).first() is not None

    def all(self, *, include_removed: bool = False) -> tuple[Prediction, ...]:
        """All predictions, oldest first."""
        table = schema.prediction
        query = sa.select(table).order_by(table.c.id)
        if not include_removed:
            query = query.where(table.c.removed_at.is_(None))
        with self._connections.read() as connection:
            return tuple(map(to_prediction, connection.execute(query)))

    def count(self) -> int:
        """How many predictions there are."""
        table = schema.prediction
        query = sa.select(sa.func.count()).select_from(table).where(table.c.removed_at.is_(None))
        with self._connections.read() as connection:
            return int(connection.execute(query).scalar_one())

    def find(self, prediction_id: int) -> Prediction | None:
        """One prediction that is not removed."""
        table = schema.prediction
        query = sa.select(table).where(table.c.id == prediction_id, table.c.removed_at.is_(None))
        with self._connections.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else to_prediction(row)

    def get(self, prediction_id: int) -> Prediction:
        """One prediction, removed or not. Raises KeyError if there is none."""
        table = schema.prediction
        with self._connections.read() as connection:
            row = connection.execute(sa.select(table).where(table.c.id == prediction_id)).one_or_none()
        if row is None:
            raise KeyError(prediction_id)
        return to_prediction(row)

    def update(self, after: Prediction, edits: Sequence[StatementEdit]) -> None:
        """Put a prediction's new state in place of the old one and keep what was edited. KeyError on an unknown id."""
        table = schema.prediction
        with self._connections.write() as connection:
            statement = sa.update(table).where(table.c.id == after.id).values(prediction_values(after))
            if not connection.execute(statement).rowcount:
                raise KeyError(after.id)
            self.add_edits(edits)

    def add_edits(self, edits: Sequence[StatementEdit]) -> None:
        """Keep what was edited."""
        rows = [
            {
                "prediction_id": edit.prediction_id,
                "field": edit.field,
                "old": edit.old,
                "new": edit.new,
                "at": to_stored(edit.at),
            }
            for edit in edits
        ]
        if rows:
            with self._connections.write() as connection:
                connection.execute(sa.insert(schema.prediction_edit), rows)

    def edits(self, prediction_id: int) -> tuple[StatementEdit, ...]:
        """What was changed of a prediction, oldest first."""
        table = schema.prediction_edit
        query = sa.select(table).where(table.c.prediction_id == prediction_id).order_by(table.c.id)
        with self._connections.read() as connection:
            return tuple(map(to_edit, connection.execute(query)))

    def all_edits(self) -> tuple[StatementEdit, ...]:
        """What was changed of any prediction, oldest first."""
        table = schema.prediction_edit
        with self._connections.read() as connection:
            return tuple(map(to_edit, connection.execute(sa.select(table).order_by(table.c.id))))

    def set_removed(self, prediction_ids: Collection[int], removed_at: datetime | None) -> None:
        """Hide predictions, or bring them back with None."""
        set_removed(self._connections, schema.prediction, prediction_ids, removed_at)

    # --- seals

    def add_seals(self, seals: Sequence[Seal]) -> list[int]:
        """Keep new seals; their ids."""
        ids = []
        with self._connections.write() as connection:
            for one in seals:
                key = connection.execute(sa.insert(schema.seal).values(seal_values(one))).inserted_primary_key
                assert key is not None
                ids.append(int(key[0]))
        return ids

    def seals(self) -> tuple[Seal, ...]:
        """All seals, oldest first."""
        table = schema.seal
        query = sa.select(table).where(table.c.removed_at.is_(None)).order_by(table.c.id)
        with self._connections.read() as connection:
            return tuple(map(to_seal, connection.execute(query)))

    def seals_taken_back(self) -> tuple[Seal, ...]:
        """Seals that were undone or whose prediction was removed, oldest first; not those of a file that was."""
        seal, one, batch = schema.seal, schema.prediction, schema.prediction_batch
        query = (
            sa.select(seal)
            .join(one, one.c.id == seal.c.prediction_id)
            .outerjoin(batch, batch.c.id == one.c.batch_id)
            .where(sa.or_(seal.c.removed_at.is_not(None), one.c.removed_at.is_not(None)), batch.c.removed_at.is_(None))
            .order_by(seal.c.id)
        )
        with self._connections.read() as connection:
            return tuple(map(to_seal, connection.execute(query)))

    def set_opened(self, seal_ids: Collection[int], opened_at: datetime | None) -> None:
        """Note that seals were opened, or that they were not."""
        table = schema.seal
        stored = None if opened_at is None else to_stored(opened_at)
        with self._connections.write() as connection:
            connection.execute(sa.update(table).where(table.c.id.in_(seal_ids)).values(opened_at=stored))

    def remove_seals(self, seal_ids: Collection[int], removed_at: datetime | None) -> None:
        """Hide seals, or bring them back with None."""
        set_removed(self._connections, schema.seal, seal_ids, removed_at)

    # --- files

    def add_batch(self, batch: Batch) -> Batch:
        """Note a file that was imported."""
        values = {
            "name": batch.name,
            "format": batch.format,
            "sha256": batch.sha256,
            "at": to_stored(batch.at),
            "notes": list(batch.notes),
        }
        with self._connections.write() as connection:
            key = connection.execute(sa.insert(schema.prediction_batch).values(values)).inserted_primary_key
        assert key is not None
        return replace(batch, id=int(key[0]))

    def batches(self) -> tuple[Batch, ...]:
        """The files imported and not undone, oldest first."""
        table = schema.prediction_batch
        query = sa.select(table).where(table.c.removed_at.is_(None)).order_by(table.c.id)
        with self._connections.read() as connection:
            return tuple(map(to_batch, connection.execute(query)))

    def set_batch_removed(self, batch_id: int, removed_at: datetime | None) -> None:
        """Hide all that came with a file (predictions, forecasts, resolutions), or bring it back with None."""
        stored = None if removed_at is None else to_stored(removed_at)
        with self._connections.write() as connection:
            for table in (schema.prediction, schema.forecast, schema.resolution):
                connection.execute(sa.update(table).where(table.c.batch_id == batch_id).values(removed_at=stored))
            table = schema.prediction_batch
            connection.execute(sa.update(table).where(table.c.id == batch_id).values(removed_at=stored))


def set_removed(connections: Connections, table: sa.Table, ids: Collection[int], removed_at: datetime | None) -> None:
    """Hide rows of a table, or bring them back with None."""
    stored = None if removed_at is None else to_stored(removed_at)
    wanted = list(ids)
    with connections.write() as connection:
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            connection.execute(sa.update(table).where(table.c.id.in_(some)).values(removed_at=stored))
