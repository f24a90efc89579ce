"""Horizontal bars with whiskers: single choice, scale, date and multiple choice."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people, fmt_people_of, fmt_percent, fmt_some
from surveyapp.figures.caption import bare_interval, caption, interval_line, missing_line, n_line, share_words
from surveyapp.figures.figure import Figure
from surveyapp.figures.measure import clean, text_width, wrap
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import SMALL, Sketch, snap
from surveyapp.stats.estimate import Estimate
from surveyapp.stats.result import FrequencyRow, FrequencyTable, MultiTable

MOST_ROWS = 25
"""More categories than this are folded: the largest stay, the rest share one grey row."""

_PITCH, _BAR, _TOP = 32.0, 17.0, 2.0
_COMPACT_PITCH, _COMPACT_BAR = 22.0, 12.0
_LINE = 15.0
_GAP = 8.0
_MOST_LINES, _MOST_LINES_WIDE = 3, 5
_FEW_ROWS, _FEW_PEOPLE = 8, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bar:
    """One row as drawn. `estimate` is None where none can be given: ticks of several options are not people.

    The row that `gathers` the rest has numbers but no bar: it would dwarf the answers, and is none.
    """

    label: str
    lines: tuple[str, ...]
    count: int
    estimate: Estimate | None
    fill: str
    mark: int
    height: float
    thick: float = _BAR
    gathers: bool = False


def build(result: FrequencyTable | MultiTable, *, width: float, options: FigureOptions | None = None) -> Figure:
    """Bars in order of size, or as asked where the answers are ordered; "other" last and grey.

    Beyond 25 answers the smallest share one grey row with their summed count; every answer keeps its mark.
    """
    options = options or FigureOptions()
    sketch = Sketch(width)
    rows = arrange(result, options)
    shown, folded = _fold(rows, rare=options.compact, most=options.most_rows)
    bars = [_bar(sketch, result, row, options) for row in shown]
    if folded:
        bars.append(_folded_bar(sketch, result, folded, options))
    height = _draw(sketch, bars, options)
    _set_marks(sketch, bars)
    return sketch.figure(
        height,
        title=clean(result.question),
        caption=_caption(result, options, len(folded)),
        description=describe(result),
        header=(
            _("Answer"),
            _("People"),
            _("Share"),
            _("%(level)s interval") % {"level": fmt_percent(result.level)},
        ),
    )


def arrange(result: FrequencyTable | MultiTable, options: FigureOptions) -> list[FrequencyRow]:
    """The rows as they are drawn and printed: by size unless ordered or asked otherwise, "other" last."""
    rows = list(result.rows)
    ordered = isinstance(result, FrequencyTable) and result.ordered
    if options.largest_first and not ordered:
        rows.sort(key=lambda row: (-row.share, -row.count))
    return [row for row in rows if not row.other] + [row for row in rows if row.other]


def _fold(rows: list[FrequencyRow], *, rare: bool, most: int) -> tuple[list[FrequencyRow], list[FrequencyRow]]:
    """What is drawn by itself, in the same order, and what is folded; with `rare` also answers of a few people."""
    if rare and len(rows) > _FEW_ROWS:
        few = [row for row in rows if 0 < row.count < _FEW_PEOPLE and not row.other]
        if len(few) > 1 and len(rows) - len(few) < most:
            return [row for row in rows if row not in few], few
    if len(rows) <= most:
        return rows, []
    by_size = sorted(range(len(rows)), key=lambda number: (-rows[number].share, -rows[number].count, number))
    largest = set(by_size[: most - 1])
    shown = [row for number, row in enumerate(rows) if number in largest]
    return shown, [row for number, row in enumerate(rows) if number not in largest]


def _estimate(row: FrequencyRow) -> Estimate:
    return Estimate(value=row.share, low=row.low, high=row.high)


def _row_mark(sketch: Sketch, result: FrequencyTable | MultiTable, row: FrequencyRow) -> int:
    """A mark without place as yet; a folded answer keeps none, and is read from the table only."""
    estimate = _estimate(row)
    base = result.counted.base if isinstance(result, MultiTable) else result.counted.n
    sentence = _("%(label)s: %(people)s, %(share)s.") % {
        "label": clean(row.label),
        "people": fmt_people_of(row.count, base),
        "share": share_words(estimate, level=result.level, digits=1),
    }
    cells = (
        clean(row.label),
        fmt_count(row.count),
        fmt_percent(row.share, 1),
        bare_interval(estimate, digits=1),
    )
    return sketch.mark(str(row.code), sentence, cells=cells, box=(0, 0, 0, 0))


def _count_gap(width: float) -> float:
    return 12.0 if width < 400 else 28.0


def _label_width(width: float) -> float:
    return width * (0.4 if width < 480 else 0.36)


def _most_lines(width: float) -> int:
    return _MOST_LINES if width < 480 else _MOST_LINES_WIDE


def _label_lines(label: str, width: float, options: FigureOptions) -> tuple[str, ...]:
    return wrap(label, _label_width(width), SMALL, lines=_most_lines(width) if options.compact else 2)


def labels_fit(result: FrequencyTable | MultiTable, *, width: float) -> bool:
    """Whether every label of a compact figure of this width is whole, and none of its words broken."""
    room = _label_width(width)
    for label in {clean(row.label) for row in result.rows[:MOST_ROWS]}:
        if any(text_width(word, SMALL) > room for word in label.split(" ")):
            return False
        if len(wrap(label, room, SMALL)) > _most_lines(width):
            return False
    return True


def _bar(sketch: Sketch, result: FrequencyTable | MultiTable, row: FrequencyRow, options: FigureOptions) -> _Bar:
    lines = _label_lines(clean(row.label), sketch.width, options)
    plain = _estimate(row)
    return _Bar(
        label=clean(row.label),
        lines=lines,
        count=row.count,
        estimate=plain if options.intervals else Estimate(value=row.share),
        fill="chart-other" if row.other else "accent",
        mark=_row_mark(sketch, result, row),
        height=max(_COMPACT_PITCH if options.compact else _PITCH, len(lines) * _LINE + 6),
        thick=_COMPACT_BAR if options.compact else _BAR,
    )


def _folded_bar(
    sketch: Sketch,
    result: FrequencyTable | MultiTable,
    folded: list[FrequencyRow],
    options: FigureOptions,
) -> _Bar:
    """The grey row that stands for the rest; its mark has no cells, so that tables count nobody twice."""
    for row in folded:
        _row_mark(sketch, result, row)
    count = sum(row.count for row in folded)
    label = ngettext("and %(n)s more answer", "and %(n)s more answers", len(folded)) % {"n": fmt_count(len(folded))}
    sentence = _("%(label)s: %(count)s in all, each with at most %(most)s.") % {
        "label": label,
        "count": fmt_count(count),
        "most": fmt_count(max(row.count for row in folded)),
    }
    estimate = None
    if isinstance(result, FrequencyTable) and result.counted.n:
        share = count / result.counted.n if result.weighting is None else sum(row.share for row in folded)
        estimate = Estimate(value=min(share, 1.0))
    return _Bar(
        label=label,
        lines=_label_lines(label, sketch.width, options),
        count=count,
        estimate=estimate,
        fill="chart-other",
        mark=sketch.mark("", sentence, cells=(), box=(0, 0, 0, 0)),
        height=_COMPACT_PITCH if options.compact else _PITCH,
        gathers=True,
    )


def _draw(sketch: Sketch, bars: list[_Bar], options: FigureOptions) -> float:
    """Labels, axis, bars, whiskers, numbers; returns the height."""
    labels = max((text_width(line, SMALL) for bar in bars for line in bar.lines), default=0.0)
    left = snap(labels + _GAP)
    counts = max((text_width(fmt_count(bar.count), SMALL) for bar in bars), default=0.0) if options.counts else 0.0
    percents = max(
        (text_width(fmt_some(b.estimate.value, options.digits), SMALL, 600) for b in bars if b.estimate), default=0.0
    )
    right = sketch.width - (counts + _count_gap(sketch.width) if options.counts else 0) - percents - 2 * _GAP
    most = max(
        (max(b.estimate.value, b.estimate.high or 0.0) for b in bars if b.estimate and not b.gathers), default=0.0
    )
    scale = max(right - left, 8.0) / (most or 1.0)
    top = _TOP
    for bar in bars:
        _draw_bar(sketch, bar, left, scale=scale, top=top, options=options)
        top += bar.height
    sketch.line((left, 0), (left, top + _TOP), stroke="border-strong")
    return top + _TOP


def _draw_bar(sketch: Sketch, bar: _Bar, left: float, *, scale: float, top: float, options: FigureOptions) -> None:
    middle = round(top + bar.height / 2)
    for number, line in enumerate(bar.lines):
        offset = (number - (len(bar.lines) - 1) / 2) * _LINE
        sketch.text((left - _GAP, middle + 4 + offset), line, anchor="end", mark=bar.mark)
    if bar.estimate:
        length = 0.0 if bar.gathers else bar.estimate.value * scale
        box = (left, middle - bar.thick / 2, length, bar.thick)
        sketch.rect(box, bar.fill, radius=min(2.0, length / 2), mark=bar.mark)
        end = left + length
        if bar.estimate.low is not None and bar.estimate.high is not None:
            end = left + bar.estimate.high * scale
            sketch.whisker(left + bar.estimate.low * scale, end, middle, mark=bar.mark)
        share = fmt_some(bar.estimate.value, options.digits)
        sketch.text((end + _GAP, middle + 4), share, weight=600, mark=bar.mark)
    if options.counts or not bar.estimate:
        sketch.text((sketch.width, middle + 4), fmt_count(bar.count), fill="muted", anchor="end", mark=bar.mark)


def _set_marks(sketch: Sketch, bars: list[_Bar]) -> None:
    """Give the marks of drawn rows the whole row to be hit."""
    top = _TOP
    places = {}
    for bar in bars:
        places[bar.mark] = (top, bar.height)
        top += bar.height
    sketch.place_marks({mark: (0.0, y, sketch.width, height) for mark, (y, height) in places.items()})


def _caption(result: FrequencyTable | MultiTable, options: FigureOptions, n_folded: int) -> str:
    drawn = any(row.high > row.low for row in result.rows)
    whiskers = interval_line(result.level, result.method) if options.intervals and drawn else ""
    folded = _("The smallest answers share one row.") if n_folded else ""
    if isinstance(result, MultiTable):
        ticks = ngettext("%(n)s tick.", "%(n)s ticks.", result.ticks) % {"n": fmt_count(result.ticks)}
        none = _("%(n)s ticked none.") % {"n": fmt_count(result.none_ticked)} if result.none_ticked else ""
        base = _("n = %(people)s.") % {"people": fmt_people(result.counted.base)}
        return caption(base, result.base_rule, ticks, none, whiskers, folded, weighting=result.weighting)
    return caption(n_line(result.counted), whiskers, missing_line(result.counted), folded, weighting=result.weighting)


def describe(result: FrequencyTable | MultiTable) -> str:
    """Two sentences: what is drawn, and what leads or lies at the ends."""
    n_rows = len(result.rows)
    base = result.counted.base if isinstance(result, MultiTable) else result.counted.n
    people = fmt_people(base)
    first = ngettext(
        "Bars: the share of %(people)s for %(rows)s answer to “%(question)s”.",
        "Bars: the share of %(people)s for each of %(rows)s answers to “%(question)s”.",
        n_rows,
    ) % {"people": people, "rows": fmt_count(n_rows), "question": clean(result.question)}
    if not result.rows:
        return first + " " + _("No answer has been given.")
    largest = max(result.rows, key=lambda row: (row.share, row.count))
    values = {
        "label": clean(largest.label),
        "share": share_words(_estimate(largest), level=result.level),
        "least": fmt_percent(min(row.share for row in result.rows)),
    }
    return first + " " + _("Most frequent is “%(label)s” with %(share)s; the smallest share is %(least)s.") % values
