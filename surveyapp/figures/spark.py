"""Tiny bars for table cells: the shape of a question's answers without numbers."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.figures.figure import Figure
from surveyapp.figures.sketch import Sketch

MOST_BARS = 24


def build(counts: Sequence[int], *, width: float = 84.0, height: float = 18.0, leading: bool = False) -> Figure:
    """One bar per count; more than 24 are summed into neighbours. `leading` draws the largest answer darker."""
    counts = _pooled(counts)
    sketch = Sketch(width)
    tallest = max(counts, default=0)
    pitch = width / max(len(counts), 1)
    gap = 1.0 if pitch > 3 else 0.5
    dark = counts.index(tallest) if leading and tallest else -1
    for number, count in enumerate(counts):
        bar = max(1.0, count / tallest * height) if tallest else 1.0
        fill = "sequential-5" if number == dark else "sequential-4" if count else "grid"
        sketch.rect((number * pitch, height - bar, pitch - gap, bar), fill, radius=min(1.0, bar / 2))
    described = _("%(n)s answers in %(bars)s bars.") % {
        "n": fmt_count(sum(counts)),
        "bars": fmt_count(len(counts)),
    }
    return sketch.figure(height, title="", caption="", description=described)


def _pooled(counts: Sequence[int]) -> list[int]:
    if len(counts) <= MOST_BARS:
        return list(counts)
    edges = [round(number * len(counts) / MOST_BARS) for number in range(MOST_BARS + 1)]
    return [sum(counts[low:high]) for low, high in itertools.pairwise(edges)]
