"""Answers to tick, or one of them to choose: a box or a circle, the answer, a number at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.fuzzy import match
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_ring
from surveyapp.gui.widgets.plain_text import in_tip

Index = QModelIndex | QPersistentModelIndex
_ITEM = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One answer; `detail` is the muted text at the right."""

    text: str
    detail: str = ""


class _CheckModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: list[CheckItem] = []
        self.shown: list[int] = []
        self.checked: set[int] = set()
        self.single = False

    def reset(self, items: Sequence[CheckItem], checked: set[int], query: str) -> None:
        self.beginResetModel()
        self.items, self.checked = list(items), checked
        self.shown = [n for n, item in enumerate(items) if match(query, item.text) is not None]
        self.endResetModel()

    def toggle(self, row: int) -> None:
        self.checked = {self.shown[row]} if self.single else self.checked ^ {self.shown[row]}
        self.dataChanged.emit(self.index(0), self.index(len(self.shown) - 1))

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item, checked = self.items[self.shown[index.row()]], self.shown[index.row()] in self.checked
        if role == _ITEM:
            return item, checked
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = _("ticked") if checked else _("not ticked")
            return ", ".join(part for part in (item.text, state, item.detail) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return in_tip(item.text)
        return item.text if role == Qt.ItemDataRole.DisplayRole else None


class _CheckDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: CheckList) -> None:
        super().__init__(parent)
        self._theme, self._list = theme, parent

    # Qt overrides

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, self._theme.px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found = index.data(_ITEM)
        if found is None:
            return
        item, checked = found
        theme, box = self._theme, QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_HasFocus:
            draw_box(painter, box, fill=theme.color("selection"), edge=None, radius=theme.px(5))
            draw_ring(painter, box, theme, radius=theme.px(4))
        side = theme.px(15)
        tick = QRectF(box.left() + theme.px(9), round(box.center().y() - side / 2), side, side)
        fill, edge = theme.color("accent" if checked else "surface"), theme.color("border-strong")
        radius = side / 2 if self._list.single else float(theme.px(3))
        draw_box(painter, tick, fill=fill, edge=None if checked else edge, radius=radius)
        if checked:
            mark = theme.pixmap("check", "on-accent", size=13, ratio=painter.device().devicePixelRatioF())
            painter.drawPixmap(QPointF(tick.left() + theme.px(1), tick.top() + theme.px(1)), mark)
        room = box.adjusted(theme.px(33), 0, -theme.px(10), 0)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text-2" if state & QStyle.StateFlag.State_HasFocus else "muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, item.detail)
        room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(item.detail) - theme.px(10))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        words = painter.fontMetrics().elidedText(item.text, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()


class CheckList(QListView):
    """Space or a click ticks; Up at the first row and Enter are the owner's (`left_up`, `accepted`).

    While it is `single`, ticking one takes the tick of the others.
    """

    ticked = Signal()
    left_up = Signal()
    accepted = Signal()

    def __init__(self, theme: Theme, *, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("checkList")
        self.setAccessibleName(name)
        self._model = _CheckModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_CheckDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_items(self, items: Sequence[CheckItem], *, checked: set[int] | None = None, query: str = "") -> None:
        """Show items that fit the query; ticks stay unless `checked` is given, the cursor stays on its item."""
        row = self.currentIndex().row()
        before = self._model.shown[row] if 0 <= row < len(self._model.shown) else -1
        self._model.reset(items, set(self._model.checked if checked is None else checked), query)
        at = self._model.shown.index(before) if before in self._model.shown else 0
        if self._model.shown:
            self.setCurrentIndex(self._model.index(at))

    @property
    def single(self) -> bool:
        """Whether only one can be ticked."""
        return self._model.single

    def set_single(self, single: bool) -> None:
        """From now on only one can be ticked; of several that are, the first stays."""
        self._model.single = single
        if single:
            self._model.checked = set(sorted(self._model.checked)[:1])
        self.viewport().update()

    def set_checked(self, labels: Sequence[str]) -> None:
        """Tick these and no others."""
        self._model.checked = {n for n, item in enumerate(self._model.items) if item.text in labels}
        self.viewport().update()

    def tick_only_shown(self) -> None:
        """Tick what fits the query and nothing else."""
        self._model.checked = set(self._model.shown)
        self.viewport().update()
        self.ticked.emit()

    def untick_all(self) -> None:
        """No ticks."""
        self._model.checked = set()
        self.viewport().update()
        self.ticked.emit()

    def checked_rows(self) -> set[int]:
        """The numbers of the ticked answers among all."""
        return set(self._model.checked)

    def current_number(self) -> int:
        """The number of the answer under the cursor among all, -1 without one."""
        row = self.currentIndex().row()
        return self._model.shown[row] if 0 <= row < len(self._model.shown) else -1

    def current_text(self) -> str:
        """The answer under the cursor, "" without one."""
        row = self.currentIndex().row()
        return self._model.items[self._model.shown[row]].text if 0 <= row < len(self._model.shown) else ""

    def checked(self) -> list[str]:
        """The ticked answers, in their order."""
        return [item.text for n, item in enumerate(self._model.items) if n in self._model.checked]

    def toggle_current(self) -> None:
        """Tick or untick the item under the cursor."""
        if self.currentIndex().isValid():
            self._model.toggle(self.currentIndex().row())
            self.ticked.emit()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggle_current()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_up.emit()
        elif event.text() and event.key() != Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.setCurrentIndex(index)
            self.toggle_current()
