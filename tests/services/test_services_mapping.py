"""Codebooks as files, problems left alone, and entries that learn their answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from services_example import AGE, GENDER, state

from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Kind, Question
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.column_edit import as_kind
from surveyapp.services.codebook.mapping import read_mapping, write_mapping
from surveyapp.services.codebook.settled import settled_problems
from surveyapp.services.codebook.stored import (
    change_columns,
    leave_problems,
    open_problems,
    update_questions,
)
from surveyapp.services.codebook.use import use_mapping
from surveyapp.services.session import Session


def test_a_codebook_goes_out_and_comes_back(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "codebook.json"
    age = session.find_question(1, AGE)
    update_questions(session, 1, [replace(age, unit="years", note="asked in 2026")])
    assert write_mapping(session, 1, path) == len(session.codebook(1).questions)
    undo(session)
    assert session.find_question(1, AGE).unit == age.unit
    assert use_mapping(session, 1, read_mapping(path), name="codebook") is not None
    assert (session.find_question(1, AGE).unit, session.find_question(1, AGE).note) == ("years", "asked in 2026")
    assert session.find_question(1, AGE).id == age.id
    assert use_mapping(session, 1, read_mapping(path), name="codebook") is None


def test_a_codebook_of_another_form_changes_nothing(session: Session) -> None:
    before = state(session)
    with pytest.raises(UserError, match="none of the columns"):
        use_mapping(session, 1, Mapping(questions=(Question(column="Elsewhere"),)), name="other")
    assert state(session) == before


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[]", b'{"format": 99}', b'{"format": 1, "evil": 1}'])
def test_what_is_no_codebook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(content)
    with pytest.raises(UserError):
        read_mapping(path)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.json"):
        read_mapping(tmp_path / "gone.json")


def test_an_entry_learns_its_answers_when_it_needs_them(session: Session) -> None:
    gender = session.find_question(1, GENDER)
    change_columns(session, 1, [as_kind(gender, Kind.TEXT)])
    assert session.find_question(1, GENDER).choices == ()
    change_columns(session, 1, [as_kind(session.find_question(1, GENDER), Kind.SINGLE)])
    labels = {choice.label for choice in session.find_question(1, GENDER).choices}
    assert {"Female", "Male"} <= labels


def test_a_problem_left_alone_is_settled_until_that_is_undone(session: Session) -> None:
    first, *rest = open_problems(session, 1)
    (change,) = leave_problems(session, 1, [first])
    assert [item.id for item in open_problems(session, 1)] == [item.id for item in rest]
    assert [(one.stored.id, one.change) for one in settled_problems(session, 1)] == [(first.id, change)]
    undo(session, change.id)
    assert [item.id for item in open_problems(session, 1)] == [first.id, *(item.id for item in rest)]
    assert settled_problems(session, 1) == []
