"""Distributions: a histogram, the median with its interval, and a strip of quantiles below."""

from __future__ import annotations

import re
from dataclasses import dataclass

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_percent
from surveyapp.figures.axis import ticks
from surveyapp.figures.caption import bare_interval, caption, missing_line, n_line
from surveyapp.figures.figure import Figure, Text
from surveyapp.figures.group_words import WHISKERS_FROM
from surveyapp.figures.measure import clean, text_width
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import BODY, SMALL, Sketch, overlap, text_box
from surveyapp.stats.estimate import Estimate, Histogram
from surveyapp.stats.result import NumericSummary, ProbabilitySummary

_TOP, _COMPACT_TOP = 30.0, 20.0
_SIDE = 8.0
_YEAR_WORD = re.compile(r"\b(year|jahr|année|ano|año|anno|rok|roku|году?)\b", re.IGNORECASE)
_YEARS = (1000, 3000)


@dataclass(frozen=True, slots=True)
class _Axis:
    """The numbers of a distribution and how they read: plain with a unit, as years, or shares as per cent."""

    histogram: Histogram
    left: float
    right: float
    percent: bool
    unit: str
    year: bool = False

    def x(self, value: float) -> float:
        """The place of a value; beyond the ends at the ends, where the open bins gather it."""
        low, high = self.histogram.edges[0], self.histogram.edges[-1]
        span = (high / 2 - low / 2) or 1.0  # halves: the span of huge numbers overflows
        share = (min(max(value, low), high) / 2 - low / 2) / span
        return self.left + share * (self.right - self.left)

    def words(self, value: float) -> str:
        """A value as people read it."""
        if self.year:
            return str(round(value))
        return fmt_percent(value) if self.percent else fmt_number(value)

    def span(self, low: float, high: float) -> str:
        """A range as people read it."""
        if self.year:
            return f"{self.words(low)}–{self.words(high)}"
        return fmt_interval(low, high, percent=self.percent)


def build(result: NumericSummary | ProbabilitySummary, *, width: float, options: FigureOptions | None = None) -> Figure:
    """Bars from 0, median dashed, below them 5, 25, 50, 75 and 95 %; open ends say so ("54+")."""
    options = options or FigureOptions()
    sketch = Sketch(width)
    axis = _axis(result, width)
    depth = min(max(round(width * 0.4), 110), 240)
    if options.compact:
        depth = min(max(round(width * 0.2), 74), 90)
    base = (_COMPACT_TOP if options.compact else _TOP) + depth
    _draw_bars(sketch, axis, base, depth=depth)
    sketch.line((axis.left, base + 0.5), (axis.right, base + 0.5), stroke="border-strong")
    _draw_median(sketch, axis, result.median, base=base, level=result.level, options=options)
    _draw_ticks(sketch, axis, base + 17)
    _draw_strip(sketch, axis, result, base + 33)
    return sketch.figure(
        base + 44,
        title=clean(result.question),
        caption=_caption(result, axis, compact=options.compact),
        description=_describe(result, axis),
        header=(_("Values"), _("People"), _("Share")),
    )


def bin_names(result: NumericSummary | ProbabilitySummary) -> tuple[str, ...]:
    """What each bar is called: "20–22 years"."""
    axis = _axis(result, 2 * _SIDE + 1)
    return tuple(_bin_name(axis, number) for number in range(len(result.histogram.counts)))


def _axis(result: NumericSummary | ProbabilitySummary, width: float) -> _Axis:
    percent = isinstance(result, ProbabilitySummary)
    unit = result.unit if isinstance(result, NumericSummary) else ""
    return _Axis(result.histogram, _SIDE, width - _SIDE, percent, clean(unit), _are_years(result))


def _are_years(result: NumericSummary | ProbabilitySummary) -> bool:
    """Whether the numbers are years, which read 2055, not 2,055: the question says so and nearly all could be one."""
    if not isinstance(result, NumericSummary) or result.unit or not _YEAR_WORD.search(result.question):
        return False
    return all(_YEARS[0] <= value < _YEARS[1] for value in result.quantiles)


def _draw_bars(sketch: Sketch, axis: _Axis, base: float, *, depth: float) -> None:
    histogram = axis.histogram
    tallest = max((histogram.share(number) for number in range(len(histogram.counts))), default=0.0) or 1.0
    for number, count in enumerate(histogram.counts):
        left, right = axis.x(histogram.edges[number]), axis.x(histogram.edges[number + 1])
        name = _bin_name(axis, number)
        share = histogram.share(number)
        words = ngettext("%(values)s: %(count)s person, %(share)s.", "%(values)s: %(count)s people, %(share)s.", count)
        sentence = words % {"values": name, "count": fmt_count(count), "share": fmt_percent(share, 1)}
        mark = sketch.mark(
            str(number),
            sentence,
            cells=(name, fmt_count(count), fmt_percent(share, 1)),
            box=(left, base - depth, right - left, depth),
        )
        gap = min(1.5, (right - left) * 0.15)
        height = share / tallest * (depth - 8)
        height = max(height, 1.0) if count else 0.0
        box = (left + gap / 2, base - height, right - left - gap, height)
        sketch.rect(box, "sequential-4", radius=min(1.5, height / 2, box[2] / 2), mark=mark)


def _bin_name(axis: _Axis, number: int) -> str:
    """ "20–22 years": the value range of a bin, open at the ends where it gathers the rest."""
    histogram = axis.histogram
    low, high = histogram.edges[number], histogram.edges[number + 1]
    if histogram.open_high and number == len(histogram.counts) - 1:
        name = _("%(value)s and more") % {"value": axis.words(low)}
    elif histogram.open_low and number == 0:
        name = _("under %(value)s") % {"value": axis.words(high)}
    else:
        name = _closed_name(axis, low, high, last=number == len(histogram.counts) - 1)
    return f"{name} {axis.unit}" if axis.unit else name


def _closed_name(axis: _Axis, low: float, high: float, *, last: bool) -> str:
    """Bins of whole numbers have edges half-way between them: "3" or "3–5". Others leave out their upper end."""
    if not axis.percent and (low - 0.5).is_integer() and (high - 0.5).is_integer():
        first, end = low + 0.5, high - 0.5
        return axis.words(first) if first == end else axis.span(first, end)
    if last:
        return axis.span(low, high)
    lower = axis.words(low).rstrip("%\u202f") if axis.percent else axis.words(low)
    return _("%(low)s to under %(high)s") % {"low": lower, "high": axis.words(high)}


def _draw_median(
    sketch: Sketch, axis: _Axis, median: Estimate, *, base: float, level: float, options: FigureOptions
) -> None:
    x = axis.x(median.value)
    sketch.line((x, 4), (x, base), stroke="text", width=1.5, dash=(3.0, 3.0))
    name = _("median %(value)s") % {"value": axis.words(median.value)}
    note = ""
    if options.intervals and median.low is not None and median.high is not None:
        values = {"level": fmt_percent(level), "interval": axis.span(median.low, median.high)}
        note = _("%(level)s: %(interval)s") % values
    name_width = text_width(name, BODY, 600)
    note_width = text_width(note, SMALL) + 10 if note else 0.0
    if x + 8 + name_width + note_width > sketch.width and x - 8 < name_width + note_width:
        note, note_width = "", 0.0
    start = x + 8 if x + 8 + name_width + note_width <= sketch.width else x - 8 - name_width - note_width
    sketch.text((start, 14), name, size=BODY, weight=600)
    if note:
        sketch.text((start + name_width + 10, 14), note, fill="muted")


def _draw_ticks(sketch: Sketch, axis: _Axis, baseline: float) -> None:
    """Open ends first, since they explain a bin; then the round values that have room."""
    histogram = axis.histogram
    low, high = histogram.edges[0], histogram.edges[-1]
    labels: list[tuple[float, str]] = []
    if histogram.open_high and len(histogram.counts) > 1:
        labels.append((_middle(axis, -2), f"{_short(axis, histogram.edges[-2])}+"))
    if histogram.open_low and len(histogram.counts) > 1:
        labels.append((_middle(axis, 0), f"<{_short(axis, histogram.edges[1])}"))
    most = 4 if axis.right - axis.left < 360 else 6
    values = ticks(low, high, 5 if axis.percent else most)
    if axis.percent and len(values) > 1:
        labels.append((axis.x(values[-1]), axis.words(values[-1])))
        values = values[:-1]
    labels += [(axis.x(value), _short(axis, value)) for value in values]
    taken: list[tuple[float, float, float, float]] = []
    for x, label in labels:
        half = text_width(label, SMALL) / 2
        x = min(max(x, half), sketch.width - half)
        box = text_box(Text(x=x, y=baseline, text=label, size=SMALL, anchor="middle"))
        roomy = (box[0] - 6, box[1], box[2] + 12, box[3])
        if not any(overlap(roomy, other) for other in taken):
            taken.append(box)
            sketch.text((x, baseline), label, fill="muted", anchor="middle")


def _middle(axis: _Axis, edge: int) -> float:
    edges = axis.histogram.edges
    return (axis.x(edges[edge]) + axis.x(edges[edge + 1])) / 2


def _short(axis: _Axis, value: float) -> str:
    """A tick label: the per cent sign stands on the last one only."""
    return fmt_percent(value).rstrip("%\u202f") if axis.percent else axis.words(value)


def _draw_strip(sketch: Sketch, axis: _Axis, result: NumericSummary | ProbabilitySummary, y: float) -> None:
    p5, p25, p50, p75, p95 = (axis.x(value) for value in result.quantiles)
    outer = result.counted.n >= WHISKERS_FROM
    if outer:
        sketch.line((p5, y), (p95, y), stroke="border-strong", width=2)
    else:
        p5, p95 = p25, p75
    sketch.line((p25, y), (p75, y), stroke="text", width=4)
    sketch.dot((p50, y), 4.5, "surface", stroke="text", stroke_width=2)
    names = ("5", "25", "50", "75", "95")
    told = list(zip(names, result.quantiles, strict=True))
    parts = [f"{name}: {axis.words(value)}" for name, value in (told if outer else told[1:-1])]
    sentence = _("Of 100 people, so many lie at or below: %(parts)s.") % {"parts": ", ".join(parts)}
    sketch.mark("quantiles", sentence, cells=(), box=(p5 - 5, y - 7, p95 - p5 + 10, 14))


def _caption(result: NumericSummary | ProbabilitySummary, axis: _Axis, *, compact: bool) -> str:
    if isinstance(result, NumericSummary) and not result.quantiles[0] <= result.mean.value <= result.quantiles[4]:
        # a few absurd numbers carried the mean out of nine tenths of the answers: it would say nothing about them
        mean = _("Mean without the outer 10 %% on either side %(mean)s") % {"mean": axis.words(result.trimmed)}
    else:
        mean = _spread_words(result, axis)
    unit = f" {axis.unit}" if axis.unit else ""
    half = ""
    if result.quantiles[1] < result.quantiles[3]:
        words = axis.span(result.quantiles[1], result.quantiles[3]) + unit
        long = _("Thick bar: middle half, %(range)s; thin: 5 to 95 of 100 people.")
        if result.counted.n < WHISKERS_FROM:
            long = _("Bar: middle half, %(range)s.")
        half = (_("Middle half %(range)s.") if compact else long) % {"range": words}
    return caption(n_line(result.counted), mean + ".", half, missing_line(result.counted), weighting=result.weighting)


def _spread_words(result: NumericSummary | ProbabilitySummary, axis: _Axis) -> str:
    mean = _("Mean %(mean)s") % {"mean": _mean_words(result.mean, axis, result.level)}
    if result.sd is None:
        return mean
    sd = fmt_percent(result.sd, 1) if axis.percent else fmt_number(result.sd)
    return mean + ", " + _("sd %(sd)s") % {"sd": sd}


def _mean_words(mean: Estimate, axis: _Axis, level: float) -> str:
    value = fmt_percent(mean.value, 1) if axis.percent else axis.words(mean.value)
    if mean.low is None or mean.high is None:
        return value
    interval = bare_interval(mean, digits=1) if axis.percent else axis.span(mean.low, mean.high)
    return f"{value} ({fmt_percent(level)}: {interval})"


def _describe(result: NumericSummary | ProbabilitySummary, axis: _Axis) -> str:
    first = ngettext(
        "Histogram of %(n)s answer to “%(question)s”.",
        "Histogram of %(n)s answers to “%(question)s”.",
        result.counted.n,
    ) % {
        "n": fmt_count(result.counted.n),
        "question": clean(result.question),
    }
    unit = f" {axis.unit}" if axis.unit else ""
    second = _("The median is %(median)s; the middle half lies at %(half)s, nine in ten at %(most)s.") % {
        "median": axis.words(result.median.value) + unit,
        "half": axis.span(result.quantiles[1], result.quantiles[3]),
        "most": axis.span(result.quantiles[0], result.quantiles[4]),
    }
    return f"{first} {second}"
