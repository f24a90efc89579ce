"""A weighting scheme while it is being made: targets may be missing, and nothing is stored yet."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Base
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.domain.weight import (
    MARGIN_KINDS,
    Margin,
    MarginQuestion,
    Target,
    TargetUnit,
    Trim,
    WeightKind,
    WeightScheme,
    find_answer,
)
from surveyapp.importers.cell.digits import decimal_sign, read_digits
from surveyapp.services.base_count import count_base
from surveyapp.services.session import Session
from surveyapp.services.weighting import cleaned, make
from surveyapp.stats.count import reasons
from surveyapp.stats.weight.result import WeightingResult

MOST_CELLS = 600
"""Cells of a margin that people can still type targets for."""

Cell = tuple[str, ...]
"""A label for each question of a margin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedMargin:
    """What the data say of the cells of a margin: people in each, in the order of the codebook, and people without an
    answer. `names` are the titles of its questions."""

    questions: tuple[MarginQuestion, ...]
    names: tuple[str, ...]
    cells: tuple[tuple[Cell, int], ...]
    n_missing: int

    @property
    def name(self) -> str:
        """ "Age × Gender", as refusals name it."""
        return " × ".join(self.names)

    @property
    def n(self) -> int:
        """The people who answered all its questions."""
        return sum(n for _cell, n in self.cells)

    def count(self, cell: Cell) -> int:
        """The people in a cell; 0 for one that the codebook does not have."""
        return dict(self.cells).get(cell, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMargin:
    """A margin whose targets may be missing (None): shares 0-1, or counts."""

    questions: tuple[MarginQuestion, ...]
    cells: tuple[tuple[Cell, float | None], ...]
    unit: TargetUnit = TargetUnit.SHARE

    @property
    def total(self) -> float:
        """What the targets add up to so far."""
        return sum(value for _cell, value in self.cells if value is not None)

    def with_values(self, start: int, values: Sequence[float | None]) -> DraftMargin:
        """With these targets from cell `start` on; those beyond the last cell are dropped."""
        cells = list(self.cells)
        for number, value in enumerate(values[: len(cells) - start], start):
            cells[number] = (cells[number][0], value)
        return replace(self, cells=tuple(cells))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything of a scheme but its name."""

    kind: WeightKind = WeightKind.RAKE
    margins: tuple[DraftMargin, ...] = ()
    column: str = ""
    occurrence: int = 0
    trim: Trim | None = None

    def scheme(self, name: str) -> WeightScheme:
        """The scheme it stands for; cells without a target have none."""
        of_column = self.kind is WeightKind.COLUMN
        return WeightScheme(
            name=name,
            kind=self.kind,
            margins=() if of_column else tuple(map(margin_of, self.margins)),
            column=self.column if of_column else "",
            occurrence=self.occurrence if of_column else 0,
            trim=self.trim,
        )

    def replaced(self, number: int, margin: DraftMargin) -> Draft:
        """With another margin in that place."""
        return replace(self, margins=(*self.margins[:number], margin, *self.margins[number + 1 :]))

    def with_margins(self, margins: Iterable[DraftMargin]) -> Draft:
        """With these margins too; one of the same questions takes the place of the one that is there."""
        draft = self
        for margin in margins:
            same = [set(one.questions) == set(margin.questions) for one in draft.margins]
            if any(same):
                draft = draft.replaced(same.index(True), margin)
            else:
                draft = replace(draft, margins=(*draft.margins, margin))
        return draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a draft would make: its margins as counted (None for one that cannot be), the weights, or why there are
    none; neither while targets are missing, which is no fault yet."""

    counted: tuple[CountedMargin | None, ...]
    made: WeightingResult | None = None
    fault: UserError | None = None


def margin_of(draft: DraftMargin) -> Margin:
    """The margin with the targets that were given."""
    targets = tuple(Target(answers=cell, value=value) for cell, value in draft.cells if value is not None)
    return Margin(questions=draft.questions, targets=targets, unit=draft.unit)


def margin_questions(session: Session, wave_id: int) -> list[Question]:
    """The questions of a wave that can be margins."""
    return [question for question in session.codebook(wave_id).asked if question.kind in MARGIN_KINDS]


def count_margin(session: Session, base: Base, questions: Sequence[MarginQuestion]) -> CountedMargin:
    """Who is in each cell, among those who would get a weight. Raises UserError if the wave does not ask a question, if
    it is none with a list of single answers, or for too many cells."""
    asked = [_question(session, base.wave_id, one) for one in questions]
    choices = [[choice for choice in question.choices if choice.missing is None] for question in asked]
    n_cells = math.prod(map(len, choices))
    if n_cells > MOST_CELLS:
        raise UserError(
            _("%(margin)s has %(n)s cells.")
            % {"margin": " × ".join(question.title for question in asked), "n": fmt_count(n_cells)},
            _("Group the answers into fewer, or take the questions as margins one by one."),
        )
    mask = count_base(session, cleaned(base)).mask
    answers = [session.dataset.answers(base.wave_id, question).take(mask) for question in asked]
    answered = np.logical_and.reduce([reasons(one) == 0 for one in answers])
    place = np.zeros(int(mask.sum()), dtype=np.int64)
    for one, listed in zip(answers, choices, strict=True):
        codes = {choice.code: number for number, choice in enumerate(listed)}
        own = np.array([codes.get(int(code), -1) for code in np.where(answered, one.values, -1)], dtype=np.int64)
        answered &= own >= 0
        place = place * len(listed) + np.maximum(own, 0)
    counts = np.bincount(place[answered], minlength=n_cells).tolist()
    cells = [tuple(choice.label for choice in cell) for cell in product(*choices)]
    return CountedMargin(
        questions=tuple(questions),
        names=tuple(question.title for question in asked),
        cells=tuple(zip(cells, counts, strict=True)),
        n_missing=int((~answered).sum()),
    )


def _question(session: Session, wave_id: int, asked: MarginQuestion) -> Question:
    question = session.codebook(wave_id).at(asked.column, asked.occurrence)
    if question is None:
        raise UserError(
            _("This wave does not ask %(column)s.") % {"column": asked.column},
            _("Take this margin out, or look at a wave that asks it."),
        )
    if question.kind not in MARGIN_KINDS:
        raise UserError(
            _("%(question)s has no list of single answers.") % {"question": question.title},
            _("Make a question of it that has one, for example bands of a number."),
        )
    return question


def empty_margin(counted: CountedMargin) -> DraftMargin:
    """A margin of those cells, without targets."""
    return DraftMargin(questions=counted.questions, cells=tuple((cell, None) for cell, _n in counted.cells))


def draft_margin(session: Session, base: Base, margin: Margin) -> DraftMargin:
    """A margin with its targets beside every cell of the codebook; cells the codebook does not have stand last."""
    try:
        counted = count_margin(session, base, margin.questions)
    except UserError:
        cells = tuple((target.answers, target.value) for target in margin.targets)
        return DraftMargin(questions=margin.questions, cells=cells, unit=margin.unit)
    asked = [_question(session, base.wave_id, one) for one in margin.questions]
    wanted = {_labels(asked, target): target.value for target in margin.targets}
    known = tuple((cell, wanted.pop(cell, None)) for cell, _n in counted.cells)
    return DraftMargin(questions=margin.questions, cells=(*known, *wanted.items()), unit=margin.unit)


def _labels(asked: Sequence[Question], target: Target) -> Cell:
    found = [find_answer(question, answer) for question, answer in zip(asked, target.answers, strict=True)]
    return tuple(
        choice.label if choice is not None else answer for choice, answer in zip(found, target.answers, strict=True)
    )


def draft_of(session: Session, base: Base, scheme: WeightScheme) -> Draft:
    """A saved scheme, to be changed."""
    return Draft(
        kind=scheme.kind,
        margins=tuple(draft_margin(session, base, margin) for margin in scheme.margins),
        column=scheme.column,
        occurrence=scheme.occurrence,
        trim=scheme.trim,
    )


def blanks(margin: DraftMargin, counted: CountedMargin) -> int:
    """How many cells with people in them have no target yet."""
    counts = dict(counted.cells)
    return sum(value is None and counts.get(cell, 0) > 0 for cell, value in margin.cells)


def fill_rest(margin: DraftMargin, counted: CountedMargin) -> DraftMargin:
    """What is missing, in the proportions of the data: shares up to the whole, counts on the scale of those given.

    Raises UserError where the shares given leave nothing.
    """
    counts = dict(counted.cells)
    open_cells = [cell for cell, value in margin.cells if value is None and counts.get(cell, 0)]
    n_open = sum(counts[cell] for cell in open_cells)
    if not n_open:
        return margin
    n_given = sum(counts.get(cell, 0) for cell, value in margin.cells if value is not None)
    if margin.unit is TargetUnit.SHARE:
        scale = (1 - margin.total) / n_open
    else:
        scale = margin.total / n_given if n_given and margin.total else 1.0
    if scale <= 0:
        raise UserError(_("The shares given leave nothing for the rest."), _("Lower one of them first."))
    digits = 5 if margin.unit is TargetUnit.SHARE else 0
    cells = tuple(
        (cell, round(counts[cell] * scale, digits) if value is None and counts.get(cell, 0) else value)
        for cell, value in margin.cells
    )
    return replace(margin, cells=cells)


def in_unit(margin: DraftMargin, unit: TargetUnit, counted: CountedMargin) -> DraftMargin:
    """The same targets in the other unit: counts are of the people who answered."""
    if unit is margin.unit:
        return margin
    total = margin.total or 1.0
    factor, digits = (counted.n or 1, 1) if unit is TargetUnit.COUNT else (1 / total, 6)
    cells = tuple((cell, None if value is None else round(value * factor, digits)) for cell, value in margin.cells)
    return replace(margin, cells=cells, unit=unit)


def read_target(text: str, unit: TargetUnit) -> float | None:
    """A target as typed: 20, 20 % or 20,5 for a share, 1 200 for people; None for nothing. Raises UserError."""
    plain = text.strip().replace("\u00a0", " ").replace("\u202f", " ").replace("−", "-")
    if not plain:
        return None
    percent = plain.endswith("%")
    plain = plain.removesuffix("%").strip()
    number = read_digits(plain, decimal_sign([plain]) if unit is TargetUnit.COUNT else _share_sign(plain))
    if number is None or not math.isfinite(number) or number < 0 or (percent and unit is TargetUnit.COUNT):
        raise UserError(
            _("“%(text)s” is not a share.") % {"text": text.strip()}
            if unit is TargetUnit.SHARE
            else _("“%(text)s” is not a number of people.") % {"text": text.strip()},
            _("Type for example 20 or 20.5.") if unit is TargetUnit.SHARE else _("Type for example 1200."),
        )
    return number / 100 if unit is TargetUnit.SHARE else number


def _share_sign(text: str) -> str:
    """No share has thousands: a lone comma stands before decimals."""
    return "," if "," in text and "." not in text else "."


def read_targets(text: str, unit: TargetUnit) -> tuple[float | None, ...] | None:
    """A column of targets, as copied from a spreadsheet; None if the text is something else."""
    lines = text.replace("\r\n", "\n").strip("\n").split("\n")
    try:
        values = tuple(read_target(line, unit) for line in lines)
    except UserError:
        return None
    return values if any(value is not None for value in values) else None


def target_text(value: float | None, unit: TargetUnit) -> str:
    """A target as it is edited: 20.5, 1200."""
    if value is None:
        return ""
    shown = round(value * 100, 6) if unit is TargetUnit.SHARE else round(value, 6)
    return f"{shown:.6f}".rstrip("0").rstrip(".")


def preview(session: Session, base: Base, draft: Draft) -> Preview:
    """What a draft makes, without keeping anything."""
    counted: list[CountedMargin | None] = []
    fault: UserError | None = None
    for margin in draft.margins if draft.kind is not WeightKind.COLUMN else ():
        try:
            counted.append(count_margin(session, base, margin.questions))
        except UserError as error:
            counted.append(None)
            fault = fault or error
    found = tuple(counted)
    if fault is not None:
        return Preview(counted=found, fault=fault)
    pairs = zip(draft.margins, found, strict=False)
    if _unfinished(draft) or any(one is not None and blanks(margin, one) for margin, one in pairs):
        return Preview(counted=found)
    try:
        return Preview(counted=found, made=make(session, base, draft.scheme("")).result)
    except UserError as error:
        return Preview(counted=found, fault=error)


def _unfinished(draft: Draft) -> bool:
    return not draft.column if draft.kind is WeightKind.COLUMN else not draft.margins


def blank_words(margin: DraftMargin, counted: CountedMargin) -> str:
    """How many targets are missing; "" when none is."""
    n = blanks(margin, counted)
    if not n:
        return ""
    words = ngettext("%(n)s answer has no target yet.", "%(n)s answers have no target yet.", n)
    return words % {"n": fmt_count(n)}
