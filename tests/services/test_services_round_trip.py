"""Import, exact export, import again: the same texts, the same codebook, the same answers, for any table of texts."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import Base
from surveyapp.domain.column import Entry
from surveyapp.domain.question import Question
from surveyapp.services.export import DataForm, export_data
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=10)
ODD = st.sampled_from(
    ["0", "N/A", "NA", "Yes", "No", "a, b", "a;b", "5", "1,000", "1.000", "50%", "1e999", "2026-02-30", "=1+1", "-1",
     '"', "\r\n", "\u00a0", "  x ", "£4k", "200-300", "45+", "~7", "10/11/2012", "{question_not_shown}", "-99", "'=1"]
)  # fmt: skip
HEADER = TEXT | st.sampled_from(
    ["id", "Q1[SQ001]", "Q1[other]", "Timestamp", "Trust [press]", "How sure? 0-100", "Age"]
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A header and rows; equal, empty and odd headers are likely, and so are answers that repeat."""
    width = draw(st.integers(1, 5))
    header = draw(st.lists(HEADER, min_size=width, max_size=width))
    cells = [draw(st.lists(TEXT | ODD, min_size=1, max_size=6)) for _column in range(width)]
    row = st.tuples(*(st.sampled_from(own) for own in cells)).map(list)
    return [header, *draw(st.lists(row, min_size=1, max_size=12))]


def stored(session: Session, wave_id: int) -> list[tuple[Question, list[Entry]]]:
    questions = session.codebook(wave_id).questions
    columns = session.store.answers.load(wave_id, [question.id for question in questions])
    found = []
    for question in questions:
        column = columns[question.id]
        found.append((question, [column.entries[number] for number in column.index]))
    return found


@given(table=tables())
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_lost_on_the_way(clock: Clock, table: list[list[str]]) -> None:
    if not any(map(any, table[1:])) or not any(cell.strip() for cell in table[0]):
        return  # refused: no answer, or no header
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, exported = folder / "census.csv", folder / "exact.csv"
        with source.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
        session = new_session(folder / "w.survey", clock)
        try:
            first = run_import(session, plan_import(source), wave="1")
            export_data(session, Base(wave_id=first.id), exported, form=DataForm.EXACT)
            second = run_import(session, plan_import(exported), wave="2")
            before, after = stored(session, first.id), stored(session, second.id)
        finally:
            session.close()
    typed = [row for row in table[1:] if any(row)]
    width = len(before)
    assert [[entries[n].raw for _q, entries in before] for n in range(len(typed))] == [
        (row + [""] * width)[:width] for row in typed
    ]
    assert [entries for _question, entries in after] == [entries for _question, entries in before]
    assert [(q.column, q.kind, q.choices) for q, _e in after] == [(q.column, q.kind, q.choices) for q, _e in before]
