"""Runs: neighbouring questions of one kind, among which a zero means a blank if all of them are zero."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Question


def run_of(questions: Sequence[Question], question: Question) -> tuple[int, ...]:
    """Positions (in `questions`) of the other questions of its run."""
    raise NotImplementedError


def neighbour_mask(
    questions: Sequence[Question], columns: Sequence[TextColumn], question: Question
) -> NDArray[np.bool_] | None:
    """Who gave the missing code in all other questions of the run, shape (n,); None if no code asks for it."""
    raise NotImplementedError
