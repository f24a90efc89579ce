"""From questions to what a fit needs: who takes part, the outcome, independent columns, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.stats.regression.design import Design, build_design, dropped_by, first_reason, require_categories
from surveyapp.stats.regression.hopeless import without_hopeless
from surveyapp.stats.regression.linear import Fit, fit_linear, leverage_of
from surveyapp.stats.regression.outcome import RefusalError, Target, read_outcome, why_of
from surveyapp.stats.regression.result import Dropped, NotEstimated
from surveyapp.stats.regression.scaling import Scaled, dependent_columns, scaled_of
from surveyapp.stats.regression.spec import Model, Outcome, Predictor
from surveyapp.stats.weight.design import Weights

Floats = NDArray[np.float64]

_ALONE = 1 - 1e-9
"""A leverage beyond this: the person's own answers fix a coefficient, the residual is 0."""
_EXACT = 1e-22
"""A residual sum of squares below this share of the total is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """`y` (n_used,) as the model wants it (steps that nobody took are merged away: `steps` are the others);
    `w` (n_used,) weights or None. `linear` is the fit of a linear model, which is needed to tell who takes part."""

    y: Floats
    w: Floats | None
    design: Design
    steps: tuple[str, ...]
    yes: str
    dropped: tuple[Dropped, ...]
    notes: tuple[str, ...]
    linear: Fit | None
    scaled: Scaled


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The outcome for its model, and `reasons` (q, m): why each question lacks an answer, the outcome first."""

    target: Target
    reasons: NDArray[np.int8]
    titles: tuple[str, ...]

    @property
    def why(self) -> NDArray[np.int8]:
        """Shape (m,): why somebody is left out, 0 for complete answers."""
        return first_reason(self.reasons)


def read(outcome: Outcome, predictors: Sequence[Predictor], model: Model) -> Read:
    """Who answered what. Raises RefusalError for an unfit outcome."""
    target = read_outcome(outcome, model)
    return Read(
        target=target,
        reasons=np.stack([target.why, *(why_of(one.answers, one.seen) for one in predictors)]),
        titles=(outcome.answers.question.title, *(one.answers.question.title for one in predictors)),
    )


def prepare(known: Read, predictors: Sequence[Predictor], model: Model, weights: Weights | None) -> Prepared:
    """Everything for the fit. Raises RefusalError where there can be none."""
    target, title = known.target, known.titles[0]
    complete_rows = known.why == 0
    notes: list[str] = []
    rows = complete_rows
    if weights is not None:
        rows = complete_rows & (weights.of_base > 0)
        notes += _without_weight(int(complete_rows.sum()) - int(rows.sum()))
    _require_difference(target.y[rows], int(complete_rows.sum()), title)
    require_categories(predictors, rows)
    rows, hopeless = without_hopeless(predictors, target, model, rows)
    while True:
        w = weights.of_base[rows] if weights is not None else None
        y = target.y[rows]
        _require_difference(y, int(complete_rows.sum()), title, hopeless)
        design = build_design(predictors, rows, w)
        _require_columns(design, hopeless)
        design, scaled = _independent(design, w)
        y, steps = _used_steps(y, target.steps)
        _require_people(len(y), design, len(steps))
        linear = fit_linear(scaled, y, w) if model is Model.LINEAR else None
        alone = _alone_in(scaled, linear, model)
        if not alone.any():
            break
        notes.append(_alone(int(alone.sum())))
        rows = rows.copy()
        rows[np.flatnonzero(rows)[alone]] = False
    notes += _unused_steps(target.steps, steps)
    return Prepared(
        y=y,
        w=w,
        design=_told(design, hopeless),
        steps=steps,
        yes=target.yes,
        dropped=dropped_by(known.reasons, known.titles),
        notes=tuple(notes),
        linear=linear,
        scaled=scaled,
    )


def _alone_in(scaled: Scaled, linear: Fit | None, model: Model) -> NDArray[np.bool_]:
    """Who fixes a coefficient of a model with robust errors: what they add to these would be 0 / 0."""
    if model is Model.POISSON:
        return leverage_of(scaled) > _ALONE
    return linear.leverage > _ALONE if linear is not None else np.zeros(len(scaled.z), dtype=np.bool_)


def require_rest(fit: Fit, title: str) -> None:
    """Raises RefusalError where the predictors give the outcome exactly: no error is left to measure anything by."""
    if fit.residual_sum <= _EXACT * fit.total_sum:
        words = _("Not computed: the predictors give “%(name)s” exactly, as if it were made of them.")
        raise RefusalError(words % {"name": title})


def _told(design: Design, hopeless: Sequence[NotEstimated]) -> Design:
    """Everything that was not estimated, each answer once and in the order of the questions."""
    known = {(one.place, one.label) for one in hopeless}
    others = [one for one in design.not_estimated if (one.place, one.label) not in known]
    told = sorted([*others, *hopeless], key=lambda one: one.place)
    return replace(design, not_estimated=tuple(told))


def _require_difference(y: Floats, n_complete: int, title: str, hopeless: Sequence[NotEstimated] = ()) -> None:
    if not n_complete:
        raise RefusalError(_("Not computed: nobody answered all of these questions."))
    if hopeless and (not len(y) or y.min() == y.max()):
        words = _("Not computed: the predictors tell the answers to “%(name)s” apart without a miss.")
        raise RefusalError(words % {"name": title})
    if not len(y):
        raise RefusalError(_("Not computed: nobody left has a weight."))
    if y.min() == y.max():
        words = ngettext(
            "Not computed: only %(n)s person is left to tell of “%(name)s”.",
            "Not computed: all %(n)s people left gave the same answer to “%(name)s”.",
            len(y),
        )
        raise RefusalError(words % {"n": fmt_count(len(y)), "name": title})


def _require_columns(design: Design, hopeless: Sequence[NotEstimated]) -> None:
    if design.columns:
        return
    if not design.titles:
        raise RefusalError(_("Not computed: choose a question that may go with the outcome."))
    reasons = [*design.not_estimated, *hopeless]
    if len(design.titles) == 1 and reasons:
        raise RefusalError(next((one.reason for one in reasons if not one.label), reasons[0].reason))
    raise RefusalError(_("Not computed: no predictor differs between the people left."))


def _require_people(n: int, design: Design, n_steps: int) -> None:
    needed = len(design.columns) + max(n_steps - 1, 1)
    if n <= needed:
        words = ngettext(
            "Not computed: %(n)s person is too few for %(k)s coefficients.",
            "Not computed: %(n)s people are too few for %(k)s coefficients.",
            n,
        )
        raise RefusalError(words % {"n": fmt_count(n), "k": fmt_count(needed)})


def _independent(design: Design, w: Floats | None) -> tuple[Design, Scaled]:
    """Without columns that follow from those before them; its columns brought to one size."""
    scaled = scaled_of(design.matrix, w)
    dependent = dependent_columns(scaled.z[:, 1:])
    if not dependent:
        return design, scaled
    told = [_dependent(design, j, makers) for j, makers in dependent.items()]
    design = design.keep([j for j in range(len(design.columns)) if j not in dependent], told)
    return design, scaled_of(design.matrix, w)


def _dependent(design: Design, j: int, makers: Sequence[int]) -> NotEstimated:
    column = design.columns[j]
    title = design.titles[column.place]
    name = f"{title}: {column.label}" if column.label else title
    others = dict.fromkeys(design.titles[design.columns[i].place] for i in makers)
    if others:
        reason = _("Not estimated: “%(name)s” follows exactly from %(others)s.") % {
            "name": name,
            "others": _(" and ").join(f"“{other}”" for other in others),
        }
    else:
        reason = _("Not estimated: “%(name)s” hardly differs between the people left.") % {"name": name}
    return NotEstimated(place=column.place, predictor=title, label=column.label, reason=reason)


def _used_steps(y: Floats, steps: tuple[str, ...]) -> tuple[Floats, tuple[str, ...]]:
    if not steps:
        return y, ()
    taken, places = np.unique(y, return_inverse=True)
    return places.astype(np.float64), tuple(steps[int(step)] for step in taken)


def _unused_steps(steps: Sequence[str], used: Sequence[str]) -> list[str]:
    unused = [step for step in steps if step not in used]
    words = _("Nobody left answered %(steps)s; the steps beside stand for it.")
    return [words % {"steps": ", ".join(f"“{step}”" for step in unused)}] if unused else []


def _without_weight(n: int) -> list[str]:
    words = ngettext("%(n)s person without a weight is left out.", "%(n)s people without a weight are left out.", n)
    return [words % {"n": fmt_count(n)}] if n else []


def _alone(n: int) -> str:
    words = ngettext(
        "%(n)s person whose answers alone fix a coefficient is left out.",
        "%(n)s people whose answers alone fix a coefficient are left out.",
        n,
    )
    return words % {"n": fmt_count(n)}
