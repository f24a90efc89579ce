"""surveyapp predict resolve PREDICTION OUTCOME --workspace W [--reason TEXT --by NAME --known DATE] [--json]"""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_workspace, put, put_json, say, writing
from surveyapp.cli.predict.field import add_prediction
from surveyapp.cli.predict.print import one_line, plain_prediction
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Outcome, Prediction, PredictionKind
from surveyapp.services.prediction.log import resolve, resolve_options
from surveyapp.services.prediction.people import person_named
from surveyapp.services.prediction.sealing import seals_of
from surveyapp.services.prediction.typed import (
    find_prediction,
    option_number,
    read_moment,
    read_options,
    read_share,
    read_value,
)
from surveyapp.services.prediction.when.past import known_moment, read_past_day

_WORDS = {one.value: one for one in (Outcome.YES, Outcome.NO, Outcome.AMBIGUOUS, Outcome.VOID, Outcome.OPEN)}

_NONE = "none"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict resolve`."""
    add_prediction(parser)
    parser.add_argument(
        "outcome",
        metavar="OUTCOME",
        help=_(
            "yes, no, ambiguous, void, open (takes it back); the option, or those of several that happened, or none; "
            "the number or date; a share such as 30%%"
        ),
    )
    add_workspace(parser)
    parser.add_argument(
        "--option", metavar="NAME", help=_("with yes or no: of several that may happen, this one alone")
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help=_("why; ambiguous and void need one"))
    parser.add_argument("--by", metavar="NAME", help=_("who says so, if it is not you; added if nobody is called so"))
    parser.add_argument(
        "--known", metavar="DATE", help=_("when it was known, if it was not now; later forecasts are in no score")
    )
    add_json(parser)
    parser.description = _(
        "Say how a prediction came out. What was said before stays in its history; the last word counts. ambiguous: "
        "what happened tells neither yes nor no. void: it no longer makes sense, such as when its condition did not "
        "hold."
    )
    parser.epilog = _(
        "examples:\n"
        "  surveyapp predict resolve 12 yes --workspace mine.survey\n"
        "  surveyapp predict resolve 13 Red --known 2027-05-01 --workspace mine.survey\n"
        '  surveyapp predict resolve 14 void --reason "it was called off" --workspace mine.survey'
    )


def run(args: argparse.Namespace) -> int:
    """Keep it, then show how the prediction stands."""
    with writing(args.workspace) as session:
        one, now = find_prediction(session, args.prediction), session.clock()
        known = _known(args.known, now) if args.known else None
        said = _said(args, one, now)
        by = person_named(session, args.by).id if args.by else None
        if "happened" in said:
            resolve_options(session, one.id, said["happened"], reason=args.reason, known_at=known, by=by)
        else:
            resolve(session, one.id, **said, reason=args.reason, known_at=known, by=by)
        if any(found.opened_at is None for found in seals_of(session, [one.id])):
            say(_("It is sealed: it counts in no score until it is opened (`predict open %(n)s`).") % {"n": one.id})
        if args.json:
            put_json(plain_prediction(session, one))
        else:
            put(one_line(session, one))
    return 0


def _known(text: str, now: datetime) -> datetime:
    """A moment, or a day that has been: "12 Nov" is the last one. Raises UserError for what lies ahead."""
    day = read_past_day(text, now)
    moment = read_moment(text, now) if day is None or ":" in text else known_moment(day, now)
    if moment > now or (day is not None and day > now.date()):
        raise UserError(_("--known lies ahead of now."), _("Give the day on which it was known."))
    return moment


def _said(args: argparse.Namespace, one: Prediction, now: datetime) -> dict[str, Any]:
    """The outcome as `resolve` takes it: an option that is called "yes" is that option."""
    words = args.outcome.strip()
    options = [option.casefold() for option in one.options]
    if one.kind is PredictionKind.CHOICE and one.exclusive and args.option is None and words.casefold() in options:
        return {"outcome": Outcome.OPTION, "option": options.index(words.casefold())}
    plain = _WORDS.get(words.casefold())
    if args.option is not None:
        if plain is None or one.exclusive:
            raise UserError(
                _("--option belongs to yes or no, where several may happen."),
                _("Write: resolve %(n)s yes --option %(option)s") % {"n": one.id, "option": args.option},
            )
        return {"outcome": plain, "option": option_number(one, args.option)}
    if plain is not None:
        return {"outcome": plain}
    match one.kind:
        case PredictionKind.CHOICE if not one.exclusive:
            names = () if words.casefold() == _NONE else read_options(words)[0]
            return {"happened": {option_number(one, name) for name in names}}
        case PredictionKind.CHOICE:
            return {"outcome": Outcome.OPTION, "option": option_number(one, words)}
        case PredictionKind.NUMBER | PredictionKind.DATE:
            return {"outcome": Outcome.VALUE, "value": read_value(words, one.kind, now)}
    if not any(letter.isdecimal() for letter in words):
        raise UserError(
            _("“%(text)s” is no outcome.") % {"text": args.outcome}, _("It is yes, no, ambiguous, void or open.")
        )
    return {"outcome": Outcome.SHARE, "value": read_share(words)}
