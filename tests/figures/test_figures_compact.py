"""Compact figures, as paper has them: lower, the rest folded without a bar; years and means that mislead."""

from __future__ import annotations

from dataclasses import replace

import figure_examples as example
import pytest

from surveyapp.figures.bar import labels_fit
from surveyapp.figures.build import figure_for
from surveyapp.figures.figure import Figure, Rect, Text
from surveyapp.figures.option import FigureOptions
from surveyapp.stats.estimate import Estimate, Histogram
from surveyapp.stats.result import FrequencyTable, NumericSummary, Result

COMPACT = FigureOptions(digits=1, compact=True)


def drawn(result: Result, *, width: float = 640, options: FigureOptions = COMPACT) -> Figure:
    """The figure, which must exist."""
    figure = figure_for(result, width=width, options=options)
    assert figure is not None
    return figure


def words(figure: Figure) -> list[str]:
    """All text of a figure."""
    return [item.text for item in figure.items if isinstance(item, Text)]


def bars(figure: Figure) -> list[Rect]:
    """All bars."""
    return [item for item in figure.items if isinstance(item, Rect)]


def rare(n_few: int) -> FrequencyTable:
    """Nine answers of many people, and some of one to four."""
    table = example.many(9)
    rows = [replace(row, count=100 + row.count, other=False) for row in table.rows]
    few = [replace(rows[0], code=100 + n, label=f"few {n}", count=1 + n % 4) for n in range(n_few)]
    return replace(table, rows=(*rows, *few))


@pytest.mark.parametrize("result", [example.politics(), example.scale(), example.age(), example.views()])
def test_compact_figures_are_lower_by_a_quarter_and_say_the_same_numbers(result: Result) -> None:
    usual, compact = drawn(result, options=FigureOptions(digits=1)), drawn(result)
    assert compact.height < 0.8 * usual.height
    assert [mark.cells for mark in compact.marks] == [mark.cells for mark in usual.marks]


def test_answers_of_fewer_than_five_people_share_a_row_that_has_no_bar() -> None:
    figure = drawn(rare(3))
    assert "and 3 more answers" in words(figure)
    assert not any(text.startswith("few") for text in words(figure))
    assert len(bars(figure)) == 9
    assert "The smallest answers share one row." in figure.caption
    assert {mark.cells[0] for mark in figure.marks if mark.cells} >= {"few 0", "few 1", "few 2"}


def test_one_rare_answer_and_a_short_list_stay_as_they_are() -> None:
    assert "few 0" in words(drawn(rare(1)))
    short = replace(rare(3), rows=rare(3).rows[-6:])
    assert {"few 0", "few 1", "few 2"} <= set(words(drawn(short)))
    assert "few 0" in words(drawn(rare(3), options=FigureOptions()))


def test_the_rest_does_not_shrink_the_other_bars() -> None:
    result = example.many(60)
    figure = drawn(result)
    assert len(bars(figure)) == 24
    assert max(bar.width for bar in bars(figure)) > 0.4 * figure.width


def test_a_column_takes_labels_of_three_lines_but_no_broken_word() -> None:
    row = example.politics().rows[0]
    three = replace(example.politics(), rows=(replace(row, label="word " * 9),))
    assert labels_fit(three, width=305)
    assert not labels_fit(replace(three, rows=(replace(row, label="word " * 40),)), width=305)
    assert not labels_fit(replace(three, rows=(replace(row, label="w" * 40),)), width=305)


def years(question: str) -> NumericSummary:
    """Answers about the year 2055, with one of a billion that carries the mean away."""
    return replace(
        example.age(),
        question=question,
        unit="",
        median=Estimate(value=2055.0, low=2054.0, high=2056.0),
        mean=Estimate(value=456_587.0, low=-10.0, high=900_000.0),
        trimmed=2057.4,
        quantiles=(2030.0, 2045.0, 2055.0, 2065.0, 2100.0),
        histogram=Histogram(edges=(2020.0, 2040.0, 2060.0, 2080.0), counts=(10, 40, 20), open_high=True),
    )


def test_years_have_no_mark_of_thousands_and_a_mean_outside_the_answers_is_trimmed() -> None:
    figure = drawn(years("In which year will it happen?"))
    assert "median 2055" in words(figure)
    assert "2060+" in words(figure)
    assert "Mean without the outer 10 % on either side 2057" in figure.caption
    assert "456" not in figure.caption
    assert "2,055" not in figure.description


def test_other_numbers_keep_their_marks() -> None:
    assert "median 2,055" in words(drawn(years("How many kilometres?")))
    early = replace(years("In which year?"), quantiles=(3.0, 2045.0, 2055.0, 2065.0, 2100.0))
    assert "median 2,055" in words(drawn(early))
    assert "Mean 30" in drawn(replace(example.age(), mean=Estimate(value=30.0))).caption
