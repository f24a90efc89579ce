"""A table with its codebook and samples: what the searches for problems look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Example
from surveyapp.importers.cell.reading import Kept, Reading, read_texts
from surveyapp.importers.file.gather import SHOWN_ROWS
from surveyapp.importers.guess.sample import Sample
from surveyapp.importers.problem.run import index_of
from surveyapp.importers.table import TextTable

SHOWN_EXAMPLES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """`samples[i]` and `mapping.questions[i]` belong to `table.columns[i]`.
    `zero_blank`: the file writes 0 for blank. `shifted` are the positions of responses whose cells slipped sideways:
    they are one problem of the file, not one of each column; so are the `stray` rows, which repeat the header. `kept`
    holds readings for whoever stores the file."""

    table: TextTable
    mapping: Mapping
    samples: tuple[Sample, ...]
    zero_blank: bool
    shifted: NDArray[np.int64]
    kept: Kept
    stray: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def questions(self) -> tuple[Question, ...]:
        """The codebook."""
        return self.mapping.questions

    def read(self, place: int) -> Reading:
        """One column by its present entry, read once."""
        question, texts, repair = self.questions[place], self.table.columns[place].texts, self.mapping.repair_encoding
        reading = self.kept.find(place, question, texts, repair=repair)
        if reading is None:
            numbers = self.samples[place].text_numbers
            reading = read_texts(question, texts, cells=self.cells(place), numbers=numbers)
            self.kept.keep(place, question, texts, reading, repair=repair)
        return reading

    def cells(self, place: int) -> Sequence[str]:
        """The different texts of a column, cleaned."""
        return self.samples[place].cleaned

    def places(self, place: int, wanted: Callable[[str], bool]) -> NDArray[np.int64]:
        """Positions of the responses, shifted ones aside, whose raw text in that column is wanted."""
        column = self.table.columns[place]
        hits = np.array([wanted(text) for text in column.texts], dtype=np.bool_)
        if not hits.any():
            return np.zeros(0, dtype=np.int64)
        return self.straight(np.flatnonzero(hits[index_of(column)]))

    def straight(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """These positions without the shifted responses and the repeated headers."""
        for aside in (self.shifted, self.stray):
            if len(aside):
                places = places[~np.isin(places, aside)]
        return places

    def rows(self, places: NDArray[np.int64]) -> tuple[int, ...]:
        """The first row numbers of these responses."""
        return tuple(self.table.rows[int(place)] for place in places[:SHOWN_ROWS])

    def raw(self, place: int, response: int) -> str:
        """One cell as typed."""
        column = self.table.columns[place]
        return column.texts[column.index[response]]

    def examples(
        self, place: int, responses: NDArray[np.int64], after: Callable[[str], str] = lambda _raw: ""
    ) -> tuple[Example, ...]:
        """Up to four different cells with what they would become."""
        found: dict[str, Example] = {}
        for response in responses[:2000]:
            raw = self.raw(place, int(response))
            if raw not in found:
                found[raw] = Example(row=self.table.rows[int(response)], before=raw, after=after(raw))
                if len(found) == SHOWN_EXAMPLES:
                    break
        return tuple(found.values())
