"""Two columns: which figures stand side by side, how they break, where blocks then stand, contents in columns."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from reports.report_sample import POLITICS, frequency, multi, numeric

from surveyapp.figures.build import figure_for
from surveyapp.figures.option import FigureOptions
from surveyapp.reports.box import Box, BreakBox, FigureBox, TextBox
from surveyapp.reports.columns_box import GAP, ColumnsBox, column_width
from surveyapp.reports.contents_box import ContentsBox
from surveyapp.reports.document import (
    Cell,
    Content,
    Contents,
    Document,
    Facts,
    FigureBlock,
    Heading,
    TableBlock,
    Text,
)
from surveyapp.reports.layout import Pages, Placed, block_extents, boxes, paginate
from surveyapp.reports.pdf import pdf_bytes
from surveyapp.reports.run import narrow_run
from surveyapp.reports.sections.picture import NARROW_WIDTH, narrow_figure
from surveyapp.reports.style import A4, LETTER
from surveyapp.stats.result import Result

OPTIONS = FigureOptions(digits=1, compact=True)


def chart(name: str, result: Result = POLITICS) -> list[Content]:
    """A heading and its figure, as a section makes them."""
    narrow = narrow_figure(result, OPTIONS)
    wide = figure_for(result, width=644, options=OPTIONS)
    assert wide is not None
    base = ("n = 5 of 6 people.",)
    return [
        Heading(level=2, text=name, block=name),
        FigureBlock(figure=wide, title="", base=base, block=name, narrow=narrow),
    ]


def document(*content: Content) -> Document:
    """A document of a few things."""
    return Document(title="T", footer="F", content=content)


def laid(*content: Content) -> Pages:
    """The pages of some content."""
    return paginate(boxes(document(*content), A4), A4)


def figures(page: list[Placed]) -> list[Placed]:
    """The figures of a page."""
    return [item for item in page if isinstance(item.box, FigureBox)]


def test_two_charts_stand_side_by_side_on_one_line() -> None:
    page = laid(*chart("a"), *chart("b")).pages[0]
    left, right = figures(page)
    assert left.left == 0.0
    assert right.left == pytest.approx(column_width(A4.room) + GAP)
    assert left.top == right.top
    assert left.width == right.width == column_width(A4.room)
    assert right.left + right.width == pytest.approx(A4.room)


def test_a_chart_alone_and_one_with_a_table_take_the_whole_width() -> None:
    alone = figures(laid(*chart("a")).pages[0])
    assert [item.left for item in alone] == [0.0]
    assert alone[0].width == 0.0
    table = TableBlock(title="", header=("a",), rows=(), align=("start",))
    assert narrow_run([*chart("a"), table, *chart("b")], 0) == []
    run = narrow_run([*chart("a"), *chart("b"), Text(text="more"), *chart("c")], 0)
    assert [len(group) for group in run] == [2]  # the second has a text behind it, which belongs to it


def test_texts_of_a_few_lines_go_into_the_column_long_ones_across() -> None:
    heading, figure = chart("a")
    short, long = Text(text="A few words."), Text(text="word " * 200)
    assert len(narrow_run([heading, short, figure], 0)[0]) == 3
    assert narrow_run([heading, long, figure], 0) == []


def test_columns_fill_one_after_the_other_and_nothing_is_lost_or_overlaps() -> None:
    names = [f"q{number}" for number in range(23)]
    results: list[Result] = [POLITICS, numeric(), multi(), frequency("q", {"a": 1, "b": 2})]
    content = [item for number, name in enumerate(names) for item in chart(name, results[number % 4])]
    pages = laid(Heading(level=1, text="Chapter"), *content)
    found = [item.box.block for page in pages.pages for item in figures(page)]
    assert found == names
    for page in pages.pages:
        for left in {item.left for item in page}:
            column = sorted((item for item in page if item.left == left and item.width), key=lambda item: item.top)
            for above, below in itertools.pairwise(column):
                assert above.top + above.box.height <= below.top + 0.01
        assert all(item.top + item.box.height <= A4.depth + 0.01 for item in page)
    assert len(pages.pages) <= 4
    for page in pages.pages[:-1]:
        assert max(item.top + item.box.height for item in page) > 0.7 * A4.depth


def test_a_heading_stands_above_its_figure_in_the_same_column() -> None:
    pages = laid(*[item for number in range(17) for item in chart(f"q{number}", numeric())])
    for page in pages.pages:
        for item, after in itertools.pairwise(page):
            if isinstance(item.box, TextBox):
                assert isinstance(after.box, FigureBox)
                assert (after.left, after.box.block) == (item.left, item.box.block)


def test_both_columns_end_about_level() -> None:
    content = [item for number in range(5) for item in chart(f"q{number}", numeric())]
    page = laid(*content, Heading(level=1, text="after")).pages[0]
    lefts = [item.left for item in figures(page)]
    assert lefts == [0.0, 0.0, 0.0, lefts[3], lefts[3]]
    after = page[-1]
    assert after.width == 0.0
    assert after.top > max(item.top + item.box.height for item in figures(page))


def test_the_extents_of_blocks_tell_their_column() -> None:
    found = block_extents(laid(*chart("a"), *chart("b")), A4)
    (a,), (b,) = found["a"], found["b"]
    assert a.left == A4.side
    assert b.right == pytest.approx(A4.side + A4.room)
    assert a.right < b.left
    assert a.top == b.top
    assert a.bottom > a.top + 60


def test_facts_behind_a_figure_stand_at_its_right() -> None:
    figure = chart("a")[1]
    page = laid(figure, Facts(pairs=(("Answer key", "739"), ("Right", "18 %")))).pages[0]
    picture, *facts = page
    assert isinstance(picture.box, FigureBox)
    assert {item.left for item in facts} == {picture.width + GAP}
    assert facts[0].top == picture.top


def test_labels_that_do_not_fit_a_column_keep_the_figure_wide() -> None:
    assert narrow_figure(POLITICS, OPTIONS) is not None
    long = frequency("q", {"a label of so very many words that three lines of a column are not enough for it " * 2: 5})
    assert narrow_figure(long, OPTIONS) is None
    assert narrow_figure(frequency("q", {"Donaudampfschifffahrtsgesellschaft": 5}), OPTIONS) is None
    many = {f"an answer of three lines or so, which makes it rather high {n}": 100 - n for n in range(25)}
    assert narrow_figure(frequency("q", many), OPTIONS) is None
    figure = narrow_figure(numeric(), OPTIONS)
    assert figure is not None
    assert figure.width == pytest.approx(NARROW_WIDTH)


def test_many_contents_stand_in_two_columns_on_one_page() -> None:
    headings = [Heading(level=1 if n % 12 == 0 else 2, text=f"Heading {n} " * (1 + n % 7)) for n in range(118)]
    pages = laid(Text(text="first page"), Contents(), *headings)
    entries = [(number, item) for number, page in enumerate(pages.pages) for item in page]
    entries = [(number, item) for number, item in entries if isinstance(item.box, ContentsBox)]
    assert {number for number, _item in entries} == {1}
    assert len(entries) == 118
    assert len({item.left for _number, item in entries}) == 2
    assert all(len(item.box.paragraph.lines) == 1 for _n, item in entries if isinstance(item.box, ContentsBox))


def test_few_contents_follow_the_first_page_and_unlisted_headings_are_left_out() -> None:
    headings = [Heading(level=2, text="listed"), Heading(level=2, text="not", listed=False), Heading(level=2, text="x")]
    found = boxes(document(Contents(), *headings), A4)
    entries = [box for box in found if isinstance(box, ContentsBox)]
    assert [entry.key for entry in entries] == ["h0", "h2"]
    assert not any(isinstance(box, BreakBox | ColumnsBox) for box in found)
    assert len(pdf_bytes(document(Contents(), *headings))[0]) > 100


def test_what_fits_no_column_waits_for_a_page() -> None:
    groups: tuple[tuple[Box, ...], ...] = tuple((box,) for box in boxes(document(*chart("a")[1:], *chart("b")[1:]), A4))
    box = ColumnsBox(groups=groups, width=column_width(A4.room))
    assert box.split(10) is None
    assert box.least() == max(group[0].height for group in groups)
    three = replace(box, groups=(*groups, groups[0]))
    parts = three.split(box.height + 1)
    assert parts is not None
    assert [len(part.groups) for part in parts if isinstance(part, ColumnsBox)] == [2, 1]


@pytest.mark.parametrize("paper", [A4, LETTER])
def test_the_same_columns_give_the_same_bytes(paper: object) -> None:
    assert paper in (A4, LETTER)
    content = [item for number in range(9) for item in chart(f"q{number}", numeric())]
    whole = document(Contents(), *content)
    chosen = A4 if paper is A4 else LETTER
    assert pdf_bytes(whole, paper=chosen)[0] == pdf_bytes(whole, paper=chosen)[0]


@pytest.mark.parametrize(("n_rows", "parts"), [(10, 1), (40, 2)])
def test_a_small_table_is_printed_whole(n_rows: int, parts: int) -> None:
    rows = tuple((Cell(text=f"row {number}"),) for number in range(n_rows))
    table = TableBlock(title="", header=("a",), rows=rows, align=("start",))
    (box,) = boxes(document(table), A4)
    found = box.split(box.height - 20)  # all but the last row has room
    assert (1 if found is None else len(found)) == parts
