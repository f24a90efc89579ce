"""What a page shows when there is nothing yet: it teaches."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label

_WIDTH = 420
_EXAMPLE = (2, 9, 15, 18, 20, 22, 24, 25, 27, 34, 38, 40, 42, 43, 45)


class ExampleFigure(QWidget):
    """A grey line with whiskers, labelled "example"."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(_("An example figure"))

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(110))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(80))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(8, 8, -8, -theme.px(20))
        painter.setPen(QPen(theme.color("grid"), 1))
        for part in (0.0, 0.5, 1.0):
            y = round(box.top() + box.height() * part) + 0.5
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        step = box.width() / (len(_EXAMPLE) - 1)
        points = [
            QPointF(box.left() + n * step, box.bottom() - value / 50 * box.height()) for n, value in enumerate(_EXAMPLE)
        ]
        painter.setPen(QPen(theme.color("chart-other"), 1.6))
        painter.drawPolyline(QPolygonF(points))
        painter.setFont(theme.font("micro"))
        painter.setPen(theme.color("muted"))
        painter.drawText(
            QRectF(self.rect()), Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter, _("example")
        )


class EmptyState(QWidget):
    """Centred: a figure, what this page shows, one example line, one button."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        *,
        example: str = "",
        button: Button | None = None,
        second: Button | None = None,
        figure: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        self.setAccessibleName(title)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        middle = QWidget(self)
        middle.setMaximumWidth(theme.px(_WIDTH))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addStretch(2)
        if figure:
            column.addWidget(ExampleFigure(theme, middle))
            column.addSpacing(8)
        for text, words_role, ink in ((title, "section", "text"), (example, "body", "muted")):
            if text:
                label = Label(
                    theme,
                    text,
                    role="section" if words_role == "section" else "body",
                    ink="text" if ink == "text" else "muted",
                    wrap=True,
                    parent=middle,
                )
                label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                column.addWidget(label)
        row = QHBoxLayout()
        row.addStretch(1)
        self.button = button
        for control in (button, second):
            if control is not None:
                row.addWidget(control)
        row.addStretch(1)
        column.addSpacing(8)
        column.addLayout(row)
        column.addStretch(3)
        outer.addWidget(middle, 10)
        outer.addStretch(1)
