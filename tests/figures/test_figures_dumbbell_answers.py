"""All answers of one question between two waves: the dots have room, and the names of the waves stand apart."""

from __future__ import annotations

import pytest
from stats.stats_sample import single
from stats.wave_change_sample import EDU_1, EDU_2

from surveyapp.domain.question import Choice
from surveyapp.figures.dumbbell import build
from surveyapp.figures.figure import Dot, Figure, Text
from surveyapp.figures.measure import text_width
from surveyapp.stats.wave_change.every_answer import answer_changes
from surveyapp.stats.wave_change.result import AnswerChanges
from surveyapp.stats.wave_change.spec import Side, Wording

LABELS = ("Law, administration, public service", "Crafts, building, farming, cooking", "Engineering (not software)")


def result(wording: Wording = Wording.SAME) -> AnswerChanges:
    choices = tuple(Choice(code=code, label=label) for code, label in enumerate(LABELS, 1))
    sides = [
        Side(wave=wave, answers=single(codes.astype(int).tolist(), choices))
        for wave, codes in (("2024", EDU_1), ("2026", EDU_2))
    ]
    found = answer_changes(*sides, wording=wording)
    assert isinstance(found, AnswerChanges)
    return found


def drawn(width: float, wording: Wording = Wording.SAME) -> Figure:
    figure = build(result(wording), width=width)
    assert figure is not None
    return figure


def test_what_holds_for_every_row_is_told_once() -> None:
    figure = drawn(620, Wording.OPTIONS_CHANGED)
    texts = [item.text for item in figure.items if isinstance(item, Text)]
    assert "Wording" not in texts
    assert "choices changed" not in texts
    assert "Wording: choices changed." in figure.caption
    assert "Wording" not in drawn(620).caption


@pytest.mark.parametrize("width", [380.0, 560.0, 620.0, 760.0, 960.0])
def test_the_names_of_the_waves_stand_apart(width: float) -> None:
    figure = drawn(width)
    dots = [item.x for item in figure.items if isinstance(item, Dot)]
    # below a table the headers are the waves too: those above the dots are in the colours of the dots
    named = [item for item in figure.items if isinstance(item, Text) and item.text in ("2024", "2026")]
    (old, new) = [item for item in named if item.anchor == "middle"]
    half = text_width("2024", old.size, 600) / 2
    assert abs(new.x - old.x) >= 2 * half + 2
    assert min(old.x, new.x) - half >= 0
    assert max(dots) < width


def test_the_plot_has_room_beside_numbers() -> None:
    """At the width of the page beside its lists the dots had a sixth of it."""
    texts = [item for item in drawn(620, Wording.OPTIONS_CHANGED).items if isinstance(item, Text)]
    zero = next(item.x for item in texts if item.text == "0")
    change = next(item for item in texts if item.text == "Change, points")
    left = change.x - text_width(change.text, change.size, 500)
    assert left - zero >= 180
