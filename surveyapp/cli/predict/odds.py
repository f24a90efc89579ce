"""surveyapp predict odds PROBABILITY [--json]"""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, put, put_json
from surveyapp.services.prediction.odds import odds_words
from surveyapp.services.prediction.typed import read_share
from surveyapp.services.prediction.words import fine_percent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict odds`."""
    parser.add_argument("probability", metavar="P", help=_('80%%, 0.8, 4:1, "1 in 20"'))
    add_json(parser)
    parser.description = _("Say what a probability means as a bet that one would take from either side.")
    parser.epilog = _("example: surveyapp predict odds 80%")


def run(args: argparse.Namespace) -> int:
    """Print the odds, and the bet in words."""
    share = read_share(args.probability)
    words = odds_words(share)
    if args.json:
        put_json({"probability": share, "odds": words.odds, "one": words.one, "both": words.both})
    else:
        put("\n".join([f"{fine_percent(share)}  {words.odds}", words.one, words.both]))
    return 0
