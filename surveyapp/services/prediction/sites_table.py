"""Everybody's forecast of one prediction as other sites score it, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _
from surveyapp.reports.result_table.people import number_column, over_time_note, share_column, text_column
from surveyapp.reports.table import Table
from surveyapp.services.prediction.crowd import OtherScores


def prediction_sites_table(sites: Sequence[OtherScores]) -> Table:
    """Everybody's forecast of one prediction as other sites score it, with whose formula it is."""
    return Table(
        title=_("Scores of other sites"),
        columns=(
            text_column(_("Person"), [one.name for one in sites]),
            share_column(_("Forecast"), [one.probability for one in sites]),
            number_column(_("Brier"), [one.brier for one in sites]),
            number_column(_("Baseline"), [one.baseline for one in sites]),
            number_column(_("Peer"), [one.peer for one in sites]),
            number_column(_("Baseline, time"), [one.baseline_time for one in sites]),
            number_column(_("Peer, time"), [one.peer_time for one in sites]),
            share_column(_("Coverage"), [one.coverage for one in sites]),
            number_column(_("Brier 0–2"), [one.fatebook for one in sites]),
            number_column(_("relative"), [one.fatebook_relative for one in sites]),
            number_column(_("by days"), [one.fatebook_days for one in sites]),
            number_column(_("by days, relative"), [one.fatebook_days_relative for one in sites]),
        ),
        notes=(
            _("Baseline and peer: Metaculus' spot scores, of the last forecast before the date; higher is better."),
            over_time_note(),
            _("Brier 0–2 and on: Fatebook's, lower is better; relative: less the median; by days: its averages."),
        ),
    )
