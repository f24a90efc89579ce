"""Answers and results out, as CSV, XLSX and SPSS: in words, in codes, or exactly as they were typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_percent
from surveyapp.base.version import program_version
from surveyapp.domain.analysis import NO_WAVE, AnalysisSpec, Base
from surveyapp.domain.column import CodedColumn, Entry, Value
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import WHOLE, Kind, Question
from surveyapp.reports.csv import write_csv
from surveyapp.reports.result_table.build import further_tables, result_table
from surveyapp.reports.sections.weight import weights_sentence
from surveyapp.reports.table import Column, ColumnKind, Table
from surveyapp.reports.target import write_bytes
from surveyapp.reports.xlsx import write_xlsx
from surveyapp.services.analysis.run import base_of, run_analysis
from surveyapp.services.derived.column import column_of
from surveyapp.services.few_words import few_words
from surveyapp.services.sav_export import export_sav
from surveyapp.services.session import Session
from surveyapp.services.weight_column import weight_columns
from surveyapp.services.weighting import SCHEMES, make, unweighted_words
from surveyapp.stats.estimate import NotComputed

_NUMERIC = (Kind.NUMBER, Kind.PROBABILITY)
_CLOSED = (Kind.SINGLE, Kind.SCALE, Kind.TICK)


class DataForm(StrEnum):
    """How the answers are written."""

    LABELS = "labels"
    CODES = "codes"
    EXACT = "exact"


def export_data(session: Session, base: Base, path: Path, *, form: DataForm) -> int:
    """Write the answers of the people of a base; the number of rows. The ending of the path chooses CSV, XLSX or SPSS.

    An SPSS file (.sav) holds codes and labels both (see services.sav_export).
    LABELS and CODES leave out what the codebook leaves out and defuse formulas; a multiple choice over several columns
    keeps them, and a blank among somebody's ticks is written as not ticked, as it is counted. Derived questions stand
    behind the columns of the file, in SPSS files too, and behind them the weights that are saved; nobody typed these,
    so EXACT has none. EXACT writes every column of the file with its header and every cell as typed, and only as CSV,
    because a spreadsheet cannot hold them so.
    """
    if path.suffix.lower() == ".sav" and form is not DataForm.EXACT:
        about = [f"{label}: {value}" for label, value in _about_answers(session, base)]
        return export_sav(session, base, path, about=about)
    table = data_table(session, base, form=form)
    if form is DataForm.EXACT:
        if path.suffix.lower() != ".csv":
            raise UserError(_("Exact data are written as CSV."), _("Give the output the ending .csv."))
        write_csv(table, path, exact=True)
    else:
        _write([table], path, about=_about_answers(session, base))
    return table.n_rows


def export_original(session: Session, wave_id: int, path: Path) -> int:
    """Write the file a wave came from, byte for byte; how many bytes. A wave of several files comes as one archive."""
    content = session.store.waves.source(wave_id).content
    write_bytes(path, content)
    return len(content)


def export_tables(
    session: Session, specs: Sequence[AnalysisSpec], path: Path, *, tell: Callable[[str], object] = lambda _words: None
) -> int:
    """Write the tables of analyses, XLSX with a sheet each or one CSV; the number of tables.

    A workbook also holds what a result says in other units; a CSV file has room for one table. `tell` hears what one
    should know before giving the file to others: that it shows few people.
    """
    results = [run_analysis(session, spec) for spec in specs]
    tables = [result_table(result) for result in results if not isinstance(result, NotComputed)]
    if path.suffix.lower() == ".xlsx":
        tables += [table for result in results for table in further_tables(result)]
    if not tables:
        reason = results[0].reason if results and isinstance(results[0], NotComputed) else _("Nothing was asked for.")
        raise UserError(_("There is no table to write."), reason)
    about = about_base(session, specs[0].base)
    if specs[0].base.wave_id != NO_WAVE:
        about.append(_about_weights(session, specs))
    _write(tables, path, about=about)
    if words := few_words(results):
        tell(words)
    return len(tables)


def data_table(session: Session, base: Base, *, form: DataForm) -> Table:
    """The answers as a table, a row a person, in the order of the file."""
    codebook = session.codebook(base.wave_id)
    questions = codebook.questions if form is DataForm.EXACT else codebook.shown
    coded = session.store.answers.load(base.wave_id, [question.id for question in questions])
    derived = codebook.derived if form is not DataForm.EXACT else ()
    kept = base_of(session, base).mask.nonzero()[0].tolist()
    columns: list[Column] = []
    answered = _answered_sets(session, base.wave_id) if form is not DataForm.EXACT else {}
    for question in questions:
        if question.kind is Kind.TICK and question.multi in answered:
            columns.append(_tick_column(coded[question.id], kept, form, answered[question.multi]))
        else:
            columns += _columns(coded[question.id], kept, form)
    dates = codebook.dates if form is not DataForm.EXACT else ()
    for question in (*dates, *derived):
        columns += _columns(column_of(session.dataset.answers(base.wave_id, question)), kept, form)
    for weights in weight_columns(session, base, kept) if form is not DataForm.EXACT else ():
        columns.append(Column(header=weights.header, values=weights.values, kind=ColumnKind.NUMBER))
    wave = session.wave(base.wave_id)
    return Table(title=wave.title, columns=tuple(_unique(columns) if form is not DataForm.EXACT else columns))


def _answered_sets(session: Session, wave_id: int) -> dict[str, NDArray[np.bool_]]:
    """Who answered each multiple choice over several columns, shape (n,)."""
    sets = session.codebook(wave_id).sets
    return {question.multi: session.dataset.answers(wave_id, question).answered for question in sets}


def _tick_column(coded: CodedColumn, kept: Sequence[int], form: DataForm, answered: NDArray[np.bool_]) -> Column:
    """One option: ticked or not for everybody who answered in any of its columns."""
    question = coded.question
    codes = [entry.value == 1 if entry.missing is None else False for entry in coded.entries]
    ticks = [int(codes[coded.index[row]]) if answered[row] else None for row in kept]
    header = f"{question.multi}: {question.title}"
    if form is DataForm.CODES:
        return Column(header=header, values=ticks, kind=ColumnKind.NUMBER)
    labels = [None if tick is None else _label(question, tick) for tick in ticks]
    return Column(header=header, values=labels, kind=ColumnKind.TEXT)


def _columns(coded: CodedColumn, kept: Sequence[int], form: DataForm) -> Iterable[Column]:
    question = coded.question
    if form is DataForm.EXACT:
        yield _column(question.column, coded, kept, [entry.raw for entry in coded.entries], ColumnKind.TEXT)
    elif form is DataForm.CODES and question.kind is Kind.MULTI:
        for choice in question.choices:
            ticks = [_tick(entry, choice.code) for entry in coded.entries]
            yield _column(f"{question.title}: {choice.label}", coded, kept, ticks, ColumnKind.NUMBER)
    else:
        kind = ColumnKind.NUMBER if question.kind in _NUMERIC or form is DataForm.CODES else ColumnKind.TEXT
        values = [_value(question, entry, form) for entry in coded.entries]
        parted = bool(question.multi) and question.occurrence != WHOLE
        header = f"{question.multi}: {question.title}" if parted else question.title
        yield _column(header, coded, kept, values, kind)


def _column(
    header: str, coded: CodedColumn, kept: Sequence[int], values: Sequence[str | int | float | None], kind: ColumnKind
) -> Column:
    return Column(header=header, values=[values[coded.index[row]] for row in kept], kind=kind)


def _tick(entry: Entry, code: int) -> int | None:
    return None if entry.missing else int(isinstance(entry.value, tuple) and code in entry.value)


def _value(question: Question, entry: Entry, form: DataForm) -> str | int | float | None:
    if entry.missing is not None:
        return None
    value = entry.value
    if question.kind in _CLOSED and form is DataForm.LABELS:
        return entry.write_in or _label(question, value)
    if isinstance(value, tuple):
        ticked = [_label(question, code) for code in value]
        return "; ".join([*ticked, entry.write_in] if entry.write_in else ticked)
    return value


def _label(question: Question, value: Value) -> str:
    choice = question.choice(value) if isinstance(value, int) else None
    return choice.label if choice else ""


def _unique(columns: Sequence[Column]) -> list[Column]:
    """Headers that no two columns share: a spreadsheet or R would merge or rename them silently."""
    own = {column.header for column in columns}
    taken: set[str] = set()
    unique = []
    for column in columns:
        header, n = column.header, 1
        while header in taken or (n > 1 and header in own):
            n += 1
            header = f"{column.header} ({n})"
        taken.add(header)
        unique.append(Column(header=header, values=column.values, kind=column.kind))
    return unique


def _write(tables: Sequence[Table], path: Path, *, about: Sequence[tuple[str, str]]) -> None:
    match path.suffix.lower():
        case ".xlsx":
            write_xlsx(tables, path, about=about)
        case ".csv" if len(tables) == 1:
            write_csv(tables[0], path)
        case ".csv":
            raise UserError(_("A CSV file holds one table."), _("Write XLSX for several, or ask for one question."))
        case _:
            raise UserError(_("Tables are written as .csv or .xlsx."), _("Give the output one of these endings."))


def _about_answers(session: Session, base: Base) -> list[tuple[str, str]]:
    """Also the weights that stand behind the answers."""
    told = [(_("Weights"), column.told) for column in weight_columns(session, base, ())]
    return [*about_base(session, base), *told]


def _about_weights(session: Session, specs: Sequence[AnalysisSpec]) -> tuple[str, str]:
    """How the numbers of tables are weighted; answers themselves never are."""
    weighted = next((spec for spec in specs if spec.base.weight and not unweighted_words(spec)), None)
    if weighted is None:
        return _("Weights"), _("None: everybody counts once.")
    made = make(session, weighted.base, SCHEMES.get(session, weighted.base.weight)).result
    others = [words for words in dict.fromkeys(map(unweighted_words, specs)) if words]
    return _("Weights"), " ".join([weights_sentence(made), *others])


def about_base(session: Session, base: Base) -> list[tuple[str, str]]:
    """What a file of tables or answers says about itself: whom it is about, from which source."""
    if base.wave_id == NO_WAVE:
        return [
            (_("Prediction log"), session.name),
            (_("Intervals"), fmt_percent(base.level)),
            (_("Program"), f"surveyapp {program_version()}"),
        ]
    wave, counted = session.wave(base.wave_id), base_of(session, base)
    return [
        (_("Census"), f"{session.name}, {wave.title}"),
        (_("Source file"), wave.source_name),
        (_("SHA-256"), wave.source_sha256),
        (_("People"), _("%(n)s of %(total)s") % {"n": fmt_count(counted.n), "total": fmt_count(counted.total)}),
        *((_("Filter"), f"{step.in_full} (−{fmt_count(step.removed)})") for step in counted.steps),
        (_("Intervals"), fmt_percent(base.level)),
        (_("Program"), f"surveyapp {program_version()}"),
    ]
