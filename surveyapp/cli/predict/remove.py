"""surveyapp predict remove PREDICTION ... --workspace W"""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.cli.console import add_workspace, say, writing
from surveyapp.services.prediction.log import remove
from surveyapp.services.prediction.typed import find_prediction


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict remove`."""
    parser.add_argument(
        "predictions", nargs="+", metavar="PREDICTION", help=_("their numbers in `list`, or words of their statements")
    )
    add_workspace(parser)
    parser.description = _(
        "Take predictions out of the log with all that was said of them, as one change: `check --undo` brings them "
        "back."
    )
    parser.epilog = _("example: surveyapp predict remove 12 --workspace mine.survey")


def run(args: argparse.Namespace) -> int:
    """Remove all of them, or none."""
    with writing(args.workspace) as session:
        found = list(dict.fromkeys(find_prediction(session, name).id for name in args.predictions))
        remove(session, found)
    words = ngettext("%(n)s prediction removed.", "%(n)s predictions removed.", len(found))
    say(words % {"n": fmt_count(len(found))})
    return 0
