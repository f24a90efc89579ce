"""The foot line: keys of this page left, one honest fact right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_key_cap, key_cap_width


class FootLine(QWidget):
    """Painted; keys that do not fit are left out from the right, the fact is shortened last."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys: list[tuple[str, str]] = []
        self._fact = ""
        self.setObjectName("footLine")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_keys(self, keys: Sequence[tuple[str, str]], fact: str) -> None:
        """(key, what it does) each, and the fact."""
        self._keys, self._fact = list(keys), fact
        self.setAccessibleName(fact)
        self.setAccessibleDescription(", ".join(f"{key}: {words}" for key, words in self._keys))
        self.setToolTip(fact)
        self.update()

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(200, self._theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("bg"))
        painter.fillRect(QRectF(0, 0, self.width(), 1), theme.color("border"))
        middle, pad = (self.height() + 1) / 2, 24
        painter.setFont(theme.font("small"))
        metrics = painter.fontMetrics()
        fact_width = min(metrics.horizontalAdvance(self._fact) + 4, round(self.width() * 0.6))
        x = float(pad)
        for key, words in self._keys:
            cap = key_cap_width(theme, key)
            width = cap + theme.px(6) + metrics.horizontalAdvance(words)
            if x + width + theme.px(16) > self.width() - pad - fact_width:
                break
            draw_key_cap(painter, QPointF(x + cap, middle), theme, key)
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("muted"))
            box = QRectF(x + cap + theme.px(6), 1, width, self.height() - 1)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
            x += width + theme.px(16)
        painter.setPen(theme.color("muted"))
        right = QRectF(self.width() - pad - fact_width, 1, fact_width, self.height() - 1)
        fact = metrics.elidedText(self._fact, Qt.TextElideMode.ElideRight, fact_width)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, fact)
