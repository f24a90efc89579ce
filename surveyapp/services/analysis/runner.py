"""Which kind of analysis is computed by what: a new kind is a file with a runner, and a line here."""

from __future__ import annotations

from collections.abc import Callable

from surveyapp.domain.analysis import AnalysisKind
from surveyapp.services.analysis.asked import Asked
from surveyapp.services.analysis.calibration import run_calibration
from surveyapp.services.analysis.change import run_change
from surveyapp.services.analysis.control import run_control
from surveyapp.services.analysis.cross import run_cross
from surveyapp.services.analysis.drop_off import run_drop_off
from surveyapp.services.analysis.groups import run_groups
from surveyapp.services.analysis.log import run_log
from surveyapp.services.analysis.matrix import run_matrix
from surveyapp.services.analysis.pair import run_pair
from surveyapp.services.analysis.people import (
    run_answers,
    run_crowd,
    run_leaderboard,
    run_ranges,
    run_sites,
)
from surveyapp.services.analysis.question import run_grid, run_question
from surveyapp.services.analysis.regression import run_regression
from surveyapp.services.analysis.reliability import run_reliability
from surveyapp.services.analysis.screen import run_screen
from surveyapp.services.analysis.timeline import run_timeline
from surveyapp.stats.result import Result

RUNNERS: dict[AnalysisKind, Callable[[Asked], Result]] = {
    AnalysisKind.QUESTION: run_question,
    AnalysisKind.GRID: run_grid,
    AnalysisKind.CALIBRATION: run_calibration,
    AnalysisKind.TIMELINE: run_timeline,
    AnalysisKind.CROSS: run_cross,
    AnalysisKind.GROUPS: run_groups,
    AnalysisKind.REGRESSION: run_regression,
    AnalysisKind.DROP_OFF: run_drop_off,
    AnalysisKind.CONTROL: run_control,
    AnalysisKind.RELIABILITY: run_reliability,
    AnalysisKind.PAIR: run_pair,
    AnalysisKind.SCREEN: run_screen,
    AnalysisKind.MATRIX: run_matrix,
    AnalysisKind.CHANGE: run_change,
    AnalysisKind.LOG: run_log,
    AnalysisKind.LEADERBOARD: run_leaderboard,
    AnalysisKind.CROWD: run_crowd,
    AnalysisKind.SITES: run_sites,
    AnalysisKind.RANGES: run_ranges,
    AnalysisKind.ANSWERS: run_answers,
}
