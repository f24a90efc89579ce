"""What a form tool's file was read as, in words: for comparing tools and variants with the people who answered.

Run `python tests/form_answers.py` to write the golden codebooks anew; look at the difference before committing it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import form_people
from import_fixture import files

from surveyapp.domain.codec import to_plain
from surveyapp.domain.column import CodedColumn, CodedWave, Entry
from surveyapp.domain.question import Kind, Question
from surveyapp.importers.coding import code_wave
from surveyapp.importers.plan import ImportPlan, propose
from surveyapp.importers.registry import read_table

TOOLS = ("google", "microsoft", "qualtrics", "surveymonkey", "typeform")


def fixtures(*tools: str) -> list[Path]:
    """The files of some tools, or of all."""
    return [path for tool in tools or TOOLS for path in files(form_people.FOLDER / tool)]


def golden(plan: ImportPlan) -> dict[str, Any]:
    """What must not change by accident: the codebook, and what is said of the file. Problems are another room's."""
    questions = [to_plain(one) for one in plan.mapping.questions]
    return {
        "format": plan.table.source.format,
        "notes": list(plan.table.notes),
        "rows": [plan.table.rows[0], plan.table.rows[-1], len(plan.table)],
        "questions": [{key: value for key, value in one.items() if key != "position"} for one in questions],
    }


def plan_of(name: str) -> ImportPlan:
    """The proposal for "tool/file"."""
    return propose(read_table(form_people.FOLDER / name))


def wave_of(name: str) -> CodedWave:
    """The answers of "tool/file"."""
    return code_wave(plan_of(name), name="2026")


def plan_of_text(folder: Path, text: str) -> ImportPlan:
    """The proposal for a file with this text."""
    path = folder / "answers.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return propose(read_table(path))


def question(plan: ImportPlan, header: str, occurrence: int = 0) -> Question:
    """The entry of a column."""
    return plan.mapping.questions[plan.position(header, occurrence)]


def entries(column: CodedColumn) -> list[Entry]:
    """One entry per response."""
    return [column.entries[number] for number in column.index]


def words(column: CodedColumn) -> list[str]:
    """Every answer in words: labels, "a | b" of several, the write-in in place of "Other"; "" for none."""
    return [_words(column.question, entry) for entry in entries(column)]


def _words(asked: Question, entry: Entry) -> str:
    value = entry.value
    if value is None:
        return entry.write_in
    if isinstance(value, tuple):
        labels = [choice.label for code in value if (choice := asked.choice(code)) and not choice.other]
        return " | ".join(sorted([*labels, *([entry.write_in] if entry.write_in else [])]))
    if isinstance(value, int) and (choice := asked.choice(value)):
        return entry.write_in or choice.label
    return f"{value:g}" if isinstance(value, float) else str(value)


def column_about(wave: CodedWave, text: str) -> CodedColumn:
    """The closed or numeric column whose text begins so."""
    found = [one for one in wave.columns if one.question.text.startswith(text) and one.question.role.value in _ASKED]
    return found[0]


_ASKED = ("plain", "attention")


def ages(wave: CodedWave) -> list[str]:
    """The first question."""
    return words(column_about(wave, form_people.AGE))


def genders(wave: CodedWave) -> list[str]:
    """The single choice with its "Other" texts, wherever they stand."""
    parent = column_about(wave, form_people.GENDER)
    said = words(parent)
    texts = [one for one in wave.columns if one.question.other_of == parent.question.column]
    if not texts:
        return said
    return [text or word for word, text in zip(said, words(texts[0]), strict=True)]


def causes(wave: CodedWave, first: str = form_people.CAUSES) -> list[str]:
    """The multiple choice, in one column or in many; write-ins count like options, "Other" itself does not."""
    columns = [one for one in wave.columns if one.question.multi.startswith(first)]
    if not columns:
        parent = column_about(wave, first)
        columns = [parent, *(one for one in wave.columns if one.question.other_of == parent.question.column)]
    ticks = [_ticks(column) for column in columns]
    return [" | ".join(sorted(set(filter(None, row)))) for row in _rows(ticks)]  # coding may carry an "Other" over


def _rows(columns: list[list[list[str]]]) -> Iterable[list[str]]:
    return ([text for cell in row for text in cell] for row in zip(*columns, strict=True))


def _ticks(column: CodedColumn) -> list[list[str]]:
    asked = column.question
    if asked.kind is Kind.TICK:
        label = [] if asked.name == form_people.OTHER else [asked.name]
        return [label if entry.value == 1 else [] for entry in entries(column)]
    if asked.kind is Kind.TEXT:
        return [[text] for text in words(column)]
    return [[one for one in text.split(" | ") if one != form_people.OTHER] for text in words(column)]


def said_ages() -> list[str]:
    """What the people said."""
    return [person.age for person in form_people.PEOPLE]


def said_genders() -> list[str]:
    """What the people said."""
    return [person.gender or person.gender_other for person in form_people.PEOPLE]


def said_causes() -> list[str]:
    """What the people said."""
    return [" | ".join(sorted(filter(None, (*person.causes, person.cause_other)))) for person in form_people.PEOPLE]


def main() -> None:
    """Write the golden results."""
    for path in fixtures():
        text = json.dumps(golden(propose(read_table(path))), ensure_ascii=False, indent=1)
        path.with_suffix(path.suffix + ".json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
