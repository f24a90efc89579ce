"""surveyapp predict leaderboard --workspace W [--by peer|brier|log] [--shared] [--min-n N] [--tag TAG ...] [--json]"""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_workspace, put, put_json, reading, say
from surveyapp.cli.predict.among import add_among, among
from surveyapp.cli.text_table import lines_of
from surveyapp.domain.analysis import AnalysisKind
from surveyapp.domain.codec import to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.scope import Scope
from surveyapp.reports.result_table.build import result_table
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.prediction.crowd import site_means
from surveyapp.services.prediction.leaderboard import Board, board
from surveyapp.services.prediction.people_spec import BoardChoice, people_spec
from surveyapp.services.session import Session
from surveyapp.stats.calibration.leaderboard import MIN_N, Measure
from surveyapp.stats.result import Result


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict leaderboard`."""
    add_workspace(parser)
    parser.add_argument(
        "--by", choices=[one.value for one in Measure], default=Measure.PEER.value, help=_("peer without it")
    )
    parser.add_argument("--shared", action="store_true", help=_("only predictions that everybody forecast"))
    parser.add_argument(
        "--min-n", type=int, default=MIN_N, metavar="N", help=_("who forecast fewer bears no rank; 10 without it")
    )
    parser.add_argument("--sites", action="store_true", help=_("everybody's scores as other sites print them"))
    add_among(parser)
    add_json(parser)
    parser.description = _(
        "Who forecasts how well, and how sure the ranks are: the range in which a rank lies if other predictions of "
        "the kind had been asked. The peer score compares each forecast with the others' of the same prediction."
    )
    parser.epilog = _(
        "example: surveyapp predict leaderboard --by brier --shared --tag contest --workspace mine.survey"
    )


def run(args: argparse.Namespace) -> int:
    """Print the table, the best first."""
    if args.min_n < 1:
        raise UserError(_("A rank needs one prediction at least."))
    with reading(args.workspace) as session:
        scope = among(session, args)
        if args.sites:
            return _sites(args, session, scope)
        found = board(session, scope, measure=Measure(args.by), shared=args.shared, min_n=args.min_n)
        choice = BoardChoice(measure=found.measure, shared=args.shared, min_n=args.min_n)
        spec = people_spec(AnalysisKind.LEADERBOARD, scope, choice)
        result = run_analysis(session, spec) if not found.reason else None
    if args.json:
        put_json(_plain(found))
    elif result is None:
        say(found.reason)
        say(found.rules[-1])
    else:
        _put(result)
    return 0


def _sites(args: argparse.Namespace, session: Session, scope: Scope) -> int:
    lines = site_means(session, scope)
    if args.json:
        put_json(to_plain(lines))
    elif lines:
        _put(run_analysis(session, people_spec(AnalysisKind.SITES, scope)))
    else:
        say(_("Nobody has a forecast that can be scored yet."))
    return 0


def _put(result: Result) -> None:
    table = result_table(result)
    put("\n".join([*lines_of(table), *table.notes]))


def _plain(found: Board) -> dict[str, object]:
    return {
        "by": found.measure.value,
        "shared": found.shared,
        "min_n": found.min_n,
        "n_forecasts": found.n_forecasts,
        "n_predictions": found.n_predictions,
        "left_out": {why.value: n for why, n in found.left_out.items()},
        "n_own_resolved": found.n_own_resolved,
        "n_sealed": found.n_sealed,
        "reason": found.reason,
        "people": [{"name": line.name, "me": line.me, **to_plain(line.standing)} for line in found.lines],
    }
