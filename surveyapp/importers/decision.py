"""Fixes: the decisions a person takes on problems."""

from __future__ import annotations

from surveyapp.domain.wave import Fix, Problem
from surveyapp.importers.plan import ImportPlan


def apply_fix(plan: ImportPlan, problem: Problem, fix: Fix) -> ImportPlan:
    """The plan after that decision; the problem is no longer open."""
    raise NotImplementedError


def apply_recommended(plan: ImportPlan) -> ImportPlan:
    """The plan with the recommended fix of every problem that changes results (for the command line)."""
    raise NotImplementedError
