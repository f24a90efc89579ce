"""What a column holds, for the preview: a few bars, a sentence, counts."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.domain.question import Question
from surveyapp.importers.plan import ImportPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """One line of the preview. `label` is what it is read as ("One choice + other"), `role` the small line below
    ("Attention check", "Pair 1", ""), `spark` at most 20 bar heights (counts). n_blank + n_unread + n_read = responses;
    `n_read` includes `n_write_in`. `examples` are the commonest texts with their counts, at most five."""

    label: str
    role: str
    spark: tuple[int, ...]
    summary: str
    n_blank: int
    n_read: int
    n_unread: int
    n_write_in: int = 0
    examples: tuple[tuple[str, int], ...] = ()


def profile(plan: ImportPlan, question: Question) -> ColumnProfile:
    """The profile of that question's column as it would be read now."""
    raise NotImplementedError
