"""Putting other answers in the place of a wave's: its id, those of its questions and its hand edits stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import sqlalchemy as sa

from surveyapp.domain.codec import to_plain
from surveyapp.domain.column import CodedColumn, CodedWave
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Codebook, Question
from surveyapp.store import data_table, schema
from surveyapp.store.cell import CellCodec
from surveyapp.store.column_write import delete_raw, insert_answers, insert_raw
from surveyapp.store.question_row import delete_unused_sets, insert_choices, to_row

Report = Callable[[int, int], None]

_Coded = tuple[CodedColumn, CellCodec]


def replace_answers(
    connection: sa.Connection, wave_id: int, coded: CodedWave, *, mapping: Mapping, report: Report
) -> tuple[Question, ...]:
    """Store `coded` as the whole wave; the questions with their ids, in the order of the columns.

    A question with an id keeps it (it is made anew if it went before), one without gets a new one, and those that
    are not among the columns go. Raises UserError on over 1,900 data columns.
    """
    columns = [(column, CellCodec(column.question, column=column)) for column in coded.columns]
    data_table.check_width([codec for _column, codec in columns])
    data_table.drop_view(connection, wave_id)
    connection.exec_driver_sql(f"DROP TABLE {data_table.data_name(wave_id)}")
    questions = _put_questions(connection, wave_id, columns)
    fill(connection, wave_id, questions, coded.rows, columns=columns, report=report)
    data_table.create_view(connection, wave_id, Codebook(questions=tuple(questions)))
    connection.execute(
        sa.update(schema.wave)
        .where(schema.wave.c.id == wave_id)
        .values(
            source_name=coded.source.name,
            source_format=coded.source.format,
            source_detail=coded.source.detail,
            source_sha256=coded.source.sha256,
            source_size=len(coded.source.content),
            n_responses=len(coded.rows),
            notes=list(coded.notes),
            mapping=to_plain(mapping),
        )
    )
    return tuple(questions)


def _put_questions(connection: sa.Connection, wave_id: int, columns: Sequence[_Coded]) -> list[Question]:
    table = schema.question
    known = set(connection.execute(sa.select(table.c.id).where(table.c.wave_id == wave_id)).scalars())
    kept = {column.question.id for column, _codec in columns}
    gone = known - kept
    if gone:
        connection.execute(sa.delete(table).where(table.c.id.in_(gone)))  # the rest cascades
    for question_id in known & kept:
        delete_raw(connection, question_id)
        connection.execute(sa.delete(schema.choice).where(schema.choice.c.question_id == question_id))
    questions = []
    for position, (column, codec) in enumerate(columns):
        question = replace(column.question, position=position)
        row = to_row(connection, wave_id, question) | {"rendering": codec.rendering}
        if question.id in known:
            connection.execute(sa.update(table).where(table.c.id == question.id).values(row))
        else:
            if question.id:
                row["id"] = question.id
            key = connection.execute(sa.insert(table).values(row)).inserted_primary_key
            assert key is not None
            question = replace(question, id=key[0])
        questions.append(question)
    insert_choices(connection, questions)
    delete_unused_sets(connection, wave_id)
    return questions


def fill(
    connection: sa.Connection,
    wave_id: int,
    questions: Sequence[Question],
    rows: Sequence[int],
    *,
    columns: Sequence[_Coded],
    report: Report,
) -> None:
    """The data table (four fifths of what `report` hears), then cell_raw and write_in."""
    sql_columns = [column for q, (_c, codec) in zip(questions, columns, strict=True) for column in codec.columns(q.id)]
    table = data_table.data_table(wave_id, sql_columns)
    data_table.create(connection, table)
    total, done = len(rows) * 5, 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        report(min(done, total), total)

    report(0, total)
    insert_answers(connection, table, rows, columns, advance=lambda count: advance(4 * count))
    for question, (column, codec) in zip(questions, columns, strict=True):
        insert_raw(connection, question.id, rows, column, codec)
        advance(len(rows) // len(questions))
    report(total, total)
