"""Which figure shows which result."""

from __future__ import annotations

from surveyapp.figures import (
    bar,
    control,
    cross,
    drop_off,
    dumbbell,
    forest,
    group,
    group_box,
    histogram,
    likert,
    matrix,
    pair,
    people,
    prediction_log,
    reliability,
    scale,
    screen,
    slope,
    timeline,
)
from surveyapp.figures.figure import Figure
from surveyapp.figures.option import FigureOptions
from surveyapp.stats.association.result import CorrelationMatrix, OptionAssociations, PairResult, ScreenResult
from surveyapp.stats.calibration.log_result import LogResult
from surveyapp.stats.calibration.people_result import AnswersResult, BoardResult, CrowdResult, RangesResult
from surveyapp.stats.drop_off.result import DropOff
from surveyapp.stats.group.result import GroupComparison
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.regression.result import Regression
from surveyapp.stats.result import (
    CalibrationResult,
    FrequencyTable,
    GridTable,
    MultiTable,
    NumericSummary,
    ProbabilitySummary,
    Result,
    Timeline,
)
from surveyapp.stats.scale.result import ScaleReliability
from surveyapp.stats.table.result import CrossTable
from surveyapp.stats.wave_change.result import AnswerChanges, AnswerSeries, ChangeScreen, WaveChange

NARROWEST, WIDEST = 240.0, 960.0


def figure_for(result: Result, *, width: float, options: FigureOptions | None = None) -> Figure | None:
    """The figure of a result, or None where a sentence or a number says it all (texts, "not computed").

    `width` is in figure units and kept within 240 to 960.
    """
    width = min(max(width, NARROWEST), WIDEST)
    match result:
        case FrequencyTable() | MultiTable():
            return bar.build(result, width=width, options=options) if result.rows else None
        case GridTable():
            return likert.build(result, width=width, options=options) if result.items else None
        case NumericSummary() | ProbabilitySummary():
            return histogram.build(result, width=width, options=options) if result.histogram.counts else None
        case CalibrationResult():
            return reliability.build(result, width=width, options=options)
        case LogResult():
            return prediction_log.build(result, width=width, options=options)
        case BoardResult():
            return people.build_board(result, width=width, options=options)
        case CrowdResult():
            return people.build_crowd(result, width=width, options=options)
        case RangesResult():
            return people.build_ranges(result, width=width, options=options)
        case AnswersResult():
            return people.build_answers(result, width=width, options=options)
        case Timeline():
            return timeline.build(result, width=width, options=options)
        case GroupComparison(picture="boxes"):
            return group_box.build(result, width=width, options=options)
        case GroupComparison():
            return group.build(result, width=width, options=options)
        case GroupControl():
            return control.build(result, width=width, options=options)
        case CrossTable():
            return cross.build(result, width=width, options=options)
        case DropOff():
            return drop_off.build(result, width=width, options=options)
        case Regression():
            return forest.build(result, width=width, options=options) if result.coefficients else None
        case ScaleReliability():
            return scale.build(result, width=width, options=options) if result.items else None
        case ScreenResult():
            return screen.build(result, width=width, options=options) if result.n_tested else None
        case OptionAssociations():
            return screen.build_options(result, width=width, options=options) if result.rows else None
        case CorrelationMatrix():
            return matrix.build(result, width=width, options=options)
        case PairResult():
            return pair.build(result, width=width, options=options) if result.picture is not None else None
        case ChangeScreen() | AnswerChanges() | WaveChange():
            return dumbbell.build(result, width=width, options=options)
        case AnswerSeries():
            return slope.build(result, width=width, options=options)
        case _:
            return None
