"""What was written in: texts beside the choices of a closed question, and those that were coded into a choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from surveyapp.domain.column import Entry
from surveyapp.domain.question import Kind, Question
from surveyapp.importers.cell.option import split_cell
from surveyapp.importers.cell.wording import clean_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Cleaned texts with how many people wrote each: those no choice is meant by, and those that are aliases of one
    (by text: its code)."""

    open: Counter[str] = field(default_factory=Counter)
    settled: Counter[str] = field(default_factory=Counter)
    codes: dict[str, int] = field(default_factory=dict)


def alias_codes(question: Question) -> dict[str, int]:
    """Which text means which choice without being its label."""
    labels = {choice.label for choice in question.choices}
    return {alias: choice.code for choice in question.choices for alias in choice.aliases if alias not in labels}


def written_texts(question: Question, counted: Iterable[tuple[Entry, int]], *, repair: str = "") -> Written:
    """The texts in the entries of a single or multiple choice, with how many people each entry has. Of several ticks
    in a cell each piece that is no option is a text of its own."""
    pairs = [(entry, count) for entry, count in counted if count]
    written = Written(codes=alias_codes(question))
    several = question.kind is Kind.MULTI
    delimiter = question.delimiter or ", "
    for entry, count in pairs:
        if entry.write_in:
            pieces = split_cell(entry.write_in, delimiter) if several else [entry.write_in]
            for piece in dict.fromkeys(pieces):
                written.open[piece] += count
    cells = clean_all([entry.raw for entry, _count in pairs], question.repair_in(repair))
    for (entry, count), cell in zip(pairs, cells, strict=True):
        if entry.value is None:
            continue
        for piece in dict.fromkeys(split_cell(cell, delimiter) if several else [cell]):
            if piece in written.codes and piece not in written.open:
                written.settled[piece] += count
    return written
