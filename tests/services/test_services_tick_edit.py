"""A person says which columns are one multiple choice, and which texts are ticks; what goes out of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tick_example import AGE, CLUB, MEDIA, OPTIONS, OTHER, N, people, tick_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Base
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.services.change_log import undo
from surveyapp.services.codebook.column_edit import as_kind
from surveyapp.services.codebook.stored import change_columns
from surveyapp.services.codebook.tick_edit import (
    are_together,
    set_columns,
    taken_apart,
    taken_together,
    tick_texts,
    with_tick_texts,
)
from surveyapp.services.export import DataForm, export_data
from surveyapp.services.session import Session

EVERYBODY = Base(wave_id=1)


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = tick_session(tmp_path, clock)
    yield made
    made.close()


def read(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    return header, rows


def test_apart_and_together_again(session: Session) -> None:
    before = session.codebook(1)
    columns = before.of_multi(MEDIA)
    assert are_together(columns)
    change = change_columns(session, 1, taken_apart(columns))
    assert change is not None
    assert session.codebook(1).sets == ()
    assert not are_together(session.codebook(1).questions[1:6])
    singles = [replace(as_kind(q, Kind.SINGLE), name="") for q in session.codebook(1).questions[1:5]]
    change_columns(session, 1, singles)
    again = taken_together(session.codebook(1).questions[1:6])
    change_columns(session, 1, again)
    after = session.codebook(1).of_multi(MEDIA)
    assert [q.kind for q in after] == [Kind.TICK] * 4 + [Kind.TEXT]
    assert [q.name for q in after] == [*OPTIONS, OTHER]
    # learned from the cells
    assert [q.choices[0].texts for q in after[:4]] == [(option,) for option in OPTIONS]
    answers = session.dataset.answers(1, session.codebook(1).sets[0])
    told = people()
    assert answers.values[:, 0].tolist() == ["Radio" in ticked for _age, ticked, _other, _club in told]
    undo(session, change.id)
    assert session.codebook(1) == before


def test_names() -> None:
    bare = [Question(column=column, kind=Kind.SINGLE) for column in ("Chess", "Go")]
    assert [(q.multi, q.name) for q in taken_together(bare)] == [("Chess / Go", "Chess"), ("Chess / Go", "Go")]
    assert {q.multi for q in taken_together(bare, "Games")} == {"Games"}
    grid = [Question(column=f"G [{n}]", kind=Kind.SINGLE, grid="Games you play", name=n) for n in ("Chess", "Go")]
    assert [(q.multi, q.name, q.grid) for q in taken_together(grid)] == [
        ("Games you play", "Chess", ""),
        ("Games you play", "Go", ""),
    ]
    numbered = [Question(column=f"Q5_{n}", kind=Kind.NUMBER) for n in (1, 2)]
    assert [(q.multi, q.name, q.kind) for q in taken_together(numbered)] == [
        ("Q5", "Q5_1", Kind.TICK),
        ("Q5", "Q5_2", Kind.TICK),
    ]
    texts = [Question(column=column, kind=Kind.TEXT) for column in ("Chess", "Go")]
    assert {q.kind for q in taken_together(texts)} == {Kind.TICK}  # all of them cannot be the text of "Other"


def test_one_column_is_none_and_unknown_names_are_told(session: Session) -> None:
    with pytest.raises(UserError, match="at least two"):
        taken_together([Question(column="Chess")])
    with pytest.raises(UserError, match="There is no multiple choice or date Games") as told:
        set_columns(session.codebook(1), "Games")
    assert MEDIA in told.value.what_to_do


def test_texts_of_a_tick() -> None:
    choices = (Choice(code=1, label="Yes", aliases=("x",)), Choice(code=0, label="No"))
    question = Question(column="Radio", kind=Kind.TICK, choices=choices)
    assert (tick_texts(question, 1), tick_texts(question, 0)) == ("Yes | x", "No")
    turned = with_tick_texts(question, 0, "x | No|never")
    assert [(c.code, c.texts) for c in turned.choices] == [(1, ("Yes",)), (0, ("x", "No", "never"))]
    emptied = with_tick_texts(question, 1, "")
    assert [(c.code, c.texts) for c in emptied.choices] == [(1, ("Yes",)), (0, ("No",))]
    stolen = with_tick_texts(question, 1, "No")
    assert stolen.choices[0].texts == ("No",)
    assert "No" not in stolen.choices[1].texts
    assert len(stolen.choices[1].texts) == 1


def test_changed_texts_are_read_anew(session: Session) -> None:
    radio = session.codebook(1).questions[1]
    change_columns(session, 1, [with_tick_texts(radio, 0, "Radio")])
    assert not session.dataset.answers(1, session.codebook(1).sets[0]).values[:, 0].any()


def test_codes_go_out_as_counted(session: Session, tmp_path: Path) -> None:
    export_data(session, EVERYBODY, tmp_path / "codes.csv", form=DataForm.CODES)
    header, rows = read(tmp_path / "codes.csv")
    assert header[1:6] == [f"{MEDIA}: {option}" for option in (*OPTIONS, OTHER)]
    for row, (_age, ticked, other, _club) in zip(rows, people(), strict=True):
        wanted = ["1" if option in ticked else "0" for option in OPTIONS] if ticked or other else [""] * 4
        assert row[1:5] == wanted
        assert row[5] == other
    assert len(rows) == N


def test_labels_go_out_as_counted(session: Session, tmp_path: Path) -> None:
    export_data(session, EVERYBODY, tmp_path / "labels.csv", form=DataForm.LABELS)
    header, rows = read(tmp_path / "labels.csv")
    assert len(header) == len({AGE, CLUB}) + len(OPTIONS) + 1
    for row, (_age, ticked, other, _club) in zip(rows, people(), strict=True):
        wanted = ["Yes" if option in ticked else "No" for option in OPTIONS] if ticked or other else [""] * 4
        assert row[1:5] == wanted


def test_the_exact_file_keeps_every_cell(session: Session, tmp_path: Path) -> None:
    export_data(session, EVERYBODY, tmp_path / "exact.csv", form=DataForm.EXACT)
    written, typed = read(tmp_path / "exact.csv"), read(tmp_path / "spread.csv")
    assert written == typed
