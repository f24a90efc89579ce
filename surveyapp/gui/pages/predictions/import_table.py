"""The predictions of a file as a table: what would be stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.prediction import Outcome
from surveyapp.gui.models.frame_model import Cell, Column
from surveyapp.gui.pages.predictions.import_job import value_words
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.frame_table import FrameTable

if TYPE_CHECKING:
    from surveyapp.gui.pages.predictions.import_job import ReadLog, Said
    from surveyapp.importers.prediction.plan import PlannedPrediction


class ImportTable(FrameTable):
    """A row per prediction, in the order of the file."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, name=_("Predictions in the file"), two_lines=True, parent=parent)
        self.setObjectName("importTable")
        self._predictions: tuple[PlannedPrediction, ...] = ()
        self._said: tuple[Said, ...] = ()

    def show_log(self, log: ReadLog) -> None:
        """Show what was read; the forecasts in the table are those of "me", else of whoever came last."""
        self._predictions, self._said = log.plan.predictions, log.said
        own = _("Your last") if log.plan.me is not None else _("Last")
        self.set_frame(self._columns(own), len(self._predictions))

    def _columns(self, own: str) -> list[Column]:
        return [
            Column(
                title=_("Prediction"),
                cell=self._statement,
                keys=lambda: np.array([one.prediction.statement.casefold() for one in self._predictions], dtype=object),
                width=150,
                stretch=True,
            ),
            Column(
                title=_("Forecasts"),
                cell=lambda row: Cell(text=fmt_count(self._said[row].n)),
                keys=lambda: np.array([-one.n for one in self._said]),
                width=72,
                align="right",
            ),
            Column(title=own, cell=self._last, width=132, align="right"),
            Column(
                title=_("Deadline"),
                cell=lambda row: Cell(text=self._due(row), ink="text-2"),
                keys=lambda: np.array([self._due(row) for row in range(len(self._predictions))], dtype=object),
                width=92,
            ),
            Column(title=_("Came out"), cell=self._outcome, width=96),
        ]

    def _statement(self, row: int) -> Cell:
        one = self._predictions[row].prediction
        words = " ".join(one.statement.split())
        return Cell(text=words, second=", ".join(f"#{tag}" for tag in one.tags), tip=words)

    def _last(self, row: int) -> Cell:
        words = self._said[row].last
        return Cell(text=words, tip=words)

    def _due(self, row: int) -> str:
        due = self._predictions[row].prediction.due
        return "" if due is None else due.isoformat()[:10]

    def _outcome(self, row: int) -> Cell:
        planned = self._predictions[row]
        if not planned.resolutions:
            return Cell(text=_("open"), ink="muted")
        if len(planned.resolutions) > 1:
            return Cell(text=_("%(n)s answers") % {"n": fmt_count(len(planned.resolutions))})
        one = planned.resolutions[0]
        words = {
            Outcome.YES: _("yes"),
            Outcome.NO: _("no"),
            Outcome.AMBIGUOUS: _("ambiguous"),
            Outcome.VOID: _("void"),
            Outcome.SHARE: _("at a share"),
            Outcome.OPEN: _("open"),
        }.get(one.outcome, "")
        if one.outcome is Outcome.OPTION and one.option is not None:
            words = planned.prediction.options[one.option]
        elif one.outcome is Outcome.VALUE and one.value is not None:
            words = value_words(one.value, planned.prediction.kind)
        unsettled = one.outcome in (Outcome.AMBIGUOUS, Outcome.VOID, Outcome.SHARE)
        return Cell(text=words, ink="text-2" if unsettled else "text", tip=one.reason)
