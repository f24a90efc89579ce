"""What a change of the codebook would do to the answers, before it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from surveyapp.domain.column import CodedColumn, Entry
from surveyapp.domain.question import Question
from surveyapp.importers.context import affected
from surveyapp.importers.problem.run import index_of
from surveyapp.services.answer_grid import answer_words
from surveyapp.services.codebook.recoding import reads_alike, recoded
from surveyapp.services.codebook.stored import with_choices
from surveyapp.services.session import Session

_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """A text that would be read differently: as typed, what it would be read as, how often."""

    typed: str
    after: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePreview:
    """`count` answers would be read differently; `examples` are the commonest of them; `by_question` has the count of
    each question (by id) with any."""

    count: int
    examples: tuple[Reread, ...] = ()
    by_question: dict[int, int]


def preview_change(session: Session, wave_id: int, questions: Sequence[Question]) -> ChangePreview:
    """Read the columns anew in memory, and those that depend on them; nothing is stored."""
    before = session.codebook(wave_id).questions
    wanted = {question.id: question for question in with_choices(session, wave_id, questions)}
    after = tuple(wanted.get(question.id, question) for question in before)
    changed = {n for n, (old, new) in enumerate(zip(before, after, strict=True)) if not reads_alike(old, new)}
    places = sorted(affected(before, after, changed))
    stored = session.store.answers.load(wave_id, [before[n].id for n in places])
    found: list[Reread] = []
    by_question: dict[int, int] = {}
    for place in places:
        question_id = before[place].id
        rereads = _rereads(stored[question_id], recoded(session, wave_id, after[place], after))
        found += rereads
        if rereads:
            by_question[question_id] = sum(one.count for one in rereads)
    found.sort(key=lambda one: -one.count)
    return ChangePreview(count=sum(one.count for one in found), examples=tuple(found[:_SHOWN]), by_question=by_question)


def _rereads(old: CodedColumn, new: CodedColumn) -> list[Reread]:
    """Every pair of entries of one person that read differently, with how many people have it."""
    if not len(old) or not len(new):
        return []
    width = max(1, len(new.entries))
    mine, theirs = index_of(old.text_column()).astype(np.int64), index_of(new.text_column()).astype(np.int64)
    pairs, counts = np.unique(mine * width + theirs, return_counts=True)
    found = []
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        one, other = old.entries[pair // width], new.entries[pair % width]
        before, after = _words(old.question, one), _words(new.question, other)
        if before != after or one.missing is not other.missing:
            found.append(Reread(typed=one.raw.strip(), after=after, count=count))
    return found


def _words(question: Question, entry: Entry) -> str:
    return " ".join(answer_words(question, entry).split())
