"""What each decision of a preview changed in the codebook: kept beside the wave, for whoever thinks again later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from surveyapp.domain.wave import Decision, Problem
from surveyapp.services.codebook.entry_patch import patch_between
from surveyapp.services.session import Session

_KIND = "decisions"

DecisionKey = tuple[str, str, int]
"""Kind of the problem, header and occurrence of its column."""


def keep_decisions(session: Session, wave_id: int, decisions: Sequence[Decision]) -> None:
    """Remember them; part of the import, which is one transaction."""
    if decisions:
        session.store.documents.save(_KIND, "", [_plain(made) for made in decisions], wave_id)


def decisions_of(session: Session, wave_id: int) -> dict[DecisionKey, dict[str, Any]]:
    """What is remembered: "final", "repair" (letters before and after, [] if it left them) and "changed", each entry
    with "column", "occurrence" and "patch". A wave of an earlier version has nothing."""
    documents = session.store.documents.list(_KIND, wave_id=wave_id)
    records = [one for document in documents for one in document.plain or ()]
    return {(one["kind"], one["column"], one["occurrence"]): one for one in records}


def decision_key(problem: Problem) -> DecisionKey:
    """What tells the decision on this problem."""
    return problem.kind, problem.column, problem.occurrence


def _plain(made: Decision) -> dict[str, Any]:
    kind, column, occurrence = decision_key(made.problem)
    return {
        "kind": kind,
        "column": column,
        "occurrence": occurrence,
        "final": made.final,
        "repair": list(made.repair),
        "changed": [
            {"column": new.column, "occurrence": new.occurrence, "patch": patch_between(old, new)}
            for old, new in made.changed
        ],
    }
