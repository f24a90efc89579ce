"""A question between domain and table: columns for what is worth querying, JSON for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.question import Choice, Kind, Missing, Question, Role
from surveyapp.store import schema

_OWN_COLUMNS = {  # field of domain.Question -> column of the table
    "position": "position",
    "column": "header",
    "occurrence": "occurrence",
    "name": "name",
    "text": "text",
    "section": "section",
    "kind": "kind",
    "role": "role",
    "sensitive": "sensitive",
    "left_out": "left_out",
}
_ELSEWHERE = ("id", "grid", "choices")


def to_row(connection: sa.Connection, wave_id: int, question: Question) -> dict[str, Any]:
    """The values of the question table, but for id and rendering; makes the grid's set if there is none."""
    plain = to_plain(question)
    row: dict[str, Any] = {column: getattr(question, field) for field, column in _OWN_COLUMNS.items()}
    row["kind"], row["role"] = question.kind.value, question.role.value
    row["spec"] = {key: item for key, item in plain.items() if key not in _OWN_COLUMNS and key not in _ELSEWHERE}
    row["set_id"] = _ensure_set(connection, wave_id, question.grid) if question.grid else None
    row["wave_id"] = wave_id
    return row


def _ensure_set(connection: sa.Connection, wave_id: int, name: str) -> int:
    table = schema.question_set
    query = sa.select(table.c.id).where(table.c.wave_id == wave_id, table.c.kind == "grid", table.c.name == name)
    found = connection.execute(query).scalar()
    if found is not None:
        return int(found)
    key = connection.execute(sa.insert(table).values(wave_id=wave_id, kind="grid", name=name)).inserted_primary_key
    assert key is not None
    return int(key[0])


def delete_unused_sets(connection: sa.Connection, wave_id: int) -> None:
    """Forget batteries that have no items left."""
    table = schema.question_set
    used = sa.select(schema.question.c.set_id).where(schema.question.c.set_id.is_not(None))
    connection.execute(sa.delete(table).where(table.c.wave_id == wave_id, table.c.id.not_in(used)))


def save_choices(connection: sa.Connection, question: Question) -> None:
    """Put the question's choices in place of the stored ones."""
    connection.execute(sa.delete(schema.choice).where(schema.choice.c.question_id == question.id))
    insert_choices(connection, (question,))


def insert_choices(connection: sa.Connection, questions: Iterable[Question]) -> None:
    """Write the choices of questions that have none stored."""
    rows = [
        {
            "question_id": question.id,
            "code": choice.code,
            "position": position,
            "label": choice.label,
            "missing": choice.missing.value if choice.missing else None,
            "other": choice.other,
            "aliases": list(choice.aliases),
        }
        for question in questions
        for position, choice in enumerate(question.choices)
    ]
    if rows:
        connection.execute(sa.insert(schema.choice), rows)


def read_questions(
    connection: sa.Connection, *, wave_id: int | None = None, question_ids: Sequence[int] | None = None
) -> tuple[Question, ...]:
    """The questions of a wave, or those with these ids, by position."""
    table = schema.question
    query = sa.select(table, schema.question_set.c.name.label("grid")).outerjoin(schema.question_set)
    chosen = sa.select(table.c.id)
    for condition in _conditions(wave_id, question_ids):
        query, chosen = query.where(condition), chosen.where(condition)
    choices = _read_choices(connection, chosen)
    rows = connection.execute(query.order_by(table.c.position, table.c.id))
    return tuple(_question(row, choices.get(row.id, ())) for row in rows)


def _conditions(wave_id: int | None, question_ids: Sequence[int] | None) -> Iterable[sa.ColumnElement[bool]]:
    if wave_id is not None:
        yield schema.question.c.wave_id == wave_id
    if question_ids is not None:
        yield schema.question.c.id.in_(question_ids)


def _read_choices(connection: sa.Connection, chosen: sa.Select[tuple[int]]) -> dict[int, list[Choice]]:
    table = schema.choice
    query = sa.select(table).where(table.c.question_id.in_(chosen)).order_by(table.c.question_id, table.c.position)
    found: dict[int, list[Choice]] = {}
    for row in connection.execute(query):
        missing = Missing(row.missing) if row.missing else None
        choice = Choice(code=row.code, label=row.label, missing=missing, other=row.other, aliases=tuple(row.aliases))
        found.setdefault(row.question_id, []).append(choice)
    return found


def _question(row: sa.Row[Any], choices: Sequence[Choice]) -> Question:
    own = {field: getattr(row, column) for field, column in _OWN_COLUMNS.items()}
    own["kind"], own["role"] = Kind(row.kind).value, Role(row.role).value
    plain = {**row.spec, **own, "id": row.id, "grid": row.grid or ""}
    return replace(from_plain(Question, plain), choices=tuple(choices))
