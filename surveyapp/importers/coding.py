"""From text to answers: every cell becomes a value or a named kind of missing, and keeps its text."""

from __future__ import annotations

from surveyapp.domain.column import CodedColumn, CodedWave, TextColumn
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Flag
from surveyapp.importers.cell.reading import Reading, read_texts
from surveyapp.importers.context import Beside, Draft, needs_of, read_beside
from surveyapp.importers.mark.quality import find_flags
from surveyapp.importers.plan import ImportPlan
from surveyapp.importers.problem.run import index_of
from surveyapp.importers.table import Report, no_report


def code_column(
    column: TextColumn,
    question: Question,
    *,
    beside: Beside | None = None,
    repair: str = "",
    reading: Reading | None = None,
) -> CodedColumn:
    """Read a column by its codebook entry, unless its `reading` by just that entry is given.

    `beside` are the columns it stands among, for entries that depend on others (see importers.context); None = it
    stands alone. `repair` is Mapping.repair_encoding.
    The returned question may have more choices than the given one: new answers are added at the end.
    """
    reading = reading or read_texts(question, column.texts, repair=repair)
    if beside is None:
        return CodedColumn(question=reading.question, index=column.index, entries=reading.entries)
    place = next(n for n, q in enumerate(beside.questions) if _same_column(q, question))
    if not needs_of(beside.questions, place):
        return CodedColumn(question=reading.question, index=column.index, entries=reading.entries)
    return read_beside(Draft(reading.question, index_of(column), reading.entries), beside, place)


def _same_column(one: Question, other: Question) -> bool:
    return one.column == other.column and one.occurrence == other.occurrence


def recode(coded: CodedColumn, question: Question, *, beside: Beside | None = None, repair: str = "") -> CodedColumn:
    """Read a stored column anew by another codebook entry."""
    return code_column(coded.text_column(), question, beside=beside, repair=repair)


def code_plan_column(plan: ImportPlan, place: int) -> CodedColumn:
    """One column of a plan as it would be stored now."""
    questions, column, repair = plan.mapping.questions, plan.table.columns[place], plan.mapping.repair_encoding
    reading = plan.kept.find(place, questions[place], column.texts, repair=repair)
    if reading is None and plan.samples:
        sample = plan.samples[place]
        reading = read_texts(questions[place], column.texts, cells=sample.cleaned, numbers=sample.text_numbers)
    return code_column(
        column,
        questions[place],
        beside=Beside(questions=questions, column=plan.table.columns.__getitem__, repair=repair),
        repair=repair,
        reading=reading,
    )


def code_wave(plan: ImportPlan, *, name: str, survey: str = "", report: Report = no_report) -> CodedWave:
    """Everything the store keeps of this file, columns in the order of the file, flags and open problems included."""
    total = len(plan.table.columns)
    columns = []
    for place in range(total):
        report(place, total)
        columns.append(code_plan_column(plan, place))
    flags: dict[Flag, tuple[int, ...]] = find_flags(
        plan.table,
        columns,
        shifted=plan.shifted,
        marks=plan.kept.marks(plan.mapping.questions),
        repair=plan.mapping.repair_encoding,
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
        notes=tuple(dict.fromkeys((*plan.table.notes, *plan.done))),
    )
