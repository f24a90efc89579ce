"""The fields of a prediction as options: what `predict log` and `predict edit` share."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.domain.prediction import Visibility
from surveyapp.services.prediction.typed import read_day


def add_prediction(parser: argparse.ArgumentParser) -> None:
    """The prediction that an action is about."""
    parser.add_argument("prediction", metavar="PREDICTION", help=_("its number in `list`, or words of its statement"))


def add_fields(parser: argparse.ArgumentParser) -> None:
    """--due, --tag, --condition ...: empty where nothing is said of them."""
    parser.add_argument("--due", metavar="DATE", help=_("when you will know: 2027-05-01, 2027-05-01T18:00, 5 May"))
    parser.add_argument("--review", metavar="DATE", help=_("when to look at it again"))
    parser.add_argument("--tag", action="append", metavar="TAG", help=_("a tag; may be repeated"))
    parser.add_argument("--condition", metavar="TEXT", help=_("it is void where this does not hold"))
    parser.add_argument("--decider", metavar="NAME", help=_("who says how it came out"))
    parser.add_argument("--source", metavar="TEXT", help=_("by what source: a page, a list, a person"))
    parser.add_argument("--no-means", metavar="TEXT", help=_("what no would look like"))
    parser.add_argument("--background", metavar="TEXT", help=_("what you know so far"))
    parser.add_argument("--unit", metavar="TEXT", help=_("the unit of a number"))
    parser.add_argument(
        "--visibility", choices=[one.value for one in Visibility], help=_("who may see it where the log is handed on")
    )
    parser.add_argument(
        "--influence", action=argparse.BooleanOptionalAction, help=_("whether you can bring it about yourself")
    )
    parser.add_argument(
        "--retrodiction",
        action=argparse.BooleanOptionalAction,
        help=_("whether you look it up: it is kept out of calibration"),
    )


def fields_of(args: argparse.Namespace, now: datetime) -> dict[str, Any]:
    """The fields that were given, as the dataclass has them."""
    names = ("condition", "decider", "source", "no_means", "background", "unit", "influence", "retrodiction")
    found: dict[str, Any] = {name: getattr(args, name) for name in names if getattr(args, name) is not None}
    if args.due is not None:
        found["due"] = read_day(args.due, now) if args.due else None
    if args.review is not None:
        day = read_day(args.review, now) if args.review else None
        found["review_on"] = day.date() if isinstance(day, datetime) else day
    if args.tag is not None:
        found["tags"] = tuple(dict.fromkeys(tag.removeprefix("#") for tag in args.tag if tag.strip("# ")))
    if args.visibility is not None:
        found["visibility"] = Visibility(args.visibility)
    return found
