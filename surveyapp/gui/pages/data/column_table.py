"""The table of columns with its tabs and its find field: the same in the preview and in the codebook."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.wave import Severity
from surveyapp.gui.pages.data.column_cells import READ_AS, column_frame
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.services.codebook.column_view import ColumnRow, kind_label, role_label

_ROOMY = 722


class ColumnTable(QWidget):
    """`opened` on Enter, `kind_wanted` on a click on the kind; `chosen` carries the position under the cursor, and
    comes again when other rows are selected with it."""

    chosen = Signal(int)
    opened = Signal()
    kind_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, *, with_changed: bool, editable: bool = True, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._editable = theme, editable
        self._rows: list[ColumnRow] = []
        self._texts: list[str] = []
        self._roomy = True
        tabs = [("all", _("All")), ("look", _("Needs a look"))]
        if with_changed:
            tabs.append(("changed", _("Changed by you")))
        tabs.append(("left", _("Left out")))
        self.tabs = Segmented(theme, tabs, name=_("Which columns"), parent=self)
        self.tabs.chosen.connect(self._filter)
        self.finder = FindField(theme, _("Find columns"), parent=self)
        self.finder.setObjectName("findColumn")
        self.finder.textChanged.connect(self._filter)
        self.finder.left_down.connect(self.focus_table)
        self.table = FrameTable(theme, name=_("Columns"), two_lines=True, parent=self)
        self.table.setObjectName("columnTable")
        self.table.row_chosen.connect(self.chosen)
        self.table.row_activated.connect(lambda _row: self.opened.emit())
        self.table.clicked.connect(self._on_table_clicked)
        self._several = False
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self._nothing = Label(theme, _("No column fits."), ink="muted", parent=self)
        self._nothing.setContentsMargins(18, 14, 18, 14)
        self._nothing.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.tabs)
        top.addStretch(1)
        top.addWidget(self.finder)
        self.finder.setMaximumWidth(self._theme.px(210))
        self.finder.setMinimumWidth(self._theme.px(90))
        card = Card(self._theme, edge_to_edge=True, parent=self)
        card.add(self._nothing)
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(card, 1)

    @property
    def rows(self) -> Sequence[ColumnRow]:
        """What is shown, in the order of the file."""
        return self._rows

    def set_rows(self, rows: Sequence[ColumnRow]) -> None:
        """Show other columns."""
        self._rows = list(rows)
        self._texts = [_searched(row) for row in rows]
        self._set_frame()
        self._filter()

    def update_rows(self, rows: dict[int, ColumnRow]) -> None:
        """Some rows say something else now; sorting, cursor and scroll stay."""
        for place, row in rows.items():
            self._rows[place] = row
            self._texts[place] = _searched(row)
        self._show_counts()
        self.table.frame.refresh()
        if self.tabs.current != "all":
            self._filter()

    def selected(self) -> list[int]:
        """Positions of the selected columns, in the order shown; the one under the cursor if none is."""
        rows = self.table.selected_rows()
        current = self.table.current_row
        return rows or ([current] if current >= 0 else [])

    def focus_table(self) -> None:
        """Put the focus on the rows."""
        self.table.setFocus()

    def kind_point(self) -> QPoint:
        """Below the kind of the row under the cursor, on the screen."""
        index = self.table.frame.index(self.table.currentIndex().row(), READ_AS)
        return self.table.viewport().mapToGlobal(self.table.visualRect(index).bottomLeft())

    def choose(self, place: int) -> None:
        """Put the cursor on a column; the tab that hides it is left."""
        if self.table.frame.view_row(place) < 0:
            self.tabs.set_current("all")
            self.finder.clear()
            self._filter()
        self.table.choose(place)

    def show_some(self) -> None:
        """Leave a search that was made in another wave and finds nothing in this one."""
        if self.finder.text() and not self._nothing.isHidden():
            self.finder.clear()

    def choose_all(self, places: Sequence[int]) -> None:
        """Select several columns, the cursor on the first."""
        if not places:
            return
        self.choose(places[0])
        self.table.add_to_selection(places)

    def _set_frame(self) -> None:
        columns = column_frame(self._rows, lambda: self._rows, roomy=self._roomy, editable=self._editable)
        self.table.set_frame(columns, len(self._rows))

    def _filter(self, _words: str = "") -> None:
        words = self.finder.text().casefold().split()
        mask = self._tab_mask()
        if words:
            mask &= np.array([all(word in text for word in words) for text in self._texts], dtype=np.bool_)
        current, selected = self.table.current_row, self.table.selected_rows()
        self.table.frame.show_only(mask)
        self._nothing.setVisible(not mask.any())
        if mask.any():
            self.table.choose(current if current >= 0 and mask[current] else int(np.flatnonzero(mask)[0]))
            if len(selected) > 1:  # what is still shown stays selected
                self.table.add_to_selection(selected)
        self._show_counts()

    def _tab_mask(self) -> NDArray[np.bool_]:
        return np.array([_in_tab(row, self.tabs.current) for row in self._rows], dtype=np.bool_)

    def _show_counts(self) -> None:
        for tab in ("all", "look", "changed", "left"):
            try:
                self.tabs.set_count(tab, fmt_count(sum(_in_tab(row, tab) for row in self._rows)))
            except ValueError:  # the codebook of a wave has no "Changed by you"
                continue

    def _on_selection_changed(self) -> None:
        several = len(self.table.selectionModel().selectedRows()) > 1
        if several or self._several:
            self.chosen.emit(self.table.current_row)
        self._several = several

    def _on_table_clicked(self, index: QModelIndex) -> None:
        if self._editable and index.column() == READ_AS:
            self.kind_wanted.emit(self.kind_point())

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= self._theme.px(_ROOMY)
        if roomy != self._roomy:
            self._roomy = roomy
            selected = self.table.selected_rows()
            self._set_frame()
            self._filter()
            if len(selected) > 1:
                self.table.add_to_selection(selected)


def _searched(row: ColumnRow) -> str:
    """All words that find a column: header, name, text, place, what it is read as, its answers."""
    question = row.question
    words = [question.column, question.name, question.text, question.section, question.multi, question.grid]
    words += [kind_label(question), role_label(question), question.unit, question.note]
    words += [text for choice in question.choices for text in choice.texts]
    return "\n".join(words).casefold()


def _in_tab(row: ColumnRow, tab: str) -> bool:
    match tab:
        case "look":
            return row.severity in (Severity.DECIDE, Severity.LOOK)
        case "changed":
            return row.changed
        case "left":
            return row.question.left_out
        case _:
            return True
