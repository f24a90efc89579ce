"""surveyapp predict people --workspace W [--rename OLD NEW | --me NAME | --nobody] [--json]"""

from __future__ import annotations

import argparse
from collections import Counter

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.cli.console import add_json, add_workspace, put, put_json, reading, say, writing
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.people import rename_person, set_person_me
from surveyapp.services.prediction.typed import find_person
from surveyapp.services.session import Session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict people`."""
    add_workspace(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"), help=_("give somebody another name"))
    what.add_argument("--me", metavar="NAME", help=_("this person is you"))
    what.add_argument("--nobody", action="store_true", help=_("none of them is you"))
    add_json(parser)
    parser.description = _("List who has forecast, and say which of them is you.")
    parser.epilog = _("example: surveyapp predict people --me Ada --workspace mine.survey")


def run(args: argparse.Namespace) -> int:
    """Change what is asked, then list."""
    if args.rename or args.me or args.nobody:
        with writing(args.workspace) as session:
            if args.rename:
                rename_person(session, find_person(session, args.rename[0]), args.rename[1])
            else:
                set_person_me(session, find_person(session, args.me) if args.me else None)
    with reading(args.workspace) as session:
        people = _people(session)
    if args.json:
        put_json([{"name": name, "me": me, "predictions": n} for name, me, n in people])
    elif people:
        put("\n".join(_line(*one) for one in people))
    else:
        say(_("Nobody has forecast yet."))
    return 0


def _people(session: Session) -> list[tuple[str, bool, int]]:
    """Name, whether it is "me", and of how many predictions there is a forecast."""
    book = book_of(session)
    pairs = {
        (one.forecaster_id, one.prediction_id)
        for one in session.store.forecasts.all()
        if one.prediction_id in book.predictions and one.says_belief
    }
    counts = Counter(person for person, _prediction in pairs)
    return [(one.name, one.me, counts[one.id]) for one in book.forecasters.values()]


def _line(name: str, me: bool, n: int) -> str:
    words = ngettext("%(n)s prediction", "%(n)s predictions", n) % {"n": fmt_count(n)}
    return f"{name}: {words}{_(' (this is you)') if me else ''}"
