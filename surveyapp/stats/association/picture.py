"""A pair opened: the exact measures, and what they look like by the two kinds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind
from surveyapp.stats.answers import Answers
from surveyapp.stats.association.option import associate_options
from surveyapp.stats.association.pair import associate, joint_reasons
from surveyapp.stats.association.rare import pooled
from surveyapp.stats.association.result import (
    GroupSpread,
    OptionAssociations,
    PairGroups,
    PairPicture,
    PairResult,
    PairTable,
    PairView,
)
from surveyapp.stats.association.variable import Variable, variable_of
from surveyapp.stats.association.view import pair_view
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.moment import median_estimate, quantiles, sample_of
from surveyapp.stats.weight.design import Weights

Codes = NDArray[np.int32]


def pair_result(
    first: Answers, second: Answers, *, level: float = 0.95, weights: Weights | None = None
) -> PairResult | OptionAssociations | NotComputed:
    """Two questions of any kinds: the measure that fits them and its picture; a multiple choice option by option.

    Two closed questions are a table, a number beside a closed question its median in each group, two numbers points or
    binned medians. Pictures count people; weights move the measures.
    """
    if Kind.MULTI in (first.question.kind, second.question.kind):
        return associate_options(first, second, level=level, weights=weights)
    found = associate(first, second, level=level, weights=weights)
    if isinstance(found, NotComputed):
        return found
    picture, notes = _picture(first, second, level, weights)
    if weights is not None and not isinstance(picture, PairView):
        notes = (*notes, _("The picture counts people; weights move the measures only."))
    return PairResult(
        question=found.question,
        counted=found.counted,
        level=level,
        method=found.method,
        association=found,
        kinds=(first.question.kind, second.question.kind),
        picture=picture,
        notes=(*found.notes, *notes),
        sentence=found.sentence,
        weighting=found.weighting,
    )


def _picture(
    first: Answers, second: Answers, level: float, weights: Weights | None
) -> tuple[PairPicture | None, tuple[str, ...]]:
    left, right = variable_of(first), variable_of(second)
    if left is None or right is None:
        return None, ()
    both = joint_reasons(first, second, weights) == 0
    if left.codes is not None and right.codes is not None:
        return _table(left, right, both), ()
    if left.codes is None and right.codes is None:
        view = pair_view(first, second, level=level, weights=weights)
        return (view, view.notes) if isinstance(view, PairView) else (None, ())
    number, group = (right, left) if left.codes is not None else (left, right)
    return _groups(number, group, both, level), (
        _("Dot: median with its interval. Bar: the middle half of the answers."),
    )


def _table(left: Variable, right: Variable, both: NDArray[np.bool_]) -> PairTable:
    rows, row_labels = _gathered(left, both)
    columns, column_labels = _gathered(right, both)
    shape = len(row_labels), len(column_labels)
    counts = np.bincount(rows.astype(np.int64) * shape[1] + columns, minlength=shape[0] * shape[1]).reshape(shape)
    return PairTable(rows=row_labels, columns=column_labels, counts=tuple(tuple(row) for row in counts.tolist()))


def _groups(number: Variable, group: Variable, both: NDArray[np.bool_], level: float) -> PairGroups:
    codes, labels = _gathered(group, both)
    values = np.zeros(0) if number.values is None else number.values[both]
    if number.question.kind is Kind.PROBABILITY:
        values = values / 100  # results hold shares
    spreads = [_spread(label, values[codes == code], level) for code, label in enumerate(labels)]
    return PairGroups(
        number=number.label,
        group=group.label,
        kind=number.question.kind,
        ordered=group.ordered,
        groups=tuple(spreads),
    )


def _spread(label: str, values: NDArray[np.float64], level: float) -> GroupSpread:
    sample = sample_of(values)
    low, high = quantiles(sample, (0.25, 0.75))
    return GroupSpread(label=label, n=len(values), median=median_estimate(sample, level), low=low, high=high)


def _gathered(variable: Variable, both: NDArray[np.bool_]) -> tuple[Codes, tuple[str, ...]]:
    """The answers of those who answered both, with their labels; rare ones of an unordered choice as one, as they are
    measured. Answers that nobody of them gave are left out."""
    if variable.codes is None:
        raise ValueError("only closed questions have groups")
    codes = variable.codes if variable.ordered else pooled(variable.codes, len(variable.labels))[0]
    present, places = np.unique(codes[both], return_inverse=True)
    return places.astype(np.int32), tuple(_label(variable, codes == code) for code in present.tolist())


def _label(variable: Variable, given: NDArray[np.bool_]) -> str:
    """The answer of these people, or how many different ones they gave."""
    if variable.codes is None:
        raise ValueError("only closed questions have labels")
    own = np.unique(variable.codes[given]).tolist()
    if len(own) == 1:
        return variable.labels[int(own[0])]
    return ngettext("%(n)s rare answer", "%(n)s rare answers", len(own)) % {"n": fmt_count(len(own))}
