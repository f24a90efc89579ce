"""Which answer of an earlier wave is which of a later one, and whether what differs is more than chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import prod

from surveyapp.domain.question import Choice
from surveyapp.importers.matching import likely_pairs, plain

Labels = tuple[tuple[str, str], ...]
"""Pairs of labels: an answer of the earlier wave, the same of the later one. One may stand in several."""

CHANCE = 0.05
"""An answer that one wave lacks was taken away or is new if its people fell into the other by less than this chance."""
TYPED_CHANCE = 0.001
"""The same where anything could be typed: of many rare answers some are always missing."""
OFFERED = 0.03
"""And an answer given by fewer was rather typed by a few than offered by the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionMatch:
    """`equal` pairs have a text in common, `renamed` are proposals, the others have no counterpart.

    `counts` are people by label, (earlier, later); empty where nobody counted them.
    """

    equal: Labels
    renamed: Labels
    gone: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def pairs(self) -> Labels:
        """All pairs, what is proposed too."""
        return (*self.equal, *self.renamed)

    @property
    def alike(self) -> bool:
        """Whether both have the same answers."""
        return not (self.renamed or self.gone or self.new)


def match_options(earlier: Sequence[Choice], later: Sequence[Choice], *, ordered: bool) -> OptionMatch:
    """By label or alias, without regard to case and punctuation; then by similar words; then, where the answers have
    an order, by their place between pairs that are equal."""
    first, second = [_texts(choice) for choice in earlier], [_texts(choice) for choice in later]
    equal = [(a, b) for a, own in enumerate(first) for b, other in enumerate(second) if own & other]
    left = [n for n in range(len(earlier)) if all(a != n for a, _b in equal)]
    right = [n for n in range(len(later)) if all(b != n for _a, b in equal)]
    ones, others = ({n: list_[n].label for n in some} for list_, some in ((earlier, left), (later, right)))
    renamed = sorted(likely_pairs(ones, others).items())
    if ordered:
        renamed += _between(len(earlier), len(later), [*equal, *renamed])
    paired = ({a for a, _b in renamed}, {b for _a, b in renamed})
    return OptionMatch(
        equal=tuple((earlier[a].label, later[b].label) for a, b in equal),
        renamed=tuple((earlier[a].label, later[b].label) for a, b in sorted(renamed)),
        gone=tuple(earlier[n].label for n in left if n not in paired[0]),
        new=tuple(later[n].label for n in right if n not in paired[1]),
    )


def beyond_chance(
    found: OptionMatch,
    counts: tuple[Mapping[str, int], Mapping[str, int]],
    answered: tuple[int, int],
    *,
    typed: bool,
) -> OptionMatch:
    """Without the answers that one wave lacks only because so few gave them: what was typed is all a file tells of the
    answers on offer. Of c people none falls into a wave that has the share s of both with a chance of (1 - s) ** c."""
    share = [max(1, n) / (max(1, answered[0]) + max(1, answered[1])) for n in answered]
    limit = TYPED_CHANCE if typed else CHANCE

    def differ(*labels: tuple[str, int]) -> bool:
        given = [(counts[side].get(label, 0), side) for label, side in labels]
        if typed and all(n < OFFERED * answered[side] for n, side in given):
            return False
        return prod(share[side] ** n for n, side in given) < limit

    return OptionMatch(
        equal=found.equal,
        renamed=tuple((a, b) for a, b in found.renamed if differ((a, 0), (b, 1))),
        gone=tuple(label for label in found.gone if differ((label, 0))),
        new=tuple(label for label in found.new if differ((label, 1))),
    )


def unoffered(
    found: OptionMatch, counts: tuple[Mapping[str, int], Mapping[str, int]], answered: tuple[int, int]
) -> OptionMatch:
    """Without pairs of an answer that a good part of one wave gave and nobody in the other, where that is no chance: a
    codebook that was used again lists the answer, but it was hardly on offer."""
    if not all(answered):
        return found
    share = [n / sum(answered) for n in answered]

    def is_missing(label: str, side: int) -> bool:
        own = counts[side].get(label, 0)
        partners = {pair[1 - side] for pair in found.equal if pair[side] == label}
        others = sum(counts[1 - side].get(partner, 0) for partner in partners)
        return others == 0 and own >= OFFERED * answered[side] and share[side] ** own < TYPED_CHANCE

    gone = tuple(dict.fromkeys(a for a, _b in found.equal if is_missing(a, 0)))
    new = tuple(dict.fromkeys(b for _a, b in found.equal if is_missing(b, 1)))
    return OptionMatch(
        equal=tuple((a, b) for a, b in found.equal if a not in gone and b not in new),
        renamed=found.renamed,
        gone=(*found.gone, *gone),
        new=(*found.new, *new),
    )


def codes_of(labels: Labels, earlier: Sequence[Choice], later: Sequence[Choice]) -> tuple[tuple[int, int], ...]:
    """The pairs as codes; a label is found by what it was called too. Unknown ones are left aside."""
    sides = [
        {text: choice.code for choice in reversed(some) for text in reversed(choice.texts)} for some in (earlier, later)
    ]
    return tuple(sorted({(sides[0][a], sides[1][b]) for a, b in labels if a in sides[0] and b in sides[1]}))


def _texts(choice: Choice) -> set[str]:
    return {plain(text) or text.strip() for text in choice.texts}


def _between(n_earlier: int, n_later: int, known: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Answers without a counterpart that are as many as those between the same two neighbours: one by one."""
    paired = dict(known)
    back = {b: a for a, b in known}
    if len(paired) != len(known) or len(back) != len(known) or not known:
        return []
    runs: dict[tuple[int, int], list[int]] = {}
    for before, run in groupby((n for n in range(n_earlier) if n not in paired), lambda n: _before(n, paired)):
        runs[-1 if before < 0 else paired[before], 0] = list(run)
    found = []
    for before, run_later in groupby((n for n in range(n_later) if n not in back), lambda n: _before(n, back)):
        own, other = runs.get((before, 0), []), list(run_later)
        after = (own[-1] + 1 if own else -1, other[-1] + 1)
        ends = after == (n_earlier, n_later)
        if len(own) == len(other) and (ends or paired.get(after[0]) == after[1]):
            found += list(zip(own, other, strict=True))
    return found


def _before(place: int, paired: Mapping[int, int]) -> int:
    """The nearest place before that has a counterpart, -1 if there is none."""
    return max((n for n in paired if n < place), default=-1)
