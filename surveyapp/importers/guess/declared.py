"""What a file itself says of its columns wins over every guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from surveyapp.domain.question import Kind, Question
from surveyapp.importers.guess.retype import retype
from surveyapp.importers.guess.sample import Sample
from surveyapp.importers.guess.unlisted import take_in
from surveyapp.importers.table import Declared, TextTable


def declare_all(table: TextTable, guessed: Sequence[Question], samples: Sequence[Sample]) -> tuple[Question, ...]:
    """The guessed entries with what the table declares, column by column."""
    if not table.declared:
        return tuple(guessed)
    return tuple(map(declare, guessed, samples, table.declared))


def declare(guess: Question, sample: Sample, declared: Declared) -> Question:
    """One entry with the declared fields. Answers that a declared list of choices lacks are added to it.

    Raises TypeError for a field that a Question has not.
    """
    kind = declared.get("kind", guess.kind)
    codes = declared.get("missing_codes", guess.missing_codes)
    entry = replace(guess, missing_codes=codes)
    if kind is not guess.kind:
        entry = retype(entry, sample, kind)
    entry = replace(entry, **declared)
    return take_in(entry, sample) if kind is Kind.SINGLE and declared.get("choices") else entry


_OWN = ("column", "occurrence", "id", "position")


def declared_by(entry: Question) -> Declared:
    """What an entry of a partial mapping says: the fields that differ from a fresh Question, and a kind if told."""
    fresh = Question(column=entry.column)
    names = [item.name for item in fields(Question) if item.name not in _OWN]
    said = {name: getattr(entry, name) for name in names if getattr(entry, name) != getattr(fresh, name)}
    said.pop("kind", None)
    return said if entry.kind is Kind.EMPTY else {"kind": entry.kind, **said}
