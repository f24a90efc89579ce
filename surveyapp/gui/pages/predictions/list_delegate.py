"""How a row of the list is painted: mark, statement, tag, a bar for the belief, and when."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from surveyapp.base.clock import Clock
from surveyapp.gui.pages.predictions.list_model import Heading, PredictionModel, marks_of
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_ring
from surveyapp.services.prediction.listing import Row, Section
from surveyapp.services.prediction.words import due_words

ROW, HEADING = 36, 40
LEFT = 44
"""Where statements begin, at 100 %."""
_PAD, _WHEN, _BELIEF, _BAR, _TAG = 17, 100, 56, 54, 92
_ALL_FROM, _BAR_FROM = 640, 480
"""Below these widths first the tag, then the bar is left out."""


class PredictionDelegate(QStyledItemDelegate):
    """Paints headings and rows; the row that is chosen leaves room for its buttons below."""

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._clock = theme, clock

    # Qt overrides

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        if not isinstance(model, PredictionModel):
            return
        one = model.entries[index.row()]
        rect = QRectF(option.rect)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if isinstance(one, Heading):
            self._paint_heading(painter, rect, one)
        else:
            if chosen:
                painter.fillRect(rect, self._theme.color("selection"))
            line = QRectF(rect.left(), rect.top(), rect.width(), self._theme.px(ROW))
            self._paint_row(painter, line, one, chosen=chosen)
            widget = option.widget
            if chosen and widget is not None and widget.hasFocus():
                draw_ring(painter, rect.adjusted(0, 0, 0, -1), self._theme, radius=0)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), self._theme.color("grid"))
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRectF, one: Heading) -> None:
        theme = self._theme
        painter.setFont(theme.font("card"))
        painter.setPen(theme.color("text"))
        box = rect.adjusted(theme.px(_PAD), theme.px(4), -theme.px(_PAD), 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, flags, one.title)
        box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(one.title) + theme.px(5))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("muted"))
        painter.drawText(box, flags, one.note)

    def _paint_row(self, painter: QPainter, rect: QRectF, one: Row, *, chosen: bool) -> None:
        theme = self._theme
        self._paint_mark(painter, rect, one, chosen=chosen)
        flags, right = Qt.AlignmentFlag.AlignVCenter, rect.right() - theme.px(_PAD)
        wide = rect.width() * 100 / theme.text_size
        quiet = "text-2" if chosen else "muted"
        late = one.section is Section.DUE and one.overdue
        resolved = one.section is Section.RESOLVED
        painter.setFont(theme.font("body", 500 if late or resolved else 400))
        painter.setPen(theme.color("warn" if late else "text" if resolved else "text-2"))
        words = one.outcome if resolved else due_words(one.prediction.due, self._clock())
        box = QRectF(right - theme.px(_WHEN), rect.top(), theme.px(_WHEN), rect.height())
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(box.width()))
        painter.drawText(box, flags | Qt.AlignmentFlag.AlignRight, shown)
        right = box.left() - theme.px(8)
        right = self._paint_belief(painter, QRectF(rect.left(), rect.top(), right - rect.left(), rect.height()), one)
        if wide >= _ALL_FROM:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color(quiet))
            box = QRectF(right - theme.px(_TAG), rect.top(), theme.px(_TAG) - theme.px(8), rect.height())
            tags = " ".join(f"#{tag}" for tag in one.prediction.tags[:2])
            shown = painter.fontMetrics().elidedText(tags, Qt.TextElideMode.ElideRight, round(box.width()))
            painter.drawText(box, flags | Qt.AlignmentFlag.AlignLeft, shown)
            right = box.left()
        painter.setFont(theme.font("body", 600 if chosen else 500))
        painter.setPen(theme.color("text"))
        box = QRectF(rect.left() + theme.px(LEFT), rect.top(), 0, rect.height())
        box.setRight(right - theme.px(12))
        for icon, _words in reversed(marks_of(one)):
            mark = theme.pixmap(icon, "text-2", size=14, ratio=painter.device().devicePixelRatioF())
            box.setRight(box.right() - theme.px(20))
            painter.drawPixmap(QPointF(round(box.right() + theme.px(6)), round(rect.center().y() - theme.px(7))), mark)
        statement = " ".join(one.prediction.statement.split())
        shown = painter.fontMetrics().elidedText(statement, Qt.TextElideMode.ElideRight, round(box.width()))
        painter.drawText(box, flags | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_belief(self, painter: QPainter, rect: QRectF, one: Row) -> float:
        """The belief and its bar at the right of `rect`; returns where they begin."""
        theme = self._theme
        painter.setFont(theme.font("body", 600))
        painter.setPen(theme.color("text"))
        plain = one.share is not None and not one.prediction.options
        wide = theme.px(_BELIEF) if plain or not one.belief else theme.px(_BELIEF + _BAR + 8)
        box = QRectF(rect.right() - wide, rect.top(), wide, rect.height())
        if not plain:
            painter.setFont(theme.font("small", 500))
        shown = painter.fontMetrics().elidedText(one.belief or "–", Qt.TextElideMode.ElideRight, round(wide))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        left = box.left()
        if rect.width() * 100 / theme.text_size < _BAR_FROM - _WHEN or (one.belief and not plain):
            return left
        left -= theme.px(8 + _BAR)
        if one.share is not None:
            high = theme.px(6)
            track = QRectF(left, round(rect.center().y() - high / 2), theme.px(_BAR), high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(theme.color("grid"))
            painter.drawRoundedRect(track, 3, 3)
            painter.setBrush(theme.color("sequential-4"))
            painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * one.share, high), 3, 3)
        return left

    def _paint_mark(self, painter: QPainter, rect: QRectF, one: Row, *, chosen: bool) -> None:
        """A ring while it is open, a tick or a cross once it came out as believed or not."""
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(rect.left() + theme.px(_PAD) + theme.px(7), rect.center().y())
        if one.section is Section.RESOLVED:
            icon, role = ("minus", "muted") if one.right is None else ("check", "positive")
            if one.right is False:
                icon, role = "x", "negative"
            size = theme.px(15)
            mark = theme.pixmap(icon, role, size=15, ratio=painter.device().devicePixelRatioF())
            painter.drawPixmap(QPointF(round(middle.x() - size / 2), round(middle.y() - size / 2)), mark)
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent" if chosen else "border-strong"), 1.4))
        painter.drawEllipse(middle, theme.px(6), theme.px(6))
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(middle, 1.8, 1.8)
