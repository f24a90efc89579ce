"""Invented answers of 60 people and the schools of R's survey package, for the tests of weights.

INVENTED is the same in R:
    i <- 0:59
    d <- data.frame(age = (i*i*i + 5*i) %/% 4 %% 4, sex = (i*i + i %/% 7) %% 3 %% 2,
                    q = (11*i*i %/% 3 + i %/% 5) %% 4, y = (37*i) %% 23 + 0.5*(i %% 4), w = 0.5 + ((13*i) %% 17)/8)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from stats.stats_sample import numbers, single

from surveyapp.domain.question import Choice, Question
from surveyapp.domain.weight import Margin, MarginQuestion, Target, TargetUnit, Trim, WeightKind, WeightScheme
from surveyapp.stats.answers import Answers
from surveyapp.stats.weight.cell import AnswersOf
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.make import make_weights

_I = np.arange(60)
AGE = (_I**3 + 5 * _I) // 4 % 4
SEX = (_I**2 + _I // 7) % 3 % 2
Q = (11 * _I * (_I // 3) + _I // 5) % 4  # R's %/% binds tighter than *
Y = (37 * _I) % 23 + 0.5 * (_I % 4)
W = 0.5 + ((13 * _I) % 17) / 8
EVERYBODY = np.ones(60, dtype=np.bool_)
DOMAIN = Y > 4

AGES = ("18–29", "30–44", "45–64", "65 or over")
SEXES = ("Woman", "Man")
AGE_SHARES = (0.2, 0.3, 0.35, 0.15)
SEX_SHARES = (0.48, 0.52)
JOINT_SHARES = ((0.10, 0.12), (0.12, 0.18), (0.16, 0.15), (0.08, 0.09))


def closed(codes: Sequence[int | None] | NDArray[np.int64], labels: Sequence[str], column: str) -> Answers:
    """A single choice of these labels, coded from 0."""
    choices = tuple(Choice(code=code, label=label) for code, label in enumerate(labels))
    answers = single([None if code is None else int(code) for code in codes], choices)
    return Answers(
        question=Question(column=column, kind=answers.question.kind, choices=choices),
        values=answers.values,
        missing=answers.missing,
    )


def margin(column: str, labels: Sequence[str], values: Sequence[float], unit: TargetUnit = TargetUnit.SHARE) -> Margin:
    """A margin of one question."""
    targets = tuple(Target(answers=(label,), value=value) for label, value in zip(labels, values, strict=True))
    return Margin(questions=(MarginQuestion(column=column),), targets=targets, unit=unit)


AGE_MARGIN = margin("age", AGES, AGE_SHARES)
SEX_MARGIN = margin("sex", SEXES, SEX_SHARES)
JOINT_MARGIN = Margin(
    questions=(MarginQuestion(column="age"), MarginQuestion(column="sex")),
    targets=tuple(
        Target(answers=(age, sex), value=JOINT_SHARES[i][j])
        for i, age in enumerate(AGES)
        for j, sex in enumerate(SEXES)
    ),
)
ANSWERS: AnswersOf = {
    ("age", 0): closed(AGE, AGES, "age"),
    ("sex", 0): closed(SEX, SEXES, "sex"),
    ("w", 0): numbers(W.tolist(), column="w"),
}


def scheme(
    *margins: Margin, kind: WeightKind = WeightKind.RAKE, trim: Trim | None = None, column: str = ""
) -> WeightScheme:
    """A scheme called "Targets"."""
    return WeightScheme(name="Targets", kind=kind, margins=margins, trim=trim, column=column)


def given_weights(inside: NDArray[np.bool_] = EVERYBODY) -> Weights:
    """W as imported."""
    return Weights(name="w", values=W, inside=inside)


def raked_weights(inside: NDArray[np.bool_] = EVERYBODY) -> Weights:
    """Raked to age and sex."""
    return make_weights(scheme(AGE_MARGIN, SEX_MARGIN), ANSWERS, among=EVERYBODY).weights.take(inside)


def post_weights(inside: NDArray[np.bool_] = EVERYBODY) -> Weights:
    """Post-stratified to the cells of age by sex."""
    made = make_weights(scheme(JOINT_MARGIN, kind=WeightKind.POST_STRATIFY), ANSWERS, among=EVERYBODY)
    return made.weights.take(inside)


# R's survey: data(api); the score api00 of the 200 schools of `apistrat` by type, + where sch.wide is "Yes"; pw by type
_SCHOOLS = {
    "E": (
        "840+ 516+ 531- 501+ 720+ 805+ 778- 731- 592+ 669+ 497+ 638+ 534+ 705+ 761+ 771+ 751+ 474+ 832+ 559+ "
        "765+ 744+ 865+ 782+ 745+ 892+ 619+ 616+ 703+ 509+ 806+ 759+ 740+ 642+ 565+ 726+ 863+ 765+ 893+ 398- "
        "539+ 776+ 580+ 503+ 724+ 476+ 529+ 870+ 746+ 836+ 756- 423+ 588+ 606+ 632+ 651+ 553+ 676- 861+ 588+ "
        "597+ 884+ 819+ 542+ 509- 493+ 893+ 709+ 596+ 609+ 671+ 720+ 669+ 650+ 836+ 542+ 578+ 814+ 777+ 719+ "
        "617+ 856+ 723+ 609+ 676+ 668+ 421+ 667+ 631- 845+ 631- 696+ 714+ 788+ 667+ 568+ 847+ 679+ 477+ 521+ "
    ),
    "H": (
        "467- 522- 455+ 509- 681+ 666- 582- 641+ 510+ 527- 681+ 724+ 525+ 712+ 680+ 784+ 743- 593- 518- 770- "
        "721- 713+ 816+ 641- 667- 610- 618+ 717+ 610+ 868+ 678- 418+ 712- 784+ 472- 764+ 646+ 585- 556- 600+ "
        "599+ 706- 409- 635+ 477- 710- 453- 546+ 646+ 624+ "
    ),
    "M": (
        "496+ 505- 409- 609+ 867+ 685+ 647- 745+ 694+ 676+ 870+ 500- 679- 552+ 559- 650+ 565- 443- 774- 668+ "
        "581+ 878+ 753+ 528- 678+ 535+ 667+ 534- 648+ 551+ 485+ 765+ 743+ 403- 695+ 551+ 467- 669+ 773+ 780+ "
        "693- 635+ 660+ 733+ 657+ 606+ 522- 601+ 819+ 627+ "
    ),
}
_SCHOOL_WEIGHTS = {"E": 44.209999084472656, "M": 20.360000610351562, "H": 15.100000381469727}
_SCORES = [(kind, score) for kind, scores in _SCHOOLS.items() for score in scores.split()]
SCHOOL_TYPE = np.array(["EHM".index(kind) for kind, _score in _SCORES], dtype=np.int32)
SCHOOL_WIDE = np.array([score.endswith("+") for _kind, score in _SCORES], dtype=np.int32)
SCHOOL_SCORE = np.array([float(score[:-1]) for _kind, score in _SCORES])
SCHOOLS = Weights(
    name="pw",
    values=np.array([_SCHOOL_WEIGHTS[kind] for kind, _score in _SCORES]),
    inside=np.ones(200, dtype=np.bool_),
)
