"""The entry point: picks the sub-command, turns failures into sentences and exit statuses."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

from surveyapp.base import i18n
from surveyapp.base.i18n import _
from surveyapp.base.version import program_version
from surveyapp.domain.errors import Cancelled, UserError

OK, OUR_FAULT, INPUT_FAULT = 0, 1, 2

# Modules are imported when their command is asked for: `--help` and `gui` stay quick.
_COMMANDS = {
    "gui": "surveyapp.cli.gui",
    "import": "surveyapp.cli.import_",
    "codebook": "surveyapp.cli.codebook",
    "analyse": "surveyapp.cli.analyse",
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
        "codebook": _("show, write or apply the codebook of a wave"),
        "analyse": _("compute the statistics of a question"),
        "report": _("write the report as PDF or Markdown"),
        "export": _("write answers or tables as CSV or XLSX"),
        "check": _("look whether a workspace is sound, upgrade it, list its problems"),
        "self-test": _("try the installed program from import to PDF"),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Run a sub-command; returns 0, 1 (our fault) or 2 (the input's fault). Only results go to stdout."""
    i18n.install()
    arguments = list(sys.argv[1:] if argv is None else argv)
    args = _parser(arguments).parse_args(arguments)
    try:
        return int(args.run(args))
    except UserError as error:
        _say(f"{error.title}\n{error.what_to_do}".rstrip())
        return INPUT_FAULT
    except Cancelled:
        _say(_("Cancelled. Nothing was stored."))
        return INPUT_FAULT
    except KeyboardInterrupt:
        _say(_("Stopped."))
        return INPUT_FAULT
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away; Python would complain at exit
        return OK


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="surveyapp", description=_("From a raw census to honest statistics."))
    parser.add_argument("--version", action="version", version=f"surveyapp {program_version()}")
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    asked = next((word for word in arguments if not word.startswith("-")), "")
    for name, summary in summaries().items():
        command = commands.add_parser(
            name, help=summary, description=summary, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == asked:
            module: CommandModule = import_module(_COMMANDS[name])
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser
