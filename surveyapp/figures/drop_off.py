"""Drop-off: a step curve of the people still answering, section by section, the largest single loss named; below it
how many minutes they took."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_people_of, fmt_percent
from surveyapp.figures.axis import ticks
from surveyapp.figures.caption import bare_interval, caption, n_line, share_words
from surveyapp.figures.figure import Figure
from surveyapp.figures.measure import clean, elide, text_width
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import BODY, SMALL, Sketch, snap
from surveyapp.stats.drop_off.result import DropOff, DropPoint, Minutes

_HEIGHT, _COMPACT_HEIGHT = 260.0, 200.0
_HEAD = 24.0
_MINUTES_TOP, _MINUTES_HEIGHT, _FOOT = 34.0, 90.0, 22.0
_GAP = 8.0


def build(result: DropOff, *, width: float, options: FigureOptions | None = None) -> Figure:
    """The share of the people who answered anything, from the first question to the last; the axis begins at 0."""
    options = options or FigureOptions()
    sketch = Sketch(width)
    left = text_width(fmt_percent(1), SMALL) + _GAP
    top, base = _HEAD, _HEAD + (_COMPACT_HEIGHT if options.compact else _HEIGHT)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = snap(base - share * (base - top))
        sketch.line((left, y), (width, y), stroke="border-strong" if share == 0 else "grid")
        sketch.text((left - _GAP, y + 4), fmt_percent(share), fill="muted", anchor="end")
    pitch = (width - left) / len(result.points)
    _draw_sections(sketch, result, left=left, pitch=pitch, top=top, base=base)
    steps: list[tuple[float, float]] = []
    for place, point in enumerate(result.points):
        x, y = left + place * pitch, base - point.share.value * (base - top)
        steps += [(x, y), (x + pitch, y)]
        box = (x, top, pitch, base - top)
        sketch.mark(f"row:{place}", point_sentence(result, point), cells=_cells(point), box=box)
    sketch.path(steps, stroke="accent", width=2.0)
    _draw_end(sketch, result, steps)
    _draw_loss(sketch, result, left=left, pitch=pitch, top=top, base=base)
    bottom = base + 8
    if isinstance(result.minutes, Minutes):
        bottom = _draw_minutes(sketch, result.minutes, left=left, top=base + _MINUTES_TOP)
    return sketch.figure(
        bottom,
        title=_("Who was still answering"),
        caption=caption(n_line(result.counted), *result.notes, _minutes_line(result.minutes, level=result.level)),
        description=result.sentence,
        header=(
            _("Question"),
            _("Still there"),
            _("Share"),
            _("%(level)s interval") % {"level": fmt_percent(result.level)},
            _("Lost before it"),
        ),
    )


def _cells(point: DropPoint) -> tuple[str, ...]:
    return (
        clean(point.title),
        fmt_count(point.still),
        fmt_percent(point.share.value, 1),
        bare_interval(point.share, digits=1),
        fmt_count(point.lost),
    )


def point_sentence(result: DropOff, point: DropPoint) -> str:
    """One question in words: who was still there, who had left."""
    words = ngettext(
        "%(question)s: %(people)s was still there, %(share)s; %(lost)s left before it.",
        "%(question)s: %(people)s were still there, %(share)s; %(lost)s left before it.",
        point.still,
    )
    return words % {
        "question": clean(point.title),
        "people": fmt_people_of(point.still, result.counted.n),
        "share": share_words(point.share, level=result.level, digits=1),
        "lost": fmt_count(point.lost),
    }


def _draw_sections(sketch: Sketch, result: DropOff, *, left: float, pitch: float, top: float, base: float) -> None:
    """A line where a section begins, its name above as far as there is room for it."""
    ends = [*(section.first for section in result.sections), len(result.points)]
    for section, end in zip(result.sections, ends[1:], strict=True):
        x = snap(left + section.first * pitch)
        if section.first:
            sketch.line((x, top - 6), (x, base), stroke="grid")
        room = (end - section.first) * pitch - 6
        name = elide(clean(section.name), room, SMALL) if section.name else ""
        if len(name) > 3 or name == section.name:
            sketch.text((x + 3, top - 10), name, fill="muted")


def _draw_end(sketch: Sketch, result: DropOff, steps: list[tuple[float, float]]) -> None:
    """How many are left, above the last stretch of the curve."""
    words = fmt_percent(result.points[-1].share.value)
    right = steps[-1][0]
    near = right - text_width(words, BODY, 600) - 4
    y = min(step_y for x, step_y in steps if x >= near)
    sketch.text((right, y - 8), words, size=BODY, weight=600, fill="accent", anchor="end")


def _draw_loss(sketch: Sketch, result: DropOff, *, left: float, pitch: float, top: float, base: float) -> None:
    """The largest single loss: how many, and after which question."""
    loss = result.largest
    if loss is None or not loss.place:
        return
    before, after = (base - result.points[place].share.value * (base - top) for place in (loss.place - 1, loss.place))
    x = left + loss.place * pitch
    sketch.line((x, before), (x, after), stroke="warn", width=3.0)
    words = ngettext("%(n)s left after “%(question)s”", "%(n)s left after “%(question)s”", loss.n) % {
        "n": fmt_count(loss.n),
        "question": clean(loss.before),
    }
    to_right = x < (left + sketch.width) / 2
    room = sketch.width - x - 14 if to_right else x - left - 14
    sketch.text(
        (x + 8 if to_right else x - 8, max(after, before) + 18),
        elide(words, room, SMALL),
        fill="warn",
        weight=600,
        anchor="start" if to_right else "end",
    )


def _draw_minutes(sketch: Sketch, minutes: Minutes, *, left: float, top: float) -> float:
    """Bars of the minutes people took; where they end."""
    histogram = minutes.histogram
    base, most = top + _MINUTES_HEIGHT, max(histogram.counts, default=0)
    low, high = histogram.edges[0], histogram.edges[-1]
    scale = (sketch.width - left) / ((high - low) or 1.0)
    sketch.text((0, top - 10), _("Minutes it took"), fill="muted")
    for start, end, count in zip(histogram.edges, histogram.edges[1:], histogram.counts, strict=False):
        height = count / (most or 1) * (_MINUTES_HEIGHT - 4)
        x = left + (start - low) * scale
        sketch.rect((x, base - height, max((end - start) * scale - 1, 1.0), height), "sequential-4")
    sketch.line((left, snap(base)), (sketch.width, snap(base)), stroke="border-strong")
    x = snap(left + (minutes.median.value - low) * scale)
    sketch.line((x, top), (x, base), stroke="text", width=1.5)
    for value in ticks(low, high, 6):
        words = fmt_number(value) + ("+" if histogram.open_high and value == high else "")
        sketch.text((left + (value - low) * scale, base + 15), words, fill="muted", anchor="middle")
    return base + _FOOT


def _minutes_line(minutes: object, *, level: float) -> str:
    if not isinstance(minutes, Minutes):
        return ""
    values = {"median": fmt_number(minutes.median.value), "low": fmt_number(minutes.quantiles[1])}
    values |= {"high": fmt_number(minutes.quantiles[3]), "n": fmt_count(minutes.counted.n)}
    text = _("Half of %(n)s people took less than %(median)s minutes, the middle half %(low)s to %(high)s.") % values
    if minutes.median.low is not None and minutes.median.high is not None:
        interval = f"{fmt_number(minutes.median.low)}–{fmt_number(minutes.median.high)}"
        text += " " + _("%(level)s interval of the median: %(interval)s.") % {
            "level": fmt_percent(level),
            "interval": interval,
        }
    if minutes.n_long:
        words = ngettext(
            "%(n)s person took more than twice as long as nearly all others.",
            "%(n)s people took more than twice as long as nearly all others.",
            minutes.n_long,
        )
        text += " " + words % {"n": fmt_count(minutes.n_long)}
    return text
