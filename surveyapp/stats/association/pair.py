"""Two questions of any two kinds: the measure that fits them, exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Missing
from surveyapp.stats.answers import MISSING_CODES, Answers
from surveyapp.stats.association import contrast, correlate, weighted
from surveyapp.stats.association.polychoric import MOST_STEPS, polychoric
from surveyapp.stats.association.rare import FEWEST, fewest_people, pooled
from surveyapp.stats.association.result import Association, Measure, Measured
from surveyapp.stats.association.sentence import pair_sentence
from surveyapp.stats.association.variable import Variable, variable_of
from surveyapp.stats.count import count_people, reasons
from surveyapp.stats.estimate import Counted, NotComputed
from surveyapp.stats.weight.design import Weights
from surveyapp.stats.weight.kish import weighting_of

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]

_FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One question of a pair, only people who answered both: `values` and `codes` as in Variable, `size` choices,
    `rare` how many answers were counted as one, `constant` whether all gave the same answer."""

    variable: Variable
    values: Floats | None
    codes: Codes | None
    size: int
    rare: int
    constant: bool


def associate(
    first: Answers, second: Answers, *, level: float = 0.95, weights: Weights | None = None
) -> Association | NotComputed:
    """How two questions go together, of the people who answered both.

    Ordered beside ordered (numbers, probabilities, scales, dates, ticks): Spearman's rho; choices beside ordered: eta
    of ranks; choices beside choices: Cramer's V; the others that exist for the pair follow. For a multiple choice see
    `associate_options`. Choices of so few people that a handful would decide are counted together (see `rare`).
    """
    title = _("%(first)s and %(second)s") % {"first": first.question.title, "second": second.question.title}
    why = joint_reasons(first, second, weights)
    counted = count_people(why)
    left, right = variable_of(first), variable_of(second)
    if left is None or right is None:
        return _refused(title, counted, _neither(first if left is None else second))
    one, other = _side(left, why == 0), _side(right, why == 0)
    if obstacle := _obstacle(one, other, counted.n):
        return _refused(title, counted, obstacle)
    inner = None if weights is None else weights.take(why == 0)
    measure, found = _measure(one, other, level, inner)
    if isinstance(found, str):
        return _refused(title, counted, found)
    return Association(
        question=title,
        first=left.label,
        second=right.label,
        counted=counted,
        level=level,
        measure=measure,
        method=found[0].effect.method,
        effect=found[0].effect,
        test=found[0].test,
        others=tuple(found[1:]),
        notes=_notes(one, other, measure, found[0]),
        sentence=pair_sentence(left.label, right.label, found[0], level=level, directed=measure is Measure.SPEARMAN),
        weighting=None if inner is None else weighting_of(inner),
    )


def joint_reasons(first: Answers, second: Answers, weights: Weights | None = None) -> NDArray[np.int8]:
    """Why a person takes no part, shape (m,): the reason of the first question, else of the second; who has no weight
    is not shown. 0 for those who answered both."""
    left, right = reasons(first), reasons(second)
    why = np.where(left != 0, left, right).astype(np.int8)
    if weights is not None:
        why = np.where((why == 0) & ~(weights.of_base > 0), np.int8(MISSING_CODES[Missing.NOT_SHOWN]), why)
    return why.astype(np.int8)


def _side(variable: Variable, both: NDArray[np.bool_]) -> Side:
    """Rare answers are those among all who answered the question, as in a screen."""
    codes: Codes | None = None
    size = rare = 0
    if variable.codes is not None:
        whole, _k, rare = pooled(variable.codes, len(variable.labels))
        present, places = np.unique(whole[both], return_inverse=True)
        codes, size = places.astype(np.int32), len(present)
    shown = variable.values if variable.values is not None else variable.codes
    given = np.zeros(0) if shown is None else shown[both]
    return Side(
        variable=variable,
        constant=not len(given) or bool((given == given[0]).all()),
        values=None if variable.values is None else variable.values[both],
        codes=codes,
        size=size,
        rare=rare,
    )


def _measure(one: Side, other: Side, level: float, weights: Weights | None) -> tuple[Measure, list[Measured] | str]:
    """The measure and the numbers, the one that fits first; or why there are none."""
    if one.values is not None and other.values is not None and not (one.variable.binary and other.variable.binary):
        return Measure.SPEARMAN, _ordered(one, other, level, weights)
    ordered = next((side for side in (one, other) if side.values is not None and not side.variable.binary), None)
    if ordered is not None:
        return Measure.ETA, _mixed(ordered, other if ordered is one else one, level, weights)
    return Measure.CRAMER, _choices(one, other, level, weights)


def _ordered(one: Side, other: Side, level: float, weights: Weights | None) -> list[Measured] | str:
    if one.values is None or other.values is None:
        raise ValueError("both sides must be ordered")
    x, y = one.values, other.values
    if weights is not None:
        found = [weighted.weighted_spearman(x, y, weights, level), weighted.weighted_pearson(x, y, weights, level)]
        return [part for part in found if part is not None] or _fixed()
    result = [correlate.spearman(x, y, level), correlate.pearson(x, y, level), correlate.kendall(x, y, level)]
    for number, tick in ((x, other), (y, one)):
        if tick.variable.binary and tick.values is not None:
            result.append(contrast.rank_biserial(number, tick.values > tick.values.min(), level))
    steps = np.unique(x, return_inverse=True), np.unique(y, return_inverse=True)
    shape = len(steps[0][0]), len(steps[1][0])
    if max(shape) <= MOST_STEPS and not (one.variable.measured or other.variable.measured):
        joint = steps[0][1] * shape[1] + steps[1][1]
        table = np.bincount(joint, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
        if (behind := polychoric(table, level)) is not None:
            result.append(behind)
    return result


def _mixed(ordered: Side, choice: Side, level: float, weights: Weights | None) -> list[Measured] | str:
    if ordered.values is None or choice.codes is None:
        raise ValueError("one side must be ordered, the other a choice")
    values, codes, k = ordered.values, choice.codes, choice.size
    if weights is not None:
        found = weighted.weighted_eta(values, codes, k, weights, level)
        return [found] if found is not None else _fixed()
    result = [contrast.eta_of_ranks(values, codes, k, level)]
    if (means := contrast.eta(values, codes, k, level)) is not None:
        result.append(means)
    if k == 2:
        result.append(contrast.rank_biserial(values, codes == 1, level))
        result.append(correlate.point_biserial(values, codes == 1, level))
    return result


def _choices(one: Side, other: Side, level: float, weights: Weights | None) -> list[Measured] | str:
    if one.codes is None or other.codes is None:
        raise ValueError("both sides must be choices")
    shape = one.size, other.size
    if weights is not None:
        found = weighted.weighted_cramer(one.codes, other.codes, shape, weights, level)
        return found if isinstance(found, str) else [found]
    result = [contrast.cramer(one.codes, other.codes, shape, level)]
    if shape == (2, 2):
        result.append(contrast.phi(one.codes, other.codes, level))
    return result


def _obstacle(one: Side, other: Side, n: int) -> str:
    """Why the pair cannot be measured, "" if it can."""
    if one.variable.question == other.variable.question:
        return _("Not computed: a question goes with itself in any case.")
    if n == 0:
        return _("Not computed: nobody answered both questions.")
    if n < _FEWEST:
        return ngettext(
            "Not computed: only %(n)s person answered both questions.",
            "Not computed: only %(n)s people answered both questions.",
            n,
        ) % {"n": fmt_count(n)}
    for side in (one, other):
        if side.constant:
            text = _("Not computed: all %(n)s people gave the same answer to “%(question)s”.")
            return text % {"n": fmt_count(n), "question": side.variable.label}
    as_choice = [side for side in (one, other) if not side.variable.ordered]
    if one.variable.binary and other.variable.binary:
        as_choice = [one, other]
    elif as_choice:
        as_choice += [side for side in (one, other) if side.variable.binary]
    for side in as_choice:
        if side.size < 2:
            text = _("Not computed: all but one answer to “%(question)s” have fewer than %(n)s people.")
            fewest = fewest_people(int(side.variable.given.sum()))
            return text % {"question": side.variable.label, "n": fmt_count(fewest)}
    return ""


def _notes(one: Side, other: Side, measure: Measure, main: Measured) -> tuple[str, ...]:
    notes: list[str] = []
    sides = [] if measure is Measure.SPEARMAN else [one, other]
    for side in sides:
        if side.rare and side.size > 1 and (measure is Measure.CRAMER or not side.variable.ordered):
            text = ngettext(
                "“%(question)s”: %(k)s answer of fewer than %(n)s people is counted with the next.",
                "“%(question)s”: %(k)s answers are counted as one, being of fewer than %(n)s people each.",
                side.rare,
            )
            fewest = fewest_people(int(side.variable.given.sum()))
            notes.append(text % {"question": side.variable.label, "k": fmt_count(side.rare), "n": fmt_count(fewest)})
    for side in (one, other):
        if measure is Measure.SPEARMAN and side.values is not None and _lonely(side.values):
            text = _("“%(question)s”: nearly everybody gave the same answer, a few people decide.")
            notes.append(text % {"question": side.variable.label})
    if main.test is not None and main.test.note:
        notes.append(main.test.note)
    notes.append(_("A link in one survey is not a cause."))
    return tuple(notes)


def _lonely(values: Floats) -> bool:
    """Whether fewer than 10 people gave another answer than most (of 20 or more)."""
    _values, counts = np.unique(values, return_counts=True)
    return len(values) >= 2 * FEWEST and len(values) - int(counts.max()) < FEWEST


def _fixed() -> str:
    return _("Not computed: with these weights one of the two questions does not vary.")


def _neither(answers: Answers) -> str:
    if answers.question.kind is Kind.MULTI:
        return _("Not computed: a multiple choice is compared option by option.")
    text = _("Not computed: “%(question)s” is neither a number nor ordered nor a choice.")
    return text % {"question": answers.question.title}


def _refused(title: str, counted: Counted, reason: str) -> NotComputed:
    return NotComputed(question=title, kind=Kind.EMPTY, counted=counted, reason=reason)
