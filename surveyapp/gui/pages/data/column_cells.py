"""How a column of a file or wave looks in the table: its cells, what sorts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.wave import Severity
from surveyapp.gui.models.frame_model import Cell, Column
from surveyapp.gui.question_icon import question_icon
from surveyapp.services.codebook.column_view import ColumnRow, kind_label, role_label

Rows = Callable[[], Sequence[ColumnRow]]

READ_AS = 2
"""Where the column "Read as" stands."""

_STATES = {
    Severity.DECIDE: ("triangle-alert", "negative"),
    Severity.LOOK: ("circle-alert", "warn"),
    Severity.DONE: ("check", "muted"),
}


def state_words(severity: Severity | None) -> str:
    """The state of a column in words."""
    if severity is Severity.DECIDE:
        return _("asks for a decision")
    return _("worth a look") if severity is Severity.LOOK else _("nothing to look at")


def column_frame(rows: Sequence[ColumnRow], now: Rows, *, roomy: bool, editable: bool) -> list[Column]:
    """The columns of the table. `now` gives the rows of now, so that a cell can change without a new frame.

    `roomy` shows bars and sentence; a narrow table only the sentence. `editable` prints the chevron of the kind.
    """
    questions = [row.question for row in rows]
    names = np.array([question.title.casefold() for question in questions], dtype=object)
    kinds = np.array([kind_label(question) for question in questions], dtype=object)
    columns = [
        Column(
            title="#",
            cell=lambda n: Cell(text=str(n + 1), ink="muted"),
            keys=np.arange(len(rows)),
            align="right",
            width=44,
        ),
        Column(
            title=_("Question"),
            cell=lambda n: _name_cell(now()[n]),
            keys=names,
            width=150 if roomy else 116,
            stretch=True,
        ),
        Column(
            title=_("Read as"), cell=lambda n: _kind_cell(now()[n], editable), keys=kinds, width=172 if roomy else 154
        ),
    ]
    if roomy:
        columns.append(Column(title=_("Values"), cell=lambda n: _spark_cell(now()[n]), width=92))
    title = "" if roomy else _("Values")
    columns += [
        Column(title=title, cell=lambda n: _summary_cell(now()[n]), width=152 if roomy else 132, stretch=roomy),
        Column(title=_("Blank"), cell=lambda n: _blank_cell(now()[n]), align="right", width=56 if roomy else 50),
        Column(title="", cell=lambda n: _state_cell(now()[n]), align="centre", width=42 if roomy else 36),
    ]
    return columns


def _name_cell(row: ColumnRow) -> Cell:
    question = row.question
    section = question.section if question.section != _("Questions") else ""
    second = question.multi or (question.wording if question.wording != question.title else section)
    tip = "\n".join(dict.fromkeys(part for part in (question.title, question.wording, question.note) if part))
    ink = "muted" if question.left_out else "text"
    return Cell(text=question.title, second=_one_line(second), weight=500, ink=ink, tip=tip)


def _kind_cell(row: ColumnRow, editable: bool) -> Cell:
    question = row.question
    role = role_label(question)
    if question.left_out:
        role = _("Left out")
    return Cell(
        text=kind_label(question),
        second=role,
        second_ink="accent",
        weight=500,
        icon=question_icon(question),
        chevron=editable,
        ink="muted" if question.left_out else "text",
        tip=role,
    )


def _spark_cell(row: ColumnRow) -> Cell:
    if row.profile is None or not row.profile.spark:
        return Cell()
    return Cell(spark=tuple(float(n) for n in row.profile.spark))


def _summary_cell(row: ColumnRow) -> Cell:
    profile = row.profile
    if profile is None:
        return Cell(text="…", ink="muted")
    examples = "\n".join(f"{text[:80]}  ({fmt_count(n)})" for text, n in profile.examples)
    return Cell(text=profile.summary, ink="text-2", tip=examples)


def _blank_cell(row: ColumnRow) -> Cell:
    return Cell(text=fmt_count(row.profile.n_blank) if row.profile else "", ink="text-2")


def _state_cell(row: ColumnRow) -> Cell:
    icon, role = _STATES[row.severity or Severity.DONE]
    return Cell(icon=icon, icon_role=role, tip=state_words(row.severity))


def _one_line(text: str) -> str:
    return " ".join(text.split())
