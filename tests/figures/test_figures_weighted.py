"""Figures of weighted results draw the weighted shares, and say how many people stand behind them."""

from __future__ import annotations

from dataclasses import replace

import figure_examples as example
import pytest

from surveyapp.figures.bar import arrange
from surveyapp.figures.build import figure_for
from surveyapp.figures.figure import Figure, Rect, Text
from surveyapp.figures.option import FigureOptions
from surveyapp.stats.estimate import Weighting
from surveyapp.stats.result import FrequencyTable, NumericSummary, Result

WEIGHTING = Weighting(name="Age", n_effective=1840.0, design_effect=1.3)


def drawn(result: Result, options: FigureOptions | None = None) -> Figure:
    figure = figure_for(result, width=640, options=options)
    assert figure is not None
    return figure


def bars(figure: Figure, fill: str) -> list[Rect]:
    return [item for item in figure.items if isinstance(item, Rect) and item.fill == fill]


def weighted_politics() -> FrequencyTable:
    """The largest answer by people is the smallest by weight."""
    table = example.politics()
    assert isinstance(table, FrequencyTable)
    largest = max(row.share for row in table.rows)
    rows = tuple(
        replace(row, share=0.001, low=0.0005, high=0.002) if row.share == largest else row for row in table.rows
    )
    return replace(table, rows=rows, weighting=WEIGHTING, method="logit (linearised)")


def test_bars_stand_in_the_order_of_their_shares() -> None:
    table = weighted_politics()
    shares = [row.share for row in arrange(table, FigureOptions(largest_first=True)) if not row.other]
    assert shares == sorted(shares, reverse=True)
    lengths = [bar.width for bar in bars(drawn(table), "accent")]
    assert lengths == sorted(lengths, reverse=True)


def test_the_answers_that_share_a_row_have_their_weighted_share() -> None:
    rows = tuple(
        replace(row, code=n, label=f"answer {n}", count=2, share=1 / 60, low=0.0, high=0.1, other=False)
        for row in example.politics().rows[:1]
        for n in range(60)
    )
    table = replace(weighted_politics(), rows=rows)
    figure = drawn(table, FigureOptions(most_rows=6))
    texts = [item.text for item in figure.items if isinstance(item, Text)]
    assert "92\u202f%" in texts  # 55 of 60, though 110 of 2,286 people


def test_a_histogram_draws_shares() -> None:
    summary = example.age()
    assert isinstance(summary, NumericSummary)
    k = len(summary.histogram.counts)
    shares = (0.5, *[0.5 / (k - 1)] * (k - 1))
    weighted = replace(summary, histogram=replace(summary.histogram, shares=shares), weighting=WEIGHTING)
    figure = drawn(weighted)
    heights = [bar.height for bar in bars(figure, "sequential-4")]
    assert heights[0] / heights[1] == pytest.approx(k - 1)
    rows = [mark.cells for mark in figure.marks if mark.cells]
    assert rows[0][1] == str(summary.histogram.counts[0])
    assert rows[0][2] == "50.0\u202f%"
