"""surveyapp gui [WORKSPACE] [--sample]"""

from __future__ import annotations

import argparse
from pathlib import Path

from surveyapp.base.i18n import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `gui`."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "workspace", nargs="?", type=Path, metavar="FILE", help=_("the workspace to open, or a census file to preview")
    )
    what.add_argument("--sample", action="store_true", help=_("open the sample community"))
    parser.epilog = _("example: surveyapp gui riverside.survey")


def run(args: argparse.Namespace) -> int:
    """Open the window; Qt is imported only here."""
    from surveyapp.gui.app import run as run_window

    return run_window(workspace=args.workspace, sample=args.sample)
