"""The same question of two waves as one, for covariates that both share."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from surveyapp.domain.question import Choice, Kind
from surveyapp.stats.answers import Answers

Pairs = tuple[tuple[int, int], ...]


def joined(earlier: Answers, later: Answers, pairs: Pairs | None = None) -> Answers:
    """The people of both, the earlier ones first, with the codes of the later codebook.

    `pairs` are codes (earlier, later) that mean the same; without them choices of equal labels do. Choices that only
    the earlier wave had keep a code of their own. Raises ValueError if the two are of different kinds.
    """
    if earlier.question.kind is not later.question.kind:
        raise ValueError("questions of two kinds cannot be joined")
    missing = np.concatenate([earlier.missing, later.missing])
    if not (earlier.is_closed or earlier.question.kind is Kind.MULTI):
        values = np.concatenate([earlier.values, later.values])
        return Answers(question=later.question, values=values, missing=missing)
    target, choices = _mapping(earlier, later, pairs)
    question = replace(later.question, choices=choices)
    if later.is_closed:
        coded = earlier.values.copy()
        for code, new in target.items():
            coded[earlier.values == code] = new
        return Answers(question=question, values=np.concatenate([coded, later.values]), missing=missing)
    ticks = np.zeros((len(earlier) + len(later), len(choices)), dtype=np.bool_)
    place = {choice.code: i for i, choice in enumerate(choices)}
    for i, choice in enumerate(earlier.question.choices):
        ticks[: len(earlier), place[target[choice.code]]] |= earlier.values[:, i]
    for i, choice in enumerate(later.question.choices):
        ticks[len(earlier) :, place[choice.code]] |= later.values[:, i]
    return Answers(question=question, values=ticks, missing=missing)


def _mapping(earlier: Answers, later: Answers, pairs: Pairs | None) -> tuple[dict[int, int], tuple[Choice, ...]]:
    """The new code of each earlier choice, and all choices."""
    known = dict(pairs or ())
    if pairs is None:
        by_label = {choice.label: choice.code for choice in reversed(later.question.choices)}
        known = {c.code: by_label[c.label] for c in earlier.question.choices if c.label in by_label}
    choices = list(later.question.choices)
    free = 1 + max([0, *(choice.code for choice in (*choices, *earlier.question.choices))])
    for choice in earlier.question.choices:
        if choice.code not in known:
            known[choice.code] = free
            choices.append(replace(choice, code=free))
            free += 1
    return known, tuple(choices)
