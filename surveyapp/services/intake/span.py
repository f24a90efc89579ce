"""When a file was answered: from its timestamps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Question, Role
from surveyapp.importers.cell.moment import day_first, read_moment
from surveyapp.importers.cell.wording import clean_all
from surveyapp.importers.table import TextTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """First and last day of the responses, None where no column tells."""

    first: date | None = None
    last: date | None = None

    def days_to(self, other: Span) -> int | None:
        """Days between two spans, 0 where they meet, None where one is not known."""
        if not (self.first and self.last and other.first and other.last):
            return None
        return max(0, (other.first - self.last).days, (self.first - other.last).days)

    def words(self) -> str:
        """ "2026-03-01 to 2026-04-12"."""
        if self.first == self.last:
            return f"{self.first}"
        return _("%(first)s to %(last)s") % {"first": self.first, "last": self.last}


def span_of(table: TextTable, questions: Sequence[Question | None]) -> Span:
    """The span by the first timestamp of the table; `questions` belong to its columns, None where none is known."""
    return span_of_columns(table.columns, questions)


def span_of_columns(columns: Sequence[TextColumn], questions: Sequence[Question | None]) -> Span:
    """The same for some columns."""
    for column, question in zip(columns, questions, strict=True):
        if question is None or question.role is not Role.TIMESTAMP:
            continue
        cells = [cell for cell in clean_all(column.texts) if cell]
        first = day_first(cells)
        days = [moment[:10] for cell in cells if (moment := read_moment(cell, day_first=first))]
        if days:
            return Span(first=date.fromisoformat(min(days)), last=date.fromisoformat(max(days)))
    return Span()
