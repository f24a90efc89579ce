"""Problems once the wave is stored: some of what could be done before can no longer be."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.wave import Problem, Severity
from surveyapp.importers.problem.address import ADDRESSES

IN_THE_FILE = ("hash", "join")
"""Fixes that change the file that is kept, or how its parts are read."""


def once_stored(problem: Problem) -> Problem:
    """The problem of a stored wave: a hash, say, would come too late, the kept file and its backups hold the
    addresses."""
    if not any(fix.action in IN_THE_FILE for fix in problem.fixes):
        return problem
    fixes = tuple(fix for fix in problem.fixes if fix.action not in IN_THE_FILE)
    detail = _("To take them as one, undo the import, then import the files again and say so before they are stored.")
    if problem.kind == ADDRESSES:
        detail = _(
            "They are kept, and stay in this workspace and its backups even if the import is undone. For one without "
            "them, import the file into a new workspace and choose the keyed hash before it is stored."
        )
    return replace(problem, severity=Severity.LOOK, detail=detail, fixes=fixes)
