"""The step line of a credence: its values, its labels, and where it ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from surveyapp.figures.credence import build, changed_words
from surveyapp.figures.figure import Dot, Path, Text

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def at(days: int) -> datetime:
    return NOW - timedelta(days=days)


def test_each_change_has_a_dot_its_value_and_a_sentence() -> None:
    figure = build([(at(20), 0.7), (at(13), 0.82), (at(6), 0.9)], now=NOW)
    assert figure is not None
    dots = [item for item in figure.items if isinstance(item, Dot)]
    assert len(dots) == 3
    assert dots[0].y > dots[1].y > dots[2].y, "surer is higher"
    assert [mark.cells[1] for mark in figure.marks] == ["70\u202f%", "82\u202f%", "90\u202f%"]
    words = [item.text for item in figure.items if isinstance(item, Text)]
    assert {"1 Nov", "today", "0", "50", "100"} <= set(words)
    (line,) = [item for item in figure.items if isinstance(item, Path)]
    assert line.points[-1][0] >= figure.width - 6, "it goes on until today"
    assert figure.caption == "changed twice, never overwritten"


def test_days_are_those_of_the_person() -> None:
    now = NOW.astimezone(ZoneInfo("Europe/Prague"))
    late = datetime(2026, 11, 9, 23, 30, tzinfo=UTC)  # half past midnight on the 10th in Prague
    figure = build([(late, 0.7)], now=now)
    assert figure is not None
    words = " ".join(item.text for item in figure.items if isinstance(item, Text))
    told = (figure.description, figure.marks[0].sentence, *figure.marks[0].cells, words)
    assert all("9 Nov" not in text for text in told) and "10 Nov" in words and "10 Nov" in figure.description


def test_nothing_is_drawn_while_it_is_withdrawn() -> None:
    figure = build([(at(20), 0.7), (at(10), None), (at(5), 0.4)], now=NOW)
    assert figure is not None
    first, second = [item for item in figure.items if isinstance(item, Path)]
    assert first.points[-1][0] < second.points[0][0]
    assert "withdrawn" in figure.description


def test_one_step_a_crowd_of_steps_and_none() -> None:
    assert build([], now=NOW) is None
    one = build([(NOW, 0.5)], now=NOW)
    assert one is not None and len(one.marks) == 1
    many = build([(at(500 - n), (n % 99 + 1) / 100) for n in range(400)], now=NOW)
    assert many is not None and len(many.marks) == 400
    assert all(0 <= item.x <= many.width for item in many.items if isinstance(item, Text))
    assert [changed_words(n) for n in (1, 2, 12)] == [
        "never changed",
        "changed once, never overwritten",
        "changed 11 times, never overwritten",
    ]
