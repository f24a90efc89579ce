"""The cards of a scored prediction log: diagram, verdict, "you say / it happens", scores, bins, misses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_p, fmt_percent
from surveyapp.figures.axis import fmt_day
from surveyapp.figures.build import figure_for
from surveyapp.figures.reliability_plot import bin_name
from surveyapp.gui.pages.calibration.body import DiagramView, Stat
from surveyapp.gui.pages.calibration.bracket_table import BracketTable, TableWords
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card, StatCard
from surveyapp.gui.widgets.figure_view import MARGIN
from surveyapp.gui.widgets.label import ElidedLabel, Label, Rule
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.services.prediction.scoring import Miss
from surveyapp.stats.calibration.diagram import CalibrationBin
from surveyapp.stats.calibration.gap import gap_words
from surveyapp.stats.calibration.log_result import LogResult
from surveyapp.stats.estimate import Estimate

_TWO_COLUMNS, _WIDE = 820, 1000
SHOWN_MISSES = 3


class LogBody(QWidget):
    """`bin_selected` carries the key of a bin from diagram or table: the two always agree. `more_wanted`: the
    predictions of the bin."""

    bin_selected = Signal(str)
    more_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.selected = ""
        self._result: LogResult | None = None
        self.setObjectName("logBody")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = PaperArea(self, "logCards", QBoxLayout(QBoxLayout.Direction.LeftToRight), spacing=16)
        inner, self._columns = self.area.paper, self.area.rows
        self._columns.addWidget(self._diagram_card(inner), 11)
        self._columns.addWidget(self._side(inner), 9)
        outer.addWidget(self.area)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _diagram_card(self, parent: QWidget) -> Card:
        theme = self._theme
        self.diagram = Card(theme, _("Reliability diagram"), note=" ", parent=parent)
        self.view = DiagramView(theme.tokens, self.diagram)
        self.view.mark_selected.connect(self._on_picked)
        self.diagram.body.setContentsMargins(18 - MARGIN, 0, 18 - MARGIN, 14)
        self.diagram.add(self.view)
        self.caption = Label(theme, role="small", ink="muted", wrap=True, parent=self.diagram)
        self.caption.setObjectName("baseLine")
        self.caption.setContentsMargins(MARGIN, 8, MARGIN, 0)
        self.diagram.add(self.caption)
        self.diagram.body.addStretch(1)
        return self.diagram

    def _side(self, parent: QWidget) -> QWidget:
        theme = self._theme
        side = QWidget(parent)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(13)
        self.scores, self.more_scores = StatCard(theme, side), StatCard(theme, side)
        for widget in (self._verdict_card(side), self.scores, self._bin_card(side), self.more_scores):
            column.addWidget(widget)
        column.addStretch(1)
        return side

    def _verdict_card(self, parent: QWidget) -> Card:
        theme = self._theme
        card = Card(theme, parent=parent)
        row = QHBoxLayout()
        self.verdict = Label(theme, role="verdict", wrap=True, parent=card)
        self.verdict.setObjectName("logVerdict")
        self.badge = Label(theme, role="micro", ink="text-2", weight=600, parent=card)
        self.badge.setObjectName("pBadge")
        self.badge.setProperty("badge", "plain")
        self.badge.setContentsMargins(5, 2, 5, 2)
        row.addWidget(self.verdict, 1)
        row.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row)
        self.explanation = Label(theme, ink="text-2", wrap=True, parent=card)
        card.add(self.explanation)
        self.says = QWidget(card)
        self.says.setObjectName("youSay")
        self._says = QGridLayout(self.says)
        self._says.setContentsMargins(0, 10, 0, 0)
        self._says.setVerticalSpacing(5)
        card.add(self.says)
        return card

    def _bin_card(self, parent: QWidget) -> Card:
        theme = self._theme
        card = Card(theme, _("By bin"), note=_("what was said"), edge_to_edge=True, parent=parent)
        card.body.setContentsMargins(1, 0, 1, 8)
        self._tick = QWidget(card)
        card.head.insertWidget(card.head.count() - 1, self._tick, 0, Qt.AlignmentFlag.AlignVCenter)
        card.head.setSpacing(6)
        card.head.setContentsMargins(11, 14, 14, 6)
        words = TableWords(
            name=_("By bin"),
            said=_("Said"),
            came=_("Happened"),
            tip=_("Said %(mean)s on average, %(share)s happened."),
            came_width=72,
            interval_width=86,
            plot_from=480,
        )
        self.table = BracketTable(theme, card, words=words)
        self.table.setObjectName("binTable")
        self.table.bracket_chosen.connect(self._on_picked)
        card.add(self.table)
        self.picked = Label(theme, wrap=True, rich=True, parent=card)
        self.picked.setObjectName("pickedBin")
        self.picked.setContentsMargins(16, 10, 16, 4)
        card.add(self.picked)
        self.misses = QWidget(card)
        self.misses.setObjectName("misses")
        self._misses = QGridLayout(self.misses)
        self._misses.setContentsMargins(16, 0, 16, 4)
        self._misses.setHorizontalSpacing(14)
        self._misses.setVerticalSpacing(4)
        self._misses.setColumnStretch(0, 1)
        card.add(self.misses)
        self.more = Button(theme, "", kind="quiet", small=True, parent=card)
        self.more.setObjectName("moreMisses")
        self.more.clicked.connect(self.more_wanted)
        line = QHBoxLayout()
        line.setContentsMargins(10, 0, 16, 0)
        line.addWidget(self.more)
        line.addStretch(1)
        card.body.addLayout(line)
        self.show_misses(None, ())
        return card

    # What is shown

    def show_result(self, result: LogResult) -> None:
        """Replace the numbers; the bin that was chosen stays chosen if it is still there."""
        self._result = result
        found = result.calibration
        self.view.set_builder(lambda width: figure_for(result, width=width))
        figure = self.view.figure
        self.caption.setText(figure.caption if figure is not None else "")
        level = fmt_percent(result.level)
        drawn_over_time = result.over_time and result.course is not None
        self.diagram.title.setText(_("Over time") if drawn_over_time else _("Reliability diagram"))
        bars = _("bars: %(level)s Wilson interval, numbers: forecasts in the bin") % {"level": level}
        self.diagram.note.setText(_("0 is best") if drawn_over_time else bars)
        self.verdict.setText(found.verdict)
        self.explanation.setText(found.explanation)
        self.explanation.setVisible(bool(found.explanation))
        self.badge.setText(fmt_p(found.judged.p) if found.judged is not None else "")
        self.badge.setVisible(found.judged is not None)
        self._show_says(result)
        self.scores.set_stats(*score_stats(result))
        self.more_scores.set_stats(*more_stats(result))
        self.table.show_bins(found.bins, result.level)
        bin_keys = {str(round(100 * one.low)) for one in found.bins}
        self._select(self.selected if self.selected in bin_keys else "")

    def _show_says(self, result: LogResult) -> None:
        while (item := self._says.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        says = result.calibration.says if result.calibration.judged is not None else ()
        self.says.setVisible(bool(says))
        if not says:
            return
        theme = self._theme
        self._says.addWidget(Rule(tone="grid", parent=self.says), 0, 0, 1, len(says) + 1)
        labels = (_("You say"), _("Happens")) if result.own else (_("Said"), _("Happens"))
        for row, words in enumerate(labels, start=1):
            self._says.addWidget(Label(theme, words, ink="muted", parent=self.says), row, 0)
        for column, (said, came) in enumerate(says, start=1):
            for row, share in enumerate((said, came), start=1):
                label = Label(
                    theme,
                    fmt_number(100 * share, 0),
                    ink="text-2" if row == 1 else "text",
                    weight=400 if row == 1 else 600,
                    parent=self.says,
                )
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
                label.setAccessibleName(f"{labels[row - 1]} {fmt_percent(share)}")
                self._says.addWidget(label, row, column)
            self._says.setColumnStretch(column, 1)

    def chosen_bin(self) -> CalibrationBin | None:
        """The bin that is selected."""
        if self._result is None:
            return None
        bins = self._result.calibration.bins
        return next((one for one in bins if str(round(100 * one.low)) == self.selected), None)

    def show_misses(self, one: CalibrationBin | None, missed: Sequence[Miss]) -> None:
        """The sentence of a bin and the forecasts that came out the other way; None clears it."""
        while (item := self._misses.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.picked.setVisible(one is not None)
        self.misses.setVisible(bool(missed))
        more = len(missed) - SHOWN_MISSES
        self.more.setVisible(more > 0)
        if one is None:
            return
        self.picked.setText(_bin_sentence(one, len(missed)))
        self.more.setText(ngettext("%(n)s more", "%(n)s more", more) % {"n": fmt_count(more)})
        theme = self._theme
        for row, miss in enumerate(missed[:SHOWN_MISSES]):
            words = miss.statement if self._result is None or self._result.own else f"{miss.statement} ({miss.who})"
            share = Label(theme, fmt_percent(miss.probability), role="small", weight=600, parent=self.misses)
            day = Label(theme, fmt_day(miss.known), role="small", ink="muted", parent=self.misses)
            for column, label in enumerate((ElidedLabel(theme, words, role="small", parent=self.misses), share, day)):
                self._misses.addWidget(label, row, column)

    def clear_selection(self) -> None:
        """Let go of the bin."""
        self._select("")
        self.show_misses(None, ())

    def _select(self, key: str) -> None:
        self.selected = key
        if self._result is None or not self._result.over_time:
            self.view.select(key)
        self.table.choose_key(key)

    def _on_picked(self, key: str) -> None:
        if key.startswith("time:"):
            self.bin_selected.emit("")
            return
        self._select(key)
        self.bin_selected.emit(key)

    def _on_theme_changed(self) -> None:
        self.view.set_tokens(self._theme.tokens)
        self.view.set_text_scale(self._theme.text_size / 100)
        self._tick.setStyleSheet(f"background: {self._theme.tokens['accent']};")
        self._tick.setFixedSize(2, self._theme.px(12))

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.contentsRect().width() * 100 // self._theme.text_size
        direction = QBoxLayout.Direction.LeftToRight if room >= _TWO_COLUMNS else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)
        left, right = (11, 9) if room >= _WIDE else (11, 12)
        self._columns.setStretch(0, left)
        self._columns.setStretch(1, right)
        self.diagram.note.setVisible(not _TWO_COLUMNS <= room < _WIDE)


def _bin_sentence(one: CalibrationBin, n_missed: int) -> str:
    values = {
        "bin": bin_name(one),
        "hits": fmt_count(one.hits),
        "n": fmt_count(one.n),
        "expected": fmt_number(one.mean * one.n, 0),
    }
    first = _("<b>%(bin)s:</b> %(hits)s of %(n)s happened; %(expected)s were expected.") % values
    if not n_missed:
        return first
    if one.low + one.high >= 1:
        rest = ngettext("The one that did not:", "The %(n)s that did not:", n_missed)
    else:
        rest = ngettext("The one that did:", "The %(n)s that did:", n_missed)
    return f"{first} {rest % {'n': fmt_count(n_missed)}}"


def score_stats(result: LogResult) -> tuple[Stat, ...]:
    """Brier score with its scale, skill with what it is against, calibration loss."""
    found = result.calibration
    rate = fmt_percent(found.base_rate)
    if found.skill is None:
        skill = (_("Skill"), "–", "", _("everything came out alike"))
    else:
        against = (
            _("against always saying %(rate)s, your base rate")
            if result.own
            else _("against always saying %(rate)s, the base rate")
        )
        skill = (_("Skill"), fmt_number(found.skill, 2), "", against % {"rate": rate})
    loss = _("of Brier %(brier)s; sharpness gains %(gain)s") % {
        "brier": fmt_number(found.brier.value, 3),
        "gain": fmt_number(found.corp.dsc, 3),
    }
    return (
        (
            _("Brier score"),
            fmt_number(found.brier.value, 3),
            _ends(found.brier, 3),
            _("0–1 scale, 0.25 is always saying 50 %"),
        ),
        skill,
        (_("Calibration loss"), fmt_number(found.corp.mcb, 3), "", loss),
    )


def more_stats(result: LogResult) -> tuple[Stat, ...]:
    """Log score with its clip, how sure and how often right, who settled them."""
    found = result.calibration
    clipped = ngettext(
        "%(n)s forecast clipped to 0.1–99.9 %%", "%(n)s forecasts clipped to 0.1–99.9 %%", found.n_clipped
    )
    stats = [
        (
            _("Log score"),
            fmt_number(found.log_score, 3),
            "",
            _("0 best; ") + clipped % {"n": fmt_count(found.n_clipped)},
        )
    ]
    sure = found.confidence
    if sure is not None:
        words = _("points: %(said)s sure, %(right)s right") % {
            "said": fmt_percent(sure.said),
            "right": fmt_percent(sure.right),
        }
        value, ends = gap_words(sure.gap)
        stats.append((_("Overconfidence"), value, ends, words))
    sealed = _("%(n)s sealed and unopened") % {"n": fmt_count(result.n_sealed)}
    if result.n_seals_taken_back:
        sealed = _("%(sealed)s, %(n)s taken back") % {"sealed": sealed, "n": fmt_count(result.n_seals_taken_back)}
    stats.append((_("Self-resolved"), fmt_count(result.n_own_resolved), "", sealed))
    return tuple(stats)


def _ends(estimate: Estimate, digits: int) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    return fmt_interval(estimate.low, estimate.high, digits=digits)
