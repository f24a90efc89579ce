"""The answers of a wave as columns of a table: words in every cell, the text as typed in its tooltip."""

from __future__ import annotations

from collections.abc import Callable

from surveyapp.base.i18n import _
from surveyapp.domain.question import Kind
from surveyapp.domain.row import row_words
from surveyapp.gui.models.frame_model import Cell, Column
from surveyapp.services.answer_grid import AnswerGrid, answer_words
from surveyapp.services.codebook.column_view import kind_label

_NUMERIC = (Kind.NUMBER, Kind.PROBABILITY)
_WIDTHS = {
    Kind.NUMBER: 96,
    Kind.PROBABILITY: 86,
    Kind.SCALE: 96,
    Kind.DATE: 150,
    Kind.TEXT: 220,
    Kind.MULTI: 220,
    Kind.EMPTY: 80,
}
_TIP = 600


def answer_columns(now: Callable[[], AnswerGrid]) -> list[Column]:
    """One column per question. `now` gives the answers of now, so that an edit needs no new columns."""
    return [_column(now, number) for number in range(len(now().columns))]


def _column(now: Callable[[], AnswerGrid], number: int) -> Column:
    question = now().columns[number].question
    return Column(
        title=question.title,
        note=_("left out") if question.left_out else kind_label(question),
        cell=lambda person: answer_cell(now(), person, number),
        keys=lambda: now().ranks(number),
        align="right" if question.kind in _NUMERIC else "left",
        width=_WIDTHS.get(question.kind, 140),
    )


def answer_cell(grid: AnswerGrid, person: int, number: int) -> Cell:
    """One cell in words; no answer is muted, an edited cell underlined."""
    entry = grid.entry(person, number)
    words = " ".join(answer_words(grid.columns[number].question, entry).split())
    first = grid.edited.get((person, number))
    tip = []
    if entry.raw and entry.raw != words:
        tip.append(_("As typed: %(text)s") % {"text": entry.raw[:_TIP]})
    if first is not None:
        tip.append(_("In the file: %(text)s") % {"text": first.raw[:_TIP] or _("blank")})
    if entry.write_in and grid.columns[number].question.kind is Kind.SINGLE:
        tip.insert(0, words)
        return Cell(
            text=" ".join(entry.write_in.split()), icon="pencil", underline=first is not None, tip="\n".join(tip)
        )
    return Cell(
        text=words,
        ink="muted" if entry.missing is not None else "text",
        underline=first is not None,
        tip="\n".join(tip),
    )


def row_number(grid: AnswerGrid, person: int) -> str:
    """The row number a spreadsheet shows."""
    return row_words(int(grid.rows[person]))
