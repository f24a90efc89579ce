"""A wave from its kept bytes and its recipe: made anew in memory, compared with what is stored, put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.column import CodedColumn, CodedWave, Source
from surveyapp.domain.mapping import CellEdit, Mapping
from surveyapp.domain.question import Question
from surveyapp.domain.row import row_words
from surveyapp.domain.wave import Flag, Wave
from surveyapp.importers.coding import code_wave
from surveyapp.importers.kept import edited, read_kept
from surveyapp.importers.plan import ImportPlan
from surveyapp.importers.problem.run import index_of
from surveyapp.importers.table import Report, TextTable, no_report
from surveyapp.services.intake.importing import mapping_of_wave
from surveyapp.services.session import Session

_SHOWN_ROWS = 100
_NAMED_ROWS = 5


class What(StrEnum):
    """What differs."""

    ROWS = "rows"
    COLUMN = "column"
    CELLS = "cells"
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where the stored wave is not what its file and recipe give. Never holds an answer.

    ROWS and a COLUMN are only on one side; CELLS of one column, or the responses with a FLAG, are others. `rows` are
    the first response ids of `count`.
    """

    what: What
    column: str = ""
    occurrence: int = 0
    flag: Flag | None = None
    count: int
    rows: tuple[int, ...] = ()

    def sentence(self) -> str:
        """What differs, in words."""
        rows = ", ".join(row_words(row) for row in self.rows[:_NAMED_ROWS])
        if self.count > _NAMED_ROWS:
            rows += ", …"
        name = self.flag.value if self.flag else self.column.strip() or _("column without a name")
        words = {"n": fmt_count(self.count), "rows": rows, "name": name}
        match self.what:
            case What.COLUMN:
                return _("“%(name)s” is only on one side") % words
            case What.CELLS:
                said = ngettext(
                    "“%(name)s”: %(n)s cell (row %(rows)s)", "“%(name)s”: %(n)s cells (rows %(rows)s)", self.count
                )
            case What.FLAG:
                said = ngettext(
                    "mark %(name)s: %(n)s row (%(rows)s)", "mark %(name)s: %(n)s rows (%(rows)s)", self.count
                )
            case What.ROWS:
                said = ngettext(
                    "%(n)s row is only on one side (%(rows)s)",
                    "%(n)s rows are only on one side (%(rows)s)",
                    self.count,
                )
        return said % words


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """A wave compared with what its file and recipe give: as many rows and columns as are stored."""

    wave: Wave
    n_rows: int
    n_columns: int
    differences: tuple[Difference, ...]

    @property
    def identical(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    def sentence(self) -> str:
        """ "2026: 1,480 x 117 cells rebuilt from the kept file and the recipe: identical"."""
        words = {"wave": self.wave.name, "rows": fmt_count(self.n_rows), "columns": fmt_count(self.n_columns)}
        if self.identical:
            return (
                _("%(wave)s: %(rows)s x %(columns)s cells rebuilt from the kept file and the recipe: identical") % words
            )
        words["n"] = fmt_count(len(self.differences))
        return (
            ngettext(
                "%(wave)s: %(rows)s x %(columns)s cells rebuilt from the kept file and the recipe: %(n)s difference",
                "%(wave)s: %(rows)s x %(columns)s cells rebuilt from the kept file and the recipe: %(n)s differences",
                len(self.differences),
            )
            % words
        )


def derive(
    source: Source,
    mapping: Mapping,
    *,
    edits: Sequence[CellEdit] = (),
    name: str = "",
    survey: str = "",
    report: Report = no_report,
) -> CodedWave:
    """The answers that these bytes give by this codebook, hand edits over them; nothing is guessed.

    Raises UserError if the bytes cannot be read any more, or hold a column that the codebook does not know.
    """
    table = edited(read_kept(source, mapping, report=report), edits)
    return code_wave(_plan(table, mapping), name=name, survey=survey, report=report)


def _plan(table: TextTable, mapping: Mapping) -> ImportPlan:
    """The columns that the codebook knows, each with its entry."""
    known = {(question.column, question.occurrence): question for question in mapping.questions}
    columns = tuple(column for column in table.columns if (column.header, column.occurrence) in known)
    questions = tuple(
        replace(known[column.header, column.occurrence], position=place) for place, column in enumerate(columns)
    )
    table = replace(table, columns=columns, declared=())
    return ImportPlan(table=table, mapping=replace(mapping, questions=questions))


def rebuild(session: Session, wave_id: int, *, report: Report = no_report) -> CodedWave:
    """The wave made anew from its kept file, its codebook and its hand edits, in memory."""
    wave, mapping = session.wave(wave_id), mapping_of_wave(session, wave_id)
    source = session.store.waves.source(wave_id)
    return derive(source, mapping, edits=mapping.edits, name=wave.name, survey=wave.survey, report=report)


def check_rebuild(session: Session, wave_id: int, *, report: Report = no_report) -> Rebuilt:
    """Compare the stored wave with `rebuild`; no differences are expected. Changes nothing."""
    made = rebuild(session, wave_id, report=report)
    stored = session.store.answers.load(wave_id)
    rows = np.array(session.store.answers.rows(wave_id), dtype=np.int64)
    return Rebuilt(
        wave=session.wave(wave_id),
        n_rows=len(rows),
        n_columns=len(stored),
        differences=(
            *_rows_differing(rows, made),
            *_columns_differing(list(stored.values()), rows, made),
            *_flags_differing(session.store.flags.get(wave_id), made),
        ),
    )


def _rows_differing(rows: NDArray[np.int64], made: CodedWave) -> list[Difference]:
    odd = np.setxor1d(rows, np.array(made.rows, dtype=np.int64))
    return [Difference(what=What.ROWS, count=len(odd), rows=_first(odd))] if len(odd) else []


def _columns_differing(stored: Sequence[CodedColumn], rows: NDArray[np.int64], made: CodedWave) -> list[Difference]:
    anew = {_key(column.question): column for column in made.columns}
    both, here, there = np.intersect1d(rows, np.array(made.rows, dtype=np.int64), return_indices=True)
    found = []
    for column in stored:
        question = column.question
        other = anew.pop(_key(question), None)
        if other is None:
            found.append(_alone(question.column, question.occurrence, len(rows)))
            continue
        odd = both[_unlike(column, here, other, there)]
        if len(odd):
            found.append(replace(_alone(*_key(question), len(odd)), what=What.CELLS, rows=_first(odd)))
    found += [_alone(header, n, len(rows)) for header, n in anew]
    return found


def _alone(header: str, occurrence: int, count: int) -> Difference:
    return Difference(what=What.COLUMN, column=header, occurrence=occurrence, count=count)


def _unlike(one: CodedColumn, here: NDArray[np.intp], other: CodedColumn, there: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which of these people have another entry; each pair of entries is compared once."""
    mine = index_of(one.text_column())[here].astype(np.int64)
    theirs = index_of(other.text_column())[there].astype(np.int64)
    width = max(1, len(other.entries))
    pairs, inverse = np.unique(mine * width + theirs, return_inverse=True)
    unlike = [one.entries[pair // width] != other.entries[pair % width] for pair in pairs.tolist()]
    found: NDArray[np.bool_] = np.array(unlike, dtype=np.bool_)[inverse]
    return found


def _flags_differing(stored: dict[Flag, tuple[int, ...]], made: CodedWave) -> list[Difference]:
    found = []
    for flag in Flag:
        odd = sorted(set(stored.get(flag, ())) ^ set(made.flags.get(flag, ())))
        if odd:
            found.append(Difference(what=What.FLAG, flag=flag, count=len(odd), rows=tuple(odd[:_SHOWN_ROWS])))
    return found


def _key(question: Question) -> tuple[str, int]:
    return question.column, question.occurrence


def _first(rows: NDArray[np.int64]) -> tuple[int, ...]:
    return tuple(int(row) for row in rows[:_SHOWN_ROWS])
