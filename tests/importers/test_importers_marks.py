"""Marks on responses say what the problems say."""

from __future__ import annotations

import pytest

from surveyapp.base.paths import bundled
from surveyapp.domain.wave import Flag
from surveyapp.importers.coding import code_wave
from surveyapp.importers.plan import propose
from surveyapp.importers.registry import read_table


@pytest.mark.parametrize("wave", ["2024", "2026"])
def test_a_shifted_row_does_not_fail_the_check_of_another_question(wave: str) -> None:
    plan = propose(read_table(bundled(f"sample/riverside-census-{wave}.csv")))
    (problem,) = [problem for problem in plan.problems if problem.kind == "attention"]
    flags = code_wave(plan, name=wave).flags
    assert len(flags[Flag.ATTENTION]) == problem.count
    assert flags[Flag.SHIFTED]
    assert not set(flags[Flag.ATTENTION]) & set(flags[Flag.SHIFTED])
