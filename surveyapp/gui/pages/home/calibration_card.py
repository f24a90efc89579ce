"""The calibration of the census in one small square and one sentence."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_percent
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.figure_painter import paint
from surveyapp.gui.widgets.label import Label
from surveyapp.stats.result import CalibrationResult

_SIDE = 126.0


class SmallDiagram(QWidget):
    """The reliability diagram without words; what it says is its accessible description."""

    def __init__(self, theme: Theme, result: CalibrationResult, parent: QWidget) -> None:
        super().__init__(parent)
        from surveyapp.figures.reliability import build_small

        self._theme = theme
        self._figure = build_small(result, width=_SIDE)
        self.setAccessibleName(self._figure.title)
        self.setAccessibleDescription(self._figure.description)
        self.setToolTip(self._figure.description)
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.setFixedSize(self._theme.px(_SIDE), self._theme.px(_SIDE))

    # Qt overrides

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint(QPainter(self), self._figure, self._theme.tokens, self.width() / self._figure.width)


class CalibrationCard(Card):
    """Verdict, Brier score with its scale, and the way to the page."""

    open_wanted = Signal()

    def __init__(self, theme: Theme, result: CalibrationResult, parent: QWidget) -> None:
        n = _("n %(n)s") % {"n": fmt_count(result.counted.n)}
        super().__init__(theme, _("Census calibration"), note=n, parent=parent)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(SmallDiagram(theme, result, self), 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        texts = QVBoxLayout()
        texts.setSpacing(6)
        texts.addStretch(1)
        texts.addWidget(Label(theme, result.verdict, weight=600, wrap=True, parent=self))
        texts.addWidget(Label(theme, _brier_words(result), role="small", ink="muted", wrap=True, parent=self))
        open_button = Button(theme, _("Open"), small=True, name=_("Open Calibration"), parent=self)
        open_button.setObjectName("openCalibration")
        open_button.clicked.connect(self.open_wanted)
        texts.addWidget(open_button, 0, Qt.AlignmentFlag.AlignLeft)
        texts.addStretch(1)
        row.addLayout(texts, 1)
        self.body.addLayout(row)


def _brier_words(result: CalibrationResult) -> str:
    """ "Brier 0.194 on the 0–1 scale, 95 % 0.165–0.225"."""
    words = _("Brier %(score)s on the 0–1 scale") % {"score": fmt_number(result.brier.value, 3)}
    low, high = result.brier.low, result.brier.high
    if low is None or high is None:
        return words
    interval = {"level": fmt_percent(result.level), "interval": fmt_interval(low, high, digits=3)}
    return words + ", " + _("%(level)s %(interval)s") % interval
