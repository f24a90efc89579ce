"""Which table shows which result."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.reports.result_table.association import matrix_table, options_table, pair_table, screen_table
from surveyapp.reports.result_table.change import (
    answer_changes_table,
    change_table,
    screen_changes_table,
    series_table,
)
from surveyapp.reports.result_table.control import balance_table, control_table
from surveyapp.reports.result_table.cross import cross_result_table
from surveyapp.reports.result_table.forecast import calibration_table, drop_off_table, timeline_table
from surveyapp.reports.result_table.group import groups_table, pair_tables
from surveyapp.reports.result_table.model import marginal_table, regression_table, reliability_table
from surveyapp.reports.result_table.people import (
    answers_calibration_table,
    answers_table,
    board_table,
    crowd_score_table,
    crowd_table,
    ranges_table,
    sites_table,
)
from surveyapp.reports.result_table.prediction_log import log_table, scores_table
from surveyapp.reports.result_table.question import (
    battery_table,
    frequencies_table,
    numbers_table,
    probabilities_table,
    texts_table,
)
from surveyapp.reports.table import Column, Table
from surveyapp.stats.association.result import CorrelationMatrix, OptionAssociations, PairResult, ScreenResult
from surveyapp.stats.calibration.log_result import LogResult
from surveyapp.stats.calibration.people_result import (
    AnswersResult,
    BoardResult,
    CrowdResult,
    RangesResult,
    SitesResult,
)
from surveyapp.stats.drop_off.result import DropOff
from surveyapp.stats.estimate import NotComputed
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
    TextSummary,
    Timeline,
)
from surveyapp.stats.scale.result import ScaleReliability
from surveyapp.stats.table.result import CrossTable
from surveyapp.stats.wave_change.result import AnswerChanges, AnswerSeries, ChangeScreen, WaveChange


def result_table(result: Result, *, largest_first: bool = True) -> Table:
    """The numbers of a result as a table; "not computed" is one row that says why."""
    match result:
        case FrequencyTable() | MultiTable():
            return frequencies_table(result, largest_first)
        case GridTable():
            return battery_table(result)
        case NumericSummary():
            return numbers_table(result)
        case ProbabilitySummary():
            return probabilities_table(result)
        case CalibrationResult():
            return calibration_table(result)
        case LogResult():
            return log_table(result)
        case BoardResult():
            return board_table(result)
        case CrowdResult():
            return crowd_table(result)
        case SitesResult():
            return sites_table(result)
        case RangesResult():
            return ranges_table(result)
        case AnswersResult():
            return answers_table(result)
        case Timeline():
            return timeline_table(result)
        case TextSummary():
            return texts_table(result)
        case GroupComparison():
            return groups_table(result)
        case CrossTable():
            return cross_result_table(result)
        case Regression():
            return regression_table(result)
        case GroupControl():
            return control_table(result)
        case DropOff():
            return drop_off_table(result)
        case ScaleReliability():
            return reliability_table(result)
        case ScreenResult():
            return screen_table(result)
        case CorrelationMatrix():
            return matrix_table(result)
        case PairResult():
            return pair_table(result)
        case OptionAssociations():
            return options_table(result)
        case ChangeScreen():
            return screen_changes_table(result)
        case AnswerChanges():
            return answer_changes_table(result)
        case WaveChange():
            return change_table(result)
        case AnswerSeries():
            return series_table(result)
        case NotComputed():
            return Table(title=result.question, columns=(Column(header=_("Result"), values=[result.reason]),))


def further_tables(result: Result) -> tuple[Table, ...]:
    """What a result says besides: the marginal effects of a regression, how alike two compared groups are, all
    pairs of groups where they were asked for."""
    match result:
        case Regression():
            more = marginal_table(result)
        case GroupControl():
            more = balance_table(result)
        case LogResult():
            more = scores_table(result)
        case CrowdResult():
            more = crowd_score_table(result.score, result.level) if result.score is not None else None
        case AnswersResult():
            more = answers_calibration_table(result)
        case GroupComparison() if result.all_pairs:
            return pair_tables(result)
        case _:
            return ()
    return (more,) if more is not None else ()
