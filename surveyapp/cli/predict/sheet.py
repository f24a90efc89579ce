"""surveyapp predict sheet --workspace W --output FILE.pdf [--people NAME ... | --everybody] [--statements [--private]]
[--json]"""

from __future__ import annotations

import argparse
from pathlib import Path

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.cli.console import Progress, add_json, add_workspace, put_json, reading, say
from surveyapp.cli.predict.scope import add_scope, scope_of_arguments
from surveyapp.services.prediction.sheet import sheet_names, sheets_of, write_sheets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict sheet`."""
    add_workspace(parser)
    parser.add_argument("--output", "-o", type=Path, required=True, metavar="FILE", help=_("FILE.pdf or FILE.md"))
    parser.add_argument(
        "--statements", action="store_true", help=_("with each person's surest hits and misses, in their words")
    )
    parser.add_argument("--private", action="store_true", help=_("with --statements: those of private predictions too"))
    add_scope(parser)
    add_json(parser)
    parser.description = _(
        "Write a page for each person to hand out: diagram, verdict, scores with intervals, and what is in no score. "
        "Nobody else is named on it, and no statement unless --statements asks for them; of private predictions "
        "none unless --private does too."
    )
    parser.epilog = _("example: surveyapp predict sheet --people Ada --output ada.pdf --workspace mine.survey")


def run(args: argparse.Namespace) -> int:
    """Write them, and say who has none."""
    with reading(args.workspace) as session, Progress(_("Computing")) as progress:
        scope = scope_of_arguments(session, args)
        n_asked = len(sheet_names(session, scope))
        sheets = sheets_of(
            session,
            scope,
            statements=args.statements,
            private=args.private,
            level=args.level,
            report=progress,
        )
        write_sheets(session, args.output, sheets)
    words = ngettext("%(n)s sheet written to %(file)s.", "%(n)s sheets written to %(file)s.", len(sheets))
    say(words % {"n": fmt_count(len(sheets)), "file": args.output.name})
    if n_asked > len(sheets):
        left = n_asked - len(sheets)
        told = ngettext("%(n)s person has no scored forecast.", "%(n)s people have no scored forecast.", left)
        say(told % {"n": fmt_count(left)})
    if args.json:
        put_json({"output": str(args.output), "people": [sheet.name for sheet in sheets]})
    return 0
