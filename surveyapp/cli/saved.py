"""surveyapp saved --workspace W [--save NAME --question Age ... | --export NAME | --read FILE --as NAME] [--json]"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.cli.console import add_json, add_wave, add_workspace, put, put_json, reading, say, writing
from surveyapp.cli.subject import add_base, add_subject, base_of_arguments, subject_of_arguments
from surveyapp.domain.analysis import NO_WAVE, SavedAnalysis
from surveyapp.domain.codec import to_plain
from surveyapp.domain.errors import UserError
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.analysis_text import analysis_as_text, take_text
from surveyapp.services.saved_analysis import ANALYSES, ListedAnalysis, list_analyses, remove_analysis, save_analysis
from surveyapp.services.session import Session


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `saved`."""
    add_workspace(parser)
    add_wave(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--save", metavar="NAME", help=_("keep what is asked, such as --question Age, under this name"))
    what.add_argument("--export", metavar="NAME", help=_("print a saved analysis as text for another workspace"))
    what.add_argument(
        "--read", nargs=2, metavar=("NAME", "FILE"), help=_("keep an analysis that is such a text; - reads the input")
    )
    what.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"), help=_("give a saved analysis another name"))
    what.add_argument("--remove", metavar="NAME", help=_("remove a saved analysis"))
    add_subject(parser, required=False)
    add_base(parser)
    add_json(parser)
    parser.description = _(
        "List the saved analyses, or save, rename and remove one. As text, an analysis holds the saved filters, "
        "derived questions and weights it uses; reading it saves those that are not there yet. A saved analysis is "
        "computed with: analyse --saved NAME."
    )
    parser.epilog = _(
        'example: surveyapp saved --workspace riverside.survey --save "Young" --question Age --filter "Age <= 30"'
    )


def run(args: argparse.Namespace) -> int:
    """Change what is asked, then list; or print one as text."""
    if args.export:
        with reading(args.workspace) as session:
            put(analysis_as_text(session, ANALYSES.get(session, args.export).spec))
        return 0
    if args.save or args.read or args.rename or args.remove:
        with writing(args.workspace) as session:
            _change(session, args)
    with reading(args.workspace) as session:
        found = list_analyses(session)
    if args.json:
        put_json([_plain(listed) for listed in found])
    elif found:
        put("\n".join(f"{listed.saved.name}: {listed.words}" for listed in found))
    else:
        say(_("No analysis is saved yet."))
    return 0


def _change(session: Session, args: argparse.Namespace) -> None:
    if args.save:
        spec = subject_of_arguments(session, base_of_arguments(session, args), args)
        if spec is None:
            raise UserError(_("There is nothing to save."), _("Say what is asked, such as --question Age."))
        run_analysis(session, spec)  # what cannot be asked is not kept
        save_analysis(session, SavedAnalysis(name=args.save.strip(), spec=spec))
    elif args.read:
        name, path = args.read
        wave_id = session.find_wave(args.wave).id if session.waves() or args.wave else NO_WAVE
        taken = take_text(session, _text(path), wave_id=wave_id)
        if taken.change is not None:
            say(taken.change.label)
        save_analysis(session, SavedAnalysis(name=name.strip(), spec=taken.spec))
    elif args.rename:
        held = ANALYSES.get(session, args.rename[0])
        save_analysis(session, SavedAnalysis(name=args.rename[1].strip(), spec=held.spec), replacing=held.name)
    else:
        remove_analysis(session, args.remove)


def _text(path: str) -> str:
    try:
        return sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(_("%(name)s cannot be read.") % {"name": path}, _("Check the name of the file.")) from error


def _plain(listed: ListedAnalysis) -> dict[str, object]:
    return {"name": listed.saved.name, "words": listed.words, "analysis": to_plain(listed.saved.spec)}
