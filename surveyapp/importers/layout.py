"""What only neighbours tell: batteries with one scale, estimates with their confidence; then the sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from surveyapp.domain.question import Kind, Question, Role
from surveyapp.importers import lexicon
from surveyapp.importers.section import assign_sections
from surveyapp.importers.wording import words

_MIN_BATTERY = 3
_MIN_PREFIX = 4


def arrange(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions with grid, pair and section filled in where the order of the file shows them."""
    return assign_sections(_pairs(_batteries(list(questions))))


def _batteries(questions: list[Question]) -> list[Question]:
    """Neighbours with the same choices and a common start of the header share a grid."""
    done: list[Question] = []
    for key, group in groupby(questions, key=_scale_key):
        members = list(group)
        prefix = _prefix([member.column for member in members])
        if key and len(members) >= _MIN_BATTERY and len(prefix) >= _MIN_PREFIX:
            members = [replace(member, grid=prefix) for member in members]
        done.extend(members)
    return done


def _scale_key(question: Question) -> tuple[object, ...]:
    if question.grid or question.kind not in (Kind.SINGLE, Kind.SCALE) or len(question.choices) < _MIN_BATTERY:
        return ()
    return (question.kind, frozenset(choice.label for choice in question.choices))


def _prefix(headers: list[str]) -> str:
    same = 0
    for letters in zip(*headers, strict=False):
        if len(set(letters)) > 1:
            break
        same += 1
    return headers[0][:same].rstrip(" _-:.([,0123456789")


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
            and lexicon.CONFIDENCE.search(words(here.column))
        ):
            pair += 1
            questions[n - 1] = replace(before, role=Role.ESTIMATE, pair=pair)
            questions[n] = replace(here, role=Role.CONFIDENCE, pair=pair)
    return questions
