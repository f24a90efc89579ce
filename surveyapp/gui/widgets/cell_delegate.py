"""Paints the cells of tables: one or two lines, letters, icons, sparks, intervals, badges, hatching."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from surveyapp.base.i18n import isolate
from surveyapp.gui.models.frame_model import CELL, Cell, FrameModel
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box

Index = QModelIndex | QPersistentModelIndex
PAD = 10


class CellDelegate(QStyledItemDelegate):
    """`whole_rows` marks the current row instead of the current cell."""

    def __init__(self, theme: Theme, parent: QWidget, *, whole_rows: bool = True) -> None:
        super().__init__(parent)
        self._theme, self._whole_rows = theme, whole_rows

    def _draw_ground(self, painter: QPainter, box: QRectF, cell: Cell, *, selected: bool) -> None:
        theme = self._theme
        if selected:
            painter.fillRect(box, theme.color("selection"))
        elif cell.sunken:
            painter.fillRect(box, theme.color("sunken"))
        if cell.hatch and not selected:
            painter.fillRect(box, QBrush(theme.color("border"), Qt.BrushStyle.BDiagPattern))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("grid"))

    def _draw_marks(self, painter: QPainter, box: QRectF, cell: Cell) -> QRectF:
        """Icon, spark and interval; returns the room left for text."""
        theme = self._theme
        if cell.icon:
            size = theme.px(15)
            ratio = painter.device().devicePixelRatioF()
            alone = not cell.text and not cell.second
            y = box.center().y() if alone or not cell.second else box.top() + box.height() * 0.34
            x = box.center().x() - size / 2 if alone else box.left()
            pixmap = theme.pixmap(cell.icon, cell.icon_role, size=15, ratio=ratio)
            painter.drawPixmap(QPointF(round(x), round(y - size / 2)), pixmap)
            box = box.adjusted(theme.px(21), 0, 0, 0)
        if cell.spark:
            self._draw_spark(painter, box, cell.spark)
        if cell.interval is not None:
            self._draw_interval(painter, box, cell, cell.interval)
        return box

    def _draw_spark(self, painter: QPainter, box: QRectF, values: tuple[float, ...]) -> None:
        height = self._theme.px(18)
        base = round(box.center().y() + height / 2)
        largest = max(values) or 1.0
        step = box.width() / len(values)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("sequential-4"))
        for number, value in enumerate(values):
            tall = max(1.0, value / largest * height)
            gap = 1.0 if step > 3 else 0.3
            painter.drawRect(QRectF(box.left() + number * step, base - tall, max(0.7, step - gap), tall))

    def _draw_interval(self, painter: QPainter, box: QRectF, cell: Cell, interval: tuple[float, float, float]) -> None:
        low, value, high = (box.left() + part * box.width() for part in interval)
        y = box.center().y()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(box.left(), y - 1, box.width(), 2), self._theme.color("grid"))
        if cell.zero is not None:
            at, half = box.left() + cell.zero * box.width(), self._theme.px(7)
            painter.fillRect(QRectF(at - 0.5, y - half, 1, 2 * half), self._theme.color("border-strong"))
        painter.setPen(QPen(self._theme.color("accent"), 1.6))
        painter.drawLine(QPointF(low, y), QPointF(high, y))
        painter.setBrush(self._theme.color("surface" if cell.faint else "accent"))
        painter.setPen(QPen(self._theme.color("accent"), 1.4) if cell.faint else Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(value, y), 4, 4)

    def _draw_texts(
        self, painter: QPainter, box: QRectF, below: QRectF, cell: Cell, *, align: str, selected: bool
    ) -> None:
        """`below` is the room of the small line."""
        theme = self._theme
        side = {"right": Qt.AlignmentFlag.AlignRight, "centre": Qt.AlignmentFlag.AlignHCenter}.get(
            align, Qt.AlignmentFlag.AlignLeft
        )
        first, second = QRectF(box), QRectF(below)
        if cell.second:
            middle = box.height() / 2
            first.setBottom(box.top() + middle + 1)
            first.setTop(box.top() + theme.px(4))
            second.setTop(box.top() + middle + 1)
            second.setBottom(box.bottom() - theme.px(4))
            painter.setFont(theme.font("micro"))
            painter.setPen(theme.color(_ink(cell.second_ink, selected)))
            words = painter.fontMetrics().elidedText(cell.second, Qt.TextElideMode.ElideRight, round(below.width()))
            painter.drawText(second, Qt.AlignmentFlag.AlignVCenter | side, isolate(words))
        if cell.chevron:
            first.setRight(first.right() - theme.px(18))
        font = theme.font("body", cell.weight)
        font.setUnderline(cell.underline)
        painter.setFont(font)
        painter.setPen(theme.color(_ink(cell.ink, selected)))
        metrics, wide = painter.fontMetrics(), round(first.width()) + 1
        if cell.wrap and metrics.horizontalAdvance(cell.text) > wide:
            lines = "\n".join(map(isolate, two_lines(cell.text, metrics, wide)))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, lines)
            return
        words = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter | side, isolate(words))
        width = painter.fontMetrics().horizontalAdvance(words)
        if cell.chevron:
            mark = theme.pixmap("chevron-down", "muted", size=13, ratio=painter.device().devicePixelRatioF())
            at = QPointF(first.left() + width + theme.px(7), round(first.center().y() - theme.px(6)))
            painter.drawPixmap(at, mark)
        if cell.before:
            painter.setFont(theme.font("micro", 600))
            painter.setPen(theme.color("accent"))
            room = first.adjusted(0, 0, -(width + theme.px(6)), 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, cell.before)

    def _draw_badge(self, painter: QPainter, box: QRectF, words: str) -> None:
        theme = self._theme
        painter.setFont(theme.font("micro", 500))
        width = painter.fontMetrics().horizontalAdvance(words) + theme.px(12)
        height = theme.px(18)
        badge = QRectF(box.left(), round(box.center().y() - height / 2), min(width, box.width()), height)
        draw_box(painter, badge, fill=theme.color("warn-soft"), edge=None, radius=theme.px(4))
        painter.setPen(theme.color("warn"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)

    # Qt overrides

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(60, self._theme.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        cell = index.data(CELL)
        if not isinstance(cell, Cell) or not isinstance(model, FrameModel):
            return
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        box = QRectF(option.rect)
        painter.save()
        self._draw_ground(painter, box, cell, selected=selected)
        align = model.columns[index.column()].align
        left = 2 if align == "right" else PAD
        room = box.adjusted(self._theme.px(left), 0, -self._theme.px(PAD), -1)
        below = room
        room = self._draw_marks(painter, room, cell)
        if align != "right":  # numbers have their icon at the other end of the first line
            below = room
        if cell.text or cell.second or cell.before:
            self._draw_texts(painter, room, below, cell, align=align, selected=selected)
        if cell.badge:
            self._draw_badge(painter, room, cell.badge)
        if state & QStyle.StateFlag.State_HasFocus and not self._whole_rows:
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -2))
        painter.restore()


def two_lines(text: str, metrics: QFontMetrics, room: int) -> tuple[str, ...]:
    """A text broken at a blank; what the second line has no room for is left out in its middle, since labels that
    begin alike differ at their ends."""
    words = text.split()
    n = len(words)
    while n > 1 and metrics.horizontalAdvance(" ".join(words[:n])) > room:
        n -= 1
    lines = (" ".join(words[:n]), " ".join(words[n:]))
    return tuple(
        line
        if metrics.horizontalAdvance(line) <= room
        else metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, room)
        for line in lines
        if line
    )


def _ink(role: str, selected: bool) -> str:
    return "text-2" if selected and role == "muted" else role
