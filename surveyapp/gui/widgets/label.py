"""Text in a type role and an ink."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from surveyapp.base.i18n import isolate
from surveyapp.gui.theme import Theme, TypeRole
from surveyapp.gui.widgets.plain_text import in_tip

Ink = Literal["text", "text-2", "muted", "accent", "negative", "warn", "positive"]


class Label(QLabel):
    """A text that follows the theme. `wrap` breaks lines; plain text unless `rich`."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        role: TypeRole = "body",
        ink: Ink = "text",
        weight: int = 0,
        wrap: bool = False,
        rich: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        self.setText(text)
        self._theme, self._role, self._weight = theme, role, weight
        self.setProperty("ink", ink)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def set_ink(self, ink: Ink) -> None:
        """Change the colour role."""
        if self.property("ink") != ink:
            self.setProperty("ink", ink)
            self.style().unpolish(self)
            self.style().polish(self)

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(self._role, self._weight))


class ElidedLabel(Label):
    """One line that ends in an ellipsis when it does not fit; the whole text is then its tooltip."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        role: TypeRole = "body",
        ink: Ink = "text",
        weight: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, role=role, ink=ink, weight=weight, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(in_tip(self.text()) if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), isolate(shown))


class Rule(QFrame):
    """A hairline."""

    def __init__(
        self, *, vertical: bool = False, tone: Literal["border", "grid"] = "border", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("rule", tone)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
