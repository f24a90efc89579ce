"""surveyapp predict due --workspace W [--ics FILE [--numbers-only]] [--tag TAG] [--json]"""

from __future__ import annotations

import argparse
from pathlib import Path

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.cli.console import add_json, add_workspace, put, put_json, reading, say
from surveyapp.cli.predict.print import plain_prediction, row_lines
from surveyapp.domain.errors import UserError
from surveyapp.services.prediction.calendar_file import calendar_predictions, write_calendar
from surveyapp.services.prediction.listing import Section, listing_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict due`."""
    add_workspace(parser)
    parser.add_argument("--tag", action="append", default=[], metavar="TAG", help=_("of this tag; may be repeated"))
    parser.add_argument(
        "--ics", type=Path, metavar="FILE", help=_("write all that is open and has a date as a calendar file")
    )
    parser.add_argument(
        "--numbers-only",
        action="store_true",
        help=_("with --ics: no words of the predictions, for a calendar that others see"),
    )
    add_json(parser)
    parser.description = _(
        "List what should be known by now. With --ics, write the dates of all that is open for a calendar program: "
        "read again, the file updates the same entries. A calendar often lies with a company: of sealed predictions "
        "only the number is written."
    )
    parser.epilog = _("example: surveyapp predict due --ics due.ics --workspace mine.survey")


def run(args: argparse.Namespace) -> int:
    """List, or write the calendar."""
    if args.numbers_only and args.ics is None:
        raise UserError(_("--numbers-only belongs to --ics."))
    tags = [tag.removeprefix("#") for tag in args.tag]
    with reading(args.workspace) as session:
        if args.ics is not None:
            chosen = calendar_predictions(session, tags=tags)
            n = write_calendar(session, args.ics, chosen, words=not args.numbers_only)
            words = ngettext("%(n)s date written to %(file)s.", "%(n)s dates written to %(file)s.", n)
            say(words % {"n": fmt_count(n), "file": args.ics.name})
            if args.json:
                put_json({"file": str(args.ics), "dates": n})
            return 0
        rows = [row for row in listing_of(session).of(Section.DUE) if not tags or set(tags) & set(row.prediction.tags)]
        if args.json:
            put_json([plain_prediction(session, row.prediction) for row in rows])
        elif rows:
            put("\n".join(row_lines(session, rows)))
        else:
            say(_("Nothing is due."))
    return 0
