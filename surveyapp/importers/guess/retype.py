"""A person says what a column is: the entry gets what that kind needs (options, steps, bounds) from its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.question import Choice, Kind, Question
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.number import read_number
from surveyapp.importers.cell.option import DELIMITERS, learn_options
from surveyapp.importers.cell.wording import fold
from surveyapp.importers.guess.choice import all_choices, find_list, find_multi, multi_question
from surveyapp.importers.guess.numeric import number_question, typed_as_share
from surveyapp.importers.guess.sample import Sample

MAX_STEPS = 20


def retype(question: Question, sample: Sample, kind: Kind) -> Question:
    """The entry as `kind`; names, role, missing codes and notes stay."""
    codes = {code.text for code in question.missing_codes if not code.only_with_neighbours}
    sample = replace(sample, cells=tuple(cell for cell in sample.cells if cell[0] not in codes))
    plain = replace(
        question,
        kind=kind,
        choices=(),
        ordered=False,
        closed=False,
        delimiter="",
        low=None,
        high=None,
        unit="",
        unit_factor=0.0,
    )
    match kind:
        case Kind.SINGLE:
            labels, write_ins = find_list(sample)
            choices, ordered = all_choices(labels or sample.labels, write_ins, steady=sample.labels)
            return replace(plain, choices=choices, ordered=ordered)
        case Kind.MULTI:
            learned = [learn_options(sample.cells, delimiter) for delimiter in DELIMITERS]
            best = find_multi(sample) or max(learned, key=lambda options: options.joined)
            return multi_question(plain, best)
        case Kind.TICK:
            return replace(plain, choices=ticks(sample.labels))
        case Kind.SCALE:
            return replace(plain, choices=_steps(sample), ordered=True)
        case Kind.NUMBER:
            return number_question(plain, sample, sample.numbers())
        case Kind.PROBABILITY:
            return replace(plain, percent=not typed_as_share(sample.numbers()))
        case _:
            return plain


def ticks(labels: Sequence[str]) -> tuple[Choice, Choice]:
    """The two answers of a tick column: words of refusal mean not ticked, every other text is a tick."""
    no = [label for label in labels if fold(label) in lexicon.UNTICKED]
    yes = [label for label in labels if label not in no]
    return (
        Choice(code=1, label=yes[0] if yes else _("Yes"), aliases=tuple(yes[1:])),
        Choice(code=0, label=no[0] if no else _("No"), aliases=tuple(no[1:])),
    )


def _steps(sample: Sample) -> tuple[Choice, ...]:
    """Whole numbers from the lowest to the highest given; words in their order if they have one."""
    values = {int(value) for label in sample.labels if (value := read_number(label)) is not None and value.is_integer()}
    if values and max(values) - min(values) <= MAX_STEPS and min(values) >= 0:
        return tuple(Choice(code=step, label=str(step)) for step in range(min(values), max(values) + 1))
    choices, _ordered = all_choices(sample.labels[:MAX_STEPS], False, steady=sample.labels)
    return tuple(replace(choice, other=False) for choice in choices)
