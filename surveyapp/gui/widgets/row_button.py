"""A whole row that can be pressed: icon, words, detail or key at the right."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from surveyapp.base.i18n import isolate
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import press_by_enter
from surveyapp.gui.widgets.paint import draw_box, draw_key_cap, draw_ring
from surveyapp.gui.widgets.plain_text import PlainText


class RowButton(PlainText, QPushButton):
    """`detail` is muted text at the right, `key` a cap; `note` a second line. `current` shows it as selected."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        icon: str = "",
        detail: str = "",
        key: str = "",
        note: str = "",
        height: int = 24,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self._theme, self._icon_name, self._detail, self._key, self._note = theme, icon, detail, key, note
        self._height = height
        self.current = False
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setAccessibleDescription(" ".join(filter(None, (note, detail))))
        self.setObjectName("rowButton")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("body"))
        lines = 2 if self._note else 1
        return QSize(self._theme.px(120), max(self._theme.px(self._height), metrics.height() * lines + 4))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(60), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        ground = rect.adjusted(-1, 0, 1, 0)
        if self.current:
            draw_box(painter, rect, fill=theme.color("selection"), edge=None, radius=theme.px(6))
        elif self.underMouse() and self.isEnabled():
            draw_box(painter, ground, fill=theme.color("sunken"), edge=None, radius=theme.px(4))
        if self.hasFocus():
            draw_ring(painter, rect, theme, radius=theme.px(4))
        middle, left, right = rect.height() / 2, 0.0, rect.width()
        pad = theme.px(8) if self.current or self._height > 26 else 0
        left, right = left + pad, right - pad
        if self._icon_name:
            mark = theme.pixmap(
                self._icon_name, "accent" if self.current else "muted", size=15, ratio=self.devicePixelRatioF()
            )
            painter.drawPixmap(QPointF(left, round(middle - theme.px(7.5))), mark)
            left += theme.px(23)
        if self._key:
            right -= draw_key_cap(painter, QPointF(right, middle), theme, self._key) + theme.px(8)
        self._draw_texts(painter, QRectF(left, 0, right - left, rect.height()))

    def _draw_texts(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted" if not self.current else "text-2"))
        painter.drawText(box, flags | Qt.AlignmentFlag.AlignRight, self._detail)
        width = box.width() - (painter.fontMetrics().horizontalAdvance(self._detail) + 8 if self._detail else 0)
        box.setWidth(width)
        if self._note:
            note = painter.fontMetrics().elidedText(self._note, Qt.TextElideMode.ElideRight, round(width))
            painter.drawText(box.adjusted(0, box.height() / 2 - 1, 0, 0), flags, note)
            box.setHeight(box.height() / 2 + 1)
        painter.setFont(theme.font("body", 600 if self.current else 400))
        painter.setPen(theme.color("text" if self.isEnabled() else "muted"))
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, round(width))
        painter.drawText(box, flags | Qt.AlignmentFlag.AlignLeft, isolate(words))
