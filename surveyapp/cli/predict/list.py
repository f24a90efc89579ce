"""surveyapp predict list [due|overdue|stale|open|resolved|all] --workspace W [--tag TAG] [--json]"""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_workspace, put, put_json, reading, say
from surveyapp.cli.predict.print import plain_prediction, row_lines
from surveyapp.services.prediction.listing import Row, Section, listing_of
from surveyapp.services.prediction.sealing import count_seals

_WHICH = ("due", "overdue", "stale", "open", "resolved", "all")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict list`."""
    parser.add_argument("which", nargs="?", choices=_WHICH, default="open", help=_("open without it"))
    add_workspace(parser)
    parser.add_argument("--tag", action="append", default=[], metavar="TAG", help=_("of this tag; may be repeated"))
    add_json(parser)
    parser.description = _(
        "List predictions: number, what you believe, when you will know, and the statement. due: the day is here or "
        "has passed; overdue: it has passed; stale: the forecast is old and there is long to go, or its day of review "
        "is here; open: all that wait; resolved: the newest first. Long statements are cut: `predict show` and --json "
        "have them whole."
    )
    parser.epilog = _("example: surveyapp predict list due --workspace mine.survey")


def run(args: argparse.Namespace) -> int:
    """List them."""
    with reading(args.workspace) as session:
        wanted = {tag.removeprefix("#").casefold() for tag in args.tag}
        rows = [
            row
            for row in listing_of(session).rows
            if _fits(row, args.which) and (not wanted or wanted & {tag.casefold() for tag in row.prediction.tags})
        ]
        if args.json:
            put_json([plain_prediction(session, row.prediction) for row in rows])
        elif rows:
            put("\n".join(row_lines(session, rows)))
        else:
            say(_("There is none."))
        sealed = count_seals(session).sentence
    if sealed:
        say(sealed)
    return 0


def _fits(row: Row, which: str) -> bool:
    match which:
        case "overdue":
            return row.overdue
        case "open":
            return row.section is not Section.RESOLVED
        case "all":
            return True
    return row.section == which
