"""A regression as a forest: one row for each coefficient, a dot with its interval, and the line of no difference."""

from __future__ import annotations

import math
from dataclasses import dataclass

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_p, fmt_people, fmt_percent
from surveyapp.figures.axis import ticks
from surveyapp.figures.caption import caption, interval_line, missing_line, n_line
from surveyapp.figures.figure import Figure
from surveyapp.figures.forest_step import stepped
from surveyapp.figures.measure import clean, text_width, wrap
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import BODY, SMALL, Sketch, snap
from surveyapp.stats.estimate import Estimate
from surveyapp.stats.regression.result import Coefficient, Regression
from surveyapp.stats.regression.spec import Model

_PITCH, _COMPACT_PITCH, _LINE, _GAP = 30.0, 24.0, 15.0, 14.0
_FOOT = 24.0
_LABEL = 0.42
_SMALL_N = 10
_LARGEST_POWER = 12


@dataclass(frozen=True, slots=True)
class _Axis:
    """Values from `low` to `high` between `left` and `right`; ratios on the logarithm, about 1."""

    left: float
    right: float
    low: float
    high: float
    ratios: bool

    def x(self, value: float) -> float:
        """The place of a value, at an end where it lies beyond."""
        place = _log(value) if self.ratios else value
        share = (place - self.low) / (self.high - self.low)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    @property
    def marks(self) -> list[tuple[float, str]]:
        """Where values are written, with their words."""
        if not self.ratios:
            return [(value, fmt_number(value)) for value in ticks(self.low, self.high, 5)]
        step = max(1, math.ceil((self.high - self.low) / 6))
        powers = range(math.ceil(self.low / step) * step, math.floor(self.high) + 1, step)
        return [(2.0**power, fmt_number(2.0**power)) for power in powers]


def _log(value: float) -> float:
    return min(max(math.log2(value), -_LARGEST_POWER), _LARGEST_POWER) if value > 0 else -float(_LARGEST_POWER)


def build(result: Regression, *, width: float, options: FigureOptions | None = None) -> Figure:
    """Rows in the order of the predictors. Hollow dots rest on fewer than ten people."""
    options = options or FigureOptions()
    sketch = Sketch(width)
    rows = stepped(result.coefficients)
    values = [shown(row) for row in rows]
    labels = [wrap(label_words(row), width * _LABEL, SMALL, lines=2) for row in rows]
    left = max((text_width(line, SMALL) for lines in labels for line in lines), default=0.0) + _GAP
    right = width - max((text_width(fmt_number(value.value), BODY, 600) for value in values), default=0.0) - _GAP
    axis = _axis(values, left, right, ratios=_is_ratio(result), intervals=options.intervals)
    pitch = _COMPACT_PITCH if options.compact else _PITCH
    heights = [max(pitch, len(lines) * _LINE + 8) for lines in labels]
    bottom = 4.0 + sum(heights)
    none = 1.0 if axis.ratios else 0.0
    for place, words in axis.marks:
        x = snap(axis.x(place))
        sketch.line((x, 4), (x, bottom), stroke="border-strong" if place == none else "grid")
        sketch.text((x, bottom + 15), words, fill="muted", anchor="middle")
    top = 4.0
    for row, value, lines, height in zip(rows, values, labels, heights, strict=True):
        _draw_row(sketch, result, row, value, lines, axis, (top, height), options)
        top += height
    return sketch.figure(
        bottom + _FOOT,
        title=clean(result.question),
        caption=_caption(result),
        description=_describe(result),
        header=(
            _("Predictor"),
            effect_words(result.model),
            _("%(level)s interval") % {"level": fmt_percent(result.level)},
            _("p"),
        ),
    )


def shown(row: Coefficient) -> Estimate:
    """The ratio where the model has one, else the difference."""
    return row.ratio if row.ratio is not None else row.estimate


def effect_words(model: Model) -> str:
    """What a coefficient is: an odds ratio, a rate ratio, or a difference."""
    match model:
        case Model.LOGIT | Model.ORDINAL:
            return _("Odds ratio")
        case Model.POISSON:
            return _("Rate ratio")
        case _:
            return _("Difference")


def step_words(row: Coefficient) -> str:
    """What one step is: "Female instead of Male", "one year more"."""
    if row.label and row.reference:
        return _("%(answer)s instead of %(reference)s") % {"answer": row.label, "reference": row.reference}
    return row.label or _("%(unit)s more") % {"unit": row.unit or _("one")}


def label_words(row: Coefficient) -> str:
    """ "Gender: Woman instead of Man"."""
    return clean(_("%(predictor)s: %(step)s") % {"predictor": row.predictor, "step": step_words(row)})


def _is_ratio(result: Regression) -> bool:
    return result.model is not Model.LINEAR


def _axis(values: list[Estimate], left: float, right: float, *, ratios: bool, intervals: bool) -> _Axis:
    kept = [(value.value, value.low, value.high) if intervals else (value.value,) for value in values]
    ends = [0.0, *((_log(end) if ratios else end) for each in kept for end in each if end is not None)]
    low, high = min(ends), max(ends)
    room = 0.05 * (high - low) or 1.0
    low, high = low - room if low < 0 else low, high + room
    return _Axis(left + 6, right - 6, math.floor(low) if ratios else low, math.ceil(high) if ratios else high, ratios)


def _draw_row(
    sketch: Sketch,
    result: Regression,
    row: Coefficient,
    value: Estimate,
    lines: tuple[str, ...],
    axis: _Axis,
    box: tuple[float, float],
    options: FigureOptions,
) -> None:
    top, height = box
    middle = round(top + height / 2)
    interval = fmt_interval(value.low, value.high) if value.low is not None and value.high is not None else ""
    cells = (label_words(row), fmt_number(value.value), interval, fmt_p(row.p))
    number = len(sketch.marks)
    mark = sketch.mark(f"row:{number}", sentence_of(result, row), cells=cells, box=(0, top, sketch.width, height))
    for place, line in enumerate(lines):
        offset = (place - (len(lines) - 1) / 2) * _LINE
        sketch.text((0, middle + 4.5 + offset), line, mark=mark)
    if options.intervals and value.low is not None and value.high is not None:
        sketch.whisker(axis.x(value.low), axis.x(value.high), middle, cap=3.0, mark=mark)
    few = row.n < _SMALL_N
    sketch.dot(
        (axis.x(value.value), middle), 4.5, "surface" if few else "accent", stroke="accent", stroke_width=1.4, mark=mark
    )
    sketch.text((sketch.width, middle + 4.5), fmt_number(value.value), size=BODY, weight=600, anchor="end", mark=mark)


def sentence_of(result: Regression, row: Coefficient) -> str:
    """One coefficient in words: effect, interval, p, and how many people it rests on."""
    value = shown(row)
    words = {
        "label": label_words(row),
        "effect": effect_words(result.model).lower(),
        "value": fmt_number(value.value),
        "p": fmt_p(row.p),
        "people": fmt_people(row.n),
    }
    if value.low is None or value.high is None:
        return _("%(label)s: %(effect)s %(value)s, %(p)s; %(people)s.") % words
    words |= {"level": fmt_percent(result.level), "interval": fmt_interval(value.low, value.high)}
    return _("%(label)s: %(effect)s %(value)s (%(level)s interval %(interval)s), %(p)s; %(people)s.") % words


def _caption(result: Regression) -> str:
    scale = ""
    if _is_ratio(result):
        scale = _("%(effect)ss on a logarithmic scale.") % {"effect": effect_words(result.model)}
    yes = _("Yes is “%(answers)s”.") % {"answers": result.yes} if result.yes else ""
    steps = ""
    if stepped(result.coefficients) != result.coefficients:
        steps = _("A number whose unit is too small to see is shown per 10, 100, ...; the table has one unit.")
    return caption(
        scale,
        steps,
        yes,
        n_line(result.counted),
        interval_line(result.level, result.method),
        missing_line(result.counted),
        weighting=result.weighting,
    )


def _describe(result: Regression) -> str:
    n = len(result.coefficients)
    return _("%(n)s coefficients of a regression with their intervals. %(finding)s") % {
        "n": fmt_count(n),
        "finding": result.sentence,
    }
