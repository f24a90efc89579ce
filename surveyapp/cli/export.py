"""surveyapp export --workspace W --output data.csv [--codes | --exact | --tables]"""

from __future__ import annotations

import argparse
from pathlib import Path

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.cli.console import add_wave, add_workspace, reading, say
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.services.analysis import column_key
from surveyapp.services.condition_text import parse_condition
from surveyapp.services.export import DataForm, export_data, export_tables
from surveyapp.services.report_spec import full_report
from surveyapp.services.session import Session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `export`."""
    add_workspace(parser)
    add_wave(parser)
    parser.add_argument("--output", "-o", type=Path, required=True, metavar="FILE", help=_("FILE.csv or FILE.xlsx"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--codes", action="store_true", help=_("answers as numbers instead of words"))
    form.add_argument("--exact", action="store_true", help=_("every cell as it was typed, formulas not defused (CSV)"))
    form.add_argument("--tables", action="store_true", help=_("the tables of all questions instead of the answers"))
    parser.add_argument("--question", "-q", metavar="NAME", help=_("with --tables: the table of one question"))
    parser.add_argument(
        "--filter", action="append", default=[], metavar="CONDITION", help=_("keep people, see analyse --help")
    )
    parser.epilog = _("example: surveyapp export --workspace riverside.survey --wave 2026 --output answers.xlsx")


def run(args: argparse.Namespace) -> int:
    """Write the answers or the tables."""
    with reading(args.workspace) as session:
        wave = session.find_wave(args.wave)
        base = Base(wave_id=wave.id, conditions=tuple(parse_condition(session, wave.id, text) for text in args.filter))
        if args.tables:
            n = export_tables(session, _specs(session, base, args.question), args.output)
            amount = ngettext("%(n)s table", "%(n)s tables", n) % {"n": fmt_count(n)}
        else:
            form = DataForm.EXACT if args.exact else DataForm.CODES if args.codes else DataForm.LABELS
            n = export_data(session, base, args.output, form=form)
            amount = ngettext("%(n)s person", "%(n)s people", n) % {"n": fmt_count(n)}
    say(_("%(name)s written, %(amount)s.") % {"name": str(args.output), "amount": amount})
    return 0


def _specs(session: Session, base: Base, name: str | None) -> list[AnalysisSpec]:
    if name:
        question = session.find_question(base.wave_id, name)
        return [AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(column_key(question),), base=base)]
    blocks = full_report(session, session.wave(base.wave_id), base=base).blocks
    return [block.spec for block in blocks if block.spec is not None]
