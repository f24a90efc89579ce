"""surveyapp predict score --workspace W [--people NAME ... --tag TAG --rule RULE --fold ...] [--json]"""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_workspace, put, put_json, reading, say
from surveyapp.cli.predict.scope import add_scope, scope_of_arguments
from surveyapp.cli.text_table import aligned, lines_of
from surveyapp.domain.codec import to_plain
from surveyapp.reports.result_table.build import result_table
from surveyapp.reports.result_table.prediction_log import score_rows
from surveyapp.services.prediction.scoring import LogScore, score
from surveyapp.services.prediction.sealing import caution
from surveyapp.stats.calibration.log_result import LogResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict score`."""
    add_workspace(parser)
    add_scope(parser)
    add_json(parser)
    parser.description = _(
        "Score the forecasts of what came out: calibration with a verdict that says what the evidence supports, Brier "
        "and log score, and what is in no score and why."
    )
    parser.epilog = _("example: surveyapp predict score --tag home --since 2026-01-01 --workspace mine.survey")


def run(args: argparse.Namespace) -> int:
    """Print the score; the reason on standard error where there is none."""
    with reading(args.workspace) as session:
        found = score(session, scope_of_arguments(session, args), level=args.level)
    if args.json:
        put_json(_plain(found))
    elif found.result is None:
        say(found.reason)
        if found.selection.n_predictions:
            say(found.sentence)
    else:
        put("\n".join([_bins(found.result), *_scores(found.result)]))
    if found.selection.n_sealed or found.selection.n_seals_taken_back:
        say(caution())
    return 0


def _bins(result: LogResult) -> str:
    table = result_table(result)
    return "\n".join([table.title, *lines_of(table), *table.notes])


def _scores(result: LogResult) -> list[str]:
    """Every score with what it is, which a column of a table would cut."""
    names, values, words = map(list, zip(*score_rows(result), strict=True))
    return ["", *aligned([names, values, words], [False, False, False])]


def _plain(found: LogScore) -> dict[str, object]:
    scored = found.selection
    return {
        "scope": to_plain(found.scope),
        "reason": found.reason,
        "sentence": found.sentence,
        "n_predictions": scored.n_predictions,
        "left_out": {why.value: n for why, n in scored.left_out.items()},
        "n_own_resolved": scored.n_own_resolved,
        "n_sealed": scored.n_sealed,
        "n_seals_taken_back": scored.n_seals_taken_back,
        "result": to_plain(found.result) if found.result is not None else None,
    }
