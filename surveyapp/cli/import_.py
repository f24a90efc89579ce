"""surveyapp import FILE --workspace W --wave 2026 [--mapping M]"""

from __future__ import annotations

import argparse
from pathlib import Path

from surveyapp.base.clock import system_clock
from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.cli.console import Progress, add_json, put_json, say
from surveyapp.domain.codec import to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.wave import Wave
from surveyapp.importers.mapping_file import mapping_from_json
from surveyapp.importers.plan import ImportPlan
from surveyapp.services.importing import ensure_new_name, plan_import, proposed_name, run_import
from surveyapp.services.session import Session
from surveyapp.services.workspace import create_session, require_session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `import`."""
    parser.add_argument("file", type=Path, metavar="FILE", help=_("CSV, TSV, XLSX, XLS or ODS"))
    parser.add_argument(
        "--workspace", "-w", type=Path, required=True, metavar="FILE", help=_("the workspace; made if there is none")
    )
    parser.add_argument("--wave", metavar="NAME", help=_("the name of the wave, such as 2026"))
    parser.add_argument("--survey", metavar="NAME", default=_("Census"), help=_("the name of the survey"))
    parser.add_argument("--mapping", type=Path, metavar="FILE", help=_("decisions of an earlier import, see codebook"))
    parser.add_argument("--encoding", metavar="NAME", help=_("the encoding, where it cannot be told"))
    parser.add_argument("--sheet", metavar="NAME", help=_("the sheet of a spreadsheet"))
    parser.add_argument("--name", metavar="NAME", help=_("the community's name, for a new workspace"))
    add_json(parser)
    parser.epilog = _("example: surveyapp import responses.csv --workspace riverside.survey --wave 2026")


def run(args: argparse.Namespace) -> int:
    """Import a file with the proposed codebook, or the one of --mapping, as it stands."""
    progress = Progress(_("Reading"))
    mapping = read_mapping(args.mapping) if args.mapping else None
    plan = plan_import(args.file, mapping=mapping, encoding=args.encoding, sheet=args.sheet, report=progress)
    session = _open_or_create(args)
    try:
        name = args.wave or proposed_name(session, plan)
        ensure_new_name(session, name)
        wave = run_import(session, plan, wave=name, survey=args.survey, report=Progress(_("Storing")))
    finally:
        progress.end()
        session.close()
    _tell(plan, wave, as_json=args.json)
    return 0


def _open_or_create(args: argparse.Namespace) -> Session:
    if args.workspace.exists():
        return require_session(args.workspace, clock=system_clock)
    return create_session(args.workspace, name=args.name or args.workspace.stem, clock=system_clock)


def read_mapping(path: Path) -> Mapping:
    """A mapping file. Raises UserError if it cannot be read or is none."""
    try:
        return mapping_from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            _("The mapping %(name)s cannot be read.") % {"name": path.name}, _("Check the path."), str(error)
        ) from error


def _tell(plan: ImportPlan, wave: Wave, *, as_json: bool) -> None:
    if as_json:
        put_json(
            {
                "wave": wave.name,
                "people": wave.n_responses,
                "columns": len(plan.mapping.questions),
                "source_sha256": wave.source_sha256,
                "problems": [to_plain(problem) for problem in plan.problems],
                "done": list(plan.done),
                "unmatched": [question.column for question in plan.unmatched],
            }
        )
        return
    n = wave.n_responses
    say(ngettext("%(n)s person imported.", "%(n)s people imported.", n) % {"n": fmt_count(n)})
    for sentence in plan.done:
        say(f"  {sentence}")
    if plan.problems:
        count = len(plan.problems)
        say(ngettext("%(n)s thing to look at:", "%(n)s things to look at:", count) % {"n": fmt_count(count)})
    for problem in plan.problems:
        say(f"  {problem.title} ({fmt_count(problem.count)})" if problem.count else f"  {problem.title}")
