"""Two numbers of many people as bars of medians: a count stands above its bar, never below another one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from stats.stats_sample import numbers

from surveyapp.domain.question import Kind
from surveyapp.figures import pair_plot
from surveyapp.figures.figure import Rect, Text
from surveyapp.figures.sketch import Sketch, overlap, text_box
from surveyapp.figures.value_axis import ValueAxis
from surveyapp.stats.association.result import MedianBin, PairView
from surveyapp.stats.association.view import pair_view

COUNTS = (711, 80, 54, 47, 199, 124)
AT = (0.0, 0.001, 0.01, 0.02, 0.1, 0.75)
TOPS = (0.3, 0.4, 0.25, 0.5, 0.5, 0.66)
"""Most people stand near zero, as answers to an unlikely thing do."""


def test_no_bar_covers_the_count_of_another() -> None:
    bins = tuple(
        MedianBin(low=x, high=x, n=n, x=x, y=0.1, y_low=0.01, y_high=top)
        for n, x, top in zip(COUNTS, AT, TOPS, strict=True)
    )
    xs = np.repeat(AT, COUNTS)
    others = np.arange(xs.size) % 101 / 100
    found = pair_view(numbers(xs.tolist(), column="Unlikely"), numbers(others.tolist(), column="Other"))
    assert isinstance(found, PairView)
    view = replace(found, bins=bins)
    sketch = Sketch(800)
    height = pair_plot.draw(sketch, view, (Kind.PROBABILITY, Kind.PROBABILITY), compact=False)
    items = sketch.figure(height, title="", caption="", description="").items
    bars = [(item.x, item.y, item.width, item.height) for item in items if isinstance(item, Rect)]
    counts = [item for item in items if isinstance(item, Text) and item.text in {str(n) for n in COUNTS}]
    assert len(bars) == len(COUNTS)
    assert {"199", "124"} <= {item.text for item in counts}
    assert not [item.text for item in counts if any(overlap(text_box(item), bar) for bar in bars)]


@pytest.mark.parametrize(
    ("kind", "low", "high", "expected"),
    [
        (Kind.PROBABILITY, 0.0, 0.0, "0\u202f%"),
        (Kind.PROBABILITY, 0.0, 0.004, "0.0–0.4\u202f%"),
        (Kind.PROBABILITY, 0.0, 0.00001, "0.000–0.001\u202f%"),
        (Kind.PROBABILITY, 0.2, 0.4, "20–40\u202f%"),
        (Kind.PROBABILITY, 0.0, 1e-12, "0\u202f%"),
        (Kind.NUMBER, 1000.1, 1000.4, "1,000.1–1,000.4"),
        (Kind.NUMBER, 12, 15, "12–15"),
    ],
)
def test_a_range_is_told_by_ends_that_differ(kind: Kind, low: float, high: float, expected: str) -> None:
    assert ValueAxis(kind, 0.0, 1.0, 0.0, 100.0).span(low, high) == expected
