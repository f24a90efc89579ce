"""Calibration in one small square and one sentence: one's own, or that of the census."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_percent
from surveyapp.figures.figure import Figure
from surveyapp.figures.prediction_log import counts_line
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.figure_painter import paint
from surveyapp.gui.widgets.label import Label
from surveyapp.stats.calibration.log_result import LogResult
from surveyapp.stats.estimate import Estimate
from surveyapp.stats.result import CalibrationResult

_SIDE = 126.0
_SURE = 0.9


class SmallDiagram(QWidget):
    """The reliability diagram without words; what it says is its accessible description."""

    def __init__(self, theme: Theme, figure: Figure, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._figure = theme, figure
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
    """Verdict, what it means, Brier score with its scale, and the way to the page."""

    open_wanted = Signal()

    def __init__(self, theme: Theme, result: CalibrationResult | LogResult, parent: QWidget) -> None:
        title, n, verdict, meaning, brier = _told(result)
        super().__init__(theme, title, note=_("n %(n)s") % {"n": fmt_count(n)}, parent=parent)
        row = QHBoxLayout()
        row.setSpacing(18)
        diagram = SmallDiagram(theme, _small(result), self)
        row.addWidget(diagram, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        texts = QVBoxLayout()
        texts.setSpacing(6)
        texts.addStretch(1)
        texts.addWidget(Label(theme, verdict, weight=600, wrap=True, parent=self))
        if meaning:
            texts.addWidget(Label(theme, meaning, wrap=True, parent=self))
        words = _brier_words(brier, result.level)
        texts.addWidget(Label(theme, words, role="small", ink="muted", wrap=True, parent=self))
        if isinstance(result, LogResult):
            texts.addWidget(Label(theme, counts_line(result), role="small", ink="muted", wrap=True, parent=self))
        open_button = Button(theme, _("Open"), small=True, name=_("Open Calibration"), parent=self)
        open_button.setObjectName("openCalibration")
        open_button.clicked.connect(self.open_wanted)
        texts.addWidget(open_button, 0, Qt.AlignmentFlag.AlignLeft)
        texts.addStretch(1)
        row.addLayout(texts, 1)
        self.body.addLayout(row)


def _told(result: CalibrationResult | LogResult) -> tuple[str, int, str, str, Estimate]:
    """Title, n, verdict, what it means in a sentence ("" for none), Brier score."""
    if isinstance(result, CalibrationResult):
        return _("Census calibration"), result.counted.n, result.verdict, "", result.brier
    found = result.calibration
    came = next((share for said, share in found.says if said == _SURE), None)
    rejected = found.cox is not None and found.cox.p < 1 - found.level
    meaning = ""
    if came is not None and rejected:
        values = {"said": fmt_percent(_SURE), "came": fmt_percent(came)}
        meaning = _("When you say %(said)s, it happens about %(came)s of the time.") % values
    return _("Your calibration"), found.n, found.verdict, meaning, found.brier


def _small(result: CalibrationResult | LogResult) -> Figure:
    if isinstance(result, CalibrationResult):
        from surveyapp.figures.reliability import build_small as census

        return census(result, width=_SIDE)
    from surveyapp.figures.prediction_log import build_small as log

    return log(result, width=_SIDE)


def _brier_words(brier: Estimate, level: float) -> str:
    """ "Brier 0.194 on the 0–1 scale, 95 % 0.165–0.225"."""
    words = _("Brier %(score)s on the 0–1 scale") % {"score": fmt_number(brier.value, 3)}
    if brier.low is None or brier.high is None:
        return words
    interval = {"level": fmt_percent(level), "interval": fmt_interval(brier.low, brier.high, digits=3)}
    return words + ", " + _("%(level)s %(interval)s") % interval
