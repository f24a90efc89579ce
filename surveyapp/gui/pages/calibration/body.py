"""The cards of a calibration pair: key, diagram, verdict, numbers, brackets."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_percent
from surveyapp.figures.build import figure_for
from surveyapp.gui.pages.calibration.bracket_table import BracketTable
from surveyapp.gui.pages.calibration.key_editor import KeyEditor
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.card import Card, StatCard
from surveyapp.gui.widgets.fading import Fading
from surveyapp.gui.widgets.figure_view import MARGIN, FigureView
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.services.codebook.answer_key import Pair
from surveyapp.stats.calibration.gap import gap_words
from surveyapp.stats.estimate import Estimate, NotComputed
from surveyapp.stats.result import CalibrationResult

_TWO_COLUMNS = 800


class DiagramView(FigureView):
    """Up and Down walk the brackets too: they stand in one row of credences."""

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        twin = {Qt.Key.Key_Up: Qt.Key.Key_Left, Qt.Key.Key_Down: Qt.Key.Key_Right}.get(Qt.Key(event.key()))
        if twin is not None:
            event = QKeyEvent(event.type(), twin, event.modifiers())
        super().keyPressEvent(event)


class CalibrationBody(QWidget):
    """`bracket_selected` carries the key of a bracket, from diagram or table: the two always agree."""

    bracket_selected = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.selected = ""
        self.setObjectName("calibrationBody")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = PaperArea(self, "calibrationCards", spacing=14)
        inner, column = self.area.paper, self.area.rows
        self.key = KeyEditor(theme, inner)
        column.addWidget(self.key)
        self.sentence = self._sentence_card(inner)
        column.addWidget(self.sentence)
        self.results = QWidget(inner)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.results)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        self._columns.addWidget(self._diagram_card(), 11)
        self._columns.addWidget(self._side(), 10)
        column.addWidget(self.results)
        column.addStretch(1)
        self.fading = Fading(self.results)
        outer.addWidget(self.area)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _sentence_card(self, parent: QWidget) -> Card:
        card = Card(self._theme, parent=parent)
        self._sentence = Label(self._theme, role="section", wrap=True, parent=card)
        self._sentence.setObjectName("calibrationSentence")
        card.add(self._sentence)
        card.hide()
        return card

    def _diagram_card(self) -> Card:
        theme = self._theme
        card = Card(theme, _("Reliability diagram"), note=" ", parent=self.results)
        self.diagram_note = card.note
        self.view = DiagramView(theme.tokens, card)
        self.view.mark_selected.connect(self._on_view_mark_selected)
        card.body.setContentsMargins(18 - MARGIN, 0, 18 - MARGIN, 14)
        card.add(self.view)
        self.caption = Label(theme, role="small", ink="muted", wrap=True, parent=card)
        self.caption.setObjectName("baseLine")
        self.caption.setContentsMargins(MARGIN, 8, MARGIN, 0)
        card.add(self.caption)
        card.body.addStretch(1)
        return card

    def _side(self) -> QWidget:
        theme = self._theme
        side = QWidget(self.results)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(13)
        verdict = Card(theme, parent=side)
        self.verdict = Label(theme, role="verdict", wrap=True, parent=verdict)
        self.verdict.setObjectName("verdict")
        self.caveat = Label(theme, ink="text-2", wrap=True, parent=verdict)
        verdict.add(self.verdict)
        verdict.body.addSpacing(4)
        verdict.add(self.caveat)
        self.shares, self.scores = StatCard(theme, side), StatCard(theme, side)
        brackets = Card(theme, _("By bracket"), note=" ", edge_to_edge=True, parent=side)
        brackets.body.setContentsMargins(1, 0, 1, 8)
        tick = QWidget(brackets)
        tick.setFixedSize(2, theme.px(12))
        tick.setObjectName("saidTick")
        self._tick = tick
        brackets.note.setText(_("what they said"))
        brackets.head.insertWidget(brackets.head.count() - 1, tick, 0, Qt.AlignmentFlag.AlignVCenter)
        brackets.head.setSpacing(6)
        brackets.head.setContentsMargins(11, 14, 14, 6)
        self.table = BracketTable(theme, brackets)
        self.table.bracket_chosen.connect(self._on_table_bracket_chosen)
        brackets.add(self.table)
        self.picked = Label(theme, wrap=True, rich=True, parent=brackets)
        self.picked.setObjectName("pickedBracket")
        self.picked.setContentsMargins(16, 10, 16, 6)
        self.picked.hide()
        brackets.add(self.picked)
        for widget in (verdict, self.shares, self.scores, brackets):
            column.addWidget(widget)
        column.addStretch(1)
        return side

    def show_result(self, pair: Pair, result: CalibrationResult | NotComputed) -> None:
        """Replace the numbers; a pair without a key shows what is missing, with the editor ready."""
        scored = result if isinstance(result, CalibrationResult) else None
        self.key.show_key(pair.estimate, scored)
        self.results.setVisible(scored is not None)
        self.sentence.setVisible(scored is None)
        if scored is None:
            missing = pair.estimate.key is None
            asked = _("No answer key yet. Type the right answer to “%(question)s”.")
            words = asked % {"question": pair.estimate.title} if missing else ""
            self._sentence.setText(words or (result.reason if isinstance(result, NotComputed) else ""))
            return
        self.view.set_builder(lambda width: figure_for(scored, width=width))
        figure = self.view.figure
        self.caption.setText(figure.caption if figure is not None else "")
        level = fmt_percent(scored.level)
        self.diagram_note.setText(_("bars: %(level)s Wilson interval, numbers: people") % {"level": level})
        self.verdict.setText(scored.verdict)
        self.caveat.setText(scored.caveat)
        self.shares.set_stats(*share_stats(scored))
        self.scores.set_stats(*score_stats(scored))
        self.table.show_bins(scored.bins, scored.level)
        self._select(self.selected if self.view.select(self.selected) else "")

    def clear_selection(self) -> None:
        """Let go of the bracket."""
        self._select("")

    def focus_first(self) -> None:
        """The diagram, or the key that is missing."""
        if self.results.isHidden():
            self.key.value.setFocus()
        else:
            self.view.setFocus()

    def _select(self, key: str) -> None:
        self.selected = key
        self.view.select(key)
        self.table.choose_key(key)
        sentence = self.view.sentence() if key else ""
        self.picked.setText(sentence)
        self.picked.setVisible(bool(sentence))

    def _on_view_mark_selected(self, key: str) -> None:
        self._select(key)
        self.bracket_selected.emit(key)

    def _on_table_bracket_chosen(self, key: str) -> None:
        self._select(key)
        self.bracket_selected.emit(key)

    def _on_theme_changed(self) -> None:
        self.view.set_tokens(self._theme.tokens)
        self.view.set_text_scale(self._theme.text_size / 100)
        self._tick.setStyleSheet(f"background: {self._theme.tokens['accent']};")
        self._tick.setFixedSize(2, self._theme.px(12))

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.contentsRect().width() * 100 // self._theme.text_size >= _TWO_COLUMNS
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)


Stat = tuple[str, str, str, str]


def share_stats(result: CalibrationResult) -> tuple[Stat, ...]:
    """Share right, mean confidence, and the gap between them in points."""
    gap, ends = gap_words(result.gap)
    n = fmt_count(result.counted.n)
    return (
        (_("Right"), fmt_percent(result.share_right.value), _ends(result.share_right, 100), _("of %(n)s") % {"n": n}),
        (
            _("Mean confidence"),
            fmt_percent(result.mean_confidence.value),
            _ends(result.mean_confidence, 100),
            _("what they said"),
        ),
        (_("Gap"), gap, ends, _("points said above right")),
    )


def score_stats(result: CalibrationResult) -> tuple[Stat, ...]:
    """Brier score with its scale and reference, and what of it is calibration."""
    reference = _("0–1 scale, %(score)s is always saying %(share)s") % {
        "score": fmt_number(result.brier_reference, 3),
        "share": fmt_percent(result.share_right.value),
    }
    loss = _("of Brier %(brier)s; sharpness gains %(gain)s") % {
        "brier": fmt_number(result.brier.value, 3),
        "gain": fmt_number(result.corp.dsc, 3),
    }
    return (
        (_("Brier score"), fmt_number(result.brier.value, 3), _ends(result.brier, 1, digits=3), reference),
        (_("Calibration loss"), fmt_number(result.corp.mcb, 3), "", loss),
    )


def _ends(estimate: Estimate, scale: float, *, digits: int = 0) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    return fmt_interval(estimate.low * scale, estimate.high * scale, digits=digits)
