"""Two questions: how they go together, exactly, and what that looks like."""

from __future__ import annotations

from surveyapp.services.analysis.asked import Asked
from surveyapp.stats.association.picture import pair_result
from surveyapp.stats.result import Result


def run_pair(asked: Asked) -> Result:
    """The first of `columns` with the first of `by`; there are no options. A multiple choice is compared option by
    option. Raises UserError for a question that the wave does not have."""
    first, second = asked.question(asked.spec.columns[0]), asked.question(asked.spec.by[0])
    asked.check()
    return pair_result(asked.compared(first), asked.compared(second), level=asked.level, weights=asked.weights)
