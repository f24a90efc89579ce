"""surveyapp predict forecast PREDICTION BELIEF --workspace W [--comment TEXT --by NAME | --withdraw] [--json]"""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import datetime

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_workspace, put, put_json, say, writing
from surveyapp.cli.predict.field import add_prediction
from surveyapp.cli.predict.print import one_line, plain_prediction
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Prediction, PredictionKind
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.late import is_late, late_words
from surveyapp.services.prediction.log import forecast_all
from surveyapp.services.prediction.people import person_named
from surveyapp.services.prediction.typed import (
    find_prediction,
    option_number,
    read_moment,
    read_options,
    read_quantiles,
    read_share,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict forecast`."""
    add_prediction(parser)
    parser.add_argument(
        "belief",
        nargs="?",
        metavar="BELIEF",
        help=_('80%%, 0.8 or 4:1; of options "Red=60%%, Blue=40%%"; of a number or date "10%%=120, 90%%=180"'),
    )
    add_workspace(parser)
    parser.add_argument("--comment", default="", metavar="TEXT", help=_("why"))
    parser.add_argument("--by", metavar="NAME", help=_("who, if it is not you; added if nobody is called so"))
    parser.add_argument("--on", metavar="DATE", help=_("when it was said, if it was on paper"))
    parser.add_argument("--withdraw", action="store_true", help=_("the forecast no longer holds"))
    add_json(parser)
    parser.description = _("Add a forecast. The ones before stay: how a belief changed can be seen.")
    parser.epilog = _('example: surveyapp predict forecast 12 70% --comment "clouds" --workspace mine.survey')


def run(args: argparse.Namespace) -> int:
    """Add it, then say what is believed now."""
    if args.belief is None and not args.withdraw and not args.comment:
        raise UserError(_("There is no forecast."), _("Write how sure you are, such as 70%, or a --comment."))
    if args.belief is not None and args.withdraw:
        raise UserError(_("--withdraw takes no forecast."), _("Leave one of them out."))
    with writing(args.workspace) as session:
        one, now = find_prediction(session, args.prediction), session.clock()
        at = read_moment(args.on, now) if args.on else now
        if at > now:
            raise UserError(_("--on lies ahead of now."), _("Give the day on which it was said."))
        drafts = _drafts(args, one, at, now)
        forecast_all(session, one.id, drafts, by=person_named(session, args.by).id if args.by else None)
        if any(said.says_belief for said in drafts) and is_late(book_of(session), one, at, now.tzinfo):
            say(late_words())
        if args.json:
            put_json(plain_prediction(session, one))
        else:
            put(one_line(session, one))
    return 0


def _drafts(args: argparse.Namespace, one: Prediction, at: datetime, now: datetime) -> list[Forecast]:
    many = range(len(one.options)) if one.kind is PredictionKind.CHOICE else (None,)
    if args.withdraw:
        return [Forecast(at=at, option=option, withdrawn=True, comment=args.comment) for option in many]
    if args.belief is None:
        return [Forecast(at=at, comment=args.comment)]
    if one.kind is PredictionKind.YES_NO:
        return [Forecast(at=at, probability=read_share(args.belief), comment=args.comment)]
    if one.kind is PredictionKind.CHOICE:
        names, shares = read_options(args.belief)
        if len(shares) < len(names) or not names:
            raise UserError(_("Each option needs a probability."), _("Write it as “Red=60%, Blue=40%”."))
        chosen = {option_number(one, names[place]): share for place, share in shares.items()}
        found = [Forecast(at=at, option=option, probability=share) for option, share in chosen.items()]
        return [replace(found[0], comment=args.comment), *found[1:]]
    quantiles = read_quantiles(args.belief, one.kind, now)
    if not quantiles:
        raise UserError(_("There is no forecast."), _("Write it as 10%%=120, 90%%=180.") % {})
    return [Forecast(at=at, quantiles=quantiles, comment=args.comment)]
