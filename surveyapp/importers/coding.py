"""From text to answers: every cell becomes a value or a named kind of missing, and keeps its text."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.domain.column import CodedColumn, CodedWave, TextColumn
from surveyapp.domain.question import Question
from surveyapp.importers.plan import ImportPlan
from surveyapp.importers.table import Report, no_report


def code_column(
    column: TextColumn, question: Question, *, neighbours: Sequence[bool] | None = None, repair: str = ""
) -> CodedColumn:
    """Read a column by its codebook entry.

    `neighbours[i]` says that the i-th person gave the missing code in all neighbouring questions too (see
    importers.run.neighbour_mask); None = nobody. `repair` is Mapping.repair_encoding.
    The returned question may have more choices than the given one: new answers are added at the end.
    """
    raise NotImplementedError


def recode(
    coded: CodedColumn, question: Question, *, neighbours: Sequence[bool] | None = None, repair: str = ""
) -> CodedColumn:
    """Read a stored column anew by another codebook entry."""
    return code_column(coded.text_column(), question, neighbours=neighbours, repair=repair)


def code_wave(plan: ImportPlan, *, name: str, survey: str = "", report: Report = no_report) -> CodedWave:
    """Everything the store keeps of this file, columns in the order of the file, flags and open problems included."""
    raise NotImplementedError
