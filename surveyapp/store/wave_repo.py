"""Waves: what came in from files."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from surveyapp.base.i18n import _
from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.column import CodedColumn, CodedWave, Source
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Codebook, Question
from surveyapp.domain.wave import Flag, Wave
from surveyapp.store import data_table, schema
from surveyapp.store.cell import CellCodec
from surveyapp.store.connection import Connections
from surveyapp.store.flag_repo import FlagRepo
from surveyapp.store.problem_repo import ProblemRepo
from surveyapp.store.question_row import insert_choices, to_row
from surveyapp.store.wave_replace import fill, replace_answers

Report = Callable[[int, int], None]
"""Called with (done, total) between chunks; may raise domain.errors.Cancelled."""

_COLUMNS = [column for column in schema.wave.c if column.name not in ("mapping", "removed_at")]
_COMPRESSION = 3  # a CSV shrinks to a quarter in half the time of the default level


class WaveRepo:
    """The waves of a workspace. A removed wave is hidden, not gone, until purge_removed."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(self, coded: CodedWave, *, mapping: Mapping, at: datetime, report: Report | None = None) -> Wave:
        """Store a coded file: source, codebook, answers, flags, problems, in one transaction.

        Question ids and positions in `coded` are ignored; new ones are given, in the order of the columns.
        Raises UserError, with the file as it was, on over 1,900 data columns, and whatever `report` raises.
        """
        codecs = [CellCodec(column.question, column=column) for column in coded.columns]
        data_table.check_width(codecs)
        columns = list(zip(coded.columns, codecs, strict=True))
        with ThreadPoolExecutor(1) as pool, self._connections.write() as connection:
            packed = pool.submit(zlib.compress, coded.source.content, _COMPRESSION)  # beside the writing
            wave_id = _insert_wave(connection, coded, mapping, at)
            questions = _insert_questions(connection, wave_id, columns)
            insert_choices(connection, questions)
            fill(connection, wave_id, questions, coded.rows, columns=columns, report=report or _no_report)
            _insert_source(connection, wave_id, coded.source.sha256, packed)
            data_table.create_view(connection, wave_id, Codebook(questions=tuple(questions)))
            for flag, rows in coded.flags.items():
                FlagRepo(self._connections).set(wave_id, flag, rows)
            ProblemRepo(self._connections).replace(wave_id, coded.problems)
            ProblemRepo(self._connections).add_decided(wave_id, coded.decisions)
            return self.get(wave_id)

    def list(self, *, include_removed: bool = False) -> tuple[Wave, ...]:
        """All waves in the order they came in."""
        query = sa.select(*_COLUMNS).order_by(schema.wave.c.id)
        if not include_removed:
            query = query.where(schema.wave.c.removed_at.is_(None))
        with self._connections.read() as connection:
            return tuple(_wave(row) for row in connection.execute(query))

    def get(self, wave_id: int) -> Wave:
        """The wave, removed or not. Raises KeyError if it never was."""
        return _wave(self._row(wave_id, *_COLUMNS))

    def mapping(self, wave_id: int) -> Mapping:
        """The decisions the wave was imported with."""
        return from_plain(Mapping, self._row(wave_id, schema.wave.c.mapping).mapping)

    def repair_encoding(self, wave_id: int) -> str:
        """Mapping.repair_encoding alone, which every reading of a cell asks for. Raises KeyError if there is none."""
        repair = schema.wave.c.mapping["repair_encoding"].as_string().label("repair")
        return self._row(wave_id, repair).repair or ""

    def source(self, wave_id: int) -> Source:
        """The file the wave came from, with its bytes. Raises UserError if a salvage has lost it."""
        with self._connections.read():
            row = self._row(wave_id, *_COLUMNS)
            content = self.version(wave_id, row.source_sha256)
        return Source(
            name=row.source_name,
            format=row.source_format,
            content=content,
            sha256=row.source_sha256,
            detail=row.source_detail,
        )

    def add_source(self, wave_id: int, source: Source) -> None:
        """Keep the bytes of another version of the wave's file beside the present one; harmless if they are there."""
        values = {"wave_id": wave_id, "sha256": source.sha256, "zlib": zlib.compress(source.content, _COMPRESSION)}
        with self._connections.write() as connection:
            connection.execute(sqlite.insert(schema.source).values(values).on_conflict_do_nothing())

    def keep_only(self, wave_id: int, versions: Collection[str]) -> int:
        """Delete every kept version of the wave's file but these, by SHA-256; how many are gone."""
        of_wave = (schema.source.c.wave_id == wave_id) & schema.source.c.sha256.not_in(versions)
        with self._connections.write() as connection:
            return connection.execute(sa.delete(schema.source).where(of_wave)).rowcount

    def version(self, wave_id: int, sha256: str) -> bytes:
        """The bytes of any kept version of the wave's file. Raises UserError if a salvage has lost it."""
        of_wave = (schema.source.c.wave_id == wave_id) & (schema.source.c.sha256 == sha256)
        with self._connections.read() as connection:
            packed = connection.execute(sa.select(schema.source.c.zlib).where(of_wave)).scalar()
        if packed is None:
            raise UserError(_("The original file of this wave could not be salvaged."), _("Look for it elsewhere."))
        return zlib.decompress(packed)

    def replace_answers(
        self, wave_id: int, coded: CodedWave, *, mapping: Mapping, report: Report | None = None
    ) -> tuple[Question, ...]:
        """Put a coded file in the place of the wave's answers, in one transaction; its questions with their ids.

        The bytes must be kept already (`add_source`). A question of `coded` with an id keeps it, others get one.
        Hand edits and problems are not touched, flags are replaced. Raises KeyError if there is no such wave.
        """
        with self._connections.write() as connection:
            self.get(wave_id)
            questions = replace_answers(connection, wave_id, coded, mapping=mapping, report=report or _no_report)
            for flag in Flag:
                FlagRepo(self._connections).set(wave_id, flag, coded.flags.get(flag, ()))
        return questions

    def rename(self, wave_id: int, *, name: str, survey: str) -> None:
        """Give the wave another name."""
        self._update(wave_id, name=name, survey=survey)

    def set_mapping(self, wave_id: int, mapping: Mapping) -> None:
        """Replace the decisions kept with the wave; codebook and answers are not touched."""
        self._update(wave_id, mapping=to_plain(mapping))

    def set_removed(self, wave_id: int, removed: bool) -> None:
        """Hide the wave, or bring it back."""
        self._update(wave_id, removed_at=self._connections.clock().isoformat() if removed else None)

    def purge_removed(self) -> tuple[int, ...]:
        """Delete the removed waves for good, with everything that belongs to them; their ids are never used again."""
        query = sa.select(schema.wave.c.id).where(schema.wave.c.removed_at.is_not(None)).order_by(schema.wave.c.id)
        with self._connections.write() as connection:
            gone = tuple(connection.execute(query).scalars())
            for wave_id in gone:
                data_table.drop_view(connection, wave_id)
                connection.exec_driver_sql(f"DROP TABLE {data_table.data_name(wave_id)}")
                connection.execute(sa.delete(schema.wave).where(schema.wave.c.id == wave_id))  # the rest cascades
        return gone

    def _row(self, wave_id: int, *columns: sa.ColumnElement[Any]) -> sa.Row[Any]:
        with self._connections.read() as connection:
            row = connection.execute(sa.select(*columns).where(schema.wave.c.id == wave_id)).one_or_none()
        if row is None:
            raise KeyError(wave_id)
        return row

    def _update(self, wave_id: int, **values: Any) -> None:
        with self._connections.write() as connection:
            if not connection.execute(
                sa.update(schema.wave).where(schema.wave.c.id == wave_id).values(values)
            ).rowcount:
                raise KeyError(wave_id)


def _no_report(_done: int, _total: int) -> None:
    pass


def _insert_wave(connection: sa.Connection, coded: CodedWave, mapping: Mapping, at: datetime) -> int:
    statement = sa.insert(schema.wave).values(
        name=coded.name,
        survey=coded.survey,
        source_name=coded.source.name,
        source_format=coded.source.format,
        source_detail=coded.source.detail,
        source_sha256=coded.source.sha256,
        source_size=len(coded.source.content),
        n_responses=len(coded.rows),
        imported_at=at.isoformat(),
        notes=list(coded.notes),
        mapping=to_plain(mapping),
    )
    key = connection.execute(statement).inserted_primary_key
    assert key is not None
    return int(key[0])


def _insert_questions(
    connection: sa.Connection, wave_id: int, columns: Sequence[tuple[CodedColumn, CellCodec]]
) -> list[Question]:
    """The codebook, all at once."""
    questions = [replace(column.question, position=position) for position, (column, _codec) in enumerate(columns)]
    rows = [
        to_row(connection, wave_id, question) | {"rendering": codec.rendering}
        for question, (_column, codec) in zip(questions, columns, strict=True)
    ]
    if not rows:
        return []
    statement = sa.insert(schema.question).returning(schema.question.c.id, sort_by_parameter_order=True)
    keys = connection.execute(statement, rows).scalars()
    return [replace(question, id=key) for question, key in zip(questions, keys, strict=True)]


def _insert_source(connection: sa.Connection, wave_id: int, sha256: str, packed: Future[bytes]) -> None:
    connection.execute(sa.insert(schema.source).values(wave_id=wave_id, sha256=sha256, zlib=packed.result()))


def _wave(row: sa.Row[Any]) -> Wave:
    return Wave(
        id=row.id,
        name=row.name,
        survey=row.survey,
        source_name=row.source_name,
        source_sha256=row.source_sha256,
        source_size=row.source_size,
        source_format=row.source_format,
        n_responses=row.n_responses,
        imported_at=datetime.fromisoformat(row.imported_at),
        notes=tuple(row.notes),
    )
