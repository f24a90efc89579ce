"""The list of predictions: captions, rows, and the chosen row with its buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _
from surveyapp.gui.pages.predictions.list_delegate import HEADING, ROW, PredictionDelegate
from surveyapp.gui.pages.predictions.list_model import Entry, PredictionModel
from surveyapp.gui.pages.predictions.settle_strip import SettleStrip
from surveyapp.gui.theme import Theme
from surveyapp.services.prediction.listing import Row, Section

_STRIP = 42
_PAGES = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class PredictionList(QTableView):
    """`chosen` carries the id of the row that is chosen (0: none), `settled` and `later` what its strip says;
    `opened` is Enter, `left_up` the arrow above the first row."""

    chosen = Signal(int)
    settled = Signal(object)
    later = Signal(object)
    opened = Signal()
    left_up = Signal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._clock = theme, clock
        self._writable = True
        self._open_row = -1
        self._headings: list[int] = []
        self.strip: SettleStrip | None = None
        self.setObjectName("predictionList")
        self.setAccessibleName(_("Predictions"))
        self.rows = PredictionModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(PredictionDelegate(theme, clock, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(10)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    @property
    def current(self) -> Row | None:
        """The prediction that is chosen."""
        return self.rows.at(self.currentIndex().row())

    def show_entries(self, entries: Sequence[Entry], *, keep: int, writable: bool) -> None:
        """Show other rows; the prediction `keep` stays chosen, or else the first one is."""
        self._writable = writable
        place = self.verticalScrollBar().value()
        self._close_strip()
        self.rows.show(entries)
        self._size_rows()
        row = self.rows.row_of(keep)
        if row < 0:
            row = next((n for n, one in enumerate(entries) if isinstance(one, Row)), -1)
        self.verticalScrollBar().setValue(place)
        self.choose_row(row)

    def choose(self, prediction_id: int) -> bool:
        """Go to a prediction; False if it is not listed."""
        row = self.rows.row_of(prediction_id)
        if row >= 0:
            self.choose_row(row)
        return row >= 0

    def choose_row(self, row: int) -> None:
        """Go to a row; -1 chooses none."""
        if row < 0:
            self.setCurrentIndex(QModelIndex())
            self.chosen.emit(0)
            return
        self.setCurrentIndex(self.rows.index(row))

    def _choose_end(self, *, last: bool) -> None:
        found = [row for row in range(self.rows.rowCount()) if self.rows.at(row) is not None]
        if found:
            self.choose_row(found[-1] if last else found[0])
        if not last:
            self.scrollToTop()

    def _size_rows(self) -> None:
        header, plain = self.verticalHeader(), self._theme.px(ROW)
        header.setDefaultSectionSize(plain)
        for row in self._headings:  # of other entries: a height stays with its place
            self.setRowHeight(row, plain)
        self._headings = [row for row, one in enumerate(self.rows.entries) if not isinstance(one, Row)]
        for row in self._headings:
            self.setRowHeight(row, self._theme.px(HEADING))

    def _open_strip(self, row: int) -> None:
        one = self.rows.at(row)
        if one is None or not self._writable:
            return
        resolved = one.section is Section.RESOLVED
        strip = SettleStrip(self._theme, self._clock, one.prediction, resolved=resolved, parent=self)
        strip.settled.connect(self.settled)
        strip.later.connect(self.later)
        strip.closed.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self.strip, self._open_row = strip, row
        self._fit_strip()
        self.setIndexWidget(self.rows.index(row), strip)

    def _fit_strip(self) -> None:
        strip = self.strip
        if strip is None:
            return
        layout = strip.layout()
        wide = max(self.viewport().width(), 100)
        high = layout.heightForWidth(wide) if layout is not None and layout.hasHeightForWidth() else 0
        self.setRowHeight(self._open_row, max(high, self._theme.px(ROW + _STRIP)))

    def _close_strip(self) -> None:
        if self.strip is None:
            return
        held = self.strip.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else False
        self.strip = None
        row, self._open_row = self._open_row, -1
        if held:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if row < self.rows.rowCount():
            self.setIndexWidget(self.rows.index(row), None)  # type: ignore[arg-type]
            self.setRowHeight(row, self._theme.px(ROW))

    def _on_theme_changed(self) -> None:
        row = self.currentIndex().row()
        self._close_strip()
        self._size_rows()
        for number in range(self.rows.rowCount()):
            if self.rows.at(number) is not None:
                self.setRowHeight(number, self._theme.px(ROW))
        if row >= 0:
            self._open_strip(row)
        self.viewport().update()

    # Qt overrides

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        row = self.currentIndex().row()
        if row == self._open_row and self.strip is not None:
            return
        self._close_strip()
        self._open_strip(row)
        one = self.rows.at(row)
        if one is not None:
            self.scrollTo(self.currentIndex())
            self.chosen.emit(one.prediction.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = Qt.Key(event.key()), self.currentIndex().row()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1}.get(key, 0)
        if step:
            row += step
            while 0 <= row < self.rows.rowCount() and self.rows.at(row) is None:
                row += step
            if 0 <= row < self.rows.rowCount():
                self.choose_row(row)
            elif step < 0:
                self.left_up.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):  # of a table's own they move within the row
            self._choose_end(last=key == Qt.Key.Key_End)
        elif key in _PAGES:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_strip()
