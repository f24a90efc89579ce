"""What goes into a regression: the outcome, the predictors, and how their answers become numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from surveyapp.stats.answers import Answers


class Model(StrEnum):
    """Which regression."""

    LINEAR = "linear"
    LOGIT = "logit"
    ORDINAL = "ordinal"
    POISSON = "poisson"


class Coding(StrEnum):
    """How the answers of a predictor enter.

    AUTO: numbers and probabilities AS_IS, scales as SCORES, other closed questions as INDICATORS, each answer of a
    multiple choice as 0 or 1. STANDARDISED: (value - mean) / standard deviation among the people used, also of scores.
    INDICATORS: 1 for an answer, 0 else, all against one reference. SCORES: the place of an answer in the codebook, from
    1.
    """

    AUTO = "auto"
    AS_IS = "as_is"
    STANDARDISED = "standardised"
    INDICATORS = "indicators"
    SCORES = "scores"


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictor:
    """One question that may go with the outcome.

    `reference` is the code of the choice that the others are compared with; None takes the first of the codebook that
    somebody gave. `seen`, shape (m,), says who saw a multiple choice: a blank is then "none ticked", without it no
    answer.
    """

    answers: Answers
    coding: Coding = Coding.AUTO
    reference: int | None = None
    seen: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The question to be explained.

    `yes` are the codes of the choices that count as yes for a logit; without any, the tick of a tick question and, of
    two choices, the one that says yes, else the first. `seen` as for a Predictor.
    """

    answers: Answers
    yes: tuple[int, ...] = ()
    seen: NDArray[np.bool_] | None = None
