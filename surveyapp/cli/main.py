"""The entry point: picks the sub-command, turns failures into sentences and exit statuses."""

from __future__ import annotations

import argparse
import shlex
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

from surveyapp.base import i18n, number
from surveyapp.base.i18n import _
from surveyapp.base.version import program_version
from surveyapp.cli.console import drop_stdout, say
from surveyapp.domain.errors import Cancelled, UserError

OK, OUR_FAULT, INPUT_FAULT = 0, 1, 2
_SHOWN = 3

# Modules are imported when their command is asked for: `--help` and `gui` stay quick.
_COMMANDS = {
    "gui": "surveyapp.cli.gui",
    "import": "surveyapp.cli.import_",
    "codebook": "surveyapp.cli.codebook",
    "analyse": "surveyapp.cli.analyse",
    "saved": "surveyapp.cli.saved",
    "filter": "surveyapp.cli.filter",
    "derive": "surveyapp.cli.derive",
    "weights": "surveyapp.cli.weights",
    "waves": "surveyapp.cli.waves",
    "predict": "surveyapp.cli.predict.command",
    "report": "surveyapp.cli.report",
    "export": "surveyapp.cli.export",
    "check": "surveyapp.cli.check",
    "self-test": "surveyapp.cli.self_test",
}


class CommandModule(Protocol):
    """What a sub-command file holds."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments and an example."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it; the exit status."""


def summaries() -> dict[str, str]:
    """One line per sub-command."""
    return {
        "gui": _("open the window"),
        "import": _("put a census file into a workspace"),
        "codebook": _("show, write or change the codebook of a wave"),
        "analyse": _("compute the statistics of a question"),
        "saved": _("keep analyses under a name, list them, write and read them as text"),
        "filter": _("keep filters under a name, list and remove them"),
        "derive": _("make questions of others: groups, bands, scores"),
        "weights": _("make weights from known shares, list and remove them"),
        "waves": _("match the questions of two waves, count who answered both"),
        "predict": _("log predictions, say how they came out, score them"),
        "report": _("write the report as PDF or Markdown"),
        "export": _("write answers, tables or a figure"),
        "check": _("look whether a workspace is sound, upgrade or mend it, undo changes"),
        "self-test": _("try the installed program from import to PDF"),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Run a sub-command; returns 0, 1 (our fault) or 2 (the input's fault). Only results go to stdout."""
    i18n.install()
    number.install()
    arguments = list(sys.argv[1:] if argv is None else argv)
    args = _parser(arguments).parse_args(arguments)
    try:
        return int(args.run(args))
    except BrokenPipeError:  # the reader of our output went away, which is its right
        drop_stdout()
        return OK
    except Exception as error:  # noqa: BLE001 (the outermost place: what comes through here is told, never shown raw)
        return _told(error, args)
    except KeyboardInterrupt:
        say(_("Stopped."))
        return INPUT_FAULT


def _told(error: Exception, args: argparse.Namespace) -> int:
    """Say what happened; whose fault it was."""
    if isinstance(error, UserError):
        say(f"{error.title}\n{error.what_to_do}".rstrip())
        for choice in _choices(error):
            say(f"  {choice}")
        return INPUT_FAULT
    if isinstance(error, Cancelled):
        say(_("Cancelled. Nothing was stored."))
        return INPUT_FAULT
    _tell_fault(error, args)
    return OUR_FAULT


def _choices(error: UserError) -> list[str]:
    """What may be picked where the window offers it: the option to add, and what the file then says."""
    from surveyapp.importers.table import EncodingChoice, SheetChoice

    if isinstance(error, EncodingChoice):
        return [
            f"--encoding {one.encoding}: {one.title}, {' … '.join(one.sample[:_SHOWN])}" for one in error.candidates
        ]
    if isinstance(error, SheetChoice):
        return [f"--sheet {shlex.quote(name)}" for name in error.sheets]
    return []


def _tell_fault(error: Exception, args: argparse.Namespace) -> None:
    from surveyapp.base.fault import fault_report, log_fault

    if args.debug:
        traceback.print_exception(error)
    log = log_fault(fault_report(error, f"command: {args.command}"))
    if log is None:
        say(_("Something went wrong on our side. With --debug the command shows where."))
    else:
        say(_("Something went wrong on our side; %(log)s says where. It holds no answers.") % {"log": log})


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="surveyapp",
        description=_("From a raw census to honest statistics."),
        epilog=_("Every command has --help with an example. Exit status: 0, 1 our fault, 2 the input's."),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"surveyapp {program_version()}")
    parser.add_argument("--debug", action="store_true", help=_("show where a fault of ours arose"))
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), dest="command", required=True)
    asked = next((word for word in arguments if not word.startswith("-")), "")
    for name, summary in summaries().items():
        command = commands.add_parser(
            name,
            help=summary,
            description=summary,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        if name == asked:
            module: CommandModule = import_module(_COMMANDS[name])
            module.add_arguments(command)
            command.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
            command.set_defaults(run=module.run)
    return parser
