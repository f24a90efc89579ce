"""How a line of the outline is painted: grip, picture, words, page or badge."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.gui.pages.reports.outline_model import ROW, Index, OutlineRow
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_ring

_INDENT = 16


class OutlineDelegate(QStyledItemDelegate):
    """Rows 30 high; the selected one on selection, with an accent picture."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def _left(self, row: OutlineRow) -> int:
        """Where the words begin, from the left end of the line."""
        return self._theme.px(8 + _INDENT * row.depth + 18 + 22)

    def _draw_badge(self, painter: QPainter, right: float, middle: float, words: str, kind: str) -> float:
        theme = self._theme
        painter.setFont(theme.font("small"))
        metrics = painter.fontMetrics()
        width, height = metrics.horizontalAdvance(words) + theme.px(12), metrics.height() + theme.px(2)
        box = QRectF(right - width, round(middle - height / 2), width, height)
        draw_box(painter, box, fill=theme.color(f"{kind}-soft"), edge=None, radius=theme.px(4))
        painter.setPen(theme.color(kind))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return float(width)

    def _draw_right(self, painter: QPainter, box: QRectF, row: OutlineRow, *, current: bool) -> float:
        """The badge or the page; returns how wide it is."""
        theme, right, middle = self._theme, box.right() - self._theme.px(8), box.center().y()
        if row.problem:
            return self._draw_badge(painter, right, middle, _("lost"), "negative")
        if row.changed:
            return self._draw_badge(painter, right, middle, _("changed"), "warn")
        if not row.page:
            return 0.0
        words = _("p. %(n)s") % {"n": fmt_count(row.page)}
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text-2" if current else "muted"))
        painter.drawText(
            QRectF(box.left(), box.top(), right - box.left(), box.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            words,
        )
        return float(painter.fontMetrics().horizontalAdvance(words))

    # Qt overrides

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if not isinstance(row, OutlineRow):
            return
        theme, box = self._theme, QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            inner = box.adjusted(0, 0.5, 0, -0.5)
            draw_box(painter, inner, fill=theme.color("selection"), edge=None, radius=theme.px(6))
        if state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, box.adjusted(0, 0.5, 0, -0.5), theme, radius=theme.px(6))
        ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
        middle, left = box.center().y(), box.left() + theme.px(4 + _INDENT * row.depth)
        grip = theme.pixmap("grip-vertical", "border-strong", size=13, ratio=ratio)
        painter.drawPixmap(QPointF(left, round(middle - theme.px(6.5))), grip)
        icon = theme.pixmap(row.icon, "accent" if selected else "muted", size=15, ratio=ratio)
        painter.drawPixmap(QPointF(left + theme.px(19), round(middle - theme.px(7.5))), icon)
        words_left = box.left() + self._left(row)
        right = box.right() - theme.px(14) - self._draw_right(painter, box, row, current=selected)
        painter.setFont(theme.font("body", 600 if selected or (row.depth == 0 and not row.block.spec) else 400))
        painter.setPen(theme.color("text"))
        room = QRectF(words_left, box.top(), max(0.0, right - words_left), box.height())
        words = painter.fontMetrics().elidedText(
            row.words.replace("\n", " "), Qt.TextElideMode.ElideRight, round(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        field = QLineEdit(parent)
        field.setObjectName("renameBlock")
        field.setAccessibleName(_("Name of the block"))
        field.setFont(self._theme.font("body"))
        return field

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        rect = option.rect
        left = self._left(row) - self._theme.px(8) if isinstance(row, OutlineRow) else 0
        editor.setGeometry(rect.adjusted(left, 0, 0, 0))
