"""surveyapp predict import FILE --workspace W [--me NAME] [--scale share|percent] [--zone Z] [--dry-run] ..."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from surveyapp.base.clock import system_clock
from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.cli.console import Progress, add_json, put_json, say
from surveyapp.domain.errors import UserError
from surveyapp.importers.prediction.contest import read_key
from surveyapp.importers.prediction.plan import PredictionPlan, ReadOptions, Refused, Scale
from surveyapp.importers.prediction.registry import FORMATS, UnknownLog, read_predictions
from surveyapp.importers.prediction.spreadsheet_column import FIELDS
from surveyapp.importers.prediction.zone import read_zone
from surveyapp.services.prediction.identity import recognised
from surveyapp.services.prediction.importing import Imported, import_predictions, known_words
from surveyapp.services.session import Session
from surveyapp.services.workspace import new_session, require_session

_ROWS_SHOWN = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `predict import`."""
    parser.add_argument("file", type=Path, metavar="FILE", help=_("a prediction log: CSV, JSON, XLSX or ZIP"))
    parser.add_argument(
        "--workspace", "-w", type=Path, required=True, metavar="FILE", help=_("the workspace; made if there is none")
    )
    parser.add_argument("--me", metavar="NAME", help=_("which of the people in the file is you"))
    parser.add_argument(
        "--scale",
        choices=[scale.value for scale in Scale],
        help=_("whether probabilities are shares of 1 or per cents, where the file does not say"),
    )
    parser.add_argument(
        "--zone", metavar="ZONE", help=_("the zone of moments without one: Europe/Prague, +01:00; UTC without it")
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=HEADER",
        help=_("a column of a spreadsheet by its header: %(names)s; may be repeated")
        % {"names": ", ".join(field.name for field in FIELDS)},
    )
    parser.add_argument(
        "--no-header",
        action="store_true",
        help=_("the first row of a spreadsheet is data: its columns are “Column 1”, “Column 2” and so on"),
    )
    parser.add_argument(
        "--as",
        dest="format",
        choices=[spec.id for spec in FORMATS],
        metavar="FORMAT",
        help=_("the format: %(names)s") % {"names": ", ".join(spec.id for spec in FORMATS)},
    )
    parser.add_argument("--key", type=Path, metavar="FILE", help=_("how the questions of a contest came out: a table"))
    parser.add_argument("--date", metavar="DAY", help=_("when the forecasts were made, where the file does not say"))
    parser.add_argument("--aggregates", action="store_true", help=_("take forecasts that a site computed, too"))
    parser.add_argument(
        "--alone", action="store_true", help=_("nobody else answered: PredictionBook's means are your own forecasts")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("say what is in the file and store nothing"))
    add_json(parser)
    parser.epilog = "\n".join(
        (
            _("example: surveyapp predict import fatebook.csv --workspace mine.survey --me Ada"),
            _("example: surveyapp predict import my.xlsx -w mine.survey --column statement=Claim --scale percent"),
            _("example: surveyapp predict import contest.csv -w mine.survey --key outcomes.csv --date 2026-01-15"),
        )
    )


def run(args: argparse.Namespace) -> int:
    """Read, say what was understood, store it unless told not to."""
    with _workspace(args) as session:
        with Progress(_("Reading")) as progress:
            plan = _read(args, progress)
        plan = recognised(session, plan) if session is not None and not args.me else plan
        if args.me and args.me not in plan.people:
            raise UserError(
                _("Nobody in the file is called “%(name)s”.") % {"name": args.me},
                _("People in the file: %(names)s.") % {"names": ", ".join(plan.people[:50])},
            )
        _tell(plan)
        if args.dry_run and session is not None and (known := known_words(session, plan)):
            say(f"  {known}")
        done = None
        if session is not None and not args.dry_run:
            done = import_predictions(session, plan)
            say(done.sentence)
    if args.json:
        put_json(_plain(plan, done))
    return 0


def _read(args: argparse.Namespace, progress: Progress) -> PredictionPlan:
    try:
        return read_predictions(args.file, options=_options(args), format_id=args.format or "", report=progress)
    except UnknownLog as error:
        if not error.is_table:
            raise
        own = _(
            "Of a table of your own, say which column is what: --column statement=HEADER --column probability=HEADER."
        )
        raise UserError(error.title, f"{error.what_to_do} {own}") from error


@contextmanager
def _workspace(args: argparse.Namespace) -> Iterator[Session | None]:
    """The open workspace; a new one, of which nothing is left if the import fails; none for a dry run without one."""
    if args.workspace.exists():
        session = require_session(args.workspace, clock=system_clock, read_only=args.dry_run)
        try:
            yield session
        finally:
            session.close()
        return
    if args.dry_run:
        yield None
        return
    with new_session(args.workspace, name=args.workspace.stem, clock=system_clock) as session:
        yield session


def _options(args: argparse.Namespace) -> ReadOptions:
    zone = read_zone(args.zone) if args.zone else UTC
    return ReadOptions(
        scale=Scale(args.scale) if args.scale else None,
        zone=zone,
        me=args.me or "",
        columns=tuple(_pair(text) for text in args.column),
        headed=not args.no_header,
        at=_day(args.date, zone) if args.date else None,
        key=read_key(args.key) if args.key else (),
        aggregates=args.aggregates,
        alone=args.alone,
    )


def _pair(text: str) -> tuple[str, str]:
    name, sign, header = text.partition("=")
    if not sign or not name.strip():
        raise UserError(
            _("--column needs FIELD=HEADER, but “%(text)s” has no “=”.") % {"text": text},
            _("Such as --column statement=Claim; an empty header leaves the field away."),
        )
    return name.strip(), header.strip()


def _day(text: str, zone: tzinfo) -> datetime:
    from surveyapp.importers.prediction.when import read_when

    moment = read_when(text, zone)
    if moment is None:
        raise UserError(_("“%(text)s” is no day.") % {"text": text}, _("Write it as 2026-01-15."))
    return moment


def _tell(plan: PredictionPlan) -> None:
    """What was understood, on stderr: results go to stdout."""
    n, m = len(plan.predictions), plan.n_forecasts
    words = ngettext("%(title)s: %(n)s prediction", "%(title)s: %(n)s predictions", n)
    more = ngettext("%(n)s forecast", "%(n)s forecasts", m) % {"n": fmt_count(m)}
    say(f"{words % {'title': plan.title, 'n': fmt_count(n)}}, {more}.")
    for sentence in filter(None, (plan.scale, plan.zone)):
        say(f"  {sentence}")
    if plan.columns:
        named = ", ".join(f"{name} = {header}" for name, header in plan.columns)
        say("  " + _("Columns: %(names)s") % {"names": named})
    if plan.me is not None:
        say("  " + _("You are %(name)s.") % {"name": plan.people[plan.me]})
    elif plan.people:
        say(
            "  "
            + _("Nobody in the file is taken as you; --me says who is. Most forecasts: %(names)s.")
            % {"names": ", ".join(name for name, _n in plan.forecasts_of.most_common(5))}
        )
    for note in plan.notes:
        say(f"  {note}")
    for refused in plan.refused:
        say(f"  {_refused_words(refused)}")
    for unscored in plan.unscored:
        say(f"  {_unscored_words(unscored)}")


def _refused_words(refused: Refused) -> str:
    words = ngettext("Not read, row %(rows)s: %(why)s", "Not read, %(n)s rows (%(rows)s): %(why)s", len(refused.rows))
    return words % _row_values(refused)


def _unscored_words(unscored: Refused) -> str:
    words = ngettext(
        "Kept, but in no score, row %(rows)s: %(why)s",
        "Kept, but in no score, %(n)s rows (%(rows)s): %(why)s",
        len(unscored.rows),
    )
    return words % _row_values(unscored)


def _row_values(told: Refused) -> dict[str, str]:
    rows = ", ".join(map(str, told.rows[:_ROWS_SHOWN]))
    dots = " …" if len(told.rows) > _ROWS_SHOWN else ""
    return {"n": fmt_count(len(told.rows)), "rows": rows + dots, "why": told.reason}


def _plain(plan: PredictionPlan, done: Imported | None) -> dict[str, Any]:
    return {
        "format": plan.source.format,
        "source_sha256": plan.source.sha256,
        "predictions": len(plan.predictions),
        "forecasts": plan.n_forecasts,
        "people": dict(plan.forecasts_of.items()),
        "me": None if plan.me is None else plan.people[plan.me],
        "scale": plan.scale,
        "asks_scale": plan.asks_scale,
        "asks_date": plan.asks_date,
        "zone": plan.zone,
        "columns": dict(plan.columns),
        "notes": list(plan.notes),
        "refused": [{"rows": list(one.rows), "reason": one.reason} for one in plan.refused],
        "unscored": [{"rows": list(one.rows), "reason": one.reason} for one in plan.unscored],
        "stored": None
        if done is None
        else {
            "new": done.n_new,
            "changed": done.n_changed,
            "known": done.n_known,
            "forecasts": done.n_forecasts,
            "resolutions": done.n_resolutions,
        },
    }
