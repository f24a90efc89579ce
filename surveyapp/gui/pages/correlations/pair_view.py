"""One pair opened: the sentence, the picture or its table, every measure, and what they rest on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.figures.build import figure_for
from surveyapp.figures.caption import missing_line, n_line
from surveyapp.gui.models.frame_model import Cell, Column
from surveyapp.gui.pages.correlations.given_bar import GivenBar
from surveyapp.gui.pages.correlations.pair_spec import OpenedPair
from surveyapp.gui.pages.explore.result_card import frame_columns
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.gui.widgets.themed_figure import ThemedFigure
from surveyapp.services.result_text import text_table
from surveyapp.stats.association.result import OptionAssociations, PairResult
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import Result

_MOST_ROWS = 14
_INTERVAL = 2
"""The column of intervals in the table of measures."""


class PairPane(QWidget):
    """`closed` asks for the way back, `mark_selected` tells of another number in the picture."""

    closed = Signal()
    mark_selected = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._result: Result | None = None
        self._as_table = False
        self.setObjectName("pairPane")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addLayout(self._make_head())
        self.area = PaperArea(self, "pairCards", spacing=14)
        inner, column = self.area.paper, self.area.rows
        column.addWidget(self._make_picture(inner))
        column.addWidget(self._make_measures(inner))
        column.addStretch(1)
        outer.addWidget(self.area, 1)
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._tell_base)
        theme.changed.connect(self._fit_tables)

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.back = Button(self._theme, _("Back"), icon="chevron-left", key="Esc", small=True, parent=self)
        self.back.setObjectName("backToPairs")
        self.back.clicked.connect(self.closed)
        self._place = Label(self._theme, role="small", ink="muted", parent=self)
        self.given = GivenBar(self._theme, self)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._place)
        row.addWidget(self.given, 1)
        return row

    def _make_picture(self, parent: QWidget) -> Card:
        theme = self._theme
        card = Card(theme, parent=parent)
        self.title = Label(theme, role="section", wrap=True, parent=card)
        self.title.setObjectName("pairTitle")
        self.words = Label(theme, ink="text-2", wrap=True, parent=card)
        self.words.setObjectName("pairSentence")
        self.view = ThemedFigure(theme, card)
        self.view.setObjectName("pairFigure")
        self.view.mark_selected.connect(lambda _key: self.mark_selected.emit())
        self.twin = FrameTable(theme, name=_("The picture as a table"), parent=card)
        self.twin.setObjectName("pairTwin")
        self.caption = Label(theme, role="small", ink="muted", wrap=True, parent=card)
        self.caption.setObjectName("baseLine")
        card.add(self.title)
        card.body.addSpacing(4)
        card.add(self.words)
        card.body.addSpacing(12)
        card.add(self.view)
        card.add(self.twin)
        card.body.addSpacing(8)
        card.add(self.caption)
        return card

    def _make_measures(self, parent: QWidget) -> Card:
        self._measures_card = Card(self._theme, _("Every measure"), edge_to_edge=True, parent=parent)
        self.measures = FrameTable(self._theme, name=_("Every measure"), parent=self._measures_card)
        self.measures.setObjectName("pairMeasures")
        self._measures_card.add(self.measures)
        return self._measures_card

    # What the tab calls

    def show_waiting(self, pair: OpenedPair) -> None:
        """Another pair will follow: its name at once, the numbers of the one before gone."""
        self._result = None
        self.given.show_given(pair.given, pair.given_titles)
        self.title.setText(pair.title)
        self._tell_place(pair)
        for widget in (self.words, self.view, self.twin, self.caption, self._measures_card):
            widget.hide()

    def show_result(self, pair: OpenedPair, result: Result) -> None:
        """Replace what is shown; the selected mark stays if it is still there."""
        self._result = result
        self.given.show_given(pair.given, pair.given_titles)
        self.title.setText(pair.title)
        self._tell_place(pair)
        self.view.set_builder(lambda width: figure_for(result, width=width))
        self.words.setText(_sentence(result))
        self.words.show()
        self.caption.show()
        self._tell_base()
        self._fill_twin()
        self._fill_measures(result)
        self._show_chosen()
        self._settled.start()
        if self.back.hasFocus():  # nothing else could have it while the numbers were missing
            self.focus_content()

    def toggle(self) -> None:
        """T: the picture, or its numbers as a table."""
        self._as_table = not self._as_table
        self._show_chosen()
        self.focus_content()

    def focus_content(self) -> None:
        """The picture or its table; the way back while there is neither."""
        for widget in (self.view, self.twin, self.measures):
            if widget.isVisibleTo(self) and self._result is not None:
                widget.setFocus()
                return
        self.back.setFocus()

    def let_go(self) -> bool:
        """Let go of the selected mark; False without one."""
        if not self.view.selected_key():
            return False
        self.view.select("")
        self.mark_selected.emit()
        return True

    def sentence(self) -> str:
        """What is said of the selected mark, else of the pair."""
        return self.view.sentence() or (_sentence(self._result) if self._result is not None else "")

    def table_text(self) -> str:
        """The measures as tab-separated text."""
        if self._result is None or isinstance(self._result, NotComputed):
            return ""
        return text_table(self._result).as_text()

    # Inside

    def _tell_place(self, pair: OpenedPair) -> None:
        self._place.setText(pair.place)
        self._place.setVisible(bool(pair.place))
        self.setAccessibleName(pair.title)

    def _tell_base(self) -> None:
        """The base line, which says what a narrow picture leaves to the table."""
        if self._result is not None:
            figure = self.view.figure
            self.caption.setText(figure.caption if figure is not None else _base_words(self._result))

    def _show_chosen(self) -> None:
        has_figure = self.view.figure is not None
        self.view.setVisible(has_figure and not self._as_table)
        self.twin.setVisible(has_figure and self._as_table)

    def _fill_twin(self) -> None:
        header, rows = self.view.data_table()
        columns = [
            Column(
                title=title,
                cell=lambda row, place=place: Cell(text=rows[row][place]),  # type: ignore[misc]
                keys=np.array([row[place].casefold() for row in rows]) if rows else None,
                align="left" if place == 0 else "right",
                width=130 if place == 0 else 110,
                stretch=place == 0,
            )
            for place, title in enumerate(header)
        ]
        self.twin.set_frame(columns, len(rows))
        self._fit_tables()

    def _fill_measures(self, result: Result) -> None:
        self._measures_card.setVisible(not isinstance(result, NotComputed))
        if isinstance(result, NotComputed):
            return
        data = text_table(result)
        columns = frame_columns(data, 0)
        wide = [replace(each, width=142) if place == _INTERVAL else each for place, each in enumerate(columns)]
        self.measures.set_frame(wide, data.n_rows)
        self._fit_tables()

    def _fit_tables(self) -> None:
        for table in (self.twin, self.measures):
            rows = min(table.frame.rowCount(), _MOST_ROWS) + 1
            table.setFixedHeight(self._theme.px(30) * rows + 2)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settled.start()


def _sentence(result: Result) -> str:
    match result:
        case PairResult() | OptionAssociations():
            return result.sentence
        case NotComputed():
            return result.reason
        case _:
            return ""


def _base_words(result: Result) -> str:
    counted = getattr(result, "counted", None)
    return " ".join(filter(None, (n_line(counted), missing_line(counted)))) if counted is not None else ""
