"""Marks after a change are those of looking at everything, whatever was edited, undone or taken back."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from surveyapp.base.paths import bundled
from surveyapp.domain.column import Source
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Role
from surveyapp.domain.wave import Flag
from surveyapp.importers.mark.quality import find_flags
from surveyapp.importers.plan import propose
from surveyapp.importers.registry import read_table
from surveyapp.importers.table import TextTable
from surveyapp.services.cell.correction import edit_cell
from surveyapp.services.change_log import undo
from surveyapp.services.intake.importing import run_import
from surveyapp.services.session import Session

_NOTHING = Source(name="", format="", content=b"", sha256="")


@pytest.fixture
def wave(empty: Session) -> int:
    """A wave of some of the sample community's people."""
    table = read_table(bundled("sample/riverside-census-2026.csv"))
    return run_import(empty, propose(table), wave="1").id


def by_a_full_look(session: Session, wave_id: int) -> dict[Flag, tuple[int, ...]]:
    """The flags by the stored answers, with nothing remembered."""
    columns = list(session.store.answers.load(wave_id).values())
    texts = tuple(column.text_column() for column in columns)
    table = TextTable(columns=texts, rows=session.store.answers.rows(wave_id), source=_NOTHING)
    return find_flags(table, columns, repair=session.store.waves.mapping(wave_id).repair_encoding)


def check(session: Session, wave_id: int) -> dict[Flag, tuple[int, ...]]:
    found = session.store.flags.get(wave_id)
    assert found == by_a_full_look(session, wave_id)
    return found


def test_marks_after_random_edits(empty: Session, wave: int) -> None:
    random = Random(11)
    rows = list(empty.store.answers.rows(wave))
    questions = empty.codebook(wave).questions
    seen = {tuple(sorted(check(empty, wave).items()))}
    for _round in range(6):
        one, two = random.sample(rows[:200], 2)
        for question in questions if _round == 1 else random.sample(questions, 8):  # the whole person, or a part
            text = empty.store.answers.cell(wave, one, question.id).raw
            if question.kind is Kind.TEXT and random.random() < 0.3:
                text = random.choice(["test, please ignore", "asdf", "", question.column])
            try:
                edit_cell(empty, wave, two, question, text)
            except UserError:
                continue
        seen.add(tuple(sorted(check(empty, wave).items())))
    assert len(seen) > 2  # the edits did change marks
    for _step in range(10):
        undo(empty)
    check(empty, wave)


def test_marks_after_a_change_of_the_codebook_and_one_taken_back(empty: Session, wave: int) -> None:
    from surveyapp.services.codebook.stored import update_questions

    rows = empty.store.answers.rows(wave)
    text, other = [q for q in empty.codebook(wave).questions if q.kind is Kind.TEXT and q.role is Role.PLAIN][:2]
    edit_cell(empty, wave, rows[3], text, "test, please ignore")
    assert rows[3] in check(empty, wave)[Flag.TEST_ROW]
    with pytest.raises(ZeroDivisionError), empty.store.transaction():
        edit_cell(empty, wave, rows[4], text, "test, please ignore")
        raise ZeroDivisionError
    edit_cell(empty, wave, rows[5], other, "test, please ignore")
    marked = check(empty, wave)[Flag.TEST_ROW]
    assert rows[5] in marked
    assert rows[4] not in marked
    update_questions(empty, wave, [replace(empty.codebook(wave).find(text.column) or text, role=Role.DISPLAY)])
    check(empty, wave)
    edit_cell(empty, wave, rows[6], empty.codebook(wave).questions[-1], "other")
    check(empty, wave)


def test_only_the_edited_column_is_read_again(empty: Session, wave: int) -> None:
    rows = empty.store.answers.rows(wave)
    text = next(q for q in empty.codebook(wave).questions if q.kind is Kind.TEXT and q.role is Role.PLAIN)
    edit_cell(empty, wave, rows[3], text, "first")
    _rows, before, _texts = empty.dataset.coded.load(wave)
    edit_cell(empty, wave, rows[4], text, "second")
    _rows, after, _texts = empty.dataset.coded.load(wave)
    changed = [new.question.id for old, new in zip(before, after, strict=True) if old is not new]
    assert changed == [text.id]
    assert "second" in [entry.raw for entry in after[text.position].entries]
