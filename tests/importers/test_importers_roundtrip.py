"""Whatever was typed comes back: any table of texts through CSV, any column through coding."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st
from import_build import table_of

from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Choice, Kind, MissingCode, Question
from surveyapp.importers.coding import code_column, code_wave, recode
from surveyapp.importers.file.delimited import read
from surveyapp.importers.plan import propose
from surveyapp.importers.table import no_report

CELL = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
ODD = st.sampled_from(
    ["0", "N/A", "Yes", "No", "a, b", "a;b", "5", "1,000", "50%", "1e999", "2026-02-30", "=1+1", '"', "\r\n"]
)


@given(
    st.integers(2, 5).flatmap(lambda n: st.lists(st.lists(CELL | ODD, min_size=n, max_size=n), min_size=1, max_size=8))
)
@settings(deadline=None, max_examples=200)
def test_any_table_through_csv(rows: list[list[str]]) -> None:
    width = len(rows[0])
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[f"q{n}" for n in range(width)], *rows])
    kept = [row for row in rows if any(row)]
    if not kept:
        return
    table = read(out.getvalue().encode("utf-8"), "a.csv", report=no_report, encoding=None, sheet=None)
    read_back = [[column.texts[column.index[n]] for column in table.columns] for n in range(len(table))]
    assert [row[:width] for row in read_back] == kept
    assert list(table.rows) == [n + 2 for n, row in enumerate(rows) if any(row)]


@given(st.lists(CELL | ODD, min_size=1, max_size=30))
@settings(deadline=None, max_examples=150)
def test_any_column_through_proposal_and_coding(cells: list[str]) -> None:
    table = table_of(["id", "Question"], [[str(n), cell] for n, cell in enumerate(cells)])
    coded = code_wave(propose(table), name="1").columns[1]
    assert [coded.entries[number].raw for number in coded.index] == cells


@given(st.lists(CELL | ODD, min_size=1, max_size=20), st.sampled_from(list(Kind)), st.sampled_from(list(Kind)))
@settings(deadline=None, max_examples=200)
def test_any_kind_keeps_the_text_and_can_be_read_anew(cells: list[str], first: Kind, second: Kind) -> None:
    from array import array

    column = TextColumn(header="Q", occurrence=0, index=array("i", range(len(cells))), texts=cells)
    choices = (Choice(code=1, label="Yes"), Choice(code=2, label="5"))
    question = Question(column="Q", kind=first, choices=choices, missing_codes=(MissingCode(text="0"),), delimiter=", ")
    coded = code_column(column, question)
    again = recode(coded, Question(column="Q", kind=second, choices=choices, delimiter=";"))
    for one in (coded, again):
        assert [one.entries[number].raw for number in one.index] == cells
        for entry in one.entries:
            assert (entry.value is None) == (entry.missing is not None)
