"""Tables of anything by anything: few people, nobody, all missing, ticks, bands, nets, nested, any weights."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from stats.stats_sample import assert_sound, dates, multi, numbers, probabilities, single

from surveyapp.domain.codec import to_plain
from surveyapp.domain.question import Kind
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.table.cross import cross_table
from surveyapp.stats.table.nest import grid_side, nested
from surveyapp.stats.table.order import row_order
from surveyapp.stats.table.result import Association, CrossTable, Net, Shares
from surveyapp.stats.table.side import Side, side_of
from surveyapp.stats.table.view import Order, SortBy
from surveyapp.stats.weight.design import Weights


@dataclass(frozen=True, slots=True)
class Chance:
    """Random questions of m people."""

    rng: np.random.Generator
    m: int

    def side(self) -> Side | NotComputed:
        """A question of any kind, with nets now and then."""
        gone = self.rng.random(self.m) < self.rng.choice([0, 0.2, 1], p=[0.5, 0.45, 0.05])
        k = int(self.rng.integers(1, 6))
        nets = [Net(label="net", codes=tuple(self.rng.integers(0, 5, 2).tolist()))] if self.rng.random() < 0.3 else []
        match self.rng.choice(["single", "scale", "ticks", "number", "probability", "date"]):
            case "ticks":
                rows = [None if g else np.flatnonzero(self.rng.random(k) < 0.4).tolist() for g in gone]
                seen = self.rng.random(self.m) < 0.8 if self.rng.random() < 0.5 else None
                return side_of(multi(rows, k), nets=nets, seen=seen)
            case "number":
                given = self.rng.choice([0, 1, 5.5, -3, 1e300, 1e-300], self.m)
                cells = [None if g else float(v) for g, v in zip(gone, given, strict=True)]
                return side_of(numbers(cells), edges=(0, 5, 1e200), nets=nets)
            case "probability":
                given = self.rng.integers(-1, 102, self.m)
                cells = [None if g else float(v) for g, v in zip(gone, given, strict=True)]
                return side_of(probabilities(cells), edges=(0, 10, 50, 100), nets=nets)
            case "date":
                years = self.rng.integers(0, 99, self.m)
                texts = [None if g else f"20{year:02d}-01-02" for g, year in zip(gone, years, strict=True)]
                return side_of(dates(texts), edges=(date(2010, 1, 1), date(2050, 1, 1)), nets=nets)
            case kind:
                codes = [None if g else int(v) for g, v in zip(gone, self.rng.integers(0, k, self.m), strict=True)]
                more = k + int(self.rng.integers(0, 2))
                return side_of(single(codes, more, kind=Kind.SCALE if kind == "scale" else Kind.SINGLE), nets=nets)

    def rows(self) -> Side | NotComputed:
        """Any question, or a battery."""
        if self.rng.random() > 0.1:
            return self.side()
        answers = [
            single([None if self.rng.random() < 0.3 else int(v) for v in self.rng.integers(0, 4, self.m)], 4)
            for _item in range(3)
        ]
        return grid_side(answers, name="battery")

    def columns(self) -> list[Side | NotComputed]:
        """One to three questions, some within another."""
        found: list[Side | NotComputed] = []
        for _column in range(int(self.rng.integers(1, 4))):
            inner, outer = self.side(), self.side()
            deep = self.rng.random() < 0.3 and isinstance(inner, Side) and isinstance(outer, Side)
            found.append(nested(outer, inner) if deep else inner)  # type: ignore[arg-type]
        return found

    def weights(self) -> Weights | None:
        """None, or weights of many sizes, some 0, some raked."""
        kind = int(self.rng.integers(0, 5))
        if kind == 0:
            return None
        values = self.rng.uniform(0.1, 3, self.m) * (self.rng.random(self.m) < 0.9)
        if kind == 1:
            values = np.ones(self.m)
        elif kind == 2:
            values = values * 1e300
        raked = self.rng.random() < 0.5
        cells = np.column_stack([self.rng.integers(0, 2, self.m), self.rng.integers(0, 3, self.m)]).astype(np.int32)
        everybody = np.ones(self.m, dtype=np.bool_)
        return Weights(name="w", values=values, inside=everybody, margins=cells if raked else None)


@pytest.mark.parametrize("seed", range(12))
def test_anything_by_anything_is_a_sound_table_or_a_reason(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for m in (0, 1, 2, 3, 5, 12, 40, 40, 150):
        chance = Chance(rng, m)
        found = cross_table(chance.rows(), chance.columns(), weights=chance.weights(), level=rng.choice([0.8, 0.95]))
        assert_sound(found)
        json.dumps(to_plain(found), allow_nan=False)
        if isinstance(found, NotComputed):
            assert found.reason.startswith("Not computed: ")
            continue
        _assert_whole(found)


def _assert_whole(table: CrossTable) -> None:
    for shares in (table.of_column, table.of_row, table.of_total):
        _assert_inside(shares)
    for by in SortBy:
        assert sorted(row_order(table, Order(by=by))) == list(range(len(table.rows)))
    for group in table.groups:
        found = group.association
        if isinstance(found, Association):
            assert found.sentence and 0 <= found.p_adjusted <= 1
        elif found is not None:
            assert found.reason.startswith("Not computed: ")
    assert table.groups[-1].stop == len(table.columns)


def _assert_inside(shares: Shares) -> None:
    for values, lows, highs in zip(shares.value, shares.low, shares.high, strict=True):
        for value, low, high in zip(values, lows, highs, strict=True):
            assert (low is None) == (high is None)
            if low is not None and high is not None:
                assert value is not None and 0 <= low <= value <= high <= 1
