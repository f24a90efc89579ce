"""surveyapp predict ACTION --workspace W ...: the prediction log. Each action is a file of its own beside this one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from surveyapp.base.i18n import _

if TYPE_CHECKING:
    from surveyapp.cli.main import CommandModule

# As in main: a module is imported when its action is asked for.
_ACTIONS = {
    "log": "surveyapp.cli.predict.log",
    "list": "surveyapp.cli.predict.list",
    "import": "surveyapp.cli.predict.import_",
    "export": "surveyapp.cli.predict.export",
    "compare": "surveyapp.cli.predict.compare",
    "leaderboard": "surveyapp.cli.predict.leaderboard",
    "crowd": "surveyapp.cli.predict.crowd",
    "ranges": "surveyapp.cli.predict.ranges",
    "answers": "surveyapp.cli.predict.answers",
    "show": "surveyapp.cli.predict.show",
    "forecast": "surveyapp.cli.predict.forecast",
    "resolve": "surveyapp.cli.predict.resolve",
    "edit": "surveyapp.cli.predict.edit",
    "remove": "surveyapp.cli.predict.remove",
    "people": "surveyapp.cli.predict.people",
    "check": "surveyapp.cli.predict.check",
    "odds": "surveyapp.cli.predict.odds",
    "due": "surveyapp.cli.predict.due",
    "score": "surveyapp.cli.predict.score",
    "sheet": "surveyapp.cli.predict.sheet",
    "seal": "surveyapp.cli.predict.seal",
    "open": "surveyapp.cli.predict.open",
    "verify": "surveyapp.cli.predict.verify",
}


def summaries() -> dict[str, str]:
    """One line per action."""
    return {
        "log": _("write a prediction down"),
        "list": _("list predictions: due, overdue, stale, open, resolved, all"),
        "import": _("bring a log of another program, a contest or a spreadsheet in"),
        "export": _("write the log as JSON, CSV, a spreadsheet or for Fatebook"),
        "compare": _("two people or hypotheses side by side"),
        "leaderboard": _("who forecasts how well, and how sure the ranks are"),
        "crowd": _("what all say together, and other sites' scores"),
        "ranges": _("how well ranges of numbers and dates hold"),
        "answers": _("scores by the answers to a question of the census"),
        "show": _("show one with its history"),
        "forecast": _("add a forecast"),
        "resolve": _("say how it came out"),
        "edit": _("change what it says; the old words stay in its history"),
        "remove": _("take predictions out of the log"),
        "people": _("list and rename who forecasts; say who is you"),
        "check": _("advice on the wording of a statement"),
        "odds": _("what a probability means as a bet"),
        "due": _("what should be known by now; the dates as a calendar file"),
        "score": _("calibration and scores of what came out"),
        "sheet": _("a page for each person, as PDF or Markdown"),
        "seal": _("seal predictions: a code to give away now"),
        "open": _("open what is sealed"),
        "verify": _("check opened seals, those of others too"),
    }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of `predict`."""
    parser.description = _(
        "Predictions: write down what you expect and how sure you are, say later how it came out, and see how well "
        "your probabilities fit. A prediction is named by its number in `list`, or by words of its statement."
    )
    parser.epilog = _('example: surveyapp predict log "80% rain in Prague by 5 May #home" --workspace mine.survey')
    actions = parser.add_subparsers(
        title=_("actions"), metavar=_("ACTION"), dest="action", required=True, parser_class=_Action
    )
    for name, summary in summaries().items():
        action = actions.add_parser(
            name,
            help=summary,
            description=summary,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        action.module = _ACTIONS[name]


def run(args: argparse.Namespace) -> int:
    """Do the action."""
    return int(args.act(args))


class _Action(argparse.ArgumentParser):
    """Declares its arguments when the action is asked for."""

    module = ""

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        if self.module:
            found: CommandModule = import_module(self.module)
            self.module = ""
            found.add_arguments(self)
            self.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
            self.set_defaults(act=found.run)
        parsed: tuple[Any, list[str]] = super().parse_known_args(args, namespace)
        return parsed
