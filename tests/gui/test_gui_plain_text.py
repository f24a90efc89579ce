"""An & in words of people is a letter: it makes no key, and it shows in menus."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget
from pytestqt.qtbot import QtBot

from surveyapp.base.clock import Clock
from surveyapp.domain.prediction import Prediction, PredictionKind
from surveyapp.gui.pages.data.fix_button import FixButton
from surveyapp.gui.pages.predictions.settle_strip import SettleStrip
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.label import ElidedLabel
from surveyapp.gui.widgets.plain_text import in_menu, in_tip
from surveyapp.gui.widgets.row_button import RowButton

WORDS = "R&D, Q&A"


@pytest.mark.parametrize(
    "make",
    [
        lambda theme, parent: Button(theme, WORDS, parent=parent),
        lambda theme, parent: Chip(theme, WORDS, parent=parent),
        lambda theme, parent: RowButton(theme, WORDS, parent=parent),
        lambda theme, parent: FixButton(theme, WORDS, 1, primary=False, parent=parent),
    ],
)
def test_no_button_listens_to_a_letter_of_its_words(
    qtbot: QtBot, theme: Theme, make: Callable[[Theme, QWidget], QAbstractButton]
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    button = make(theme, parent)
    assert (button.text(), button.shortcut().toString()) == (WORDS, "")
    button.setText("B&B")
    assert (button.text(), button.shortcut().toString()) == ("B&B", "")


def test_the_options_of_a_prediction_have_the_keys_they_show(qtbot: QtBot, theme: Theme, clock: Clock) -> None:
    one = Prediction(statement="?", kind=PredictionKind.CHOICE, options=("Q&A", "R&D"), created_at=clock())
    parent = QWidget()
    qtbot.addWidget(parent)
    strip = SettleStrip(theme, clock, one, resolved=False, parent=parent)
    assert {button.shortcut().toString() for button in strip.findChildren(Button)} == {""}


def test_menus_show_it(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    assert menu.addAction(in_menu(WORDS)).iconText() == WORDS


@pytest.mark.parametrize(
    ("words", "tip"),
    [
        ("Age < 30 & over", "Age < 30 & over"),
        ("<b>Yes</b> & no", "<p style='white-space:pre-wrap'>&lt;b&gt;Yes&lt;/b&gt; &amp; no</p>"),
        ("a &lt; b", "<p style='white-space:pre-wrap'>a &amp;lt; b</p>"),
    ],
)
def test_a_tip_shows_words_as_they_are(words: str, tip: str) -> None:
    assert in_tip(words) == tip


def test_a_line_too_long_for_its_place_tells_all_of_it(qtbot: QtBot, theme: Theme) -> None:
    label = ElidedLabel(theme, "<img src='x.png'> is what somebody answered")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.grab()
    assert "&lt;img src=" in label.toolTip()
