"""What changed between waves: the options of `waves --changes`."""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _
from surveyapp.cli.console import put, put_json, reading
from surveyapp.cli.subject import add_base, base_of_arguments
from surveyapp.cli.text_table import table_text
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec
from surveyapp.domain.errors import UserError
from surveyapp.services.analysis.change import SORTS
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.result_plain import result_to_plain
from surveyapp.services.session import Session
from surveyapp.stats.wave_change.spec import Measure


def add_change_options(parser: argparse.ArgumentParser) -> None:
    """--changes and what belongs to it."""
    group = parser.add_argument_group(_("what changed"))
    group.add_argument(
        "--changes", action="store_true", help=_("the change of every question that is the same in both waves")
    )
    group.add_argument("--question", "-q", metavar="NAME", help=_("the change of one question, answer by answer"))
    group.add_argument(
        "--answer", action="append", default=[], metavar="LABEL", help=_("the share of this answer; may be repeated")
    )
    group.add_argument(
        "--measure", choices=[Measure.MEAN.value, Measure.MEDIAN.value], help=_("the mean or median instead of shares")
    )
    group.add_argument(
        "--composition",
        action="append",
        default=[],
        metavar="NAME",
        help=_("as if people had been composed by this question as in the earlier wave; may be repeated"),
    )
    group.add_argument("--returning", action="store_true", help=_("the people of both waves apart"))
    group.add_argument("--all-waves", action="store_true", help=_("one question through all waves"))
    group.add_argument("--sort", choices=SORTS, help=_("the order of questions; the largest rise first without"))
    add_base(parser)


def refuse_change_options(args: argparse.Namespace) -> None:
    """Raise UserError if options of changes were given without --changes."""
    given = args.question or _of_one(args) or args.sort or args.filter or args.usual_filters or args.weight
    if given or args.level != 0.95:
        raise UserError(
            _("Questions, filters and weights belong to --changes. Nothing was changed."),
            _("Add --changes to see what changed between the waves."),
        )


def run_changes(args: argparse.Namespace) -> int:
    """Compute and print; nothing is changed."""
    if args.confirm or args.confirm_all or args.not_same or args.how:
        raise UserError(_("Decide first, then ask for --changes. Nothing was changed."))
    with reading(args.workspace) as session:
        spec = change_of_arguments(session, args)
        result = run_analysis(session, spec)
    if args.json:
        put_json(result_to_plain(result, level=spec.base.level))
    else:
        put(table_text(result))
    return 0


def change_of_arguments(session: Session, args: argparse.Namespace) -> AnalysisSpec:
    """The specification that was asked for. Raises UserError for waves, questions and answers there are not."""
    if len(session.waves()) < 2:
        raise UserError(_("One wave so far."), _("Import an earlier year to compare."))
    if _of_one(args) and not args.question:
        raise UserError(
            _("--answer, --measure, --composition, --returning and --all-waves are about one question."),
            _("Name it with --question."),
        )
    base = base_of_arguments(session, argparse.Namespace(**{**vars(args), "wave": args.later}))
    names = [args.question] if args.question else []
    columns, by = (
        tuple(column_key(session.find_question(base.wave_id, name)) for name in each)
        for each in (names, args.composition)
    )
    spec = AnalysisSpec(kind=AnalysisKind.CHANGE, columns=columns, by=by, base=base)
    options = {
        "from": args.earlier or "",
        "answers": "|".join(args.answer),
        "measure": args.measure or "",
        "returning": "on" if args.returning else "",
        "waves": "all" if args.all_waves else "",
        "sort": args.sort or "",
    }
    for name, value in options.items():
        spec = spec.with_option(name, value)
    return spec


def _of_one(args: argparse.Namespace) -> bool:
    return bool(args.answer or args.measure or args.composition or args.returning or args.all_waves)
