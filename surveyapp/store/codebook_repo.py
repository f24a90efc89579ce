"""Codebooks: what the columns of a wave mean."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from surveyapp.domain.column import CodedColumn
from surveyapp.domain.question import Codebook, Missing, Question
from surveyapp.store import data_table, schema
from surveyapp.store.cell import CellCodec
from surveyapp.store.column_read import read_rows, read_table
from surveyapp.store.column_write import delete_raw, insert_raw, sql_columns
from surveyapp.store.connection import Connections
from surveyapp.store.question_row import delete_unused_sets, read_questions, save_choices, to_row


class CodebookRepo:
    """The questions of each wave and their choices."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def get(self, wave_id: int) -> Codebook:
        """All questions of a wave, by position."""
        with self._connections.read() as connection:
            return Codebook(questions=read_questions(connection, wave_id=wave_id))

    def get_question(self, question_id: int) -> Question:
        """One question. Raises KeyError if there is none."""
        with self._connections.read() as connection:
            found = read_questions(connection, question_ids=[question_id])
        if not found:
            raise KeyError(question_id)
        return found[0]

    def wave_of(self, question_id: int) -> int:
        """The wave a question belongs to. Raises KeyError if there is none."""
        query = sa.select(schema.question.c.wave_id).where(schema.question.c.id == question_id)
        with self._connections.read() as connection:
            found = connection.execute(query).scalar()
        if found is None:
            raise KeyError(question_id)
        return int(found)

    def update_question(self, question: Question) -> None:
        """Change what does not touch the answers: names, texts, order of choices, grid, key, note ...

        Raises ValueError if header, kind, or the codes or missing marks of choices differ: replace_question does that.
        """
        with self._connections.write() as connection:
            wave_id = self.wave_of(question.id)
            if _what_answers_rest_on(self.get_question(question.id)) != _what_answers_rest_on(question):
                raise ValueError("the answers would have to be coded anew: use replace_question")
            _save(connection, wave_id, question)
            data_table.create_view(connection, wave_id, self.get(wave_id))

    def replace_question(self, wave_id: int, column: CodedColumn) -> None:
        """Store a question coded anew, `column.question.id` being its id; entries in order of response_id.

        Raises UserError, with the file as it was, if the wave would have over 1,900 data columns.
        """
        question = column.question
        codec = CellCodec(question, column=column)
        with self._connections.write() as connection:
            if self.wave_of(question.id) != wave_id:
                raise KeyError(question.id)
            rows = read_rows(connection, wave_id)
            if len(rows) != len(column):
                raise ValueError("a column needs one entry per response")
            old = read_table(connection, wave_id)
            data_table.drop_view(connection, wave_id)
            _save(connection, wave_id, question, rendering=codec.rendering)
            codebook = self.get(wave_id)
            table = _reshape(connection, wave_id, old, codebook)
            names = [sql_column.name for sql_column in codec.columns(question.id)]
            values = zip(*sql_columns(column, codec), rows, strict=True)
            data_table.update_column_values(connection, table, names, values)
            delete_raw(connection, question.id)
            insert_raw(connection, question.id, rows, column, codec)
            data_table.create_view(connection, wave_id, codebook)


def _reshape(connection: sa.Connection, wave_id: int, old: sa.Table, codebook: Codebook) -> sa.Table:
    """Give the data table the columns that the codebook now asks for."""
    codecs = [(q.id, CellCodec(q, data_table.no_rendering(q))) for q in codebook.questions]
    data_table.check_width(codec for _id, codec in codecs)
    wanted = [column for question_id, codec in codecs for column in codec.columns(question_id)]
    return data_table.reshape(connection, wave_id, old, wanted)


def _what_answers_rest_on(question: Question) -> tuple[str, int, str, dict[int, Missing | None]]:
    return (
        question.column,
        question.occurrence,
        question.kind.value,
        {choice.code: choice.missing for choice in question.choices},
    )


def _save(connection: sa.Connection, wave_id: int, question: Question, **more: Any) -> None:
    row = to_row(connection, wave_id, question) | more
    connection.execute(sa.update(schema.question).where(schema.question.c.id == question.id).values(row))
    save_choices(connection, question)
    delete_unused_sets(connection, wave_id)
