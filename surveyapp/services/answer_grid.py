"""All answers of a wave in words, for a grid of people and questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_number
from surveyapp.domain.column import CodedColumn, Entry
from surveyapp.domain.question import Kind, Missing, Question
from surveyapp.domain.wave import Flag
from surveyapp.importers.cell.wording import clean, clean_all, repair_text
from surveyapp.importers.table import Report, no_report
from surveyapp.services.cell.correction import edited_cells
from surveyapp.services.session import Session

_CHUNK = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGrid:
    """`rows[i]` is the i-th person's row number in the file; `columns` are in the order of the file.

    `flags[i]` holds the marks of that person, `edited` maps (person, column) positions to what stood there at first.
    `repair` is Mapping.repair_encoding.
    """

    wave_id: int
    rows: NDArray[np.int64]
    columns: tuple[CodedColumn, ...]
    flags: dict[int, tuple[Flag, ...]] = field(default_factory=dict)
    edited: dict[tuple[int, int], Entry] = field(default_factory=dict)
    repair: str = ""

    def entry(self, person: int, column: int) -> Entry:
        """One cell."""
        coded = self.columns[column]
        return coded.entries[coded.index[person]]

    def ranks(self, column: int) -> NDArray[np.int64]:
        """Shape (n,): what sorts the people by that column; no answer comes last."""
        coded = self.columns[column]
        order = sorted(range(len(coded.entries)), key=lambda n: sort_key(coded.question, coded.entries[n]))
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        return rank[_index(coded)] if len(order) else np.zeros(0, dtype=np.int64)

    def count_equal(self, column: int, text: str) -> int:
        """How many people's cells of that column read like `text`, but for odd spaces; 0 for a blank."""
        coded = self.columns[column]
        repair = coded.question.repair_in(self.repair)
        wanted = clean(repair_text(text, repair))
        if not wanted:
            return 0
        cells = clean_all([entry.raw for entry in coded.entries], repair)
        alike = np.array([cell == wanted for cell in cells], dtype=np.bool_)
        return int(np.count_nonzero(alike[_index(coded)]))

    def matching(self, words: str) -> NDArray[np.bool_]:
        """Shape (n,): people with these words in any cell, as typed or as read, whatever the case."""
        wanted = words.casefold()
        mask = np.zeros(len(self.rows), dtype=np.bool_)
        for coded in self.columns:
            hits = np.array([_holds(coded.question, entry, wanted) for entry in coded.entries], dtype=np.bool_)
            if hits.any():
                mask |= hits[_index(coded)]
        if wanted.isdigit():
            mask |= self.rows == int(wanted)
        return mask


def load_grid(session: Session, wave_id: int, *, report: Report = no_report) -> AnswerGrid:
    """Read all answers of a wave, left-out columns too."""
    questions = session.codebook(wave_id).questions
    rows = session.dataset.rows(wave_id)
    columns: list[CodedColumn] = []
    for start in range(0, len(questions), _CHUNK):
        report(start, len(questions))
        columns += load_columns(session, wave_id, questions[start : start + _CHUNK])
    return _with_marks(session, wave_id, rows, tuple(columns))


def reload_grid(session: Session, grid: AnswerGrid, question_ids: Collection[int]) -> AnswerGrid:
    """The grid after a change of some questions: only their columns are read again.

    Raises KeyError if the wave has other questions or people by now.
    """
    own = {column.question.id for column in grid.columns}
    if not set(question_ids) <= own:
        raise KeyError("the wave has other questions")
    fresh = session.store.answers.load(grid.wave_id, list(question_ids))
    columns = tuple(fresh.get(column.question.id, column) for column in grid.columns)
    return _with_marks(session, grid.wave_id, grid.rows, columns)


def _with_marks(
    session: Session, wave_id: int, rows: NDArray[np.int64], columns: tuple[CodedColumn, ...]
) -> AnswerGrid:
    place = {int(row): n for n, row in enumerate(rows)}
    number = {column.question.id: n for n, column in enumerate(columns)}
    marks: dict[int, list[Flag]] = {}
    for flag, flagged in session.store.flags.get(wave_id).items():
        for row in flagged:
            marks.setdefault(place[row], []).append(flag)
    edited = {(place[row], number[qid]): entry for (row, qid), entry in edited_cells(session, wave_id).items()}
    return AnswerGrid(
        wave_id=wave_id,
        rows=rows,
        columns=columns,
        flags={person: tuple(flags) for person, flags in marks.items()},
        edited=edited,
        repair=session.store.waves.repair_encoding(wave_id),
    )


def load_columns(session: Session, wave_id: int, questions: Sequence[Question]) -> list[CodedColumn]:
    """The stored columns of these questions, in their order."""
    found = session.store.answers.load(wave_id, [question.id for question in questions])
    return [found[question.id] for question in questions]


def _index(coded: CodedColumn) -> NDArray[np.intc]:
    return np.frombuffer(coded.index, dtype=np.intc) if len(coded.index) else np.zeros(0, dtype=np.intc)


def _holds(question: Question, entry: Entry, wanted: str) -> bool:
    if wanted in entry.raw.casefold():
        return True
    return entry.missing is None and wanted in answer_words(question, entry).casefold()


def missing_words(missing: Missing) -> str:
    """The five reasons why there is no answer."""
    return {
        Missing.BLANK: _("blank"),
        Missing.NOT_SHOWN: _("not shown"),
        Missing.REFUSED: _("refused"),
        Missing.UNREADABLE: _("unreadable"),
        Missing.OUT_OF_RANGE: _("out of range"),
    }[missing]


def flag_words(flag: Flag) -> str:
    """What a mark on a person says."""
    return {
        Flag.IDENTICAL: _("repeats an earlier row"),
        Flag.ATTENTION: _("failed the attention check"),
        Flag.NO_CONSENT: _("did not consent"),
        Flag.SHIFTED: _("answers look shifted by one column"),
        Flag.NEAR_IDENTICAL: _("answers are nearly those of an earlier row"),
        Flag.STRAY_HEADER: _("repeats the header"),
        Flag.TEST_ROW: _("sent to try the form out"),
        Flag.BOT: _("looks like a bot"),
        Flag.STRAIGHT_LINED: _("same step in every item of the batteries"),
        Flag.TOO_FAST: _("answered faster than one can read"),
        Flag.INCOMPLETE: _("not sent to the end"),
    }[flag]


def answer_words(question: Question, entry: Entry) -> str:
    """A cell in words: the label, the ticked labels, the number, or why there is no answer."""
    if entry.missing in (Missing.UNREADABLE, Missing.OUT_OF_RANGE):
        return _("%(reason)s: %(typed)s") % {"reason": missing_words(entry.missing), "typed": entry.raw.strip()}
    if entry.missing is not None:
        return missing_words(entry.missing)
    if question.kind in (Kind.SINGLE, Kind.SCALE, Kind.TICK) and isinstance(entry.value, int):
        return _with_write_in([_label(question, entry.value)], entry.write_in, _(": "))
    if isinstance(entry.value, tuple):
        return _with_write_in([_label(question, code) for code in entry.value], entry.write_in, "; ")
    if isinstance(entry.value, (int, float)):
        return _number_words(entry.value)
    return str(entry.value or "").replace("T", " ") if question.kind is Kind.DATE else str(entry.value or "")


def _number_words(value: float) -> str:
    """All digits that were typed: a cell is no estimate to be rounded."""
    plain = f"{value:.12g}"
    return fmt_number(value) if "e" in plain else fmt_number(value, len(plain.partition(".")[2]))


def _with_write_in(labels: list[str], write_in: str, sign: str) -> str:
    words = "; ".join(labels)
    return f"{words}{sign}{write_in}" if write_in and words else words or write_in


def _label(question: Question, code: int) -> str:
    choice = question.choice(code)
    return choice.label if choice else str(code)


def sort_key(question: Question, entry: Entry) -> tuple[int, float, str]:
    """Answers first, choices in their order, numbers by size, texts by letters; reasons without answer last."""
    if entry.missing is not None or entry.value is None:
        return 1, 0.0, entry.missing.value if entry.missing else ""
    if question.kind in (Kind.SINGLE, Kind.SCALE, Kind.TICK):
        place = next((n for n, choice in enumerate(question.choices) if choice.code == entry.value), -1)
        return 0, float(place), entry.write_in.casefold()
    if isinstance(entry.value, (int, float)):
        return 0, float(entry.value), ""
    return 0, 0.0, answer_words(question, entry).casefold()
