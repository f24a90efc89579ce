"""How many answers a step of the codebook concerns: a column is read with the step and without it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from surveyapp.domain.column import CodedColumn, Entry
from surveyapp.domain.question import Missing, Question
from surveyapp.importers.cell.reading import read_texts
from surveyapp.importers.cell.wording import clean_all


class Effect:
    """The cells of one stored column: what they were read as, and what they would be read as otherwise."""

    def __init__(self, column: CodedColumn, *, repair: str) -> None:
        self.question: Question = column.question
        self._entries = column.entries
        self._repair = repair
        self._own_repair = column.question.repair_in(repair)
        self._counts = np.bincount(np.asarray(column.index, dtype=np.int64), minlength=len(column.entries))

    def count(self, wanted: Callable[[Entry], bool]) -> int:
        """How many people's cells are such."""
        return sum(int(n) for entry, n in zip(self._entries, self._counts, strict=True) if n and wanted(entry))

    def count_texts(self, wanted: Callable[[str, Entry], bool]) -> int:
        """The same by the cell as it is read: repaired, without odd spaces."""
        cells = clean_all([entry.raw for entry in self._entries], self._own_repair)
        return sum(
            int(n)
            for cell, entry, n in zip(cells, self._entries, self._counts, strict=True)
            if n and wanted(cell, entry)
        )

    def missing(self, reason: Missing) -> int:
        """How many cells hold no answer for that reason."""
        return self.count(lambda entry: entry.missing is reason)

    def texts(self) -> list[tuple[str, int]]:
        """The cells as they are read (repaired, without odd spaces) with their counts."""
        cells = clean_all([entry.raw for entry in self._entries], self._own_repair)
        return [(cell, int(n)) for cell, n in zip(cells, self._counts, strict=True) if n]

    def without(self, **fields: Any) -> int:
        """How many cells would be read differently if these fields of the entry were as given."""
        raws = [entry.raw for entry in self._entries]
        present = read_texts(self.question, raws, repair=self._repair).entries
        other = read_texts(replace(self.question, **fields), raws, repair=self._repair).entries
        pairs = zip(present, other, self._counts, strict=True)
        return sum(int(n) for one, two, n in pairs if (one.value, one.missing) != (two.value, two.missing))

    def raised(self, factor: float) -> int:
        """How many cells are read as that many times the number their text has alone."""
        alone = read_texts(self.question, [entry.raw for entry in self._entries], repair=self._repair).entries
        pairs = zip(self._entries, alone, self._counts, strict=True)
        return sum(int(n) for entry, own, n in pairs if _times(entry, own, factor))

    def unrepaired(self) -> int:
        """How many cells have letters that were repaired."""
        raws = [entry.raw for entry in self._entries]
        pairs = zip(clean_all(raws, self._own_repair), clean_all(raws), self._counts, strict=True)
        return sum(int(n) for mended, raw, n in pairs if mended != raw)


def _times(entry: Entry, own: Entry, factor: float) -> bool:
    """Whether the entry's number is `factor` times the other's, which is not 0."""
    numbers = isinstance(entry.value, (int, float)) and isinstance(own.value, (int, float))
    return numbers and own.value != 0 and math.isclose(entry.value, factor * own.value)  # type: ignore[arg-type,operator]
