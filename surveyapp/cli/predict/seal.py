"""surveyapp predict seal PREDICTION ... --workspace W [--opens-on DATE] [--everybody] [--json]"""

from __future__ import annotations

import argparse
from datetime import datetime

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_workspace, put, put_json, writing
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.sealing import commitment, count_seals, seal
from surveyapp.services.prediction.typed import find_prediction, read_day


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict seal`."""
    parser.add_argument(
        "predictions", nargs="+", metavar="PREDICTION", help=_("their numbers in `list`, or words of their statements")
    )
    add_workspace(parser)
    parser.add_argument("--opens-on", metavar="DATE", help=_("the day until which it stays sealed"))
    parser.add_argument("--everybody", action="store_true", help=_("with the forecasts of everybody, not of you alone"))
    add_json(parser)
    parser.description = _(
        "Seal predictions: the code that is printed can be given to others now; it tells nothing, and when the seal is "
        "opened they can check that the prediction was not changed. It does not show how many others were sealed and "
        "never opened. Until it is opened, a sealed prediction is in no score."
    )
    parser.epilog = _("example: surveyapp predict seal 12 --opens-on 2027-05-01 --workspace mine.survey")


def run(args: argparse.Namespace) -> int:
    """Seal them all as one change, and print what can be given away."""
    with writing(args.workspace) as session:
        found = list(dict.fromkeys(find_prediction(session, name).id for name in args.predictions))
        day = read_day(args.opens_on, session.clock()) if args.opens_on else None
        day = day.date() if isinstance(day, datetime) else day
        seals = seal(session, found, opens_on=day, everybody=args.everybody)
        me = book_of(session).me
        if args.json:
            put_json(
                [
                    {
                        "number": one.prediction_id,
                        "digest": one.digest,
                        "sealed_at": one.sealed_at.isoformat(),
                        "opens_on": one.opens_on.isoformat() if one.opens_on else None,
                    }
                    for one in seals
                ]
            )
        else:
            put(commitment(seals, count_seals(session), name=me.name if me and session.me else ""))
    return 0
