"""A correlation given other questions: what is left of it among people who are alike in these.

Both sides (ranks, or amounts) are regressed on the given questions, ordered ones as their ranks (or amounts), choices
as one indicator for each answer; the correlation of the residuals is tested with as many degrees of freedom less. As
R's `cor.test` of residuals with corrected df (`ppcor::pcor.test`; Kendall & Stuart 1973, 27.22).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind
from surveyapp.stats.answers import Answers
from surveyapp.stats.association import formula
from surveyapp.stats.association.correlate import BOUNDS, estimate
from surveyapp.stats.association.pair import joint_reasons
from surveyapp.stats.association.rank import midranks
from surveyapp.stats.association.rare import pooled
from surveyapp.stats.association.result import Association, Measure, Measured
from surveyapp.stats.association.sentence import pair_sentence
from surveyapp.stats.association.variable import Variable, variable_of
from surveyapp.stats.count import count_people
from surveyapp.stats.estimate import Counted, Effect, NotComputed, Test
from surveyapp.stats.weight.design import Weights

Floats = NDArray[np.float64]

_TINY = 1e-10
_MOST_ANSWERS = 60
"""With more answers than this (a write-in), the rare ones of a given question count as one."""


def partial_correlation(
    first: Answers,
    second: Answers,
    given: Sequence[Answers],
    *,
    ranks: bool = True,
    level: float = 0.95,
    weights: Weights | None = None,
) -> Association | NotComputed:
    """Spearman's rho (Pearson's r with `ranks` False) of two ordered questions given others, of who answered all.

    There is no weighted form. Raises ValueError for no given question.
    """
    if not given:
        raise ValueError("a partial correlation takes a question that is given")
    names = ", ".join(item.question.title for item in given)
    title = _("%(first)s and %(second)s, given %(given)s") % {
        "first": first.question.title,
        "second": second.question.title,
        "given": names,
    }
    why = joint_reasons(first, second)
    for item in given:
        why = np.where(why != 0, why, joint_reasons(item, item)).astype(np.int8)
    counted = count_people(why)
    if weights is not None:
        return _refused(title, counted, _("Not computed: a partial correlation has no weighted form here."))
    sides, controls = [variable_of(first), variable_of(second)], [variable_of(item) for item in given]
    both = why == 0
    columns = [_amounts(side, both, ranks=ranks) for side in sides]
    design = _design(controls, both, ranks=ranks)
    if columns[0] is None or columns[1] is None or design is None:
        return _refused(
            title, counted, _("Not computed: it takes two numbers or ordered questions. A regression takes any.")
        )
    found = _partial(columns[0], columns[1], design, level, ranks=ranks)
    if isinstance(found, str):
        return _refused(title, counted, found)
    label = _("“%(first)s”, given %(given)s,") % {"first": first.question.title, "given": names}
    return Association(
        question=title,
        first=first.question.title,
        second=second.question.title,
        counted=counted,
        level=level,
        measure=Measure.SPEARMAN,
        method=found.effect.method,
        effect=found.effect,
        test=found.test,
        others=(),
        notes=(_("What is left among people alike in: %(given)s.") % {"given": names},),
        sentence=pair_sentence(label, second.question.title, found, level=level, directed=False),
    )


def _partial(x: Floats, y: Floats, design: Floats, level: float, *, ranks: bool) -> Measured | str:
    basis, sizes, _rest = np.linalg.svd(design, full_matrices=False)
    basis = basis[:, sizes > _TINY * max(float(sizes[0]), 1e-300)] if len(sizes) else basis
    given = basis.shape[1] - 1  # the intercept costs nothing more
    n = len(x)
    if n - given < 4:
        words = ngettext(
            "Not computed: %(n)s person who answered all is too few for what is given.",
            "Not computed: %(n)s people who answered all are too few for what is given.",
            n,
        )
        return words % {"n": fmt_count(n)}
    left, right = (side - basis @ (basis.T @ side) for side in (x, y))
    lengths = float(left @ left), float(right @ right)
    if not (lengths[0] > _TINY * float(x @ x) and lengths[1] > _TINY * float(y @ y)):
        return _("Not computed: one of the two follows from what is given, or is the same for everybody.")
    r = float(np.clip(left @ right / np.sqrt(lengths[0] * lengths[1]), -1, 1))
    effective = np.array(float(n - given))
    variance = formula.spearman_variance(np.array(r), effective) if ranks else 1 / (effective - 3)
    bounds = formula.fisher_interval(np.array(r), np.asarray(variance), level)
    name, symbol = (_("partial Spearman's ρ"), "ρ") if ranks else (_("partial Pearson's r"), "r")
    effect = Effect(method=name, symbol=symbol, value=estimate(r, bounds, n), bounds=BOUNDS)
    t = float(formula.correlation_t(np.array(r), effective))
    p = float(formula.correlation_p(np.array(r), effective, np.array(0.0)))
    test = Test(
        method=_("t test of a partial correlation"), symbol="t", statistic=t, df=(float(n - given - 2),), p=p, n=n
    )
    return Measured(effect=effect, test=test if np.isfinite(t) else None)


def _amounts(side: Variable | None, both: NDArray[np.bool_], *, ranks: bool) -> Floats | None:
    """Centred, at most 1."""
    if side is None or side.values is None or not both.any():
        return None if side is None or side.values is None else np.zeros(0)
    values = side.values[both]
    shown = midranks(values) if ranks else values / (float(np.abs(values).max()) or 1.0)
    rest = shown - shown.mean()
    centred: Floats = rest / (float(np.abs(rest).max()) or 1.0)
    return centred


def _design(controls: Sequence[Variable | None], both: NDArray[np.bool_], *, ranks: bool) -> Floats | None:
    """The intercept and a column for each given question, of choices one for each answer."""
    columns = [np.ones((int(both.sum()), 1))]
    for control in controls:
        if control is None:
            return None
        amounts = _amounts(control, both, ranks=ranks)
        if amounts is not None:
            columns.append(amounts[:, None])
        elif control.codes is not None:
            codes, size = control.codes, len(control.labels)
            if size > _MOST_ANSWERS:
                codes, size, _rare = pooled(codes, size)
            columns.append((codes[both][:, None] == np.arange(size)[None, :]).astype(np.float64))
    return np.hstack(columns)


def _refused(title: str, counted: Counted, reason: str) -> NotComputed:
    return NotComputed(question=title, kind=Kind.EMPTY, counted=counted, reason=reason)
