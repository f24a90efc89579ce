"""The answers of one question as arrays: the input of every statistic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.question import Kind, Missing, Question

MISSING_CODES: dict[Missing, int] = {
    Missing.BLANK: 1,
    Missing.NOT_SHOWN: 2,
    Missing.REFUSED: 3,
    Missing.UNREADABLE: 4,
    Missing.OUT_OF_RANGE: 5,
}
"""How `Answers.missing` encodes why there is no answer; 0 is an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All responses of a wave to one question, in the order of response ids.

    `values` by kind: SINGLE, SCALE and TICK int32 choice codes; NUMBER and PROBABILITY float64 (probabilities always in
    per cent, 0-100); MULTI bool of shape (n, choices); DATE datetime64[s] local time; others object (str).
    `missing` is int8 of shape (n,): 0 where there is an answer, else a code of MISSING_CODES; `values` are then
    meaningless (0, nan, False, NaT, "").
    """

    question: Question
    values: NDArray[Any]
    missing: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.missing)

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Shape (n,): who gave an answer."""
        answered: NDArray[np.bool_] = self.missing == 0
        return answered

    @property
    def is_closed(self) -> bool:
        """Whether values are choice codes."""
        return self.question.kind in (Kind.SINGLE, Kind.SCALE, Kind.TICK)

    def take(self, mask: NDArray[np.bool_]) -> Answers:
        """Only the people of `mask`, shape (n,)."""
        return Answers(question=self.question, values=self.values[mask], missing=self.missing[mask])
