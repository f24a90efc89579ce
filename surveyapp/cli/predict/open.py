"""surveyapp predict open PREDICTION ... --workspace W [--early] [--json]"""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_workspace, put, put_json, writing
from surveyapp.services.prediction.sealing import open_seals, opened_text
from surveyapp.services.prediction.typed import find_prediction


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict open`."""
    parser.add_argument(
        "predictions", nargs="+", metavar="PREDICTION", help=_("their numbers in `list`, or words of their statements")
    )
    add_workspace(parser)
    parser.add_argument("--early", action="store_true", help=_("before the day on which it was to be opened"))
    add_json(parser)
    parser.description = _(
        "Open sealed predictions: print the message and the nonce with which anybody can check the code they were "
        "given."
    )
    parser.epilog = _("example: surveyapp predict open 12 --workspace mine.survey")


def run(args: argparse.Namespace) -> int:
    """Open them all, or none."""
    with writing(args.workspace) as session:
        found = list(dict.fromkeys(find_prediction(session, name).id for name in args.predictions))
        seals = open_seals(session, found, early=args.early)
        if args.json:
            put_json(
                [
                    {"number": one.prediction_id, "digest": one.digest, "nonce": one.nonce, "message": one.message}
                    for one in seals
                ]
            )
        else:
            put(opened_text(session, seals))
    return 0
