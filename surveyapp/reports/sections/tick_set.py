"""A multiple choice over several columns, as one row of the codebook."""

from __future__ import annotations

from surveyapp.domain.question import Codebook, Question, set_options
from surveyapp.reports.sections.question import bare


class Sets:
    """Which columns of a codebook are options, and what their row says."""

    def __init__(self, codebook: Codebook) -> None:
        self._whole = {question.multi: question for question in codebook.sets}
        self._options = {multi: set_options(codebook.of_multi(multi)) for multi in self._whole}
        self._names = {
            _key(column): multi for multi, options in self._options.items() for option in options for column in option
        }

    def of(self, column: Question) -> Question | None:
        """The whole that a column is an option of."""
        return self._whole.get(self._names.get(_key(column), ""))

    def is_printed(self, column: Question) -> bool:
        """Whether a row stands in the place of this column: for a set, in that of its first."""
        whole = self.of(column)
        return whole is None or whole.position == column.position

    def answers(self, whole: Question) -> str:
        """The options, each behind its header where that is another text, and the header of an "Other" text."""
        pairs = zip(whole.choices, self._options[whole.multi], strict=True)
        return "; ".join(_option(choice.label, whole.multi, option) for choice, option in pairs)


def _option(label: str, multi: str, columns: list[Question]) -> str:
    telling = [c.column for c in columns if bare(c.column) not in (bare(label), bare(f"{multi}{label}"))]
    return "\u00a0".join([*telling, label])


def _key(question: Question) -> tuple[str, int]:
    return question.column, question.occurrence
