"""People who probably answered twice: responses far more alike than two people are.

The measure. Two responses are compared in every question that both answered. An equal answer speaks for one person by
how rare it is (-ln of its share), a different one against it by DIFFERENT. Answers that repeat the one before them,
as in a battery answered alike throughout or a list of "No", prove little (REPEATED), and a battery equal as a whole
proves no more than the share of people with just that pattern. Blanks say nothing, so that a form begun, left and
filled in anew is found. Answers hang together in people, so a part of the evidence is discounted (DISCOUNT). A pair is
suspect if so much evidence would be expected in fewer than CHANCE pairs among all that there are (among neighbours:
among all neighbours), with at most MOST_DIFFERENT different answers: the second half of the rule of the Russian
LessWrong census, "at least 15 equal and at most 10 different". That rule alone marks 318 pairs in the public
LessWrong census of 2013, nearly all of them two people who answered only the first page.

Pairs worth comparing are those that share two rare answers, or two rare runs of answers, or stand side by side and
share a good part of the runs: no more than a few for each response, whatever the size of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from random import Random

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind
from surveyapp.domain.row import row_words
from surveyapp.domain.wave import Flag
from surveyapp.importers.mark.mark import Mark, Places, Responses

CHANCE = 1e-6
DIFFERENT = 2.3
REPEATED = 0.25
ZERO = 0.25
"""A zero is often a blank and then comes with others."""
DISCOUNT = 0.25
MOST_DIFFERENT = 10
NEAR = 20
"""So many rows apart are neighbours: who sends a form twice does so soon."""
SIMILAR = 0.8
"""So alike are two free texts that one may be the other typed again."""
_BLOCKS = 24
_RARE = 4
_SIDE_BY_SIDE = 5
_MOST_PAIRS = 20
"""Per response; beyond, the rarest keys only."""
_LOOKED_AT = 40
"""Columns after which most pairs are dropped."""

Pairs = NDArray[np.int64]
"""Shape (k,): the earlier position times the number of responses, plus the later position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Of the pairs that may still be suspect."""

    first: Places
    second: Places
    evidence: NDArray[np.float64]
    equal: NDArray[np.int64]
    different: NDArray[np.int64]

    def take(self, which: NDArray[np.bool_] | Places) -> Scores:
        return Scores(
            first=self.first[which],
            second=self.second[which],
            evidence=self.evidence[which],
            equal=self.equal[which],
            different=self.different[which],
        )


def near_identical(responses: Responses, identical: Places) -> Mark | None:
    """Responses so much like an earlier one that one person may have sent both; `identical` ones are no matter."""
    n = len(responses)
    if n < 3 or len(responses.asked) < 3:
        return None
    pairs = candidates(responses)
    later = pairs % n
    pairs = pairs[~np.isin(later, identical)]
    found = suspect(scored(responses, pairs), n)
    if not len(found.second):
        return None
    best = np.lexsort((-found.evidence, found.second))
    found = found.take(best[np.unique(found.second[best], return_index=True)[1]])
    shown = found.take(np.argsort(-found.evidence)[:4])
    rows = responses.table.rows
    words = _("like row %(row)s: %(equal)s answers equal, %(different)s different")
    pairs_shown = zip(shown.first, shown.second, shown.equal, shown.different, strict=True)
    return Mark(
        flag=Flag.NEAR_IDENTICAL,
        places=found.second,
        evidence=(_spread(found),),
        shown=tuple(
            (int(two), words % {"row": row_words(rows[int(one)]), "equal": int(equal), "different": int(odd)})
            for one, two, equal, odd in pairs_shown
        ),
    )


def _spread(found: Scores) -> str:
    most = int(found.different.max())
    sentence = ngettext(
        "At least %(equal)s answers equal those of an earlier row, rarer ones than chance explains, and at most "
        "%(different)s differs.",
        "At least %(equal)s answers equal those of an earlier row, rarer ones than chance explains, and at most "
        "%(different)s differ.",
        most,
    )
    return sentence % {"equal": fmt_count(int(found.equal.min())), "different": fmt_count(most)}


def candidates(responses: Responses) -> Pairs:
    """Pairs worth comparing, each once."""
    n = len(responses)
    keys, runs = _rare_answers(responses), _runs(responses)
    digests = [digest for digest, _pairs in runs]
    keys += [pairs for _digest, pairs in runs]
    keys.sort(key=len)
    kept: list[Pairs] = []
    left = _MOST_PAIRS * n
    for key in keys:
        if len(key) > left:
            break
        kept.append(key)
        left -= len(key)
    shared = np.sort(np.concatenate(kept)) if kept else np.zeros(0, dtype=np.int64)
    twice = shared[1:][shared[1:] == shared[:-1]]
    pairs = np.sort(np.concatenate([twice, *_side_by_side(digests, n)]))
    return pairs[np.diff(pairs, prepend=-1) > 0]


def _rare_answers(responses: Responses) -> list[Pairs]:
    """Per column, the pairs that share an answer of at most _RARE people."""
    return [responses.remember("rare", (place,), partial(_rare_in, responses, place)) for place in responses.asked]


def _rare_in(responses: Responses, place: int) -> Pairs:
    counts = responses.counts(place)
    rare = (counts > 1) & (counts <= _RARE) & responses.given(place)
    if not rare.any():
        return np.zeros(0, dtype=np.int64)
    index = responses.index(place)
    return _pairs_of(index, np.flatnonzero(rare[index]), len(responses))


def _runs(responses: Responses) -> list[tuple[NDArray[np.uint64], Pairs]]:
    """The answers of each run of neighbouring questions as one number, 0 where all are blank, and the pairs that share
    a rare one."""
    asked = responses.asked
    size = -(-len(asked) // _BLOCKS)
    runs = [asked[start : start + size] for start in range(0, len(asked), size)]
    return [responses.remember("run", run, partial(_run, responses, run)) for run in runs]


def _run(responses: Responses, run: list[int]) -> tuple[NDArray[np.uint64], Pairs]:
    digest = np.zeros(len(responses), dtype=np.uint64)
    for place in run:
        cells = responses.cells(place)
        marks = np.frombuffer(Random(place).randbytes(8 * len(cells)), dtype=np.uint64).copy()
        marks[~responses.given(place)] = 0
        if "0" in cells:
            marks[cells.index("0")] = 0
        digest += marks[responses.index(place)]
    return digest, _pairs_of(digest, np.flatnonzero(digest), len(responses))


def _pairs_of(keys: NDArray[np.uint64] | NDArray[np.int32], places: Places, n: int) -> Pairs:
    """The pairs with equal keys among these places, where at most _RARE share one."""
    order = places[np.argsort(keys[places])]
    ordered = keys[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(ordered) else places
    sizes = np.diff(np.append(starts, len(ordered)))
    small = np.repeat((sizes > 1) & (sizes <= _RARE), sizes)
    order, ordered = order[small], ordered[small]
    found = [np.zeros(0, dtype=np.int64)]
    for step in range(1, _RARE):
        same = ordered[step:] == ordered[:-step]
        one, other = order[:-step][same], order[step:][same]
        found.append(np.minimum(one, other) * n + np.maximum(one, other))
    return np.concatenate(found)


def _side_by_side(digests: list[NDArray[np.uint64]], n: int) -> list[Pairs]:
    """Neighbours that share a quarter of the runs, two at least."""
    found = []
    least = max(2, len(digests) // 4)
    for step in range(1, min(_SIDE_BY_SIDE, n - 1) + 1):
        shared = np.zeros(n - step, dtype=np.int16)
        for digest in digests:
            shared += (digest[step:] == digest[:-step]) & (digest[step:] != 0)
        first = np.flatnonzero(shared >= least)
        found.append(first * n + first + step)
    return found


def scored(responses: Responses, pairs: Pairs) -> Scores:
    """The pairs that differ in few answers, with their evidence; most are dropped after the first columns."""
    n = len(responses)
    zeros = np.zeros(len(pairs))
    scores = Scores(
        first=pairs // n,
        second=pairs % n,
        evidence=zeros,
        equal=np.zeros(len(pairs), dtype=np.int64),
        different=np.zeros(len(pairs), dtype=np.int64),
    )
    asked = responses.asked
    for place in asked[:: -(-len(asked) // _LOOKED_AT)]:
        _same, other = _compare(responses, place, scores)
        scores.different[:] += other
    scores = scores.take(scores.different <= MOST_DIFFERENT)
    if not len(scores.first):
        return scores
    scores.different[:] = 0
    before: NDArray[np.int64] | None = None
    batteries: dict[str, NDArray[np.float64]] = {}
    for place in asked:
        before = _add(responses, place, scores, before, batteries)
    _level_batteries(responses, scores, batteries)
    return scores.take(scores.different <= MOST_DIFFERENT)


def _compare(responses: Responses, place: int, scores: Scores) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Of each pair, whether both gave the same answer, and whether they gave different ones."""
    index, given = responses.index(place), responses.given(place)
    one, two = index[scores.first], index[scores.second]
    both = given[one] & given[two]
    return both & (one == two), both & (one != two)


def _add(
    responses: Responses,
    place: int,
    scores: Scores,
    before: NDArray[np.int64] | None,
    batteries: dict[str, NDArray[np.float64]],
) -> NDArray[np.int64]:
    """Add what a column says of each pair; the answers themselves (as hashes of the first of each pair) come back."""
    question, cells, index = responses.questions[place], responses.cells(place), responses.index(place)
    same, other = _compare(responses, place, scores)
    own = index[scores.first]
    texts = [cells[number] for number in own.tolist()]
    typed = np.array([hash(text) for text in texts], dtype=np.int64)
    shares = responses.counts(place)[own] / len(responses)
    zero = np.array([text == "0" for text in texts], dtype=np.bool_)
    gain = np.where(same, -np.log(shares), 0.0) * np.where(zero, ZERO, 1.0)
    if before is not None:
        gain[before == typed] *= REPEATED
    if question.kind is Kind.TEXT and other.any():
        again = _typed_again(responses, place, scores, other)
        same, other = same | again, other & ~again
        gain[again] = np.log(len(responses)) / 2
    scores.equal[:] += same & ~zero
    scores.different[:] += other
    scores.evidence[:] += gain - DIFFERENT * other
    if question.grid:
        batteries[question.grid] = batteries.get(question.grid, np.zeros(len(gain))) + gain
    return typed


def _typed_again(responses: Responses, place: int, scores: Scores, other: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Pairs whose different texts are one text typed twice."""
    again = np.zeros(len(other), dtype=np.bool_)
    for pair in np.flatnonzero(other)[:5000]:
        one = responses.cell(place, int(scores.first[pair])).casefold()[:300]
        two = responses.cell(place, int(scores.second[pair])).casefold()[:300]
        if min(len(one), len(two)) >= 6:
            matcher = SequenceMatcher(None, one, two, autojunk=False)
            again[pair] = matcher.quick_ratio() >= SIMILAR and matcher.ratio() >= SIMILAR
    return again


def _level_batteries(responses: Responses, scores: Scores, batteries: dict[str, NDArray[np.float64]]) -> None:
    """What a battery adds is at most what the rarity of the whole pattern of its answers is worth."""
    random = Random(2)
    for grid, gains in batteries.items():
        digest = np.zeros(len(responses), dtype=np.uint64)
        for place, question in enumerate(responses.questions):
            if question.grid == grid:
                marks = np.frombuffer(random.randbytes(8 * len(responses.cells(place))), dtype=np.uint64)
                digest += marks[responses.index(place)]
        _values, inverse, counts = np.unique(digest, return_inverse=True, return_counts=True)
        shares = counts[inverse] / len(responses)
        one, two = scores.first, scores.second
        most = -np.log(np.where(digest[one] == digest[two], shares[one], 2 / len(responses)))
        most *= np.where(digest[one] == digest[two], 1.0, 0.5)
        scores.evidence[:] -= np.maximum(gains - most, 0.0)


def suspect(scores: Scores, n: int) -> Scores:
    """The pairs with more evidence than chance explains, and at least three answers equal for each that differs."""
    close = scores.second - scores.first <= NEAR
    looked_at = np.where(close, n * min(NEAR, n - 1), n * (n - 1) / 2)
    needed = (np.log(looked_at) - np.log(CHANCE)) / (1 - DISCOUNT)
    return scores.take((scores.evidence > needed) & (scores.equal >= 3 * scores.different))
