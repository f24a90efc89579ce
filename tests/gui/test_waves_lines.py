"""Lines between the answers of two waves: merged, split, and those that lead nowhere."""

from __future__ import annotations

from surveyapp.gui.pages.waves.option_list import option_lines


def test_lines_of_answers_merged_and_split() -> None:
    labels = (("a", "x"), ("b", "x"), ("c", "y"), ("c", "z"))
    lines = option_lines(
        (("a", "b", "c", "d"), ("x", "y", "z", "w")), labels, ({"a": 1, "b": 2, "c": 3, "d": 4}, {"x": 5})
    )
    assert [(line.earlier, line.later, line.counts) for line in lines] == [
        (("a", "b"), "x", (3, 5)),
        (("c",), "y", (3, None)),
        (("c",), "z", (3, None)),
        ((), "w", (None, None)),
        (("d",), "", (4, None)),
    ]
