"""The parts of the tab Control group: wells, the finding, figure or table, how alike the groups are."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.figures.build import figure_for
from surveyapp.figures.control_words import balance_words
from surveyapp.gui.models.frame_model import Column
from surveyapp.gui.pages.explore.control.wells import ControlWells
from surveyapp.gui.pages.explore.result_card import frame_columns
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.figure_table import FigureTable, fit_rows
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.reports.result_table.control import balance_table, balance_title
from surveyapp.services.result_text import TextTable, text_of, text_table
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.wave_change.result import Adjusted

_MOST_ROWS = 14


class ControlBody(QWidget):
    """`show_result` and `show_words` say what stands there."""

    def __init__(self, theme: Theme, small_limit: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._small_limit = theme, small_limit
        self._data: TextTable | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = PaperArea(self, "controlArea")
        inner, column = area.paper, area.rows
        self.wells = ControlWells(theme, inner)
        column.addWidget(self.wells)
        column.addWidget(self._make_card(inner))
        column.addWidget(self._make_balance(inner))
        column.addStretch(1)
        outer.addWidget(area)
        theme.changed.connect(self._fit)
        self.show_words("")

    def _make_card(self, parent: QWidget) -> Card:
        theme, card = self._theme, Card(self._theme, parent=parent)
        card.setObjectName("controlCard")
        self.finding = Label(theme, role="card", wrap=True, parent=card)
        self.finding.setObjectName("finding")
        self.adjusted = Label(theme, wrap=True, parent=card)
        self.adjusted.setObjectName("adjustedFinding")
        self.groups = FigureTable(theme, card, name=_("Groups and their difference"), most_rows=_MOST_ROWS)
        self.view, self.table = self.groups.view, self.groups.table
        self.view.setObjectName("controlFigure")
        self.table.setObjectName("controlTable")
        self.base = Label(theme, role="small", ink="muted", wrap=True, parent=card)
        self.base.setObjectName("baseLine")
        self.notes = Label(theme, role="small", ink="muted", wrap=True, parent=card)
        self.method = Button(theme, _("Copy the method"), icon="copy", kind="quiet", small=True, key="M", parent=card)
        self.method.setObjectName("copyMethod")
        card.body.setSpacing(8)
        for widget in (self.finding, self.adjusted, self.groups, self.base, self.notes, self.method):
            card.add(widget)
        card.body.setAlignment(self.method, Qt.AlignmentFlag.AlignLeft)
        return card

    def _make_balance(self, parent: QWidget) -> Card:
        theme = self._theme
        self.balance_card = Card(theme, balance_title(), edge_to_edge=True, parent=parent)
        self.balance_card.setObjectName("balanceCard")
        self.balance_words = Label(theme, role="small", ink="text-2", wrap=True, parent=self.balance_card)
        self.balance_words.setContentsMargins(18, 0, 18, 8)
        self.balance = FrameTable(theme, name=balance_title(), parent=self.balance_card)
        self.balance.setObjectName("balanceTable")
        self.balance_card.add(self.balance_words)
        self.balance_card.add(self.balance)
        return self.balance_card

    # What the tab calls

    def show_result(self, result: GroupControl, key: str, *, as_table: bool) -> None:
        """Replace what is shown; the row of that key stays selected."""
        self._data = text_table(result)
        self._say(self.finding, result.sentence)
        self._say(self.adjusted, _adjusted_words(result))
        self._say(self.notes, " ".join(result.notes))
        columns = _columns(self._data, self._small_limit)
        self.groups.show_result(lambda width: figure_for(result, width=width), columns, self._data.keys, key=key)
        self._say(self.base, self.groups.caption)
        table = balance_table(result)
        if table is not None:
            text = text_of(table)
            self.balance.set_frame(_columns(text, 0), text.n_rows)
            self.balance.setCurrentIndex(QModelIndex())
            self.balance_words.setText(balance_words(result))
        self.balance_card.setVisible(table is not None)
        self.method.show()
        self.groups.show_as_table(as_table)
        self._fit()

    def show_words(self, words: str) -> None:
        """Instead of a result: what is missing, or why there is none."""
        self._data = None
        self.groups.clear()
        self._say(self.finding, words)
        for label in (self.adjusted, self.notes, self.base):
            self._say(label, "")
        for widget in (self.method, self.balance_card):
            widget.hide()

    def table_text(self) -> str:
        """The table as tab-separated text, how alike the groups are below it."""
        return self._data.as_text() if self._data is not None else ""

    def focus_first(self) -> None:
        """Figure or table, or what still waits for a choice."""
        if self._data is None:
            self.wells.waiting().setFocus()
        else:
            self.groups.focus_shown()

    def _say(self, label: Label, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    def _fit(self) -> None:
        fit_rows(self._theme, self.balance, _MOST_ROWS)


def _adjusted_words(result: GroupControl) -> str:
    match result.adjusted:
        case Adjusted():
            return result.adjusted.sentence
        case NotComputed():
            return result.adjusted.reason
        case None:
            return ""


def _columns(data: TextTable, small_limit: int) -> list[Column]:
    """Wide enough for an interval with signs; the first columns of words share what is left."""
    return [
        replace(column, width=max(column.width, 120), stretch=not place)
        for place, column in enumerate(frame_columns(data, small_limit))
    ]
