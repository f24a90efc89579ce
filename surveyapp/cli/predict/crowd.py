"""surveyapp predict crowd [PREDICTION] --workspace W [--at DATE] [--tag TAG ...] [--json]"""

from __future__ import annotations

import argparse
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_workspace, put, put_json, reading, say
from surveyapp.cli.predict.among import add_among, among
from surveyapp.cli.text_table import lines_of
from surveyapp.domain.codec import to_plain
from surveyapp.reports.result_table.build import further_tables
from surveyapp.reports.result_table.people import crowd_table
from surveyapp.services.analysis.people import crowd_result
from surveyapp.services.prediction.crowd import (
    CrowdLine,
    crowd_lines,
    crowd_score,
    other_sites,
)
from surveyapp.services.prediction.scope_text import limit_words
from surveyapp.services.prediction.sites_table import prediction_sites_table
from surveyapp.services.prediction.typed import find_prediction, read_moment


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict crowd`."""
    parser.add_argument(
        "prediction", nargs="?", metavar="PREDICTION", help=_("one by its number or words: each person's scores too")
    )
    add_workspace(parser)
    parser.add_argument("--at", metavar="DATE", help=_("what people said up to that day; now without it"))
    add_among(parser)
    add_json(parser)
    parser.description = _(
        "What all people say together of each prediction: the geometric mean of odds, the mean and the median; and how "
        "good each of them was over those that came out. Of one prediction: everybody's scores as other sites print "
        "them (Metaculus' baseline and peer score, Fatebook's Brier score of 0 to 2 and its relative Brier score)."
    )
    parser.epilog = _("example: surveyapp predict crowd --tag contest --workspace mine.survey")


def run(args: argparse.Namespace) -> int:
    """Print the crowd."""
    with reading(args.workspace) as session:
        scope = among(session, args)
        one = find_prediction(session, args.prediction) if args.prediction else None
        at = read_moment(args.at, session.clock()) if args.at else None
        lines = crowd_lines(session, scope, at=at, prediction_id=one.id if one else None)
        score = crowd_score(session, scope) if one is None else None
        sites = other_sites(session, one.id) if one is not None else []
    if args.json:
        plain = [_plain(line) for line in lines]
        put_json({"crowd": plain, "score": to_plain(score) if score else None, "sites": to_plain(sites)})
    elif not lines:
        say(_("Nobody has a forecast of it yet.") if one else _("There is no forecast with a probability yet."))
    else:
        result = crowd_result(lines, score, notes=(limit_words(scope),))
        tables = [crowd_table(result), *further_tables(result), *([prediction_sites_table(sites)] if sites else [])]
        told = [words for table in tables for words in ("", *lines_of(table), *table.notes)][1:]
        put("\n".join(told))
    return 0


def _plain(line: CrowdLine) -> dict[str, Any]:
    return {
        "number": line.prediction.id,
        "statement": line.prediction.statement,
        "option": None if line.option is None else line.prediction.options[line.option],
        "n": line.n,
        "odds_mean": line.odds_mean,
        "mean": line.mean,
        "median": line.median,
        "outcome": line.outcome,
    }
