"""What was answered before a wave was stored stays with it."""

from __future__ import annotations

from dataclasses import replace

import census_example as example

from surveyapp.domain.wave import Decision
from surveyapp.store import ProblemStatus, Store


def test_answered_problems_are_kept_behind_the_open_ones(store: Store) -> None:
    coded = example.wave(name="2026")
    asked = replace(coded.problems[0], kind="mojibake")
    coded = replace(coded, decisions=(Decision(problem=asked, answer="Repair"),))
    wave = store.waves.add(coded, mapping=example.mapping(coded), at=example.AT)
    kept = store.problems.list(wave.id)
    assert [item.problem for item in kept] == [*coded.problems, asked]
    assert {item.status for item in kept[:-1]} == {ProblemStatus.OPEN}
    assert (kept[-1].status, kept[-1].resolution) == (ProblemStatus.DONE, "Repair")
