"""surveyapp report --workspace W --output R.pdf"""

from __future__ import annotations

import argparse
from pathlib import Path

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.cli.console import Progress, add_wave, add_workspace, reading, say
from surveyapp.domain.errors import UserError
from surveyapp.services.report import choose_report, write_markdown_report, write_pdf_report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `report`."""
    add_workspace(parser)
    add_wave(parser)
    parser.add_argument("--report", metavar="NAME", help=_("a report of the workspace; everything without it"))
    parser.add_argument("--output", "-o", type=Path, required=True, metavar="FILE", help=_("FILE.pdf or FILE.md"))
    parser.epilog = _("example: surveyapp report --workspace riverside.survey --wave 2026 --output results.pdf")


def run(args: argparse.Namespace) -> int:
    """Write the report; the ending of the output chooses the form."""
    suffix = args.output.suffix.lower()
    if suffix not in (".pdf", ".md"):
        raise UserError(_("A report is written as .pdf or .md."), _("Give the output one of these endings."))
    progress = Progress(_("Computing"))
    warnings: list[str] = []
    with reading(args.workspace) as session:
        spec = choose_report(session, wave=args.wave, name=args.report)
        if suffix == ".pdf":
            n = write_pdf_report(session, spec, args.output, report=progress, warn=warnings.append)
            amount = ngettext("%(n)s page", "%(n)s pages", n) % {"n": fmt_count(n)}
        else:
            n = write_markdown_report(session, spec, args.output, report=progress, warn=warnings.append)
            amount = ngettext("%(n)s figure", "%(n)s figures", n) % {"n": fmt_count(n)}
    progress.end()
    for line in warnings:
        say(line)
    say(_("%(name)s written, %(amount)s.") % {"name": str(args.output), "amount": amount})
    return 0
