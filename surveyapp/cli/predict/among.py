"""Whose forecasts of what, as options: what leaderboard, crowd, ranges and answers share."""

from __future__ import annotations

import argparse
from datetime import date, datetime

from surveyapp.base.i18n import _
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.services.prediction.typed import find_person, read_day
from surveyapp.services.session import Session


def add_among(parser: argparse.ArgumentParser) -> None:
    """--people, --tag, --since, --until, --early, --not-own."""
    parser.add_argument("--people", nargs="+", default=[], metavar="NAME", help=_("of these people; all without it"))
    parser.add_argument("--tag", action="append", default=[], metavar="TAG", help=_("of this tag; may be repeated"))
    parser.add_argument("--since", metavar="DATE", help=_("known on that day or later"))
    parser.add_argument("--until", metavar="DATE", help=_("known on that day or before"))
    parser.add_argument(
        "--early", action="store_true", help=_("with those known before their deadline; they lean towards yes")
    )
    parser.add_argument("--not-own", action="store_true", help=_("without those they settled themselves"))


def among(session: Session, args: argparse.Namespace) -> Scope:
    """The scope that was asked for. Raises UserError for names nobody bears."""
    now = session.clock()
    return Scope(
        people=tuple(dict.fromkeys(find_person(session, name).name for name in args.people)) or (EVERYBODY,),
        tags=tuple(tag.removeprefix("#") for tag in args.tag),
        since=_day(args.since, now),
        until=_day(args.until, now),
        early=args.early,
        own_resolved=not args.not_own,
    )


def _day(text: str | None, now: datetime) -> date | None:
    found = read_day(text, now) if text else None
    return found.date() if isinstance(found, datetime) else found
