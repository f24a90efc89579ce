"""What is scored, as options: which people, tags, period and counting rule; what `score` and `sheet` share."""

from __future__ import annotations

import argparse
from datetime import date, datetime

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.scope import EVERYBODY, CountingRule, Scope
from surveyapp.services.prediction.typed import find_person, read_day
from surveyapp.services.session import Session


def add_scope(parser: argparse.ArgumentParser) -> None:
    """--people, --tag, --since, --rule, --fold ..."""
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--people", nargs="+", default=[], metavar="NAME", help=_("of these people; you without it"))
    who.add_argument("--everybody", action="store_true", help=_("of everybody in the log"))
    parser.add_argument("--tag", action="append", default=[], metavar="TAG", help=_("of this tag; may be repeated"))
    parser.add_argument("--since", metavar="DATE", help=_("known on that day or later"))
    parser.add_argument("--until", metavar="DATE", help=_("known on that day or before"))
    parser.add_argument(
        "--rule",
        choices=[rule.value for rule in CountingRule],
        default=CountingRule.LAST.value,
        help=_("which forecasts count: the last before the deadline, every one, or every one by how long it held"),
    )
    parser.add_argument(
        "--early", action="store_true", help=_("with those known before their deadline; they lean towards yes")
    )
    parser.add_argument("--not-own", action="store_true", help=_("without those they settled themselves"))
    parser.add_argument("--no-influence", action="store_true", help=_("without those they can bring about"))
    parser.add_argument("--fold", action="store_true", help=_("forecasts under 50 %% become forecasts of the opposite"))
    parser.add_argument("--bins", type=int, default=10, metavar="N", help=_("bins from 0 to 100 %%, 10"))
    parser.add_argument("--level", type=float, default=0.95, metavar="SHARE", help=_("interval level, 0.95"))


def scope_of_arguments(session: Session, args: argparse.Namespace) -> Scope:
    """The scope that was asked for. Raises UserError for names nobody bears, bins and levels that cannot be."""
    if not 1 <= args.bins <= 100:
        raise UserError(_("A diagram has 1 to 100 bins."))
    if not 0.5 <= args.level < 1:
        raise UserError(_("The interval level lies between 0.5 and 1, such as 0.95."))
    now = session.clock()
    names = tuple(find_person(session, name).name for name in args.people)
    return Scope(
        people=(EVERYBODY,) if args.everybody else tuple(dict.fromkeys(names)),
        tags=tuple(tag.removeprefix("#") for tag in args.tag),
        since=_day(args.since, now),
        until=_day(args.until, now),
        rule=CountingRule(args.rule),
        early=args.early,
        own_resolved=not args.not_own,
        influence=not args.no_influence,
        fold=args.fold,
        n_bins=args.bins,
    )


def _day(text: str | None, now: datetime) -> date | None:
    found = read_day(text, now) if text else None
    return found.date() if isinstance(found, datetime) else found
