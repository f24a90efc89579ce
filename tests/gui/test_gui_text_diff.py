"""Two wordings with the words marked in which they differ."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.text_diff import Run, TextDiff, diff_words


def test_only_the_words_that_differ_are_marked() -> None:
    one, other = diff_words("How old are you?", "How old were you in 2024?")
    assert one == (Run("How old ", False), Run("are", True), Run(" you?", False))
    assert [run.text for run in other if run.differs] == ["were", "in 2024"]


def test_case_and_blanks_are_no_difference() -> None:
    one, other = diff_words("Your  AGE", "your age")
    assert not any(run.differs for run in (*one, *other))


@pytest.mark.parametrize(("one", "other"), [("", ""), ("", "Age"), ("漢字 です", "漢字 では"), ("<b>", "&amp;")])
def test_odd_texts_come_out_whole(one: str, other: str) -> None:
    runs = diff_words(one, other)
    assert ["".join(run.text for run in own) for own in runs] == [" ".join(one.split()), " ".join(other.split())]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_character_is_lost(one: str, other: str) -> None:
    runs = diff_words(one, other)
    assert ["".join(run.text for run in own) for own in runs] == [" ".join(one.split()), " ".join(other.split())]


def test_the_widget_shows_both_and_escapes_markup(qtbot: QtBot, theme: Theme) -> None:
    diff = TextDiff(theme, "Age <b>", "Age in years <b>", captions=("2024", "This file"))
    qtbot.addWidget(diff)
    texts = [label.text() for label in diff.findChildren(Label)]
    assert any("&lt;b&gt;" in text for text in texts)
    assert diff.accessibleDescription() == "in years"
    theme.set_mode("dark")
    diff.set_texts("same", "same")
    assert diff.accessibleDescription() == "No word differs."
