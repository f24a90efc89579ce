"""What holds for every figure: nothing outside, nothing on top of each other, all said in words too."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import association_example as association
import change_example as change
import control_example as control
import cross_example
import figure_examples as example
import group_example
import people_example as people
import pytest

from surveyapp.domain.question import Kind
from surveyapp.figures import reliability
from surveyapp.figures.build import figure_for
from surveyapp.figures.colour import token_sets
from surveyapp.figures.figure import Dot, Figure, Line, Path, Rect, Text
from surveyapp.figures.frame import framed
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import Box, overlap, text_box
from surveyapp.stats.calibration.people_result import PeopleResult
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import Result, TextSummary
from surveyapp.stats.wave_change.spec import Measure

RESULTS: dict[str, Callable[[], Result]] = {
    "single": example.politics,
    "multi": example.causes,
    "scale": example.scale,
    "forty": lambda: example.many(40),
    "five hundred": lambda: example.many(500),
    "five hundred ordered": lambda: example.many(500, ordered=True),
    "one row": lambda: example.many(1),
    "long": lambda: example.awkward([example.LONG, "x" * 180, "short"]),
    "scripts": lambda: example.awkward([example.HEBREW, example.ARABIC, example.CHINESE, "🙂 \u202e \x00 \ud800"]),
    "battery": example.views,
    "two steps": lambda: example.views(("no", "yes")),
    "ten steps": lambda: example.views(tuple(f"step number {number}" for number in range(1, 11))),
    "long steps": lambda: example.views((example.LONG, "against", example.HEBREW, "for", example.LONG)),
    "age": example.age,
    "one person": example.one_person,
    "probability": example.aliens,
    "calibration": example.europe,
    "few bins": lambda: example.europe(((95, 3, 1),)),
    "crowded bins": lambda: example.europe(((59, 40, 20), (60, 40, 20), (69, 35, 20), (70, 44, 30), (71, 12, 3))),
    "overconfident": lambda: example.europe(((55, 60, 11), (63, 90, 12), (72, 30, 6), (82, 120, 5), (95, 700, 20))),
    "timeline": example.responses,
    "one day": lambda: example.responses(1),
    "half a year": lambda: example.responses(200),
    "means": group_example.compared,
    "means of probabilities": lambda: group_example.compared(kind=Kind.PROBABILITY, ordered=True),
    "means of labels": lambda: group_example.compared((example.LONG, example.HEBREW, example.ARABIC, "x" * 180)),
    "means of one person": lambda: group_example.compared(("Mill", "Quay"), n=2),
    "means of forty": lambda: group_example.compared([f"Ward {number}" for number in range(40)]),
    "boxes": lambda: group_example.boxed(),
    "boxes of probabilities": lambda: group_example.boxed(kind=Kind.PROBABILITY, ordered=True),
    "boxes of labels": lambda: group_example.boxed((example.LONG, example.HEBREW, example.ARABIC, "x" * 180)),
    "boxes of one person": lambda: group_example.boxed(("Mill", "Quay"), n=2),
    "boxes of forty": lambda: group_example.boxed([f"Ward {number}" for number in range(40)]),
    "cross-tab in steps": cross_example.cross,
    "cross-tab of groups": cross_example.groups,
    "cross-tab of labels": cross_example.awkward,
    "cross-tab of labels in steps": cross_example.awkward_steps,
    "cross-tab within": cross_example.within,
    "cross-tab banner": cross_example.banner,
    "large cross-tab": cross_example.large,
    "alone": lambda: example.responses(30, earlier=False),
    "screen": association.a_screen,
    "matrix": association.a_matrix,
    "points": lambda: association.a_pair("Age", "Books"),
    "binned medians": lambda: association.a_pair("Age", "P(rain)", 3000),
    "medians by group": lambda: association.a_pair("Colour", "Books"),
    "table of a pair": lambda: association.a_pair("Colour", "Diet"),
    "options": lambda: association.a_pair("Fruits", "Age"),
    "changes": lambda: change.results()["screen"],
    "changes of answers": lambda: change.results()["answers"],
    "one change": lambda: change.results()["one change"],
    "ranks": people.board,
    "ranks of labels": lambda: people.board((example.LONG, example.HEBREW, example.ARABIC, "x" * 180)),
    "ranks of forty": lambda: people.board([f"Person {number}" for number in range(60)], unranked=20),
    "rank of one": lambda: people.board(("Ada",), unranked=0),
    "crowd": people.crowd,
    "crowd of labels": lambda: people.crowd((example.LONG, example.HEBREW, "x" * 180), scored=False),
    "crowd of forty": lambda: people.crowd([f"Prediction {number} comes true" for number in range(40)]),
    "ranges": people.ranges,
    "ranges of one kind": lambda: people.ranges(several=False),
    "scores by answers": lambda: people.answers((example.LONG, example.ARABIC, "No")),
    "lines through waves": lambda: change.results()["lines"],
    "a mean through waves": lambda: change.results()["means"],
    "us and them": control.against,
    "us and them, a share": lambda: control.against(measure=Measure.SHARE),
    "us and them, a median": lambda: control.against(measure=Measure.MEDIAN),
    "us and them, few": lambda: control.against(kind=Kind.PROBABILITY, n=12, adjusted=False),
    "us and them, labels": lambda: control.against((example.LONG, example.HEBREW), title=example.ARABIC),
    "many changes": lambda: change.many(60),
}
WIDTHS = (300, 420, 640, 960)
CASES = [pytest.param(make, width, id=f"{name} {width}") for name, make in RESULTS.items() for width in WIDTHS]


def turned_box(item: Text) -> Box:
    """The room of a line of text, also where it stands upright."""
    x, y, width, height = text_box(item)
    if item.angle != 90:
        return (x, y, width, height)
    return (item.x - (item.y - y), item.y + (item.x - x) - width, height, width)


def build(make: Callable[[], Result], width: float) -> Figure:
    figure = figure_for(make(), width=width)
    assert figure is not None
    return figure


@pytest.mark.parametrize(("make", "width"), CASES)
def test_all_text_lies_inside_the_figure(make: Callable[[], Result], width: float) -> None:
    for figure in (build(make, width), framed(build(make, width))):
        for item in figure.items:
            if isinstance(item, Text):
                x, y, wide, high = turned_box(item)
                assert x >= -0.01, item
                assert x + wide <= figure.width + 0.01, item
                assert y >= -0.01, item
                assert y + high <= figure.height + 0.01, item


@pytest.mark.parametrize(("make", "width"), CASES)
def test_no_two_texts_overlap(make: Callable[[], Result], width: float) -> None:
    figure = framed(build(make, width))
    boxes = [(item.text, turned_box(item)) for item in figure.items if isinstance(item, Text)]
    for (one, first), (other, second) in itertools.combinations(boxes, 2):
        assert not overlap(first, second), f"{one!r} and {other!r}"


@pytest.mark.parametrize(("make", "width"), CASES)
def test_all_shapes_lie_inside_the_figure(make: Callable[[], Result], width: float) -> None:
    figure = build(make, width)
    for item in figure.items:
        match item:
            case Rect():
                corners = [(item.x, item.y), (item.x + item.width, item.y + item.height)]
            case Line():
                corners = [(item.x1, item.y1), (item.x2, item.y2)]
            case Path():
                corners = list(item.points)
            case Dot():
                corners = [(item.x - item.radius, item.y - item.radius), (item.x + item.radius, item.y + item.radius)]
            case Text():
                corners = []
        for x, y in corners:
            assert -0.5 <= x <= figure.width + 0.5, item
            assert -0.5 <= y <= figure.height + 0.5, item


@pytest.mark.parametrize(("make", "width"), CASES)
def test_the_same_result_gives_the_same_figure(make: Callable[[], Result], width: float) -> None:
    assert build(make, width) == build(make, width)


@pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in RESULTS.items()])
def test_every_figure_is_told_in_words_and_as_a_table(make: Callable[[], Result]) -> None:
    figure = build(make, 640)
    assert figure.title
    assert "Unweighted." in figure.caption or isinstance(make(), PeopleResult)  # which no census weighs
    assert figure.description.count(". ") >= 1 or figure.description.count("? ") >= 1
    assert figure.description.endswith(".")
    for mark in figure.marks:
        assert mark.sentence.endswith("."), mark
        assert not mark.cells or len(mark.cells) == len(figure.header)
    assert any(mark.cells for mark in figure.marks)


@pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in RESULTS.items()])
def test_every_colour_is_a_role_of_both_sets(make: Callable[[], Result]) -> None:
    roles = set()
    for item in build(make, 640).items:
        roles |= {getattr(item, name, "") for name in ("fill", "stroke")}
    for tokens in token_sets().values():
        assert roles - {""} <= set(tokens)


@pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in RESULTS.items()])
def test_items_name_existing_marks(make: Callable[[], Result]) -> None:
    figure = build(make, 640)
    assert all(-1 <= item.mark < len(figure.marks) for item in figure.items)


def test_where_there_is_nothing_to_draw_there_is_no_figure() -> None:
    counted = example.counted(0, 0)
    missing = NotComputed(question="Age", kind=Kind.NUMBER, counted=counted, reason="Not computed: nobody answered.")
    text = TextSummary(question="Why?", kind=Kind.TEXT, counted=counted, n_distinct=0, median_length=0.0)
    assert figure_for(missing, width=400) is None
    assert figure_for(text, width=400) is None


def test_widths_beyond_the_limits_are_kept_within_them() -> None:
    wide, narrow = figure_for(example.age(), width=5000), figure_for(example.age(), width=10)
    assert wide is not None
    assert narrow is not None
    assert (wide.width, narrow.width) == (960, 240)


def test_switches_take_away_whiskers_and_counts() -> None:
    full = figure_for(example.politics(), width=500)
    plain = figure_for(example.politics(), width=500, options=FigureOptions(intervals=False, counts=False))
    assert full is not None
    assert plain is not None
    assert "95\u202f% intervals: Wilson." in full.caption
    assert "intervals" not in plain.caption
    assert "n = 2,286" in plain.caption
    lines = [sum(isinstance(item, Line) for item in figure.items) for figure in (full, plain)]
    assert lines == [1 + 3 * 7, 1]
    assert "777" not in [item.text for item in plain.items if isinstance(item, Text)]


def test_the_small_diagram_draws_every_bin_that_has_people() -> None:
    result = example.europe()
    figure = reliability.build_small(result)
    dots = [item for item in figure.items if isinstance(item, Dot)]
    assert len(dots) == len(result.bins)
    assert not [item for item in figure.items if isinstance(item, Text)]
