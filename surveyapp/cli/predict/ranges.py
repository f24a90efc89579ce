"""surveyapp predict ranges --workspace W [--people NAME ... --tag TAG ...] [--json]"""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_workspace, put, put_json, reading, say
from surveyapp.cli.predict.among import add_among, among
from surveyapp.cli.text_table import lines_of
from surveyapp.domain.analysis import AnalysisKind
from surveyapp.domain.codec import to_plain
from surveyapp.reports.result_table.build import result_table
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.prediction.counted import counted_ranges
from surveyapp.services.prediction.interval_score import IntervalScore, interval_score
from surveyapp.services.prediction.people_spec import people_spec
from surveyapp.stats.calibration.people_result import RangesResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict ranges`."""
    add_workspace(parser)
    add_among(parser)
    add_json(parser)
    parser.description = _(
        "How well ranges of numbers and dates hold: how often the truth lay between two quantiles that are symmetric "
        "about the middle, and Winkler's score (width, plus what the truth lay outside, 0 is best)."
    )
    parser.epilog = _("example: surveyapp predict ranges --workspace mine.survey")


def run(args: argparse.Namespace) -> int:
    """Print a line for each level."""
    with reading(args.workspace) as session:
        scope = among(session, args)
        found = interval_score(session, scope)
        result = run_analysis(session, people_spec(AnalysisKind.RANGES, scope)) if not found.reason else None
    if args.json:
        put_json(_plain(found))
    elif result is None:
        say(found.reason)
        if found.n_predictions:
            say(counted_ranges(found))
    else:
        assert isinstance(result, RangesResult)
        put("\n".join(_told(result)))
    return 0


def _told(result: RangesResult) -> list[str]:
    table = result_table(result)
    return [result.sentence, *lines_of(table), *table.notes]


def _plain(found: IntervalScore) -> dict[str, object]:
    return {
        "levels": to_plain(found.levels),
        "parts": [to_plain(part) for part in found.parts],
        "n_forecasts": found.n_forecasts,
        "n_numbers": found.n_numbers,
        "n_dates": found.n_dates,
        "n_without": found.n_without,
        "n_predictions": found.n_predictions,
        "n_own_resolved": found.n_own_resolved,
        "n_sealed": found.n_sealed,
        "left_out": {why.value: n for why, n in found.left_out.items()},
        "reason": found.reason,
    }
