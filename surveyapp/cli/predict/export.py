"""surveyapp predict export FILE --workspace W [--as json|csv|sheet|fatebook] [--private]"""

from __future__ import annotations

import argparse
from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_workspace, reading, say
from surveyapp.services.prediction.exporting import LogForm, export_log

_BY_ENDING = {".json": LogForm.JSON, ".csv": LogForm.CSV, ".xlsx": LogForm.SHEET}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict export`."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help=_("where to; its ending says the form: json, csv, xlsx")
    )
    add_workspace(parser)
    parser.add_argument(
        "--as",
        dest="form",
        choices=[form.value for form in LogForm],
        help=_(
            "json: everything with its history; csv: a row per forecast, texts as they are; sheet: the same for "
            "spreadsheets, formulas guarded; fatebook: what Fatebook imports"
        ),
    )
    parser.add_argument(
        "--private",
        action="store_true",
        help=_("with the private predictions, which every form but json leaves out"),
    )
    parser.epilog = _("example: surveyapp predict export log.json --workspace mine.survey")


def run(args: argparse.Namespace) -> int:
    """Write the whole log."""
    form = LogForm(args.form) if args.form else _BY_ENDING.get(args.file.suffix.lower(), LogForm.JSON)
    with reading(args.workspace) as session:
        written = export_log(session, args.file, form=form, private=args.private)
    for sentence in written.sentences(str(args.file)):
        say(sentence)
    return 0
