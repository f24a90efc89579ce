"""surveyapp predict show PREDICTION --workspace W [--json]"""

from __future__ import annotations

import argparse
from datetime import date, datetime

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_workspace, put, put_json, reading
from surveyapp.cli.predict.field import add_prediction
from surveyapp.cli.predict.print import plain_prediction
from surveyapp.domain.prediction import Prediction, Visibility
from surveyapp.figures.axis import fmt_day
from surveyapp.services.prediction.field_text import seen_by
from surveyapp.services.prediction.sealing import seals_of
from surveyapp.services.prediction.story import Event, Story, story_of
from surveyapp.services.prediction.typed import find_prediction
from surveyapp.services.prediction.words import deadline_words
from surveyapp.services.session import Session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict show`."""
    add_prediction(parser)
    add_workspace(parser)
    add_json(parser)
    parser.description = _(
        "Show a prediction with all that became of it: forecasts, what was changed in its wording, resolutions, seals. "
        "Nothing of it is ever overwritten."
    )
    parser.epilog = _("example: surveyapp predict show 12 --workspace mine.survey")


def run(args: argparse.Namespace) -> int:
    """Print it, the newest of its history first."""
    with reading(args.workspace) as session:
        one = find_prediction(session, args.prediction)
        if args.json:
            put_json(plain_prediction(session, one))
        else:
            put("\n".join(_lines(session, story_of(session, one.id))))
    return 0


def _lines(session: Session, story: Story) -> list[str]:
    one, now = story.prediction, session.clock()
    fields = [f"{label}{'' if label.endswith('?') else ':'} {text}" for label, text in _fields(one, now) if text]
    others = [f"{who}: {belief}" for who, belief, _at in story.others]
    seals = [_seal_line(found.digest, found.opens_on, found.opened_at, now) for found in seals_of(session, [one.id])]
    history = [_event_line(event, now) for event in story.events]
    return [
        f"{one.id}  {one.statement}",
        *(f"  {line}" for line in fields),
        *_block(_("What others believe"), others),
        *_block(_("Seals"), seals),
        *_block(_("History"), history),
    ]


def _fields(one: Prediction, now: datetime) -> list[tuple[str, str]]:
    yes = _("yes")
    return [
        (_("Options"), "; ".join(one.options)),
        (_("Several may happen"), yes if one.options and not one.exclusive else ""),
        (_("Unit"), one.unit),
        (_("Only if"), one.condition),
        (_("You will know by"), deadline_words(one.due, now)),
        (_("Look again on"), fmt_day(one.review_on, year=True) if one.review_on else ""),
        (_("Who decides"), one.decider),
        (_("By what source"), one.source),
        (_("What would “no” look like?"), one.no_means),
        (_("Background"), one.background),
        (_("Tags"), " ".join(f"#{tag}" for tag in one.tags)),
        (_("Seen by"), seen_by(one.visibility) if one.visibility is not Visibility.PRIVATE else ""),
        (_("I can influence this"), yes if one.influence else ""),
        (_("Looked up afterwards"), yes if one.retrodiction else ""),
    ]


def _block(title: str, lines: list[str]) -> list[str]:
    return ["", title, *(f"  {line}" for line in lines)] if lines else []


def _event_line(event: Event, now: datetime) -> str:
    local = event.at.astimezone(now.tzinfo)
    said = f"{event.who}: {event.what}" if event.who else event.what
    reason = f" ({event.why})" if event.why else ""
    return f"{fmt_day(local.date(), year=True)} {local:%H:%M}  {said}{reason}"


def _seal_line(digest: str, opens_on: date | None, opened_at: datetime | None, now: datetime) -> str:
    if opened_at is not None:
        state = _("opened on %(day)s") % {"day": fmt_day(opened_at.astimezone(now.tzinfo).date(), year=True)}
    elif opens_on is not None:
        state = _("to be opened on %(day)s") % {"day": fmt_day(opens_on, year=True)}
    else:
        state = _("not opened")
    return f"{digest}  {state}"
