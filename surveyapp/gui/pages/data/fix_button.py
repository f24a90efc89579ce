"""A way to deal with a problem: its number, its words; the recommended one is filled."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_key_cap, draw_ring, key_cap_width
from surveyapp.gui.widgets.plain_text import PlainText, in_tip


class FixButton(PlainText, QPushButton):
    """`number` is the key that does the same while the problem is current."""

    def __init__(
        self, theme: Theme, words: str, number: int, *, primary: bool, hint: str = "", parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setText(words)
        self._theme, self._number, self._primary = theme, number, primary
        self.setObjectName(f"fix{number}")
        self.setAccessibleName(words)
        self.setAccessibleDescription(hint)
        self.setToolTip(in_tip(f"{words}. {hint}" if hint else words))
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    # Qt overrides

    def sizeHint(self) -> QSize:
        theme = self._theme
        metrics = QFontMetrics(theme.font("body", 500))
        width = theme.px(30) + round(key_cap_width(theme, str(self._number))) + metrics.horizontalAdvance(self.text())
        return QSize(width, max(theme.px(26), metrics.height() + theme.px(6)))

    def minimumSizeHint(self) -> QSize:
        """Long words are cut short rather than make the list wider than its place; the tooltip has them whole."""
        return QSize(self._theme.px(60), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        hovered = self.underMouse() or self.isDown()
        radius = float(theme.px(6))
        if self._primary:
            fill = theme.color("accent-hover" if hovered else "accent")
            inner = rect.adjusted(3, 3, -3, -3) if self.hasFocus() else rect
            draw_box(painter, inner, fill=fill, edge=None, radius=radius)
        else:
            edge = theme.color("border-strong" if hovered else "border")
            draw_box(painter, rect, fill=theme.color("surface"), edge=edge, radius=radius)
        if self.hasFocus():
            draw_ring(painter, rect, theme, radius=radius)
        cap = key_cap_width(theme, str(self._number))
        left = theme.px(8) + cap
        ink = "on-accent" if self._primary else "text-2"
        draw_key_cap(painter, QPointF(left, rect.height() / 2), theme, str(self._number), plain=self._primary, ink=ink)
        painter.setFont(theme.font("body", 500))
        painter.setPen(theme.color("on-accent" if self._primary else "text"))
        box = rect.adjusted(left + theme.px(8), 0, -theme.px(8), 0)
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, round(box.width()) + 1)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
