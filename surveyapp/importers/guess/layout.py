"""What only neighbours tell: multiple choices over columns, batteries with one scale, estimates with their confidence;
then the sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from surveyapp.domain.question import Kind, Question, Role
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.wording import words
from surveyapp.importers.guess.battery import prefixed, rated, same_steps
from surveyapp.importers.guess.sample import Sample
from surveyapp.importers.guess.section import assign_sections, no_section
from surveyapp.importers.guess.tick_set import tick_sets
from surveyapp.importers.table import Declared


def arrange(
    questions: Sequence[Question], samples: Sequence[Sample], declared: Sequence[Declared] = ()
) -> tuple[Question, ...]:
    """The questions with multi, grid, pair and section filled in where the order of the file shows them.

    What the file itself has `declared` of a column is no multiple choice by guess.
    """
    placed = assign_sections(_pairs(same_steps(prefixed(tick_sets(questions, samples, declared)))))
    return tuple(rated(placed, apart=no_section()))


def _pairs(questions: list[Question]) -> list[Question]:
    """A number followed by a probability that asks how sure one is."""
    pair = 0
    for n in range(1, len(questions)):
        before, here = questions[n - 1], questions[n]
        if (
            here.kind is Kind.PROBABILITY
            and before.kind is Kind.NUMBER
            and before.role is Role.PLAIN
            and here.role is Role.PLAIN
            and lexicon.CONFIDENCE.search(words(here.wording))
        ):
            pair += 1
            questions[n - 1] = replace(before, role=Role.ESTIMATE, pair=pair)
            questions[n] = replace(here, role=Role.CONFIDENCE, pair=pair)
    return questions
