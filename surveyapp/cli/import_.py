"""surveyapp import FILE [FILE...] --workspace W [--wave 2026 | --into 2026] [--mapping M] [--link COLUMN]"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from surveyapp.base.clock import system_clock
from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.cli.console import Progress, add_json, put_json, say
from surveyapp.cli.into import run_into
from surveyapp.cli.link import bring_key, linked, tell_link
from surveyapp.domain.codec import to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.wave import Problem, Wave
from surveyapp.importers.hashing import waits_for_hash
from surveyapp.importers.plan import ImportPlan
from surveyapp.importers.problem.decision import apply_zero_blanks, asks_of_zero, settled_label
from surveyapp.services.codebook.mapping import read_mapping
from surveyapp.services.intake.adding import AddMode
from surveyapp.services.intake.arrival import refuse_codebook
from surveyapp.services.intake.importing import ensure_new_name, plan_import_of, proposed_name, run_import
from surveyapp.services.intake.preview import Preview, accept_recommended
from surveyapp.services.intake.same_people import SamePeople, find_same_people
from surveyapp.services.session import Session
from surveyapp.services.workspace import new_session, require_session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `import`."""
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help=_("a census file; several become one wave, all their rows")
    )
    parser.add_argument(
        "--workspace", "-w", type=Path, required=True, metavar="FILE", help=_("the workspace; made if there is none")
    )
    parser.add_argument("--wave", metavar="NAME", help=_("the name of the wave, such as 2026"))
    parser.add_argument("--survey", metavar="NAME", default=_("Census"), help=_("the name of the survey"))
    parser.add_argument(
        "--mapping",
        "--codebook",
        dest="mapping",
        type=Path,
        metavar="FILE",
        help=_("decisions of an earlier import (see codebook), or a codebook that came with the file"),
    )
    parser.add_argument("--encoding", metavar="NAME", help=_("the encoding, where it cannot be told"))
    parser.add_argument("--sheet", metavar="NAME", help=_("the sheet of a spreadsheet, or the table of an archive"))
    parser.add_argument("--name", metavar="NAME", help=_("the community's name, for a new workspace"))
    parser.add_argument(
        "--accept", action="store_true", help=_("take every recommended decision, as key A does in the window")
    )
    _add_several(parser)
    add_json(parser)
    parser.description = _(
        "Put a census file into a workspace. The proposed codebook is taken as it stands: zeros that stand for a "
        "blank are read as blank. Broken letters and wrong units are told; --accept changes them as recommended."
    )
    parser.epilog = "\n".join(
        (
            _("example: surveyapp import responses.csv --workspace riverside.survey --wave 2026 --accept"),
            _("example: surveyapp import paper.csv online.csv --workspace riverside.survey --wave 2026"),
            _("example: surveyapp import responses-june.csv --workspace riverside.survey --into 2026"),
            _("example: surveyapp import responses.csv --workspace riverside.survey --link Email --key-file links.key"),
        )
    )


def _add_several(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--into", metavar="WAVE", help=_("add the file to a wave that is there: a longer export of it, or more people")
    )
    parser.add_argument(
        "--as",
        dest="mode",
        choices=[AddMode.UPDATE.value, AddMode.ADD.value],
        help=_("with --into: rows replace those of the same people (update), or all are new people (add)"),
    )
    parser.add_argument(
        "--same",
        nargs=2,
        action="append",
        default=[],
        metavar=("HEADER", "EARLIER"),
        help=_("a column that an earlier file has under another header; may be repeated"),
    )
    parser.add_argument(
        "--link",
        action="append",
        default=[],
        metavar="COLUMN",
        help=_("replace the addresses in this column by a keyed hash, which links people over the years"),
    )
    parser.add_argument(
        "--key-file",
        type=Path,
        metavar="FILE",
        help=_(
            "where addresses are replaced: take the key from this file, or save it there if there is none; keep it safe"
        ),
    )
    parser.add_argument(
        "--new-key",
        action="store_true",
        help=_(
            "where addresses are replaced: make a new key if the old one is lost; nobody is linked to earlier waves"
        ),
    )


def run(args: argparse.Namespace) -> int:
    """Import files with the proposed codebook, or the one of --mapping, as it stands; or add them to a wave."""
    if args.into is not None:
        return run_into(args)
    if args.mode is not None:
        raise UserError(_("--as belongs to --into."), _("Say into which wave the file goes."))
    mapping = read_mapping(args.mapping) if args.mapping else None
    with _workspace(args.workspace) as opened:
        if args.wave is not None and opened is not None:
            ensure_new_name(opened, args.wave)  # before a long file is read
        refuse_codebook(args.files)
        with Progress(_("Reading")) as progress:
            plan = plan_import_of(
                args.files,
                mapping=mapping,
                encoding=args.encoding,
                sheet=args.sheet,
                renamed=tuple(map(tuple, args.same)),
                report=progress,
            )
            if not args.sheet:
                refuse_codebook(args.files, plan.table)
            plan, taken = apply_zero_blanks(linked(plan, args.link))
            if args.accept:
                accepted = accept_recommended(Preview(base=plan))
                plan = accepted.plan
                taken += tuple(step.problem for step in accepted.steps if step.problem is not None)
            links = waits_for_hash(plan)  # by --link, or as decided in the mapping
            if (args.key_file is not None or args.new_key) and not links:
                raise UserError(
                    _("--key-file and --new-key belong to --link."), _("Say which column is to be replaced.")
                )
        with _opened_or_new(opened, args) as session, Progress(_("Storing")) as progress:
            name = proposed_name(session, plan) if args.wave is None else args.wave
            ensure_new_name(session, name)
            if links:
                bring_key(session, args.key_file, new=args.new_key)
            same = find_same_people(session, plan)
            wave = run_import(session, plan, wave=name, survey=args.survey, report=progress)
            if links:
                tell_link(session, args.key_file)
    _tell(plan, wave, taken, same, as_json=args.json)
    return 0


@contextmanager
def _workspace(path: Path) -> Iterator[Session | None]:
    """The workspace, held while the file is read; None if there is none yet."""
    if not path.exists():
        yield None
        return
    session = require_session(path, clock=system_clock)
    try:
        yield session
    finally:
        session.close()


@contextmanager
def _opened_or_new(opened: Session | None, args: argparse.Namespace) -> Iterator[Session]:
    """The open workspace, else a new one, of which nothing is left if the import fails."""
    if opened is not None:
        yield opened
        return
    with new_session(args.workspace, name=args.name or args.workspace.stem, clock=system_clock) as session:
        yield session


def _tell(plan: ImportPlan, wave: Wave, taken: tuple[Problem, ...], same: SamePeople | None, *, as_json: bool) -> None:
    n = wave.n_responses
    say(ngettext("%(n)s person imported.", "%(n)s people imported.", n) % {"n": fmt_count(n)})
    if same is not None:
        say(_("%(same)s: they are in two waves now.") % {"same": same.sentence()})
    for sentence in plan.done:
        say(f"  {sentence}")
    _tell_list(ngettext("%(n)s proposal taken:", "%(n)s proposals taken:", len(taken)), taken, fixed=True)
    count = len(plan.problems)
    _tell_list(ngettext("%(n)s thing to look at:", "%(n)s things to look at:", count), plan.problems)
    if plan.unmatched:
        names = ", ".join(question.column for question in plan.unmatched)
        say(_("In the mapping, but not in the file: %(names)s") % {"names": names})
    if as_json:
        put_json(
            {
                "wave": wave.name,
                "people": wave.n_responses,
                "columns": len(plan.mapping.questions),
                "source_sha256": wave.source_sha256,
                "same_people": {"wave": same.wave.name, "n": same.n, "sure": same.is_sure} if same else None,
                "applied": [to_plain(problem) for problem in taken],
                "problems": [to_plain(problem) for problem in plan.problems],
                "done": list(plan.done),
                "unmatched": [question.column for question in plan.unmatched],
            }
        )


def _tell_list(title: str, problems: tuple[Problem, ...], *, fixed: bool = False) -> None:
    if problems:
        say(title % {"n": fmt_count(len(problems))})
    for problem in problems:
        words = settled_label(problem, problem.fixes[0].label) if fixed else problem.title
        say(f"  {words} ({fmt_count(problem.count)})" if problem.count else f"  {words}")
        if fixed and asks_of_zero(problem):  # the evidence on which answers were taken for blanks
            say(f"    {problem.detail}")
