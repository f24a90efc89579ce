"""What stands under a cross-tab: p-values as everywhere, never 0."""

from __future__ import annotations

from stats.stats_sample import multi, single

from surveyapp.reports.result_table.cross import evidence
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.table.cross import cross_table
from surveyapp.stats.table.side import side_of


def test_a_tiny_corrected_p_is_not_told_as_zero() -> None:
    ticks = multi([[0] if i % 2 else [1] for i in range(200)], 2)
    table = cross_table(side_of(ticks), [side_of(single([i % 2 for i in range(200)], 2))])
    assert not isinstance(table, NotComputed)
    (said,) = [words for words in evidence(table.groups[0].association) if "corrected" in words]
    assert said.startswith("smallest corrected p < .001")
    assert "0.000" not in said
