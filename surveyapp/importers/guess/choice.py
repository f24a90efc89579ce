"""Columns of words: one choice, several choices, or free text?"""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from surveyapp.base.i18n import _
from surveyapp.domain.question import Choice, Kind, Missing, Question, Role
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.option import DELIMITERS, Options, explainable, learn_options
from surveyapp.importers.cell.wording import fold
from surveyapp.importers.guess.order import find_order
from surveyapp.importers.guess.sample import Sample
from surveyapp.importers.guess.unlisted import split_options

_STEADY = 0.015
_EXPLAINED = 0.5
"""So many answers must be made of options only."""
MAX_LIST = 60
"""A list with fewer different answers stays a list, all of them choices."""
MAX_LABEL = 400
"""Letters of an answer that may be one of a list."""


def guess_words(question: Question, sample: Sample) -> Question:
    """The codebook entry of a column of words. Zeros that the sample lacks are asked about, so they are a choice."""
    if not sample.cells:
        return replace(question, kind=Kind.EMPTY)
    options = find_multi(sample)
    if options is not None:
        return multi_question(question, options)
    labels, write_ins = find_list(sample)
    if not labels:
        return replace(question, kind=Kind.TEXT)
    if sample.n_zero and "0" not in labels:
        labels = (*labels, "0")
    # what hardly anybody typed (a row shifted sideways) must not hide the order of the rest
    steady = tuple(text for text, count in sample.cells if count >= _STEADY * sample.answered)
    choices, ordered = all_choices(labels, write_ins, steady=steady)
    question = replace(question, kind=Kind.SINGLE, choices=choices, ordered=ordered)
    if lexicon.ATTENTION.search(sample.words) and sample.cells[0][1] >= 0.7 * sample.answered and len(labels) > 1:
        question = replace(question, role=Role.ATTENTION, expected=sample.cells[0][0])
    return question


def all_choices(
    labels: tuple[str, ...], write_ins: bool, *, steady: tuple[str, ...]
) -> tuple[tuple[Choice, ...], bool]:
    """Choices for these labels, in their order from low to high if they or the `steady` ones have one, and whether."""
    order = find_order(labels) or find_order(steady)
    ordered = order is not None
    listed = [*order, *(label for label in labels if label not in order)] if order else list(labels)
    others = [label for label in listed if fold(label) in lexicon.OTHER]
    if not ordered:  # zero and "other" are no options among others: last
        listed.sort(key=lambda label: (label == "0", label in others))
    choices = [
        Choice(
            code=n + 1,
            label=label,
            missing=Missing.REFUSED if fold(label) in lexicon.REFUSED else None,
            other=bool(others) and label == others[0],
        )
        for n, label in enumerate(listed)
    ]
    if write_ins and not others:
        choices.append(Choice(code=len(choices) + 1, label=_("Other (written in)"), other=True))
    return tuple(choices), ordered


def find_list(sample: Sample) -> tuple[tuple[str, ...], bool]:
    """The choices of a single-choice column, commonest first, and whether the rest was written in (see
    importers.guess.unlisted for the rule); ((), False) for free text."""
    n, different = sample.answered, len(sample.cells)
    if not n:
        return (), False
    if max(map(len, sample.labels)) <= MAX_LABEL and n >= 10 and (split := split_options(sample.cells)):
        return split[0], True
    lengths = [len(text) for text in sample.labels]
    often = max(3.0, 0.005 * n)
    frequent = [(text, count) for text, count in sample.cells if count >= often]
    covered = sum(count for _text, count in frequent)
    tail = different - len(frequent)
    if different < MAX_LIST and n >= 1.5 * different and max(lengths) <= MAX_LABEL and n - covered <= 0.5 * n:
        write_ins = len(frequent) <= 15 and len(frequent) >= 2 and covered >= 0.9 * n and tail >= 4
        if write_ins and n - covered <= 2 * tail:
            return tuple(text for text, _count in frequent), True
        if n >= 3 * different or median(lengths) <= 40:
            return sample.labels, False
    if different < MAX_LIST and n < 10 and different <= max(2, n // 2):
        return sample.labels, False
    if len(frequent) >= 2 and covered >= 0.75 * n and tail <= 0.08 * n:
        return tuple(text for text, _count in frequent), True
    return (), False


def find_multi(sample: Sample) -> Options | None:
    """The options of a column with several ticks a cell, None if it is no such column."""
    best: Options | None = None
    together = "".join(sample.labels)
    for delimiter in filter(together.__contains__, DELIMITERS):
        joined = sum([count for text, count in sample.cells if delimiter in text])
        if joined < _enough(sample) or explainable(sample.cells, delimiter) < _EXPLAINED:
            continue  # certainly not convincing
        options = learn_options(sample.cells, delimiter)
        if not _convincing(options, sample):
            continue
        if delimiter == ";" and options.explained >= 0.7:  # hardly ever part of an option
            return options
        if best is None or options.joined > best.joined:
            best = options
    return best


def _enough(sample: Sample) -> float:
    """How many answers must have several ticks."""
    return max(3.0, 0.02 * sample.answered)


def _convincing(options: Options, sample: Sample) -> bool:
    """Several combinations of learned options, that explain most of the joined cells."""
    return (
        len(options.labels) >= 2
        and options.joined >= _enough(sample)
        and options.shapes >= 2
        and options.explained_joined >= 0.4
        and options.explained >= _EXPLAINED
        and len(options.labels) < max(4, 0.5 * len(sample.cells) + 4)
    )


def multi_question(question: Question, options: Options) -> Question:
    """The entry as multiple choice with the learned options."""
    others = [label for label in options.labels if fold(label) in lexicon.OTHER]
    listed = [label for label in options.labels if label not in others[:1]]
    choices = [Choice(code=n + 1, label=label) for n, label in enumerate(listed)]
    if options.explained < 1.0 or others:
        label = others[0] if others else _("Other (written in)")
        choices.append(Choice(code=len(choices) + 1, label=label, other=True))
    return replace(question, kind=Kind.MULTI, choices=tuple(choices), delimiter=options.delimiter)
