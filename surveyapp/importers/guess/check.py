"""Attention checks that say in words what to answer, and consent asked in the opposite words."""

from __future__ import annotations

import re
from dataclasses import replace

from surveyapp.domain.question import Kind, Question, Role
from surveyapp.importers.cell.number import read_number
from surveyapp.importers.cell.wording import fold
from surveyapp.importers.guess.sample import Sample

_INSTRUCTED = re.compile(
    r"\b(?:select|choose|pick|tick|mark|answer(?: with)?|enter|type|respond(?: with)?|click(?: on)?|write|"
    r"wählen sie|kreuzen sie|antworten sie(?: mit)?|выберите|отметьте|ответьте|введите)\b"
    r"(?: (?:the )?(?:option|answer|number|response|word|value|вариант|ответ|число))?\s*[:,]?\s*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"^[\"'“”„«‘’](?P<text>[^\"”“»’]{1,60})[\"'”“»’]")
_OBEYED = 0.5
"""So many must have done what the header says; else it says something else."""
_OPPOSITE = re.compile(
    r"\b(?:do not|don'?t|not to) (?:publish|share|release|make)\b.{0,40}\b(?:answers?|data|responses?|survey|public)\b|"
    r"\bkeep (?:my|your) (?:answers|data|responses?)\b|\bне публик\w+|\bnicht veröffentlich\w+"
)


def as_check(question: Question, sample: Sample) -> Question | None:
    """The question as an attention check, if its text names an answer and at least half of the people gave it.

    That holds for items of a battery too ("Please select 'agree' here").
    """
    if question.kind not in (Kind.SINGLE, Kind.SCALE, Kind.NUMBER, Kind.PROBABILITY, Kind.TEXT):
        return None
    for text in dict.fromkeys((question.text, question.column, question.name)):
        for match in _INSTRUCTED.finditer(text):
            expected = _named(text[match.end() :], question, sample)
            if expected and _count(sample, expected) >= _OBEYED * sample.answered:
                return replace(question, role=Role.ATTENTION, expected=expected)
    return None


def _named(rest: str, question: Question, sample: Sample) -> str:
    """The answer that an instruction goes on to name; the longest that fits. "" if it names none."""
    labels = [choice.label for choice in question.choices] or list(sample.labels[:50])
    if quoted := _QUOTED.match(rest):
        return next((label for label in labels if fold(label) == fold(quoted["text"])), "")
    if question.kind in (Kind.NUMBER, Kind.PROBABILITY, Kind.SCALE):
        number = re.match(r"\d+(?:[.,]\d+)?(?=\b|$)(?!\s*(?:or|to|and|-|–|,|%? of)\b)", rest)
        named = number[0] if number else ""
        return named if named and any(read_number(label) == read_number(named) for label in labels) else ""
    folded = rest.casefold()
    fitting = [label for label in labels if len(label) >= 3 and re.match(rf"{re.escape(label.casefold())}\b", folded)]
    return max(fitting, key=len, default="")


def _count(sample: Sample, expected: str) -> int:
    value = read_number(expected)
    return sum(
        count
        for text, count in sample.cells
        if fold(text) == fold(expected) or (value is not None and read_number(text) == value)
    )


def as_consent(question: Question) -> Question | None:
    """A question whether the answers are to be kept back: consent in the opposite words."""
    closed = question.kind is Kind.TICK or (question.kind is Kind.SINGLE and len(question.choices) <= 4)
    if not closed or not _OPPOSITE.search(f"{question.column} {question.text}".casefold()):
        return None
    return replace(question, role=Role.CONSENT)
