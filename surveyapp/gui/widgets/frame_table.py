"""The table of the window: hairlines, own header, keys, a focus ring; over a FrameModel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from surveyapp.gui.models.frame_model import Column, FrameModel
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.cell_delegate import PAD, CellDelegate
from surveyapp.gui.widgets.paint import draw_ring


class FrameHeader(QHeaderView):
    """Paints title and note; a click sorts where the column has keys."""

    def __init__(self, theme: Theme, parent: QWidget, *, two_lines: bool = False) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._two_lines = theme, two_lines
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(48 if self._two_lines else 30))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        if not isinstance(model, FrameModel) or section >= len(model.columns):
            return
        theme, column = self._theme, model.columns[section]
        painter.save()
        box = QRectF(rect)
        painter.fillRect(box, theme.color("surface"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("border"))
        side = {"right": Qt.AlignmentFlag.AlignRight, "centre": Qt.AlignmentFlag.AlignHCenter}.get(
            column.align, Qt.AlignmentFlag.AlignLeft
        )
        room = box.adjusted(theme.px(2 if column.align == "right" else PAD), 0, -theme.px(PAD), -1)
        title = column.title
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            mark = theme.pixmap("arrow-down" if down else "arrow-up", "muted", size=11, ratio=self.devicePixelRatioF())
            painter.drawPixmap(round(room.right() - theme.px(11)), round(box.center().y() - theme.px(5.5)), mark)
            room.setRight(room.right() - theme.px(14))
        if column.note:
            painter.setFont(theme.font("micro"))
            painter.setPen(theme.color("muted"))
            painter.drawText(
                room.adjusted(0, box.height() / 2, 0, -theme.px(6)), Qt.AlignmentFlag.AlignVCenter | side, column.note
            )
            room = room.adjusted(0, theme.px(6), 0, -box.height() / 2)
        painter.setFont(theme.font("small", 600 if column.strong else 500))
        painter.setPen(theme.color("text" if column.strong else "text-2"))
        words = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, round(room.width()) + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, words)
        painter.restore()


class FrameTable(QTableView):
    """`row_chosen` carries the source row under the cursor, `row_activated` the one on Enter or double click.

    Widths come from the columns, never from measuring all cells. Tab leaves the table; Ctrl+C copies the selected
    rows as tab-separated text.
    """

    row_chosen = Signal(int)
    cell_chosen = Signal(int, int)
    row_activated = Signal(int)
    arranged = Signal()
    """The person dragged a column wider or sorted; `arrangement` says how it is now."""

    def __init__(
        self,
        theme: Theme,
        *,
        name: str,
        two_lines: bool = False,
        whole_rows: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._two_lines, self._whole_rows = theme, two_lines, whole_rows
        self.frame = FrameModel([], 0, self)
        self._own_widths: dict[str, int] = {}
        self._sorted_by: tuple[str, bool] = ("", False)
        self._setting_widths = False
        self.setObjectName("frameTable")
        self.setAccessibleName(name)
        self.setModel(self.frame)
        self.setItemDelegate(CellDelegate(theme, self, whole_rows=whole_rows))
        self.setHorizontalHeader(FrameHeader(theme, self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectRows if whole_rows else behaviour.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(lambda index: self.row_activated.emit(self.frame.source_row(index.row())))
        self._use_header()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_frame(self, columns: Sequence[Column], n_rows: int) -> None:
        """Show other data; the current source row stays current if it is still there."""
        current = self.current_row
        notes = any(column.note for column in columns)
        header = self.make_header() if notes else None
        if header is not None:
            self.setHorizontalHeader(header)
            header.show()  # a header given to a table that is shown already stays hidden
            self._use_header()
        self.horizontalHeader().setSortIndicatorShown(False)
        self.frame.set_frame(columns, n_rows)
        self._set_widths()
        self._sort_again()
        if n_rows:
            self.choose(current if 0 <= current < n_rows else 0)

    def make_header(self) -> FrameHeader:
        """The header of columns with notes; a table with more above its columns makes its own."""
        return FrameHeader(self._theme, self, two_lines=True)

    def arrangement(self) -> dict[str, object]:
        """Widths that were dragged (at 100 %) and the order, by column title, for JSON; {} while all is as designed."""
        title, down = self._sorted_by
        state: dict[str, object] = {"widths": dict(self._own_widths)} if self._own_widths else {}
        return {**state, "sort": title, "down": down} if title else state

    def arrange(self, state: Mapping[str, object]) -> None:
        """Take up what `arrangement` said once; what does not fit any more is passed over."""
        widths = state.get("widths")
        if isinstance(widths, dict):
            self._own_widths = {str(k): v for k, v in widths.items() if isinstance(v, int) and 24 <= v <= 2000}
        self._sorted_by = (str(state.get("sort", "")), state.get("down") is True)
        self._set_widths()
        self._sort_again()

    def _use_header(self) -> None:
        header = self.horizontalHeader()
        header.setSortIndicatorShown(False)
        header.sectionClicked.connect(self._on_header_section_clicked)
        header.sectionResized.connect(self._on_header_section_resized)

    def _sort_again(self) -> None:
        title, down = self._sorted_by
        titles = [column.title if column.keys is not None else "" for column in self.frame.columns]
        if title and title in titles:
            self._sort(titles.index(title), down=down)

    def _sort(self, section: int, *, down: bool) -> None:
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(section, order)
        self.frame.sort(section, order)

    @property
    def current_row(self) -> int:
        """The source row under the cursor, -1 if none."""
        index = self.currentIndex()
        return self.frame.source_row(index.row()) if index.isValid() else -1

    def choose(self, source: int, column: int = 0) -> None:
        """Put the cursor on a row of the data and scroll to it; nothing if it is filtered out."""
        row = self.frame.view_row(source)
        if row >= 0:
            index = self.frame.index(row, column)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            if self._whole_rows:
                flags |= QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)

    def step(self, by: int) -> None:
        """J and K: the next or previous row."""
        row = self.currentIndex().row() + by
        if 0 <= row < self.frame.rowCount():
            self.choose(self.frame.source_row(row), max(0, self.currentIndex().column()))

    def selected_rows(self) -> list[int]:
        """The selected source rows, in the order shown."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        return [self.frame.source_row(row) for row in rows]

    def add_to_selection(self, sources: Iterable[int]) -> None:
        """Select these source rows too, as far as they are shown; the cursor stays."""
        wanted, found = set(sources), QItemSelection()
        for row in range(self.frame.rowCount()):
            if self.frame.source_row(row) in wanted:
                index = self.frame.index(row, 0)
                found.select(index, index)
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().select(found, flags)

    def as_text(self) -> str:
        """The selected rows (all, if none is) as tab-separated text with the header."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        lines = ["\t".join(column.title for column in self.frame.columns)]
        for row in rows or range(self.frame.rowCount()):
            cells = (self.frame.cell(row, column) for column in range(self.frame.columnCount()))
            lines.append("\t".join(_plain(cell.text or cell.badge) for cell in cells))
        return "\n".join(lines)

    def _set_widths(self) -> None:
        columns, own = self.frame.columns, self._own_widths
        used = sum(self._theme.px(own.get(column.title, column.width)) for column in columns)
        spare = max(0, self.viewport().width() - used)
        stretchers = sum(column.stretch and column.title not in own for column in columns)
        self._setting_widths = True
        for number, column in enumerate(columns):
            extra = spare // stretchers if column.stretch and column.title not in own else 0
            self.setColumnWidth(number, self._theme.px(own.get(column.title, column.width)) + extra)
        self._setting_widths = False

    def _on_header_section_resized(self, section: int, _old: int, new: int) -> None:
        if not self._setting_widths and section < len(self.frame.columns):
            self._own_widths[self.frame.columns[section].title] = round(new * 100 / self._theme.text_size)
            self.arranged.emit()

    def _on_theme_changed(self) -> None:
        usual, compact = (44, 38) if self._two_lines else (30, 26)
        height = self._theme.px(compact if self._theme.compact else usual)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self._set_widths()
        self.viewport().update()

    def _on_current_changed(self) -> None:
        index = self.currentIndex()
        if self._whole_rows:  # the ring goes round the row, not only round the cell that Qt paints anew
            self.viewport().update()
        if index.isValid():
            self.row_chosen.emit(self.frame.source_row(index.row()))
            self.cell_chosen.emit(self.frame.source_row(index.row()), index.column())

    def _on_header_section_clicked(self, section: int) -> None:
        if self.frame.columns[section].keys is None:
            return
        header = self.horizontalHeader()
        again = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
        down = again and header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        self._sorted_by = (self.frame.columns[section].title, down)
        self._sort(section, down=down)
        self.arranged.emit()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_row >= 0:
            self.row_activated.emit(self.current_row)
        elif event.text() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()  # letters are commands, so no type-to-jump
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_widths()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.currentIndex()
        if not self.hasFocus() or (index.isValid() and not self._whole_rows):
            return  # a single cell carries its own ring
        box = QRectF(self.viewport().rect())
        if index.isValid():
            row = self.visualRect(index)
            box = QRectF(box.left(), row.top(), box.width(), row.height() - 1)
        draw_ring(QPainter(self.viewport()), box, self._theme, radius=self._theme.px(2))


def _plain(text: str) -> str:
    """Text for a tab-separated line."""
    return text.replace("\t", " ").replace("\n", " ")
