"""Cells before and after the recommended fix, painted as a small table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.row import row_words
from surveyapp.domain.wave import Example
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box
from surveyapp.gui.widgets.plain_text import in_tip

_HEAD, _ROW = 26, 24


class ExampleTable(QWidget):
    """Row, as typed, would become; the last column only where the fix changes anything."""

    def __init__(
        self, theme: Theme, examples: Sequence[Example], parent: QWidget, *, heads: tuple[str, str] = ("", "")
    ) -> None:
        """`heads` name the second and third column, "As typed" and "Would become" if they are not given."""
        super().__init__(parent)
        self._theme, self._examples = theme, tuple(examples)
        self._heads = heads if heads[0] else (_("As typed"), _("Would become"))
        self._with_after = any(example.after for example in examples)
        self.setObjectName("exampleTable")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        lines = [
            f"{_('Row')} {row_words(example.row)}: {' → '.join(filter(None, (example.before, example.after)))}"
            for example in examples
        ]
        self.setAccessibleName(_("Examples"))
        self.setAccessibleDescription("; ".join(lines))
        self.setToolTip(in_tip("\n".join(example.before for example in examples)))
        theme.changed.connect(self.updateGeometry)

    def _edges(self) -> tuple[float, float]:
        """Where the columns end: row numbers, as typed."""
        metrics = QFontMetricsF(self._theme.font("small"))
        widest = max((metrics.horizontalAdvance(row_words(example.row)) for example in self._examples), default=0.0)
        first = max(float(self._theme.px(62)), widest + 2 * self._theme.px(10))
        return first, self.width() * 0.58 if self._with_after else float(self.width())

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(_HEAD + _ROW * len(self._examples)) + 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        box = QRectF(self.rect())
        draw_box(painter, box, fill=theme.color("surface"), edge=theme.color("border"), radius=theme.px(5))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        head = float(theme.px(_HEAD))
        painter.setFont(theme.font("small"))
        self._line(painter, 0.0, head, (_("Row"), *self._heads), ("muted",) * 3)
        y = head
        for example in self._examples:
            painter.fillRect(QRectF(1, y, box.width() - 2, 1), theme.color("grid"))
            painter.setFont(theme.font("small"))
            words = (row_words(example.row), _one_line(example.before), _one_line(example.after))
            self._line(painter, y, float(theme.px(_ROW)), words, ("muted", "text", "accent"))
            y += theme.px(_ROW)

    def _line(self, painter: QPainter, y: float, height: float, words: Sequence[str], inks: Sequence[str]) -> None:
        theme = self._theme
        first, second = self._edges()
        pad = theme.px(10)
        boxes = [QRectF(pad, y, first - pad, height), QRectF(first, y, second - first - pad, height)]
        if self._with_after:
            boxes.append(QRectF(second, y, self.width() - second - pad, height))
        for place, box in enumerate(boxes):
            painter.setPen(theme.color(inks[place]))
            if place == 2 and y > 0:
                painter.setFont(theme.font("small", 600))
            right = place > 0 and self._with_after  # words alone are a sentence, read from the left
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            shown = painter.fontMetrics().elidedText(words[place], Qt.TextElideMode.ElideRight, round(box.width()))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, shown)


def _one_line(text: str) -> str:
    return " ".join(text.split())
