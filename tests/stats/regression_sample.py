"""Forty-eight invented people whose regressions were computed with R, and the raked weights R gives them."""

from __future__ import annotations

import numpy as np
from stats.regression_reference import reals
from stats.stats_sample import numbers, single

from surveyapp.domain.question import Choice, Kind
from surveyapp.stats.answers import Answers
from surveyapp.stats.regression.spec import Outcome, Predictor

AGE = np.array(
    reals(
        """
        52 59 19 60 42 44 50 32 68 20 32 37 47 39 24 20 18 20 25 69 27 51 57 30 32 40 31 68 27 64 59 61 24 38 50 43 52
        53 52 21 67 46 64 32 36 63 27 21
        """
    ),
    dtype=np.int64,
)
GENDER = np.array(
    reals(
        """
        1 2 0 2 2 0 1 0 1 0 0 0 1 0 0 1 0 1 0 0 1 1 1 0 0 2 0 1 0 2 0 2 1 0 1 1 1 1 0 1 0 1 1 0 1 0 0 1
        """
    ),
    dtype=np.int64,
)
TRUST = np.array(
    reals(
        """
        5 2 1 4 1 4 1 5 4 5 4 4 2 5 1 1 2 4 3 5 5 3 3 3 4 3 4 5 4 2 3 3 1 1 4 3 2 4 3 5 4 5 3 2 2 5 3 1
        """
    ),
    dtype=np.int64,
)
INCOME = np.array(
    reals(
        """
        2708 2975 1360 2427 1801 1981 3012 1749 3525 2475 2226 1171 3982 2383 1257 2417 1548 1717 1433 2224 2235 3687
        2864 2127 3003 1447 2071 3181 1263 2087 2758 3172 1858 2173 3406 2881 3582 3324 2909 2885 3531 2866 3896 1449
        2281 3528 2135 2755
        """
    ),
    dtype=np.int64,
)
YES = np.array(
    reals(
        """
        1 0 0 0 1 0 1 0 1 1 0 1 1 0 0 0 1 0 0 1 0 1 1 0 0 1 0 1 1 0 0 0 1 0 1 1 1 1 0 1 1 1 1 1 0 1 0 0
        """
    ),
    dtype=np.int64,
)
KIDS = np.array(
    reals(
        """
        1 2 0 1 0 2 0 0 2 2 2 2 1 1 2 0 1 1 0 1 0 1 2 0 1 1 0 2 0 3 3 1 0 2 1 2 1 0 3 1 3 2 4 1 1 2 3 1
        """
    ),
    dtype=np.int64,
)
STEP = np.array(
    reals(
        """
        2 3 2 2 1 3 2 3 3 1 1 2 3 2 3 3 1 1 1 1 2 2 2 2 0 1 3 3 2 3 3 3 2 1 3 2 2 2 2 2 3 1 3 3 2 3 3 3
        """
    ),
    dtype=np.int64,
)
WEIGHT = np.array(
    reals(
        """
        0.59 1.85 1.49 1.5 1.95 0.56 0.85 2.47 1.03 0.94 0.55 1.06 1.58 0.48 1.01 0.94 0.72 2.06 2.42 2.32 1.33 0.54
        1.13 1.5 1.2 1.94 1.96 2.28 1.39 0.9 2.31 2.26 0.67 0.84 1.79 2.12 2.42 0.44 0.8 1.29 1.56 2.03 1.57 1.49 0.9
        1.77 1.62 2.39
        """
    ),
    dtype=np.float64,
)
RAKED = np.array(
    reals(
        """
        0.3823591051457076 1.9591638456662390 1.1554092233812461 1.0512533445097139 1.6160938580023001
        0.3672161320281689 0.6649152900658313 1.5867866780046662 0.6813476807524714 0.6038783309005608
        0.3606587010990944 0.6950876784818909 1.5793251163348752 0.3083634030130524 0.7831968561174886
        0.7353180854845668 0.7134263062531486 1.3626953615049429 1.3048711288373400 1.4904231145630866
        0.8619281522776125 0.2937269857230977 0.6146509145687045 0.8088044187008302 0.7868917114889326
        1.1179860712426073 1.2852564620985909 1.4775911181901922 0.9114828991413469 0.9531067357295216
        1.2455588047992787 1.3023961448496353 0.5241096992283614 0.6513716427115748 1.1840896587834211
        1.1531503883943841 2.4189663174243003 0.2910611451758129 0.4313623566404428 0.8360055010812931
        1.0229592249356130 1.3155745482131973 0.8539840140467838 1.4763961059960993 0.8996155725958142
        1.1370900486106310 0.8735087721968968 1.8695853450086317
        """
    ),
    dtype=np.float64,
)

LIKERT = tuple(Choice(code=i, label=f"Step {i}") for i in range(1, 6))


def predictors() -> list[Predictor]:
    """Age as it is, gender as indicators (A, B, C), trust as scores."""
    answers: list[Answers] = [
        numbers(AGE.tolist(), column="age"),
        single(GENDER.tolist()),
        single(TRUST.tolist(), LIKERT, kind=Kind.SCALE),
    ]
    return [Predictor(answers=one) for one in answers]


def outcomes() -> dict[str, Outcome]:
    """By the name of its model."""
    return {
        "linear": Outcome(answers=numbers(INCOME.tolist(), column="income")),
        "logit": Outcome(answers=single(YES.tolist(), 2), yes=(1,)),
        "poisson": Outcome(answers=numbers(KIDS.tolist(), column="kids")),
        "ordinal": Outcome(answers=single(STEP.tolist(), 4, kind=Kind.SCALE)),
    }
