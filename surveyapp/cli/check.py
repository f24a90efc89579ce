"""surveyapp check --workspace W [--upgrade]"""

from __future__ import annotations

import argparse

from surveyapp.base.clock import system_clock
from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.cli.console import add_json, add_workspace, put, put_json, say
from surveyapp.domain.codec import to_plain
from surveyapp.services.codebook import open_problems
from surveyapp.services.session import Session
from surveyapp.services.workspace import NeedsUpgrade, not_opened_error, open_session, upgrade, warning


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `check`."""
    add_workspace(parser)
    parser.add_argument("--upgrade", action="store_true", help=_("upgrade an earlier file; a copy is kept"))
    add_json(parser)
    parser.epilog = _("example: surveyapp check --workspace riverside.survey")


def run(args: argparse.Namespace) -> int:
    """Say whether the workspace is sound, and what in its waves asks for a look."""
    if args.upgrade and isinstance(open_session(args.workspace, clock=system_clock, read_only=True), NeedsUpgrade):
        upgrade(args.workspace, clock=system_clock)
        say(_("Upgraded. A copy of the earlier file was kept."))
    outcome = open_session(args.workspace, clock=system_clock, read_only=True)
    if not isinstance(outcome, Session):
        raise not_opened_error(outcome)
    try:
        _tell(outcome, as_json=args.json)
    finally:
        outcome.close()
    caution = warning(args.workspace)
    if caution:
        say(caution)
    return 0


def _tell(session: Session, *, as_json: bool) -> None:
    found = {wave.name: open_problems(session, wave.id) for wave in session.waves()}
    if as_json:
        put_json(
            [
                {
                    "wave": wave.name,
                    "people": wave.n_responses,
                    "questions": len(session.codebook(wave.id).questions),
                    "problems": [to_plain(item.problem) for item in found[wave.name]],
                }
                for wave in session.waves()
            ]
        )
        return
    put(_("%(name)s is sound.") % {"name": session.path.name})
    for wave in session.waves():
        put(
            _("%(wave)s: %(people)s people, %(questions)s questions, %(problems)s things to look at")
            % {
                "wave": wave.title,
                "people": fmt_count(wave.n_responses),
                "questions": len(session.codebook(wave.id).questions),
                "problems": len(found[wave.name]),
            }
        )
        for item in found[wave.name]:
            put(f"  {item.problem.title}")
