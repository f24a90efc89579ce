"""A matrix of correlations: coloured by sign and size, the number in every cell."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_percent
from surveyapp.figures.caption import caption, n_line
from surveyapp.figures.effect import effect_words, interval_words, q_words
from surveyapp.figures.figure import Figure
from surveyapp.figures.measure import clean, elide, text_width
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import MICRO, SMALL, Sketch
from surveyapp.stats.association.result import CorrelationMatrix, MatrixCell

_LABEL, _GAP = 0.34, 10.0
_WIDEST, _LOWEST, _HIGHEST = 72.0, 18.0, 34.0
_HEAD = 20.0
_MARKS = (0.1, 0.3, 0.5)
"""Where the colour changes: Cohen's (1988) weak, moderate, strong."""


def build(result: CorrelationMatrix, *, width: float, options: FigureOptions | None = None) -> Figure:
    """Questions as numbered rows and as columns of the same numbers; bold numbers stand out."""
    options = options or FigureOptions()
    sketch = Sketch(width)
    order = result.order
    names = [f"{number}\u2002{clean(result.labels[place])}" for number, place in enumerate(order, 1)]
    names = [elide(name, width * _LABEL, SMALL) for name in names]
    left = max(text_width(name, SMALL) for name in names) + _GAP
    wide = min((width - left) / len(order), _WIDEST)
    high = min(max(wide, _LOWEST), _HIGHEST - (8 if options.compact else 0))
    for number in range(len(order)):
        words = str(number + 1)
        if text_width(words, SMALL) + 2 <= wide:
            sketch.text((left + (number + 0.5) * wide, 13), words, fill="muted", anchor="middle")
    for row, first in enumerate(order):
        top = _HEAD + row * high
        sketch.text((0, top + high / 2 + 4.5), names[row])
        for column, second in enumerate(order):
            if row != column:
                box = (left + column * wide, top, wide, high)
                _draw_cell(sketch, result, (first, second), box=box, twin=column < row)
    return sketch.figure(
        _HEAD + len(order) * high + 2,
        title=clean(result.question),
        caption=_caption(result),
        description=_describe(result),
        header=(_("Question"), _("with"), _("Correlation"), _("Interval"), "n", "q"),
    )


def short_correlation(value: float) -> str:
    """ "−.24": a correlation without its leading zero, as such tables have it."""
    words = fmt_number(value, 2)
    return words if abs(value) >= 0.995 else words.replace("0", "", 1)


def step_of(value: float) -> int:
    """Which of the seven diverging colours a correlation has: 4 for none, 7 for strong, 1 for strong and negative."""
    size = sum(abs(value) >= mark for mark in _MARKS)
    return 4 + size if value >= 0 else 4 - size


def cell_words(result: CorrelationMatrix, places: tuple[int, int]) -> str:
    """A cell as a sentence."""
    first, second = (clean(result.labels[place]) for place in places)
    cell = result.cells[places[0]][places[1]]
    names = {"first": first, "second": second, "n": fmt_count(cell.n)}
    if cell.value is None:
        told = ngettext(
            "“%(first)s” and “%(second)s”: not computed; %(n)s person answered both.",
            "“%(first)s” and “%(second)s”: not computed; %(n)s people answered both.",
            cell.n,
        )
        return told % names
    words = {**names, "effect": effect_words(_symbol(result), cell.value), "q": _q(cell)}
    return _("“%(first)s” and “%(second)s”: %(effect)s, n %(n)s, %(q)s.") % words


def _symbol(result: CorrelationMatrix) -> str:
    return "r" if "Pearson" in result.method else "ρ"


def _q(cell: MatrixCell) -> str:
    return q_words(cell.q) if cell.q is not None else "q –"


def _draw_cell(
    sketch: Sketch,
    result: CorrelationMatrix,
    places: tuple[int, int],
    *,
    box: tuple[float, float, float, float],
    twin: bool,
) -> None:
    x, top, wide, high = box
    cell = result.cells[places[0]][places[1]]
    cells: tuple[str, ...] = ()
    if twin:
        value = cell.value
        numbers = (fmt_number(value.value, 2), interval_words(value)) if value is not None else ("–", "")
        cells = (*(clean(result.labels[place]) for place in places), *numbers, fmt_count(cell.n), _q(cell))
    mark = sketch.mark(f"{places[0]}:{places[1]}", cell_words(result, places), cells=cells, box=box)
    if cell.value is None:
        sketch.rect((x + 0.5, top + 0.5, wide - 1, high - 1), "sunken", mark=mark)
        if wide >= 12:
            sketch.text((x + wide / 2, top + high / 2 + 4), "–", fill="muted", anchor="middle", mark=mark)
        return
    role = f"diverging-{step_of(cell.value.value)}"
    gap = min(1.0, wide / 8)
    sketch.rect((x + gap / 2, top + 0.5, wide - gap, high - 1), role, radius=min(2.0, wide / 6), mark=mark)
    words = short_correlation(cell.value.value)
    out = cell.q is not None and cell.q < 1 - result.level
    size = next((size for size in (SMALL, MICRO, 9) if text_width(words, size, 600) + 3 <= wide), 0)
    if size:
        middle = (x + wide / 2, top + high / 2 + size * 0.36)
        sketch.text(middle, words, size=size, fill=f"on-{role}", weight=600 if out else 400, anchor="middle", mark=mark)


def _caption(result: CorrelationMatrix) -> str:
    bold = _("Bold: stands out (q < %(q)s).") % {"q": fmt_number(1 - result.level, 2).removeprefix("0")}
    steps = _("Colours change at 0.1, 0.3 and 0.5.")
    return caption(n_line(result.counted), f"{result.method}.", bold, steps, *result.notes, weighting=result.weighting)


def _describe(result: CorrelationMatrix) -> str:
    first = _("Matrix of the correlations of %(n)s questions with each other, %(level)s intervals.") % {
        "n": fmt_count(len(result.labels)),
        "level": fmt_percent(result.level),
    }
    return f"{first} {result.sentence}"
