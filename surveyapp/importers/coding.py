"""From text to answers: every cell becomes a value or a named kind of missing, and keeps its text."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.column import CodedColumn, CodedWave, Entry, TextColumn
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Flag
from surveyapp.importers.cell.reading import Reading, read_texts, stands_for
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.plan import ImportPlan
from surveyapp.importers.problem.quality import find_flags
from surveyapp.importers.problem.run import index_of, neighbour_code, neighbour_mask
from surveyapp.importers.table import Report, no_report


def code_column(
    column: TextColumn,
    question: Question,
    *,
    neighbours: Sequence[bool] | NDArray[np.bool_] | None = None,
    repair: str = "",
    reading: Reading | None = None,
) -> CodedColumn:
    """Read a column by its codebook entry, unless its `reading` by just that entry is given.

    `neighbours[i]` says that the i-th person gave the missing code in all neighbouring questions too (see
    importers.problem.run.neighbour_mask); None = nobody. `repair` is Mapping.repair_encoding.
    The returned question may have more choices than the given one: new answers are added at the end.
    """
    reading = reading or read_texts(question, column.texts, repair=repair)
    if neighbours is None or neighbour_code(question) is None:
        return CodedColumn(question=reading.question, index=column.index, entries=reading.entries)
    return _with_neighbours(column, reading.question, reading.entries, np.asarray(neighbours, dtype=np.bool_))


def _with_neighbours(
    column: TextColumn, question: Question, entries: list[Entry], neighbours: NDArray[np.bool_]
) -> CodedColumn:
    """The code among codes becomes an entry of its own, beside the entry for the lone code."""
    code = neighbour_code(question)
    assert code is not None  # asked by the caller
    index = index_of(column).copy()
    entries = list(entries)
    for number, text in enumerate(column.texts):
        if stands_for(question, code, clean(text)):
            hit = neighbours & (index == number)
            if hit.any():
                index[hit] = len(entries)
                entries.append(Entry(raw=text, value=None, missing=code.meaning))
    return CodedColumn(question=question, index=array("i", index.astype(np.int32).tobytes()), entries=entries)


def recode(
    coded: CodedColumn,
    question: Question,
    *,
    neighbours: Sequence[bool] | NDArray[np.bool_] | None = None,
    repair: str = "",
) -> CodedColumn:
    """Read a stored column anew by another codebook entry."""
    return code_column(coded.text_column(), question, neighbours=neighbours, repair=repair)


def code_plan_column(plan: ImportPlan, place: int) -> CodedColumn:
    """One column of a plan as it would be stored now."""
    questions, column, repair = plan.mapping.questions, plan.table.columns[place], plan.mapping.repair_encoding
    return code_column(
        column,
        questions[place],
        neighbours=neighbour_mask(questions, plan.table.columns, questions[place]),
        repair=repair,
        reading=plan.kept.find(place, questions[place], column.texts, repair=repair),
    )


def code_wave(plan: ImportPlan, *, name: str, survey: str = "", report: Report = no_report) -> CodedWave:
    """Everything the store keeps of this file, columns in the order of the file, flags and open problems included."""
    total = len(plan.table.columns)
    columns = []
    for place in range(total):
        report(place, total)
        columns.append(code_plan_column(plan, place))
    flags: dict[Flag, tuple[int, ...]] = find_flags(
        plan.table, columns, shifted=plan.shifted, identical=plan.kept.identical(plan.mapping.questions)
    )
    return CodedWave(
        name=name,
        survey=survey or plan.mapping.survey,
        source=plan.table.source,
        rows=plan.table.rows,
        columns=tuple(columns),
        flags=flags,
        problems=plan.problems,
        decisions=plan.decided,
        notes=(*plan.table.notes, *plan.done),
    )
