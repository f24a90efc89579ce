"""surveyapp analyse --workspace W --wave 2026 --question Age [--json]"""

from __future__ import annotations

import argparse

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_wave, add_workspace, put, put_json, reading
from surveyapp.cli.text_table import table_text
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition
from surveyapp.domain.errors import UserError
from surveyapp.services.analysis import column_key, grid_spec, run_analysis
from surveyapp.services.base_state import proposed_conditions
from surveyapp.services.condition_text import parse_condition
from surveyapp.services.report_spec import full_report
from surveyapp.services.result_plain import result_to_plain
from surveyapp.services.session import Session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `analyse`."""
    add_workspace(parser)
    add_wave(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--question", "-q", metavar="NAME", help=_("a question, by header, short name or q-number"))
    what.add_argument("--grid", metavar="NAME", help=_("a battery of items"))
    what.add_argument("--calibration", metavar="NAME", help=_("the estimate of a calibration pair"))
    what.add_argument("--timeline", action="store_true", help=_("responses over time"))
    what.add_argument("--all", action="store_true", help=_("everything a full report would hold"))
    parser.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="CONDITION",
        help=_('keep people, such as "Gender = Female", "Age >= 18", "Age answered", "not identical"; may be repeated'),
    )
    parser.add_argument("--usual-filters", action="store_true", help=_("consented, attentive, no identical rows"))
    parser.add_argument("--level", type=float, default=0.95, metavar="SHARE", help=_("interval level, 0.95"))
    add_json(parser)
    parser.epilog = _("example: surveyapp analyse --workspace riverside.survey --wave 2026 --question Age --json")


def run(args: argparse.Namespace) -> int:
    """Compute and print; nothing is changed."""
    if not 0.5 <= args.level < 1:
        raise UserError(_("The interval level lies between 0.5 and 1, such as 0.95."), "")
    with reading(args.workspace) as session:
        wave = session.find_wave(args.wave)
        base = Base(wave_id=wave.id, conditions=_conditions(session, wave.id, args), level=args.level)
        results = [run_analysis(session, spec) for spec in _specs(session, base, args)]
    if args.json:
        plain = [result_to_plain(result) for result in results]
        put_json(plain if args.all else plain[0])
    else:
        put("\n\n".join(table_text(result) for result in results))
    return 0


def _conditions(session: Session, wave_id: int, args: argparse.Namespace) -> tuple[Condition, ...]:
    usual = proposed_conditions(session, wave_id) if args.usual_filters else []
    return (*usual, *(parse_condition(session, wave_id, text) for text in args.filter))


def _specs(session: Session, base: Base, args: argparse.Namespace) -> list[AnalysisSpec]:
    codebook = session.codebook(base.wave_id)
    if args.timeline:
        return [AnalysisSpec(kind=AnalysisKind.TIMELINE, base=base)]
    if args.all:
        blocks = full_report(session, session.wave(base.wave_id), base=base).blocks
        return [block.spec for block in blocks if block.spec is not None]
    if args.grid:
        if not codebook.of_grid(args.grid):
            grids = ", ".join(sorted({q.grid for q in codebook.questions if q.grid})) or _("none")
            raise UserError(
                _("There is no battery %(name)s.") % {"name": args.grid}, _("There are: %(names)s.") % {"names": grids}
            )
        return [grid_spec(codebook, args.grid, base)]
    name = args.calibration or args.question
    question = session.find_question(base.wave_id, name)
    kind = AnalysisKind.CALIBRATION if args.calibration else AnalysisKind.QUESTION
    return [AnalysisSpec(kind=kind, columns=(column_key(question),), base=base)]
