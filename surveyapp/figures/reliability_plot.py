"""The drawing of a reliability diagram, whoever made the forecasts: band, diagonal, curve, bins, and what was said."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_number, fmt_percent
from surveyapp.figures import plot
from surveyapp.figures.caption import bare_interval, share_words
from surveyapp.figures.measure import text_width, wrap
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.plot import Square
from surveyapp.figures.sketch import SMALL, Sketch
from surveyapp.stats.calibration.diagram import CalibrationBin, Corp, CredenceBar

LARGEST_SIDE = 560.0
_RIGHT = 20.0
_BARS = 44.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the parts are called: the curve, the band (by `n` times in 10, or by a `share` of the time), the two axes,
    the corners above and below the diagonal, a bin with forecasts (`bin`, `mean`, `hits`, `n`, `share`, `reading`) and
    one without."""

    curve: str
    band: str
    band_share: str
    across: str
    up: str
    upper: str
    lower: str
    bin: str
    nobody: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """What is drawn. `low` is the least credence of the axis (.5 of folded forecasts), with `log_odds` both axes are in
    log-odds."""

    bins: tuple[CalibrationBin, ...]
    corp: Corp
    credences: tuple[CredenceBar, ...]
    level: float
    words: Words
    low: float = 0.0
    log_odds: bool = False


@dataclass(slots=True)
class _Key:
    """Legend entries that found no room inside the square and stand below it: (role, is a line, words)."""

    entries: list[tuple[str, bool, str]] = field(default_factory=list)


def draw(sketch: Sketch, diagram: Diagram, options: FigureOptions) -> float:
    """The square, both axes 0-100 %, and the credences below; returns where it ends.

    Labels stand where they are free of whiskers and of each other; what has no room is left to the marks.
    """
    left = 62.0 if sketch.width >= 420 else 52.0
    side = float(int(min(sketch.width - left - _RIGHT, LARGEST_SIDE)))
    across = float(int(left + max(0.0, (sketch.width - left - _RIGHT - side) / 2)))
    square = Square(across, 10.0, side, low=diagram.low, end=_end(diagram) if diagram.log_odds else 0.0)
    plot.draw_band(sketch, square, diagram.corp)
    plot.draw_grid(sketch, square)
    plot.draw_diagonal(sketch, square)
    points = plot.curve_points(square, diagram.corp)
    if len(points) > 1:
        sketch.path(points, stroke="accent", width=2.0)
    _draw_bins(sketch, square, diagram, options)
    sketch.taken += plot.curve_boxes(points)
    _draw_counts(sketch, square, diagram)
    key = _Key()
    _draw_curve_label(sketch, square, points, diagram, key)
    _draw_band_label(sketch, square, diagram, key)
    _draw_notes(sketch, square, diagram.words)
    _draw_axes(sketch, square, diagram.words)
    bottom = _draw_credences(sketch, square, diagram)
    return _draw_key(sketch, key, square, bottom)


def _end(diagram: Diagram) -> float:
    """Where an axis in log-odds begins: at 1 %, or where somebody was surer than 99 % at .1 %."""
    said = diagram.corp.credence
    return plot.FAR_END if any(not 0.01 <= credence <= 0.99 for credence in said) else plot.NEAR_END


def bin_name(found: CalibrationBin) -> str:
    """ "70–79 %"; the last bin holds 100 % too."""
    low, high = round(found.low * 100), round(found.high * 100)
    last = high if high >= 100 else high - 1
    return f"{low}–{fmt_percent(last / 100)}" if last > low else fmt_percent(low / 100)


def reading_words(reading: str) -> str:
    """The reading of a bin in the person's language."""
    words = {
        "fits": _("fits"),
        "more often": _("more often"),
        "less often": _("less often"),
        "too few": _("too few"),
    }
    return words.get(reading, reading)


def draw_small(sketch: Sketch, square: Square, diagram: Diagram) -> None:
    """The same square without words: band, diagonal, dots and whiskers."""
    plot.draw_band(sketch, square, diagram.corp)
    plot.draw_diagonal(sketch, square)
    sketch.rect(square.box, "", stroke="border")
    for found in diagram.bins:
        if found.n:
            mark = _bin_mark(sketch, square, diagram, found)
            plot.draw_bin(sketch, square, found, radius=2.5, cap=0.0, mark=mark)


def _bin_mark(sketch: Sketch, square: Square, diagram: Diagram, found: CalibrationBin) -> int:
    name = bin_name(found)
    cells = (
        name,
        fmt_percent(found.mean) if found.n else "–",
        fmt_percent(found.share.value) if found.n else "–",
        bare_interval(found.share),
        fmt_count(found.n),
        reading_words(found.reading),
    )
    key = str(round(found.low * 100))
    if not found.n:
        return sketch.mark(key, diagram.words.nobody % {"bin": name}, cells=cells, box=(0, 0, 0, 0))
    sentence = diagram.words.bin % {
        "bin": name,
        "mean": fmt_percent(found.mean),
        "hits": fmt_count(found.hits),
        "n": fmt_count(found.n),
        "share": share_words(found.share, level=diagram.level),
        "reading": reading_words(found.reading),
    }
    x, y = square.at(found.mean, found.share.value)
    return sketch.mark(key, sentence, cells=cells, box=(x - 9, y - 9, 18, 18))


def _draw_bins(sketch: Sketch, square: Square, diagram: Diagram, options: FigureOptions) -> None:
    for found in diagram.bins:
        mark = _bin_mark(sketch, square, diagram, found)
        if found.n:
            plot.draw_bin(sketch, square, found, radius=5.0, cap=4.0 if options.intervals else 0.0, mark=mark)


def _draw_counts(sketch: Sketch, square: Square, diagram: Diagram) -> None:
    """The n of each bin: below its whisker, else above, else beside; the first one says what the numbers are."""
    first = True
    for number, found in enumerate(diagram.bins):
        if not found.n:
            continue
        words = _("n %(n)s") % {"n": fmt_count(found.n)} if first else fmt_count(found.n)
        x, y = square.at(found.mean, found.share.value)
        low = square.at(0, found.share.low if found.share.low is not None else found.share.value)[1]
        high = square.at(0, found.share.high if found.share.high is not None else found.share.value)[1]
        half = text_width(words, SMALL, 500) / 2 + 6
        places = [(x, low + 14), (x, high - 6), (x + half, low), (x - half, low)]
        places += [(x + half, high + 8), (x - half, high + 8), (x + half + 3, y + 4), (x - half - 3, y + 4)]
        mark = number
        if sketch.text_if_free(places, words, inside=square.box, weight=500, fill="text-2", anchor="middle", mark=mark):
            first = False


def _draw_curve_label(sketch: Sketch, square: Square, points: list[plot.Point], diagram: Diagram, key: _Key) -> None:
    """Beside the longest level piece that has room for it."""
    words = diagram.words.curve
    for start, end in plot.level_runs(points):
        half = text_width(words, SMALL, 600) / 2
        first, last = start[0] + half + 4, end[0] - half - 4
        centres = [first + 4 * step for step in range(int((last - first) / 4) + 1)] or [(start[0] + end[0]) / 2]
        places = [(x, start[1] - 7) for x in centres] + [(x, start[1] + 15) for x in centres]
        if end[0] - start[0] >= half and sketch.text_if_free(
            places, words, inside=square.box, weight=600, fill="accent", anchor="middle"
        ):
            return
    if len(points) > 1:
        key.entries.append(("accent", True, words))


def _draw_band_label(sketch: Sketch, square: Square, diagram: Diagram, key: _Key) -> None:
    """In the lower right corner if that is empty paper, else below the diagram."""
    words = diagram.words.band % {"n": fmt_count(round(diagram.corp.band_level * 10))}
    if abs(diagram.corp.band_level * 10 - round(diagram.corp.band_level * 10)) > 1e-9:
        words = diagram.words.band_share % {"share": fmt_percent(diagram.corp.band_level)}
    lines = wrap(words, square.side * 0.34, SMALL)
    width = 22 + max(text_width(line, SMALL) for line in lines)
    x, y = square.spot(0.6, 0.24)
    box = (x - 8, y, width + 16, len(lines) * 16 + 14.0)
    clear = len(lines) <= 3 and x + width + 8 < square.left + square.side and sketch.is_free(box)
    if not clear or _meets_band(square, diagram, box):
        key.entries.append(("accent-soft", False, words))
        return
    sketch.rect(box, "surface")
    sketch.rect((x, y + 8, 13, 13), "accent-soft", radius=3, stroke="accent")
    for number, line in enumerate(lines):
        sketch.text((x + 22, y + 18 + number * 16), line, fill="text-2")
    sketch.taken.append(box)


def _meets_band(square: Square, diagram: Diagram, box: tuple[float, float, float, float]) -> bool:
    """Whether the band reaches down into the box; it rises, so its lower edge at the box's left end decides."""
    corp = diagram.corp
    inside = [
        low
        for credence, low in zip(corp.credence, corp.band_low, strict=True)
        if square.at(credence, 0)[0] >= box[0] - square.side * 0.1
    ]
    return not inside or square.at(0, min(inside))[1] > box[1] - 4


def _draw_notes(sketch: Sketch, square: Square, words: Words) -> None:
    """What the two corners mean, in italics, where nothing else stands."""
    upper, lower = words.upper, words.lower
    x, y = square.spot(0.03, 0.95)
    places = [(x, y + step * 16) for step in range(3)]
    sketch.text_if_free(places, upper, inside=square.box, fill="muted", italic=True)
    x, y = square.spot(0.97, 0.05)
    places = [(x, y - step * 16) for step in range(3)]
    sketch.text_if_free(places, lower, inside=square.box, fill="muted", italic=True, anchor="end")


def _draw_axes(sketch: Sketch, square: Square, words: Words) -> None:
    for tick in square.ticks_up:
        sketch.text((square.left - 9, square.at(1, tick)[1] + 4), _tick(tick, square), fill="muted", anchor="end")
    for tick in square.ticks_across:
        sketch.text((square.at(tick, 0)[0], square.base + 18), _tick(tick, square), fill="muted", anchor="middle")
    middle = square.top + square.side / 2
    sketch.text((max(square.left - 46, 10.0), middle), words.up, fill="text-2", weight=500, anchor="middle", angle=90)


def _tick(share: float, square: Square) -> str:
    """ "20"; the last of an axis with its unit."""
    digits = 0 if round(share * 100, 6).is_integer() else 1
    return fmt_percent(share, digits) if share == square.ticks_across[-1] else fmt_number(share * 100, digits)


def _draw_credences(sketch: Sketch, square: Square, diagram: Diagram) -> float:
    """How many stated what, under the square on the same axis; returns where it ends."""
    base = square.base + 36 + _BARS
    bars = diagram.credences
    most = max((bar.n for bar in bars), default=0)
    stated = sorted(square.at(bar.credence, 0)[0] for bar in bars)
    gaps = [b - a for a, b in itertools.pairwise(stated) if b > a]
    width = min(10.0, max(1.5, min(gaps, default=0.1 * square.side) * 0.8))
    named = False
    for bar in bars:
        x = square.at(bar.credence, 0)[0]
        height = bar.n / most * _BARS * 0.8 if most else 0.0
        sketch.rect((x - width / 2, base - height, width, height), "sequential-4", radius=min(1.5, height / 2))
        if bar.n == most and not named:
            sketch.text((x, base - height - 5), fmt_count(bar.n), fill="muted", size=11, anchor="middle")
            named = True
    sketch.line((square.left, base + 0.5), (square.left + square.side, base + 0.5), stroke="border-strong")
    lines = wrap(_("How many"), square.left - 18, SMALL, lines=2)
    for number, line in enumerate(lines):
        offset = (number - len(lines) + 1) * 15
        sketch.text((square.left - 14, base - 6 + offset), line, fill="muted", anchor="end")
    middle = square.left + square.side / 2
    sketch.text((middle, base + 22), diagram.words.across, fill="text-2", weight=500, anchor="middle")
    return base + 30


def _draw_key(sketch: Sketch, key: _Key, square: Square, top: float) -> float:
    for role, is_line, words in key.entries:
        lines = wrap(words, sketch.width - square.left - 22, SMALL, lines=3)
        if is_line:
            sketch.line((square.left, top + 9), (square.left + 13, top + 9), stroke=role, width=2)
        else:
            sketch.rect((square.left, top + 2, 13, 13), role, radius=3, stroke="accent")
        for number, line in enumerate(lines):
            sketch.text((square.left + 22, top + 13 + number * 16), line, fill="text-2")
        top += len(lines) * 16 + 6
    return top + 2
