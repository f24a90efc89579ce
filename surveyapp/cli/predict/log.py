"""surveyapp predict log TEXT --workspace W [--due DATE --tag TAG --options ... | --number ... | --date ...] [--json]"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from surveyapp.base.clock import system_clock
from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, put, put_json, say, writing
from surveyapp.cli.predict.field import add_fields, fields_of
from surveyapp.cli.predict.print import one_line, plain_prediction
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Prediction, PredictionKind, end_of
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.capture import Captured, read_line
from surveyapp.services.prediction.check.checker import check
from surveyapp.services.prediction.check.finding import Finding, RuleId
from surveyapp.services.prediction.log import write_down
from surveyapp.services.prediction.people import person_named
from surveyapp.services.prediction.typed import read_moment, read_options, read_quantiles, read_share
from surveyapp.services.session import Session
from surveyapp.services.workspace import new_session

_ADVICE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict log`."""
    parser.add_argument("text", metavar="TEXT", help=_('one line: "80%% rain in Prague by 5 May #home"'))
    parser.add_argument(
        "--workspace", "-w", type=Path, required=True, metavar="FILE", help=_("the workspace; made if there is none")
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--probability", "-p", metavar="P", help=_("how sure you are: 80%%, 0.8, or odds of 4:1"))
    what.add_argument("--options", metavar="LIST", help=_('several outcomes: "Red=60%%, Blue=40%%"; a ; may part them'))
    what.add_argument(
        "--number", metavar="LIST", help=_('a number: "10%%=120, 90%%=180" is 10 %% that it stays under 120')
    )
    what.add_argument("--date", metavar="LIST", help=_('a date: "10%%=2027-05-01, 90%%=2027-09-01"'))
    parser.add_argument(
        "--not-exclusive", action="store_true", help=_("with --options: several of them may happen, or none")
    )
    add_fields(parser)
    parser.add_argument("--comment", default="", metavar="TEXT", help=_("why you believe it"))
    parser.add_argument("--by", metavar="NAME", help=_("who predicts, if it is not you; added if nobody is called so"))
    parser.add_argument("--on", metavar="DATE", help=_("when it was said, if it was on paper"))
    parser.add_argument("--verbatim", action="store_true", help=_("the text is the statement; nothing is read from it"))
    parser.add_argument("--quiet", action="store_true", help=_("no advice on the wording"))
    add_json(parser)
    parser.description = (
        _(
            "Write a prediction down. A probability or odds, a date, #tags, who decides (@Ada), a range (80%% 120-180 "
            "people), options (Red 60%%, Blue 40%%) and a condition (if it rains) are read from the line; what the "
            "options below say comes first. Advice on the wording goes to standard error; the prediction is kept in "
            "any case."
        )
        % {}
    )
    parser.epilog = _(
        "examples:\n"
        '  surveyapp predict log "80% rain in Prague by 5 May #home" --workspace mine.survey\n'
        '  surveyapp predict log "Who wins the quiz" --options "Red=60%, Blue=40%" --due 2027-05-01 -w mine.survey\n'
        '  surveyapp predict log "Guests at the solstice" --number "10%=80, 90%=140" --unit people -w mine.survey'
    )


def run(args: argparse.Namespace) -> int:
    """Keep it, say what was read and what might spoil its resolution."""
    with _opened_or_new(args) as session:
        now = session.clock()
        at = read_moment(args.on, now) if args.on else now
        if at > now:
            raise UserError(_("--on lies ahead of now."), _("Give the day on which it was said."))
        captured = _captured(args, at)
        draft, forecasts = _draft(args, captured, at)
        if args.by:
            who = person_named(session, args.by).id
            draft = replace(draft, creator_id=who)
            forecasts = tuple(replace(one, forecaster_id=who) for one in forecasts)
        if draft.due is not None and end_of(draft.due, at.tzinfo) <= at:
            draft = replace(draft, retrodiction=True)
        stored = write_down(session, draft, forecasts=forecasts)
        if stored.retrodiction:
            say(_("Kept as logged after the fact: it stays out of calibration."))
        for line in [*captured.notes, *([] if args.quiet else _advice(session, stored, forecasts))]:
            say(line)
        if not forecasts:
            say(_("How sure are you? Say it with `predict forecast %(n)s 80%%`.") % {"n": stored.id})
        if args.json:
            put_json(plain_prediction(session, stored))
        else:
            put(one_line(session, stored))
    return 0


def _captured(args: argparse.Namespace, at: datetime) -> Captured:
    if args.verbatim:
        return Captured(text=args.text, statement=args.text.strip())
    return read_line(args.text, at)


def _draft(args: argparse.Namespace, captured: Captured, at: datetime) -> tuple[Prediction, tuple[Forecast, ...]]:
    """What is to be kept, said at that moment: the line, and over it the options."""
    draft, forecasts = captured.prediction(at), captured.forecasts(at)
    if args.probability is not None:
        draft = replace(draft, kind=PredictionKind.YES_NO, options=(), unit="")
        forecasts = (Forecast(at=at, probability=read_share(args.probability)),)
    elif args.options is not None:
        names, shares = read_options(args.options)
        draft = replace(draft, kind=PredictionKind.CHOICE, options=names, exclusive=not args.not_exclusive)
        forecasts = tuple(Forecast(at=at, probability=share, option=number) for number, share in shares.items())
    elif args.number is not None or args.date is not None:
        kind = PredictionKind.NUMBER if args.date is None else PredictionKind.DATE
        draft = replace(draft, kind=kind)
        quantiles = read_quantiles(args.date or args.number or "", kind, at)
        forecasts = (Forecast(at=at, quantiles=quantiles),) if quantiles else ()
    if args.not_exclusive and draft.kind is not PredictionKind.CHOICE:
        raise UserError(_("--not-exclusive belongs to --options."))
    fields = fields_of(args, at)
    if "tags" in fields:
        fields["tags"] = tuple(dict.fromkeys([*draft.tags, *fields["tags"]]))
    if args.comment and not forecasts:
        forecasts = (Forecast(at=at),)
    if forecasts:
        forecasts = (replace(forecasts[0], comment=args.comment), *forecasts[1:])
    return replace(draft, **fields), forecasts


def _advice(session: Session, stored: Prediction, forecasts: tuple[Forecast, ...]) -> list[str]:
    """What might spoil its resolution: the worst two, and how to see the others."""
    book = book_of(session)
    others = [one for one in book.predictions.values() if one.id != stored.id and book.is_open(one.id)]
    sure = forecasts[0].probability if forecasts and stored.kind is PredictionKind.YES_NO else None
    found = check(stored, others=others, probability=sure, now=session.clock())
    found = tuple(one for one in found if one.rule is not RuleId.SOURCE)  # that would be said of nearly every line
    found = tuple(sorted(found, key=lambda one: one.other is None))  # what is there already makes the rest vain
    lines = [f"{one.message} {_helps(one)}" for one in found[:_ADVICE]]
    if len(found) > _ADVICE:
        lines.append(_("More: `predict check`. Change it with `predict edit %(n)s`.") % {"n": stored.id})
    return lines


def _helps(one: Finding) -> str:
    if one.other is None:
        return one.question or one.repair
    return _("Add a forecast to that one instead: `predict forecast %(n)s`.") % {"n": one.other}


@contextmanager
def _opened_or_new(args: argparse.Namespace) -> Iterator[Session]:
    """The workspace; a new one, of which nothing is left if the prediction cannot be kept."""
    if args.workspace.exists():
        with writing(args.workspace) as session:
            yield session
        return
    with new_session(args.workspace, name=args.workspace.stem, clock=system_clock) as session:
        yield session
