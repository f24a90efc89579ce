"""surveyapp predict edit PREDICTION --workspace W [--statement TEXT --due DATE --tag TAG ...] [--json]"""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_workspace, put, put_json, say, writing
from surveyapp.cli.predict.field import add_fields, add_prediction, fields_of
from surveyapp.cli.predict.print import one_line, plain_prediction
from surveyapp.domain.errors import UserError
from surveyapp.services.prediction.log import edit
from surveyapp.services.prediction.typed import find_prediction


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict edit`."""
    add_prediction(parser)
    add_workspace(parser)
    parser.add_argument("--statement", metavar="TEXT", help=_("the statement in other words"))
    add_fields(parser)
    parser.add_argument("--untag", action="append", default=[], metavar="TAG", help=_("take a tag away"))
    add_json(parser)
    parser.description = _(
        'Change what a prediction says. What it said before stays in its history; an empty text, such as --due "", '
        "clears a field."
    )
    parser.epilog = _("example: surveyapp predict edit 12 --due 2027-06-01 --workspace mine.survey")


def run(args: argparse.Namespace) -> int:
    """Change what is given."""
    with writing(args.workspace) as session:
        one = find_prediction(session, args.prediction)
        changes = fields_of(args, session.clock())
        if args.statement is not None:
            changes["statement"] = args.statement.strip()
        if args.tag or args.untag:
            gone = {tag.removeprefix("#") for tag in args.untag}
            kept = [tag for tag in (*one.tags, *changes.get("tags", ())) if tag not in gone]
            changes["tags"] = tuple(dict.fromkeys(kept))
        if not changes:
            raise UserError(_("There is nothing to change."), _("Say what, such as --due 2027-06-01."))
        after = edit(session, one.id, **changes)
        if after == one:
            say(_("It says so already."))
        if args.json:
            put_json(plain_prediction(session, after))
        else:
            put(one_line(session, after))
    return 0
