"""surveyapp export --workspace W --output data.csv|.xlsx|.sav [--codes | --exact | --original | --tables]"""

from __future__ import annotations

import argparse
from pathlib import Path

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.cli.console import add_wave, add_workspace, reading, say
from surveyapp.cli.subject import add_base, add_subject, all_specs, base_of_arguments, subject_of_arguments
from surveyapp.domain.analysis import AnalysisSpec
from surveyapp.domain.errors import UserError
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.export import DataForm, export_data, export_original, export_tables
from surveyapp.services.few_words import few_words
from surveyapp.services.picture import SUFFIXES as PICTURES
from surveyapp.services.picture import write_picture
from surveyapp.services.session import Session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `export`."""
    add_workspace(parser)
    add_wave(parser)
    parser.add_argument(
        "--output",
        "-o",
        type=Path,
        required=True,
        metavar="FILE",
        help=_("FILE.csv, FILE.xlsx or FILE.sav (SPSS); FILE.svg, FILE.png or FILE.pdf for a figure"),
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--codes", action="store_true", help=_("answers as numbers instead of words"))
    form.add_argument("--exact", action="store_true", help=_("every cell as it was typed, formulas not defused (CSV)"))
    form.add_argument("--original", action="store_true", help=_("the kept file, byte for byte, as it was imported"))
    form.add_argument("--tables", action="store_true", help=_("the tables of all questions instead of the answers"))
    add_subject(parser, required=False)
    add_base(parser)
    parser.description = _(
        "Write the answers of a wave, the tables of its questions, or the table or figure of one question. In CSV and "
        "XLSX, texts that a spreadsheet would take for formulas are defused; --exact writes every cell as typed. An "
        "SPSS file holds codes with their labels; not shown, refused, unreadable and out of range are user-missing "
        "values, a blank is system-missing, a multiple choice is a 0/1 variable per option and a response set."
    )
    parser.epilog = _("example: surveyapp export --workspace riverside.survey --wave 2026 --output answers.xlsx")


def run(args: argparse.Namespace) -> int:
    """Write the answers, the kept file, the tables or a figure."""
    with reading(args.workspace) as session:
        base = base_of_arguments(session, args)
        if args.original:
            n = export_original(session, base.wave_id, args.output)
            say(_("%(name)s written, %(amount)s.") % {"name": str(args.output), "amount": _bytes(n)})
            return 0
        one = subject_of_arguments(session, base, args)
        if args.output.suffix.lower() in PICTURES:
            amount = _picture(session, one, args)
        elif args.tables or one is not None:
            _refuse_forms(args)
            n = export_tables(session, [one] if one else all_specs(session, base), args.output, tell=say)
            amount = ngettext("%(n)s table", "%(n)s tables", n) % {"n": fmt_count(n)}
        else:
            form = DataForm.EXACT if args.exact else DataForm.CODES if args.codes else DataForm.LABELS
            n = export_data(session, base, args.output, form=form)
            amount = fmt_people(n)
    say(_("%(name)s written, %(amount)s.") % {"name": str(args.output), "amount": amount})
    return 0


def _bytes(n: int) -> str:
    return ngettext("%(n)s byte", "%(n)s bytes", n) % {"n": fmt_count(n)}


def _picture(session: Session, spec: AnalysisSpec | None, args: argparse.Namespace) -> str:
    _refuse_forms(args)
    if spec is None:
        raise UserError(
            _("A figure shows one thing."),
            _("Say which with --question, --grid, --cross, --calibration or --timeline."),
        )
    result = run_analysis(session, spec)
    write_picture(result, args.output)
    if words := few_words([result]):
        say(words)
    return _("1 figure")


def _refuse_forms(args: argparse.Namespace) -> None:
    if args.codes or args.exact:
        raise UserError(_("--codes and --exact are for answers, not for tables or figures."), _("Leave them out."))
