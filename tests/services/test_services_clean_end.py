"""A real census ends clean by accepting proposals alone, and what is not sure is never taken with them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.importers.problem.address import ADDRESSES
from surveyapp.importers.problem.forecast_log import KIND as FORECAST_LOG
from surveyapp.services.intake.importing import plan_import
from surveyapp.services.intake.preview import (
    Preview,
    accept_recommended,
    is_left,
    is_recommended,
    leave_others,
    take_back,
)
from surveyapp.services.sample import sample_file

DATA = os.environ.get("SURVEYAPP_TEST_DATA")


def _problem(kind: str, action: str, severity: Severity = Severity.LOOK) -> Problem:
    fixes = (Fix(action=action, label="First"), Fix(action="keep", label="Keep as typed"))
    return Problem(kind=kind, severity=severity, title=kind, fixes=fixes)


@pytest.mark.parametrize("kind", ["mojibake", "lookalike", "unread_unknown", "emails"])
def test_what_all_evidence_speaks_for_is_recommended(kind: str) -> None:
    assert is_recommended(_problem(kind, "merge"))
    assert not is_recommended(_problem(kind, "keep"))


def test_what_changes_results_is_recommended_and_guesses_are_not() -> None:
    assert is_recommended(_problem("anything", "missing", Severity.DECIDE))
    for kind in ("unread_note", "rare_answers", ADDRESSES, FORECAST_LOG):
        assert not is_recommended(_problem(kind, "hash"))
    assert is_left(_problem("rare_answers", "fold_rare"))
    assert not is_left(_problem(ADDRESSES, "hash"))
    assert not is_left(_problem(FORECAST_LOG, "keep"))
    assert not is_left(_problem("mojibake", "repair_text"))


def test_leaving_the_others_changes_no_answer_and_is_taken_back() -> None:
    preview = accept_recommended(Preview(base=plan_import(sample_file("2026"))))
    left = leave_others(preview)
    assert left.plan.problems == ()
    assert left.plan.mapping.questions == preview.plan.mapping.questions
    again = take_back(left)
    assert len(again.plan.problems) == 1


@pytest.mark.skipif(DATA is None, reason="needs SURVEYAPP_TEST_DATA")
def test_the_public_census_of_2013_ends_clean() -> None:
    assert DATA is not None
    base = plan_import(Path(DATA) / "census" / "lw2013" / "lwpublic2013.csv")
    preview = accept_recommended(Preview(base=base))
    kinds = {problem.kind for problem in preview.plan.problems}
    assert not kinds & {"mojibake", "unit_mix", "shares", "lookalike", "zero_words", "zero_impossible", "zero_run"}
    assert {"identical_rows", "near_identical_rows"} <= kinds
    assert all(problem.severity is Severity.LOOK for problem in preview.plan.problems)
    assert leave_others(preview).plan.problems == ()
