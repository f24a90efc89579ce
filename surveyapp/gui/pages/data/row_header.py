"""The frozen column of row numbers; a person with a mark carries a sign before the number."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QToolTip

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.frame_table import FrameTable


class RowHeader(QHeaderView):
    """`title` gives the number of a person, `marks` the words of their marks ("" for none)."""

    def __init__(
        self, theme: Theme, table: FrameTable, title: Callable[[int], str], marks: Callable[[int], str]
    ) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self._theme, self._table, self._title, self._marks = theme, table, title, marks
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedWidth(theme.px(76))
        theme.changed.connect(self._on_theme_changed)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)

    def _on_theme_changed(self) -> None:
        self.setFixedWidth(self._theme.px(76))

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(76), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        if section >= self._table.frame.rowCount():
            return
        theme, person = self._theme, self._table.frame.source_row(section)
        current = self._table.currentIndex().row() == section
        box = QRectF(rect)
        painter.save()
        painter.fillRect(box, theme.color("selection" if current else "surface"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("grid"))
        painter.fillRect(QRectF(box.right() - 1, box.top(), 1, box.height()), theme.color("border"))
        if self._marks(person):
            mark = theme.pixmap("circle-alert", "warn", size=13, ratio=self.devicePixelRatioF())
            painter.drawPixmap(QPointF(box.left() + theme.px(8), round(box.center().y() - theme.px(6.5))), mark)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text-2" if current else "muted"))
        painter.drawText(
            box.adjusted(0, 0, -theme.px(10), -1),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            self._title(person),
        )
        painter.restore()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            section = self.logicalIndexAt(event.pos())
            words = self._marks(self._table.frame.source_row(section)) if section >= 0 else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)
