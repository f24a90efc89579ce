"""The list of blocks: moved by drag or Alt and arrows, removed, renamed in place."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from surveyapp.gui.pages.reports.outline_delegate import OutlineDelegate
from surveyapp.gui.pages.reports.outline_model import BLOCKS, PINS, OutlineModel
from surveyapp.gui.theme import Theme


class OutlineView(QListView):
    """Says what a person wants; the page does it. Positions are those before the move."""

    current_changed = Signal(str)
    moved = Signal(list, int)
    shifted = Signal(list, int)
    pins_dropped = Signal(list, int)
    removed = Signal(list)
    source_wanted = Signal(str)

    def __init__(self, theme: Theme, model: OutlineModel, *, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._telling = True
        self.setObjectName("outlineList")
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(OutlineDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(lambda index, _old: self._tell(index.row()))
        theme.changed.connect(self.doItemsLayout)

    @property
    def selected_ids(self) -> list[str]:
        """The selected blocks, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row.block.id for n in rows if (row := self._model.row(n)) is not None]

    def set_current(self, block_id: str) -> None:
        """Select a block without telling."""
        position = self._model.position(block_id)
        current = self._model.row(self.currentIndex().row())
        if position < 0 or (current is not None and current.block.id == block_id and self.selected_ids):
            return
        self._telling = False
        self.setCurrentIndex(self._model.index(position))
        self._telling = True

    def set_selected(self, ids: list[str]) -> None:
        """Select several blocks without telling: they moved."""
        self._telling = False
        positions = [n for block_id in ids if (n := self._model.position(block_id)) >= 0]
        if positions:
            self.setCurrentIndex(self._model.index(positions[0]))
        for position in positions[1:]:
            self.selectionModel().select(self._model.index(position), QItemSelectionModel.SelectionFlag.Select)
        self._telling = True

    def rename(self) -> None:
        """Edit the name of the current block in place."""
        if self.currentIndex().isValid():
            self.edit(self.currentIndex())

    def _tell(self, number: int) -> None:
        row = self._model.row(number)
        if self._telling and row is not None:
            self.current_changed.emit(row.block.id)

    def _drop_position(self, at: QPoint) -> int:
        index = self.indexAt(at)
        if not index.isValid():
            return self._model.rowCount()
        rect = self.visualRect(index)
        return index.row() + (1 if at.y() > rect.center().y() else 0)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        ids = self.selected_ids
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shifted.emit(ids, -1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and ids:
            self.removed.emit(ids)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and ids:
            row = self._model.row(self.currentIndex().row())
            self.source_wanted.emit(row.block.id if row is not None else ids[0])
        elif key == Qt.Key.Key_F2:
            self.rename()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters are commands here."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(BLOCKS) or event.mimeData().hasFormat(PINS):
            super().dragEnterEvent(event)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        if event.mimeData().hasFormat(BLOCKS) or event.mimeData().hasFormat(PINS):
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        to = self._drop_position(event.position().toPoint())
        for mime, signal in ((BLOCKS, self.moved), (PINS, self.pins_dropped)):
            if event.mimeData().hasFormat(mime):
                ids = bytes(event.mimeData().data(mime).data()).decode().split()
                event.setDropAction(Qt.DropAction.CopyAction)  # the list is redrawn from the report, not by the view
                event.accept()
                self.viewport().update()
                signal.emit(ids, to)
                return
        event.ignore()
