"""A codebook entry with its letters repaired as those of the cells are."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.domain.question import Choice, Question
from surveyapp.importers.cell.wording import repair_text


def repaired_entry(question: Question, repair: str) -> Question:
    """The entry with repaired words: choices meet the repaired cells, names can be read. Headers stay as in the file,
    because they find the columns; those named by other entries do too."""
    if not repair:
        return question
    shown = question.shown_if
    if shown is not None:
        shown = replace(shown, labels=tuple(repair_text(label, repair) for label in shown.labels))
    return replace(
        question,
        name=repair_text(question.name, repair),
        text=repair_text(question.text, repair),
        section=repair_text(question.section, repair),
        grid=repair_text(question.grid, repair),
        multi=repair_text(question.multi, repair),
        choices=tuple(_repaired_choice(choice, repair) for choice in question.choices),
        shown_if=shown,
    )


def _repaired_choice(choice: Choice, repair: str) -> Choice:
    aliases = tuple(repair_text(alias, repair) for alias in choice.aliases)
    return replace(choice, label=repair_text(choice.label, repair), aliases=aliases)
