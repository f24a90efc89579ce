"""The parts of the tab Regression: wells, the finding, forest plot or table, marginal effects, what to know before."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.figures.build import figure_for
from surveyapp.gui.models.frame_model import Column
from surveyapp.gui.pages.correlations.regression.explain import diagnostic_lines
from surveyapp.gui.pages.correlations.regression.wells import RegressionWells
from surveyapp.gui.pages.explore.result_card import frame_columns
from surveyapp.gui.soon import soon_if_there
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.fading import Fading
from surveyapp.gui.widgets.figure_table import FigureTable, fit_rows
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.reports.result_table.model import marginal_note, marginal_table, marginal_title
from surveyapp.services.result_text import TextTable, text_of, text_table
from surveyapp.stats.regression.result import Regression

_MOST_ROWS = 16


class RegressionBody(QWidget):
    """`show_model` and `show_words` say what stands there."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model: Regression | None = None
        self._checks = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.area = PaperArea(self, "regressionArea")
        inner, rows = self.area.paper, self.area.rows
        self.wells = RegressionWells(theme, inner)
        rows.addWidget(self.wells)
        rows.addWidget(self._make_finding(inner))
        rows.addWidget(self._make_checks(inner))
        rows.addWidget(self._make_marginal(inner))
        rows.addStretch(1)
        self.fading = Fading(inner)
        column.addWidget(self.area)
        theme.changed.connect(self._fit)
        self.show_words("")

    def _make_finding(self, parent: QWidget) -> Card:
        theme = self._theme
        card = Card(theme, parent=parent)
        card.setObjectName("regressionCard")
        self.finding = Label(theme, role="card", wrap=True, parent=card)
        self.finding.setObjectName("finding")
        self.people = Label(theme, role="small", ink="text-2", wrap=True, parent=card)
        self.people.setObjectName("regressionPeople")
        self.refused = Label(theme, role="small", ink="warn", wrap=True, parent=card)
        self.refused.setObjectName("notEstimated")
        self.rows = FigureTable(theme, card, name=_("Coefficients"), most_rows=_MOST_ROWS)
        self.view, self.table = self.rows.view, self.rows.table
        self.view.setObjectName("regressionFigure")
        self.table.setObjectName("regressionTable")
        self.caption = Label(theme, role="small", ink="muted", wrap=True, parent=card)
        self.caption.setObjectName("baseLine")
        self.checks_button = Button(theme, _("Check the model"), icon="shield-check", small=True, key="D", parent=card)
        self.checks_button.setObjectName("checkModel")
        for label, above in ((self.people, 4), (self.refused, 4), (self.caption, 8)):
            label.setContentsMargins(0, above, 0, 8)
        for widget in (self.finding, self.people, self.refused, self.rows, self.caption):
            card.add(widget)
        card.body.addWidget(self.checks_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _make_checks(self, parent: QWidget) -> Card:
        self.checks_card = Card(self._theme, _("Before you believe it"), parent=parent)
        self.checks_card.setObjectName("checksCard")
        self.checks = Label(self._theme, ink="text-2", wrap=True, parent=self.checks_card)
        self.checks.setObjectName("checks")
        self.checks.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.checks_card.add(self.checks)
        return self.checks_card

    def _make_marginal(self, parent: QWidget) -> Card:
        theme = self._theme
        self.marginal_card = Card(theme, _("Average marginal effects"), edge_to_edge=True, parent=parent)
        self.marginal_card.setObjectName("marginalCard")
        self.marginal = FrameTable(theme, name=_("Average marginal effects"), parent=self.marginal_card)
        self.marginal.setObjectName("marginalTable")
        self.marginal_words = Label(theme, role="small", ink="muted", wrap=True, parent=self.marginal_card)
        self.marginal_words.setContentsMargins(18, 8, 18, 10)
        self.marginal_card.add(self.marginal)
        self.marginal_card.add(self.marginal_words)
        return self.marginal_card

    # What the tab calls

    def show_model(self, model: Regression, key: str, *, small_limit: int) -> None:
        """Replace what is shown; the row of that key stays selected."""
        self._model = model
        self.finding.setText(model.sentence)
        self._say(self.people, " ".join((model.missing_rule, *model.notes)))
        self._say(self.refused, "\n".join(one.reason for one in model.not_estimated))
        data = text_table(model)
        columns = _columns(data, small_limit)
        self.rows.show_result(lambda width: figure_for(model, width=width), columns, data.keys, key=key)
        self._say(self.caption, self.rows.caption)
        effects = marginal_table(model)
        if effects is not None:
            text = text_of(effects)
            self.marginal_card.title.setText(marginal_title(model))
            self.marginal_words.setText(marginal_note())
            self.marginal.set_frame(_columns(text, 0), text.n_rows)
            self.marginal.setCurrentIndex(QModelIndex())
        self.checks.setText("\n".join(f"•  {line}" for line in diagnostic_lines(model)))
        self._show_parts()

    def show_words(self, words: str) -> None:
        """Instead of a model: what is missing, or why there is none."""
        self._model = None
        self.rows.clear()
        self.finding.setText(words)
        for label in (self.people, self.refused, self.caption):
            self._say(label, "")
        self._show_parts()

    def arrange(self, *, as_table: bool, checks: bool) -> None:
        """The numbers instead of the plot, and what to know before one believes it, as in an earlier visit."""
        self._checks = checks
        self.rows.show_as_table(as_table)
        self._show_parts()

    def toggle_table(self) -> bool:
        """T: the forest plot, or its numbers; whether it is these now."""
        self.rows.show_as_table(not self.rows.as_table)
        self.focus_first()
        return self.rows.as_table

    def toggle_checks(self) -> bool:
        """D: what to know before one believes it; whether it stands there now."""
        self._checks = not self._checks
        self._show_parts()
        if self._checks and self._model is not None:
            soon_if_there(self, lambda: self.area.ensureWidgetVisible(self.checks_card))  # once it has its place
        return self._checks

    def focus_first(self) -> None:
        """The figure or table, or the well that waits for a question."""
        if self._model is not None:
            self.rows.focus_shown()
        elif self.wells.has_outcome:
            self.wells.add.setFocus()
        else:
            self.wells.outcome.setFocus()

    def _show_parts(self) -> None:
        computed = self._model is not None
        self.checks_button.setVisible(computed)
        self.checks_button.setText(_("Hide the checks") if self._checks else _("Check the model"))
        self.checks_button.updateGeometry()
        self.checks_card.setVisible(computed and self._checks)
        self.marginal_card.setVisible(self._model is not None and bool(self._model.marginal))
        self._fit()

    def _fit(self) -> None:
        fit_rows(self._theme, self.marginal, _MOST_ROWS)

    def _say(self, label: Label, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))


def _columns(data: TextTable, small_limit: int) -> list[Column]:
    """Wide enough for an interval with signs and for the names of what is counted; words share what is left."""
    return [
        replace(column, width=max(column.width, 136) if len(column.title) > 8 else column.width, stretch=place < 2)
        for place, column in enumerate(frame_columns(data, small_limit))
    ]
