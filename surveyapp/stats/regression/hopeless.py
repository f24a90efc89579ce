"""Answers that a few people alone gave and that have no finite coefficient: the people are left out, and it is said.

Where all people of one category said yes, the likelihood grows without end as their odds do, and in the limit the other
coefficients are those of everybody else; so the category and its people leave together (as Stata's logit does). The
same holds for a person who is alone in a category of a linear or Poisson model: their residual is 0 whatever the others
answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind
from surveyapp.stats.regression.design import coding_of
from surveyapp.stats.regression.outcome import Target, real_choices
from surveyapp.stats.regression.result import NotEstimated
from surveyapp.stats.regression.spec import Coding, Model, Predictor

Mask = NDArray[np.bool_]


def without_hopeless(
    predictors: Sequence[Predictor], target: Target, model: Model, rows: Mask
) -> tuple[Mask, tuple[NotEstimated, ...]]:
    """`rows`, shape (m,), without the people of such categories, and the categories.

    Leaving people out may make another category hopeless; this goes on until none is. Who is left may then be nobody.
    """
    rows = rows.copy()
    groups = list(_groups(predictors))
    found: list[NotEstimated] = []
    again = True
    while again:
        again = False
        for place, label, members in groups:
            inside = members & rows
            if not inside.any() or inside.sum() == rows.sum():
                continue
            reason = _hopeless(target, model, rows, inside, label)
            if reason:
                rows &= ~inside
                title = predictors[place].answers.question.title
                n = int(inside.sum())
                found.append(NotEstimated(place=place, predictor=title, label=label, reason=reason, n=n))
                again = True
    return rows, tuple(found)


def _groups(predictors: Sequence[Predictor]) -> Iterator[tuple[int, str, Mask]]:
    """Every category that gets a column, or is a reference: its place, label and people."""
    for place, predictor in enumerate(predictors):
        answers = predictor.answers
        if coding_of(predictor) is not Coding.INDICATORS:
            continue
        for choice in real_choices(answers):
            if answers.question.kind is Kind.MULTI:
                yield place, choice.label, answers.values[:, answers.question.choices.index(choice)]
            else:
                yield place, choice.label, np.asarray(answers.values == choice.code)


def _hopeless(target: Target, model: Model, rows: Mask, inside: Mask, label: str) -> str:
    """Why these people have no finite coefficient; "" if they have one."""
    y = target.y[inside]
    n = len(y)
    words = {"n": fmt_count(n), "label": label, "yes": target.yes}
    if n == 1 and model in (Model.LINEAR, Model.POISSON) and (y[0] or model is Model.LINEAR):
        return _("Not estimated: one person alone answered “%(label)s” and is left out.") % words
    if model is Model.LOGIT and y.min() == y.max():
        if y[0] == 1:
            said = ngettext(
                "Not estimated: the one person with “%(label)s” said “%(yes)s” and is left out.",
                "Not estimated: all %(n)s people with “%(label)s” said “%(yes)s”; they are left out.",
                n,
            )
        else:
            said = ngettext(
                "Not estimated: the one person with “%(label)s” did not say “%(yes)s” and is left out.",
                "Not estimated: none of the %(n)s people with “%(label)s” said “%(yes)s”; they are left out.",
                n,
            )
        return said % words
    if model is Model.POISSON and not y.any():
        said = ngettext(
            "Not estimated: the one person with “%(label)s” counted 0 and is left out.",
            "Not estimated: all %(n)s people with “%(label)s” counted 0; they are left out.",
            n,
        )
        return said % words
    if model is Model.ORDINAL and y.min() == y.max() and y[0] in (target.y[rows].min(), target.y[rows].max()):
        said = ngettext(
            "Not estimated: the one person with “%(label)s” said “%(step)s”, an end of the scale, and is left out.",
            "Not estimated: all %(n)s people with “%(label)s” said “%(step)s”, an end of the scale; they leave too.",
            n,
        )
        return said % (words | {"step": target.steps[int(y[0])]})
    return ""
