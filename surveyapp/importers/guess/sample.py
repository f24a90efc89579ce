"""A column as the guesses see it: its different cleaned cells, commonest first, and what its header says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.column import TextColumn
from surveyapp.importers.cell.number import TextNumbers, read_numbers
from surveyapp.importers.cell.wording import clean_all, words
from surveyapp.importers.problem.run import counts_of, index_of
from surveyapp.importers.table import Declared


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """`cells` are (text, count) without blanks; `header` is what the file calls the question (its text, if it tells
    one beside the header), `words` that in lower-case words. Zeros that stand for blanks in the whole file are in
    `n_zero`, not in `cells`, if the sample was made `without_zero`."""

    header: str
    words: str
    cells: tuple[tuple[str, int], ...]
    n: int
    n_zero: int = 0
    answered: int = field(init=False, repr=False, compare=False)
    """How many people typed something."""
    labels: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """The different cells."""
    _numbers: list[tuple[float, int]] = field(init=False, repr=False, compare=False, default_factory=list)
    text_numbers: TextNumbers = field(init=False, repr=False, compare=False, default_factory=TextNumbers)
    """The number of each different cell, once `numbers` was asked for."""
    cleaned: Sequence[str] = field(default=(), repr=False, compare=False)
    """All texts of the column cleaned, in its order; not in a sample of some of its cells."""
    repair: str = field(default="", repr=False, compare=False)
    """The wrong round trips that were undone first."""

    def __post_init__(self) -> None:
        """Derive what every guess asks for, once."""
        object.__setattr__(self, "answered", sum(map(itemgetter(1), self.cells)))
        object.__setattr__(self, "labels", tuple(map(itemgetter(0), self.cells)))

    def without_zero(self) -> Sample:
        """The sample as if "0" were blank."""
        zeros = sum(count for text, count in self.cells if text == "0")
        return Sample(
            header=self.header,
            words=self.words,
            cells=tuple((text, count) for text, count in self.cells if text != "0"),
            n=self.n,
            n_zero=zeros,
        )

    def numbers(self) -> list[tuple[float, int]]:
        """The readable numbers with their counts, ascending."""
        if not self.text_numbers:
            self._numbers.extend(self._read_numbers())
        return self._numbers

    def _read_numbers(self) -> list[tuple[float, int]]:
        object.__setattr__(self, "text_numbers", read_numbers(self.labels))
        found: dict[float, int] = {}
        for (_text, count), value in zip(self.cells, self.text_numbers.values(), strict=True):
            if value is not None:
                found[value] = found.get(value, 0) + count
        return sorted(found.items())


def build_sample(
    column: TextColumn, *, repair: str = "", aside: NDArray[np.int64] | None = None, told: Declared | None = None
) -> Sample:
    """The sample of a column, its texts repaired first. Responses at the positions `aside` do not count, nor do
    texts that the file itself declares to be no answer (`told`, see TextTable.declared)."""
    counts = counts_of(column)
    n = len(column.index)
    if aside is not None and len(aside):
        counts = counts - np.bincount(index_of(column)[aside], minlength=len(counts))
        n -= len(aside)
    cleaned = clean_all(column.texts, repair)
    tally = dict(zip(cleaned, counts.tolist(), strict=True))
    if len(tally) < len(cleaned):  # some differ by spaces only
        tally = {}
        for text, count in zip(cleaned, counts.tolist(), strict=True):
            if count:
                tally[text] = tally.get(text, 0) + count
    tally.pop("", None)
    told = told or {}
    for code in told.get("missing_codes", ()):
        tally.pop(code.text, None)
    cells = sorted(filter(itemgetter(1), tally.items()), key=itemgetter(1), reverse=True)
    header = told.get("text") or column.header
    return Sample(header=header, words=words(header), cells=tuple(cells), n=n, cleaned=cleaned, repair=repair)


def zero_stands_for_blank(samples: Iterable[Sample]) -> bool:
    """Whether the file writes 0 where nothing was answered: "0" beside words in a good part of the closed
    questions, and hardly a blank cell anywhere."""
    closed = mixed = blanks = cells = 0
    for sample in samples:
        cells += sample.n
        blanks += sample.n - sample.answered
        if 2 <= len(sample.cells) <= 200 and sum(c.isdigit() for c in sample.labels) <= 1:
            closed += 1
            mixed += "0" in sample.labels
    return mixed >= 3 and mixed >= 0.3 * closed and blanks <= 0.05 * cells
