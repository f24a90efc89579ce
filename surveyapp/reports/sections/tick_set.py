"""A multiple choice or a date over several columns, as one row of the codebook."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.domain.question import Codebook, DatePart, Kind, Question, date_parts, set_options
from surveyapp.reports.sections.question import bare


class Sets:
    """Which columns of a codebook are options or parts of a date, and what their row says."""

    def __init__(self, codebook: Codebook) -> None:
        self._whole = {question.multi: question for question in codebook.sets}
        self._options = {
            multi: set_options(codebook.of_multi(multi))
            if whole.kind is Kind.MULTI
            else [[column] for column in date_parts(codebook.of_multi(multi)).values()]
            for multi, whole in self._whole.items()
        }
        self._names = {
            _key(column): multi for multi, options in self._options.items() for option in options for column in option
        }

    def of(self, column: Question) -> Question | None:
        """The whole that a column is an option or a part of."""
        return self._whole.get(self._names.get(_key(column), ""))

    def is_printed(self, column: Question) -> bool:
        """Whether a row stands in the place of this column: for a set, in that of its first."""
        whole = self.of(column)
        return whole is None or whole.position == column.position

    def answers(self, whole: Question) -> str:
        """The options, each behind its header where that is another text, and the header of an "Other" text; of a date
        which column holds what."""
        if whole.kind is Kind.DATE:
            parts = [(part_words(column.part), column.column) for (column,) in self._options[whole.multi]]
            return "; ".join(f"{part}: {' '.join(header.split())}" for part, header in parts)
        pairs = zip(whole.choices, self._options[whole.multi], strict=True)
        return "; ".join(_option(choice.label, whole.multi, option) for choice, option in pairs)


def part_words(part: DatePart) -> str:
    """What a part of a date is called."""
    return {DatePart.YEAR: _("year"), DatePart.MONTH: _("month"), DatePart.DAY: _("day")}.get(part, "")


def _option(label: str, multi: str, columns: list[Question]) -> str:
    telling = [c.column for c in columns if bare(c.column) not in (bare(label), bare(f"{multi}{label}"))]
    return "\u00a0".join([*telling, label])


def _key(question: Question) -> tuple[str, int]:
    return question.column, question.occurrence
