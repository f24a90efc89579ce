"""The texts of one group: which one is kept as the answer, and which are left out of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from surveyapp.base.i18n import _, isolate
from surveyapp.base.number import fmt_count
from surveyapp.gui.pages.data.write_in.words import people_words
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_ring
from surveyapp.gui.widgets.plain_text import in_tip
from surveyapp.importers.alike.group import Member

Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
_MARKS = 56
"""How wide box and ring are together."""


class _Model(QAbstractListModel):
    def __init__(self, members: Sequence[Member], label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.members = list(members)
        self.label = label
        self.taken = {member.text for member in members if member.sure}

    def refresh(self) -> None:
        """All rows say something else now."""
        self.dataChanged.emit(self.index(0), self.index(len(self.members) - 1))

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.members)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        member = self.members[index.row()]
        if role == _ROW:
            return member, member.text in self.taken, member.text == self.label
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if member.text in self.taken else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = _("is merged") if member.text in self.taken else _("stays on its own")
            kept = _("the name that is kept") if member.text == self.label else ""
            parts = (member.text, people_words(member.count), member.why, state, kept)
            return ", ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return in_tip(member.text)
        return member.text if role == Qt.ItemDataRole.DisplayRole else None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme, self._view = theme, parent

    def _draw_marks(self, painter: QPainter, box: QRectF, *, taken: bool, kept: bool) -> None:
        theme, side = self._theme, self._theme.px(15)
        top = round(box.center().y() - side / 2)
        tick = QRectF(box.left() + theme.px(8), top, side, side)
        edge = None if taken else theme.color("border-strong")
        draw_box(painter, tick, fill=theme.color("accent" if taken else "surface"), edge=edge, radius=theme.px(3))
        if taken:
            mark = theme.pixmap("check", "on-accent", size=13, ratio=painter.device().devicePixelRatioF())
            painter.drawPixmap(QPointF(tick.left() + theme.px(1), tick.top() + theme.px(1)), mark)
        ring = QRectF(box.left() + theme.px(32), top, side, side).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if kept else "border-strong"), 1.4))
        painter.setBrush(QBrush(theme.color("surface")))
        painter.drawEllipse(ring)
        if kept:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(theme.color("accent")))
            painter.drawEllipse(ring.center(), theme.px(4), theme.px(4))

    # Qt overrides

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, self._theme.px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found = index.data(_ROW)
        if found is None:
            return
        member, taken, kept = found
        theme, box = self._theme, QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            draw_ring(painter, box, theme, radius=theme.px(4))
        self._draw_marks(painter, box, taken=taken, kept=kept)
        room = box.adjusted(theme.px(_MARKS), 0, -theme.px(8), 0)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text" if taken else "text-2"))
        count = fmt_count(member.count)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        room.setRight(room.right() - theme.px(52))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text-2"))
        why = painter.fontMetrics().elidedText(member.why, Qt.TextElideMode.ElideRight, round(room.width() / 2))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, why)
        room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(why) - theme.px(12))
        painter.setFont(theme.font("body", 600 if kept else 400))
        painter.setPen(theme.color("text" if taken else "text-2"))
        words = painter.fontMetrics().elidedText(member.text, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, isolate(words))
        painter.restore()


class MemberList(QListView):
    """Space takes a text in or leaves it out, `L` (or a click on its ring) keeps its name; `changed` after either."""

    changed = Signal()
    left = Signal(int)
    """Up at the first row (-1) and Down at the last (1) go to the neighbouring group."""
    accepted = Signal()

    def __init__(self, theme: Theme, members: Sequence[Member], label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = _Model(members, label, self)
        self.setObjectName("memberList")
        self.setAccessibleName(_("Texts of the group"))
        self.setAccessibleDescription(_("Space leaves a text out, L keeps its name"))
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListView { background: transparent; }")
        self._fit()
        theme.changed.connect(self._fit)
        self.setCurrentIndex(self._model.index(0))

    @property
    def label(self) -> str:
        """The name that is kept."""
        return self._model.label

    @property
    def taken(self) -> list[str]:
        """The texts that become one answer, in the order shown."""
        return [member.text for member in self._model.members if member.text in self._model.taken]

    def keep(self, label: str) -> None:
        """Keep this name: one of the texts, or another one."""
        self._model.label = label
        if any(member.text == label for member in self._model.members):
            self._model.taken.add(label)
        self._model.refresh()
        self.changed.emit()

    def keep_current(self) -> None:
        """L: keep the name under the cursor."""
        if self.currentIndex().isValid():
            self.keep(self._model.members[self.currentIndex().row()].text)

    def toggle(self, row: int) -> None:
        """Take a text in, or leave it out; the one that is kept stays in."""
        text = self._model.members[row].text
        if text != self._model.label:
            self._model.taken ^= {text}
            self._model.refresh()
            self.changed.emit()

    def take_all(self) -> None:
        """T: take every text in, or, if all are in, only the one that is kept."""
        every = {member.text for member in self._model.members}
        self._model.taken = every & {self._model.label} if self._model.taken == every else every
        self._model.refresh()
        self.changed.emit()

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(28) * len(self._model.members) + 2)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        if key == Qt.Key.Key_Space and row >= 0:
            self.toggle(row)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif key == Qt.Key.Key_Up and row <= 0:
            self.left.emit(-1)
        elif key == Qt.Key.Key_Down and row >= len(self._model.members) - 1:
            self.left.emit(1)
        elif event.text() and key != Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        self.setCurrentIndex(index)
        if self._theme.px(28) <= at.x() < self._theme.px(_MARKS):
            self.keep_current()
        else:
            self.toggle(index.row())
