"""Which columns of a file an earlier mapping knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.domain.column import TextColumn
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Question
from surveyapp.importers.cell.wording import clean, fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """`found[position]` is the mapping's question for that column; `unmatched` are its questions without a column."""

    found: dict[int, Question]
    unmatched: tuple[Question, ...]


def match_questions(columns: Sequence[TextColumn], mapping: Mapping) -> Match:
    """Match by exact header, then by header without regard to case, spaces and punctuation. Equal headers match in
    their order; no question is used twice."""
    found: dict[int, Question] = {}
    left = dict(enumerate(mapping.questions))
    for key in (lambda header: header, lambda header: fold(clean(header))):
        known: dict[tuple[str, int], int] = {}
        for n, question in left.items():
            known.setdefault((key(question.column), question.occurrence), n)
        for place, column in enumerate(columns):
            n = known.get((key(column.header), column.occurrence), -1)
            if place not in found and n in left:
                found[place] = left.pop(n)
    return Match(found=found, unmatched=tuple(left.values()))
