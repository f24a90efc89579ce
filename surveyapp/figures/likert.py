"""A battery of scales as diverging stacked bars, centred on the middle of the scale."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_people, fmt_people_of, fmt_percent
from surveyapp.figures.caption import bare_interval, caption, share_words
from surveyapp.figures.figure import Figure
from surveyapp.figures.measure import clean, elide, text_width, wrap
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import BODY, SMALL, Sketch, snap
from surveyapp.stats.result import GridItem, GridTable

SMALLEST_NUMBER = 0.07
"""Shares from 7 % carry their number inside the bar."""

_STEPS = {1: (4,), 2: (2, 6), 3: (2, 4, 6), 4: (1, 2, 6, 7), 5: (1, 2, 4, 6, 7), 6: (1, 2, 3, 5, 6, 7)}
_PITCH, _BAR, _LINE, _GAP = 33.0, 24.0, 15.0, 10.0
_COMPACT_PITCH, _COMPACT_BAR = 25.0, 18.0
_LEGEND = 22.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """Where things stand: bars between `left` and `right`, centred at `centre`; column of "for" up to `width`."""

    left: float
    right: float
    centre: float
    scale: float
    value_end: float
    width: float
    with_intervals: bool


def step_roles(n_steps: int) -> tuple[str, ...]:
    """The colour role of each step of a scale, lowest first; seven steps have seven colours, more share them."""
    numbers = _STEPS.get(n_steps) or tuple(round(1 + 6 * step / (n_steps - 1)) for step in range(n_steps))
    return tuple(f"diverging-{number}" for number in numbers)


def build(result: GridTable, *, width: float, options: FigureOptions | None = None) -> Figure:
    """One bar per item, lower steps to the left of the dashed line, upper steps to its right.

    Items come sorted by the share of the upper steps, unless `largest_first` is off: then as in the result by name
    of question, which is the order the table gives them.
    """
    options = options or FigureOptions()
    sketch = Sketch(width)
    items = list(result.items)
    if options.largest_first:
        items.sort(key=lambda item: -item.upper.value)
    labels = [wrap(clean(item.label), width * 0.32, SMALL, lines=3 if options.compact else 2) for item in items]
    layout = _layout(result, labels, width, options)
    top = _draw_legend(sketch, result, layout)
    line_top = top
    pitch = _COMPACT_PITCH if options.compact else _PITCH
    heights = [max(pitch, len(lines) * _LINE + 6) for lines in labels]
    bottom = top + sum(heights) + 2
    sketch.line((layout.centre, line_top), (layout.centre, bottom), stroke="border-strong", width=1.5, dash=(2.0, 3.0))
    for item, lines, height in zip(items, labels, heights, strict=True):
        _draw_item(sketch, result, item, lines=lines, layout=layout, box=(top, height), options=options)
        top += height
    return sketch.figure(
        bottom + 2,
        title=clean(result.question),
        caption=_caption(result, options),
        description=_describe(result),
        header=(_("Item"), *(clean(step) for step in result.steps), clean(result.upper_label), _("Interval"), "n"),
    )


def _left_extent(item: GridItem) -> float:
    """How much of the bar stands left of the centre: the lower steps and half of a middle one."""
    half, odd = divmod(len(item.shares), 2)
    return sum(item.shares[:half]) + (item.shares[half] / 2 if odd else 0.0)


def _layout(result: GridTable, labels: list[tuple[str, ...]], width: float, options: FigureOptions) -> _Layout:
    label_width = max((text_width(line, SMALL) for lines in labels for line in lines), default=0.0)
    left = label_width + _GAP
    with_intervals = options.intervals and width >= 420
    intervals = [bare_interval(item.upper, digits=options.digits) for item in result.items] if with_intervals else []
    interval_width = max((text_width(text, SMALL) for text in intervals), default=0.0)
    percents = [fmt_percent(item.upper.value, options.digits) for item in result.items]
    percent_width = max((text_width(text, BODY, 600) for text in percents), default=0.0)
    value_end = width - (interval_width + 14 if interval_width else 0.0)
    right = value_end - percent_width - (24 if width >= 560 else 12)
    least = max((_left_extent(item) for item in result.items), default=0.0)
    most = max((sum(item.shares) - _left_extent(item) for item in result.items), default=0.0)
    scale = max(right - left, 20.0) / ((least + most) or 1.0)
    return _Layout(
        left=left,
        right=right,
        centre=snap(left + least * scale),
        scale=scale,
        value_end=value_end,
        width=width,
        with_intervals=bool(interval_width),
    )


def _draw_legend(sketch: Sketch, result: GridTable, layout: _Layout) -> float:
    """Swatches above the bars in as many rows as they need, the head of the right column; returns where bars start."""
    heading = clean(result.upper_label)
    full = _("%(steps)s, with %(level)s interval") % {"steps": heading, "level": fmt_percent(result.level)}
    room = layout.width - layout.left
    wanted = full if layout.with_intervals and text_width(full, SMALL) < room * 0.3 else heading
    wanted = elide(wanted, max(layout.width * 0.25, layout.width - layout.right), SMALL)
    heading_width = text_width(wanted, SMALL)
    room -= heading_width + 16
    entries = [elide(clean(step), room - 16, SMALL) for step in result.steps]
    rows: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for entry, role in zip(entries, step_roles(len(result.steps)), strict=True):
        entry_width = 16 + text_width(entry, SMALL) + 20
        if rows[-1] and used + entry_width - 20 > room:
            rows.append([])
            used = 0.0
        rows[-1].append((entry, role))
        used += entry_width
    sketch.text((layout.width, 13), wanted, fill="muted", anchor="end")
    for number, row in enumerate(rows):
        centred = room if len(rows) == 1 else 0.0
        _draw_legend_row(sketch, row, layout.left, room=centred, baseline=13 + number * _LEGEND)
    return len(rows) * _LEGEND + 2


def _draw_legend_row(sketch: Sketch, row: list[tuple[str, str]], left: float, *, room: float, baseline: float) -> None:
    total = sum(16 + text_width(entry, SMALL) + 20 for entry, _role in row) - 20
    x = left + max(0.0, (room - total) / 2)
    for entry, role in row:
        sketch.rect((x, baseline - 10, 11, 11), role, radius=2)
        sketch.text((x + 16, baseline), entry, fill="text-2")
        x += 16 + text_width(entry, SMALL) + 20


def _draw_item(
    sketch: Sketch,
    result: GridTable,
    item: GridItem,
    *,
    lines: tuple[str, ...],
    layout: _Layout,
    box: tuple[float, float],
    options: FigureOptions,
) -> None:
    top, height = box
    middle = int(top + height / 2)
    thick = _COMPACT_BAR if options.compact else _BAR
    mark = _item_mark(sketch, result, item, layout=layout, box=(middle - thick / 2, thick))
    for number, line in enumerate(lines):
        offset = (number - (len(lines) - 1) / 2) * _LINE
        sketch.text((layout.left - _GAP, middle + 4.5 + offset), line, anchor="end", mark=mark)
    x = layout.centre - _left_extent(item) * layout.scale
    roles = step_roles(len(result.steps))
    for number, share in enumerate(item.shares):
        length = share * layout.scale
        _draw_step(sketch, result, item, number=number, role=roles[number], box=(x, middle - thick / 2, length, thick))
        x += length
    share_text = fmt_percent(item.upper.value, options.digits) if item.counted.n else "–"
    sketch.text((layout.value_end, middle + 4.5), share_text, size=BODY, weight=600, anchor="end", mark=mark)
    if layout.with_intervals:
        interval = bare_interval(item.upper, digits=options.digits)
        sketch.text((layout.width, middle + 4.5), interval, fill="muted", anchor="end", mark=mark)


def _draw_step(
    sketch: Sketch, result: GridTable, item: GridItem, *, number: int, role: str, box: tuple[float, float, float, float]
) -> None:
    """A piece of the bar, a hairline of paper to its neighbour, its number from 7 %."""
    x, top, length, height = box
    share = item.shares[number]
    sentence = _("%(item)s: %(share)s answered “%(step)s”, %(people)s.") % {
        "item": clean(item.label),
        "share": fmt_percent(share, 1),
        "step": clean(result.steps[number]),
        "people": fmt_people_of(item.counts[number], item.counted.n),
    }
    mark = sketch.mark(f"{item.question}|{number}", sentence, cells=(), box=(x, top, length, height))
    gap = min(1.0, length / 3)
    sketch.rect((x, top, length - gap, height), role, radius=min(1.5, length / 3), mark=mark)
    text = fmt_percent(share).rstrip("%\u202f")
    if round(share, 2) >= SMALLEST_NUMBER and text_width(text, SMALL, 500) + 4 <= length:
        sketch.text(
            (x + (length - gap) / 2, top + height / 2 + 4.5),
            text,
            fill=f"on-{role}",
            weight=500,
            anchor="middle",
            mark=mark,
        )


def _item_mark(sketch: Sketch, result: GridTable, item: GridItem, *, layout: _Layout, box: tuple[float, float]) -> int:
    """The item as a whole is pointed at by its number on the right."""
    sentence = _("%(item)s: %(steps)s %(share)s; %(people)s answered.") % {
        "item": clean(item.label),
        "steps": clean(result.upper_label),
        "share": share_words(item.upper, level=result.level, digits=1),
        "people": fmt_people(item.counted.n),
    }
    cells = (
        clean(item.label),
        *(fmt_percent(share, 1) for share in item.shares),
        fmt_percent(item.upper.value, 1),
        bare_interval(item.upper, digits=1),
        fmt_count(item.counted.n),
    )
    x = layout.right + 6
    return sketch.mark(item.question, sentence, cells=cells, box=(x, box[0], layout.width - x, box[1]))


def _caption(result: GridTable, options: FigureOptions) -> str:
    sizes = [item.counted.n for item in result.items] or [0]
    n = fmt_count(min(sizes)) if min(sizes) == max(sizes) else f"{fmt_count(min(sizes))}–{fmt_count(max(sizes))}"
    share = _("Share of those who answered, n = %(n)s of %(people)s.") % {"n": n, "people": fmt_people(result.total)}
    order = _("Sorted by “%(steps)s”.") % {"steps": clean(result.upper_label)} if options.largest_first else ""
    method = ""
    if options.intervals:
        name = {"wilson": "Wilson"}.get(result.method, result.method)
        method = _("%(level)s %(method)s intervals.") % {"level": fmt_percent(result.level), "method": name}
    return caption(share, order, method, weighting=result.weighting)


def _describe(result: GridTable) -> str:
    first = _("Stacked bars: %(n)s items of “%(question)s”, each on a scale of %(steps)s steps.") % {
        "n": fmt_count(len(result.items)),
        "question": clean(result.question),
        "steps": fmt_count(len(result.steps)),
    }
    if not result.items:
        return first + " " + _("No item has answers.")
    most = max(result.items, key=lambda item: item.upper.value)
    least = min(result.items, key=lambda item: item.upper.value)
    return (
        first
        + " "
        + _("Highest share of “%(upper)s”: %(most)s with %(high)s; lowest: %(least)s with %(low)s.")
        % {
            "upper": clean(result.upper_label),
            "most": clean(most.label),
            "high": fmt_percent(most.upper.value),
            "least": clean(least.label),
            "low": fmt_percent(least.upper.value),
        }
    )
