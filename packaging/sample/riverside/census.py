"""The whole form, and one wave of answers to it, clean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from riverside import belief, calibration, community, demographics, giving, wellbeing
from riverside.dice import Deck, Dice
from riverside.person import Person, Wave, build_people
from riverside.question import Asking, Question
from riverside.timetable import answered_at
from riverside.words import read_texts

QUESTIONS: tuple[Question, ...] = (
    *demographics.QUESTIONS,
    *community.QUESTIONS,
    *belief.QUESTIONS,
    *calibration.QUESTIONS,
    *giving.QUESTIONS,
    *wellbeing.QUESTIONS,
)

BLOCK_SKIP = {"probability": 0.12, "calibration": 0.13, "issues": 0.05, "trust": 0.06, "feelings": 0.05}
"""The share of people who leave out a whole block."""

FINISH = 0.81
"""The share of people who go on to the end."""

DECK_SIZES = {"good": (180, 260), "mind": (95, 140), "ask": (35, 55), "else": (55, 80)}
"""How many English texts are mixed with the other languages, per wave: a little under what is dealt."""


@dataclass(slots=True, kw_only=True)
class Row:
    """One submitted form: the moment and the answers by question key."""

    at: datetime
    cells: dict[str, str]
    skipped: frozenset[str]
    """Blocks left out."""
    seen: int
    """So many questions were reached."""


def _build_decks(wave: Wave) -> dict[str, Deck]:
    decks: dict[str, Deck] = {}
    for name, source in read_texts().items():
        mixed = Dice(f"deck/{name}").shuffled(source.english())[wave.late :: 2]
        others = [text for n, text in enumerate(source.foreign) if (n % 3 == 0) == (wave.late == 0)]
        if wave.late:
            others += source.special
        size = DECK_SIZES[name][wave.late]
        decks[name] = Deck(mixed[:size] + others, f"deck/{name}/{wave.year}", reserve=mixed[size:])
    return decks


def _stops_after(dice: Dice, person: Person) -> int:
    """How many questions a person gets through."""
    patience = FINISH + 0.05 * person.traits["diligent"] + (0.08 if person.returning else 0.0)
    if dice.chance(patience):
        return len(QUESTIONS)
    return round(len(QUESTIONS) * dice.uniform(0.2, 0.97))


def _answer(person: Person, wave: Wave, decks: dict[str, Deck]) -> Row:
    said: dict[str, str] = {}
    dice = Dice(f"form/{wave.year}/{person.id}")
    seen = _stops_after(dice, person)
    skipped = frozenset(block for block, share in BLOCK_SKIP.items() if dice.chance(share))
    for question in QUESTIONS[:seen]:
        own = Dice(f"{wave.year}/{person.id}/{question.key}")
        if question.block in skipped or own.chance(question.skip):
            continue
        said[question.key] = question.answer(Asking(person=person, wave=wave, dice=own, said=said, decks=decks))
    return Row(at=answered_at(wave, person.id), cells=said, skipped=skipped, seen=seen)


def build_rows(wave: Wave) -> list[Row]:
    """Everybody's answers in the order of submission."""
    decks = _build_decks(wave)
    rows = [_answer(person, wave, decks) for person in build_people(wave)]
    return sorted(rows, key=lambda row: row.at)
