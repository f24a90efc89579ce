"""The list of questions that three pages share: captions, finding, walking, what is sent and what is read aloud."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.question_line import Group, Line, Mark
from surveyapp.gui.widgets.question_list import QuestionList


def line(title: str, *, mark: Mark = Mark.NOTHING, n: int = 1, second: str = "") -> Line:
    return Line(
        key=title.casefold(),
        title=title,
        icon="list",
        spoken=f"{title}, said",
        found_by=(title, f"wording of {title}"),
        second=second,
        mark=mark,
        mark_words="7" if mark is Mark.COUNT else "reworded" if mark is Mark.BADGE else "",
        n=n,
    )


GROUPS = (
    Group(caption="To do", lines=(line("Age", mark=Mark.COUNT), line("Trust", n=5, mark=Mark.BADGE)), counted=True),
    Group(caption="Done", lines=(line("Country", mark=Mark.DONE, second="was: Land"), line("Town"))),
)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> Iterator[QuestionList]:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = QuestionList(theme, name="Questions", height=28, parent=holder)
    made.resize(220, 300)
    made.set_groups(GROUPS, "age")
    holder.show()
    yield made


def said(view: QuestionList) -> list[object]:
    model, role = view.model(), Qt.ItemDataRole.AccessibleTextRole
    return [model.index(row, 0).data(role) for row in range(model.rowCount())]


def test_captions_are_walked_over(view: QuestionList) -> None:
    went: list[object] = []
    view.chosen.connect(went.append)
    assert view.key == "age"
    assert [view.step(1), view.step(1), view.step(1), view.step(1)] == [True, True, True, False]
    assert view.step(-1, lambda one: one.mark is Mark.COUNT)
    assert went == ["trust", "country", "town", "age"]
    assert not view.step(-1)


def test_what_the_program_chooses_is_not_sent(view: QuestionList) -> None:
    went: list[object] = []
    view.chosen.connect(went.append)
    assert view.choose("town")
    assert not view.choose("nowhere")
    view.set_query("age")
    view.set_groups(GROUPS, "country")
    assert view.key is None  # the search hides it
    view.set_query("")
    assert view.key is None
    assert went == []
    view.step(1)
    assert went == ["age"]


def test_a_search_looks_into_all_texts_and_counts_what_it_leaves(view: QuestionList) -> None:
    assert said(view) == ["To do 6", "Age, said", "Trust, said", "Done", "Country, said", "Town, said"]
    view.set_query("wording trust")
    assert said(view) == ["To do 5", "Trust, said"]
    assert [one.key for one in view.lines] == ["trust"]
    view.set_query("no such question")
    assert said(view) == []


def test_a_caption_cannot_be_chosen_and_a_second_line_needs_room(view: QuestionList) -> None:
    model = view.model()
    assert [bool(model.index(row, 0).flags()) for row in range(6)] == [False, True, True, False, True, True]
    heights = [view.sizeHintForRow(row) for row in range(6)]
    assert heights[4] > heights[5] == heights[1]
    assert heights[0] < heights[3]  # the first caption has nothing above it


def test_enter_and_right_go_into_it_and_letters_are_left_to_the_page(view: QuestionList) -> None:
    entered: list[bool] = []
    view.entered.connect(lambda: entered.append(True))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_T):
        QTest.keyClick(view, key)
    assert len(entered) == 2
    assert view.key == "age"  # T did not jump to Trust
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().data() == "Trust"


def test_it_is_painted(view: QuestionList) -> None:
    before = view.grab().toImage()
    view.choose("country")
    assert view.grab().toImage() != before


def test_a_search_that_finds_nothing_says_so(view: QuestionList) -> None:
    view.set_groups(GROUPS, "age")
    assert view.nothing.isHidden()
    view.set_query("zebra")
    assert not view.nothing.isHidden()
    assert view.nothing.text() == "Nothing fits."
    view.set_query("")
    assert view.nothing.isHidden()
    view.set_groups((), None)
    assert view.nothing.isHidden(), "nobody looked for anything"
