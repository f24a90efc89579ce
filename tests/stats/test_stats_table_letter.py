"""Column letters against R, and the correction for columns that share people by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm
from stats.stats_sample import multi
from stats.table_sample import B, coded, crossed

from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.stats.answers import Answers
from surveyapp.stats.table.cross import cross_table
from surveyapp.stats.table.letter import holm_rows
from surveyapp.stats.table.result import CrossTable, Net
from surveyapp.stats.table.side import side_of


def test_letters_are_those_of_pooled_z_and_holm_in_r() -> None:
    # R 4.2.2: for each row of b all pairs i < j by prop.test(k[c(i, j)], n[c(i, j)], correct = FALSE), then
    # p.adjust(p, "holm"): below .05 are pairs 3 4 5 6 of row 1; 2 3 4 of row 2; 2 5 6 of row 3
    # (pairs in order ab ac ad bc bd cd)
    table = crossed(B)
    assert [line[:4] for line in table.letters] == [("d", "cd", "d", ""), ("", "", "ab", "a"), ("c", "", "", "bc")]
    assert [head.letter for head in table.columns] == ["a", "b", "c", "d", ""]
    assert table.n_comparisons == 18
    assert "Holm" in table.letter_note and "18" in table.letter_note


def test_holm_of_a_row_is_that_of_r() -> None:
    p = [0.352253632499011, 0.0334868588578692, 1.09622596202666e-05, np.nan]
    p += [0.000756965002843908, 1.63216265490788e-08, 0.00759154290278819]
    # R: p.adjust(p, "holm")
    holm = [0.352253632499011, 0.0669737177157385, 5.4811298101333e-05, np.nan]
    holm += [0.00302786001137563, 9.79297592944731e-08, 0.0227746287083646]
    assert holm_rows(np.array([p]))[0].tolist() == pytest.approx(holm, rel=1e-10, nan_ok=True)


def test_a_column_of_one_person_gets_no_letter_from_z() -> None:
    """Pooled z of 1 of 1 against 0 of 30 is 5.6; Fisher's p is 1 / 31, and Holm's no longer small."""
    table = crossed(((1, 0, 50), (0, 30, 50)))
    assert table.letters[0] == ("", "", "b", "")
    assert table.letters[1] == ("", "c", "", "")


def test_empty_and_equal_columns_are_not_compared() -> None:
    table = crossed(((30, 0, 30), (10, 0, 10)))
    assert table.n_comparisons == 2  # a with c, in two rows
    assert all(not text for line in table.letters for text in line)
    everybody = crossed(((30, 20), (0, 0)))
    assert everybody.n_comparisons == 0
    assert everybody.letter_note == ""


def test_level_comes_from_the_base() -> None:
    rows, columns = (
        coded("r", [0] * 20 + [1] * 20 + [0] * 11 + [1] * 29, ["x", "y"]),
        coded("c", [0] * 40 + [1] * 40, ["p", "q"]),
    )
    z = (20 - 11) / 40 / np.sqrt(31 / 80 * 49 / 80 * 2 / 40)
    p = 2 * float(norm.sf(z))
    for level, letters in ((1 - p * 1.01, "b"), (1 - p * 0.99, "")):
        table = cross_table(side_of(rows), [side_of(columns)], level=level)
        assert isinstance(table, CrossTable)
        assert table.letters[0][0] == letters


def test_overlapping_columns_have_letters_by_chance_at_the_right_rate() -> None:
    """Where the row has nothing to do with two columns that share 60 % of people, 5 % of samples have a letter."""
    rng = np.random.default_rng(4)
    lettered, tries = 0, 500
    both = Choice(code=0, label="p"), Choice(code=1, label="q")
    for _sample in range(tries):
        which = rng.choice([[True, False], [False, True], [True, True]], 500, p=[0.2, 0.2, 0.6])
        question = Question(column="m", kind=Kind.MULTI, choices=both)
        columns = Answers(question=question, values=which, missing=np.zeros(500, dtype=np.int8))
        rows = coded("r", (rng.random(500) < 0.4).astype(np.int64), ["no", "yes"])
        table = cross_table(side_of(rows), [side_of(columns)])
        assert isinstance(table, CrossTable)
        lettered += any(table.letters[1])
    assert 0.03 <= lettered / tries <= 0.07


def test_overlapping_letters_follow_that_formula() -> None:
    rng = np.random.default_rng(5)
    ticks = rng.random((600, 2)) < 0.6
    yes = rng.random(600) < np.where(ticks[:, 0] & ~ticks[:, 1], 0.65, 0.45)
    rows = coded("r", yes.astype(np.int64), ["no", "yes"])
    columns = multi([np.flatnonzero(line).tolist() for line in ticks], 2)
    table = cross_table(side_of(rows), [side_of(columns)])
    assert isinstance(table, CrossTable)
    a, b = (float(table.counts[1][i]) for i in (0, 1))
    na, nb = (float(table.columns[i].n) for i in (0, 1))
    shared = float((ticks[:, 0] & ticks[:, 1]).sum())
    pooled = (a + b) / (na + nb)
    plain = (a / na - b / nb) / np.sqrt(pooled * (1 - pooled) * (1 / na + 1 / nb))
    right = (a / na - b / nb) / np.sqrt(pooled * (1 - pooled) * (1 / na + 1 / nb - 2 * shared / (na * nb)))
    assert norm.sf(plain) * 6 > 0.05 > norm.sf(right) * 6  # only the right variance finds it
    assert "b" in table.letters[1][0]
    assert "share people" in table.letter_note


def test_nets_are_compared_with_nets_that_share_nothing() -> None:
    rows = coded("r", [0] * 90 + [1] * 10 + [0] * 10 + [1] * 90, ["x", "y"])
    columns = coded("c", [0, 1] * 50 + [2, 3] * 50, ["a", "b", "c", "d"])
    nets = [Net(label="low", codes=(0, 1)), Net(label="high", codes=(2, 3)), Net(label="middle", codes=(1, 2))]
    table = cross_table(side_of(rows), [side_of(columns, nets=nets)])
    assert isinstance(table, CrossTable)
    assert [head.letter for head in table.columns] == ["a", "b", "c", "d", "e", "f", "", ""]
    assert table.letters[0] == ("cd", "cd", "", "", "f", "", "", "")


def test_more_columns_than_letters_have_none() -> None:
    n = 27 * 20
    rows, columns = (
        coded("r", [0, 1] * (n // 2), ["x", "y"]),
        coded("c", [i % 27 for i in range(n)], [str(i) for i in range(27)]),
    )
    table = cross_table(side_of(rows), [side_of(columns)])
    assert isinstance(table, CrossTable)
    assert {head.letter for head in table.columns} == {""}
    assert "26" in table.letter_note
