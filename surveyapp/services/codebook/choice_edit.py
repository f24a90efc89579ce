"""Merging and renaming the answers of a stored question: each one undoable change with a sentence.

What is decided is kept as aliases in the codebook, so it travels in the mapping to the next file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.domain.column import CodedColumn, Entry
from surveyapp.domain.question import Choice, Question
from surveyapp.importers.alike.group import Group, suggest_groups
from surveyapp.importers.problem.merge import (
    added,
    coded,
    find_label,
    merged,
    renamed,
)
from surveyapp.importers.problem.written import written_texts
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.session import Session


def merge_groups(
    session: Session, wave_id: int, question: Question, groups: Sequence[Sequence[str]], *, problem: int = 0
) -> Change | None:
    """Of each list of texts (answers and write-ins) make one answer, the first; it becomes one if it is none yet.
    `problem` is the id of a stored problem that this settles."""
    after, n = question, 0
    for head, *others in groups:
        after = after if find_label(after, head) is not None else added(after, head)
        target = find_label(after, head)
        assert target is not None
        own = [choice.code for text in others if (choice := find_label(after, text)) is not None]
        after = merged(after, own, target.code)
        after = coded(after, [text for text in others if find_label(after, text) is None], target.code)
        n += len(others) + 1
    label = ngettext("%(n)s name in “%(question)s” merged", "%(n)s names in “%(question)s” merged", n)
    label %= {"n": fmt_count(n), "question": question.title}
    return update_questions(session, wave_id, [after], label=label, problem=problem)


def rename_choice(session: Session, wave_id: int, question: Question, code: int, label: str) -> Change | None:
    """Call an answer something else; cells keep what was typed. Raises UserError for a name that is taken."""
    words = {"old": _choice(question, code).label, "new": label.strip(), "question": question.title}
    sentence = _("“%(old)s” in “%(question)s” is called “%(new)s”") % words
    return update_questions(session, wave_id, [renamed(question, code, label)], label=sentence)


def counts_in(column: CodedColumn) -> dict[int, int]:
    """How many people gave each answer of a column, by its code."""
    tally: Counter[int] = Counter()
    for entry, count in counted_entries(column):
        codes = entry.value if isinstance(entry.value, tuple) else (entry.value,)
        tally.update({code: count for code in codes if isinstance(code, int)})
    return dict(tally)


def groups_in(column: CodedColumn, repair: str) -> tuple[Group, ...]:
    """Answers and write-ins of a column of choices that may mean the same, for a person to look at."""
    question, counts = column.question, counts_in(column)
    written = written_texts(question, counted_entries(column), repair=repair)
    known = [(choice.label, counts.get(choice.code, 0)) for choice in question.choices]
    return suggest_groups(question, [*known, *written.open.items()])


def load_column(session: Session, wave_id: int, question: Question) -> CodedColumn:
    """The stored column of a question."""
    return session.store.answers.load(wave_id, [question.id])[question.id]


def counted_entries(column: CodedColumn) -> list[tuple[Entry, int]]:
    """Each different entry with how many people have it."""
    counts = np.bincount(np.asarray(column.index, dtype=np.int64), minlength=len(column.entries))
    return [(entry, int(n)) for entry, n in zip(column.entries, counts, strict=True)]


def _choice(question: Question, code: int) -> Choice:
    found = question.choice(code)
    if found is None:
        raise KeyError(code)
    return found
