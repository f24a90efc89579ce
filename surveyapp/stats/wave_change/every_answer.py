"""All answers of one closed question in two waves: each answer's change, and whether the question moved at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_p
from surveyapp.domain.question import Choice, Kind
from surveyapp.stats.association.formula import holm
from surveyapp.stats.count import count_people
from surveyapp.stats.estimate import NotComputed, Test
from surveyapp.stats.regression.outcome import real_choices, why_of
from surveyapp.stats.wave_change.compare import Comparison, people_of, wave_change
from surveyapp.stats.wave_change.drawn import drawn
from surveyapp.stats.wave_change.join import Pairs, joined
from surveyapp.stats.wave_change.result import AnswerChanges, WaveChange
from surveyapp.stats.wave_change.spec import Measure, Side, Wording
from surveyapp.stats.weight.design import Weights, equal_weights
from surveyapp.stats.weight.rao_scott import rao_scott

_FEW_EXPECTED = 5.0


def answer_changes(
    earlier: Side, later: Side, *, pairs: Pairs | None = None, wording: Wording = Wording.SAME, level: float = 0.95
) -> AnswerChanges | NotComputed:
    """One row for each answer of either codebook, the later one's order first, p corrected by Holm over the answers.

    `pairs` are codes (earlier, later) that mean the same; without them equal labels do. The codes of the sides are not
    looked at. An answer that was on offer in one wave only is not compared. `overall`: chi-squared of wave by answer,
    weighted Rao-Scott's (both waves stacked, weights to the same mean); None for a multiple choice, where ticks do not
    exclude each other. Raises ValueError for questions of two kinds or without choices.
    """
    both = joined(earlier.answers, later.answers, pairs)
    if not (both.is_closed or both.question.kind is Kind.MULTI):
        raise ValueError("only closed questions have answers to compare one by one")
    target = _targets(earlier, later, pairs)
    rows = [_row(choice, earlier, later, target, wording, level) for choice in real_choices(both)]
    compared = [row for row in rows if isinstance(row, WaveChange)]
    corrected = iter(holm(np.array([row.change.test.p for row in compared])).tolist())
    told = tuple(
        replace(row, q=next(corrected), correction=_("Holm over the answers")) if isinstance(row, WaveChange) else row
        for row in rows
    )
    if not compared:
        return rows[0] if rows and isinstance(rows[0], NotComputed) else _nothing(later)
    overall = _overall(earlier, later, both.values) if both.is_closed else None
    moved = [row.what for row in told if isinstance(row, WaveChange) and row.q is not None and row.q <= 1 - level]
    return AnswerChanges(
        question=later.answers.question.wording,
        title=later.answers.question.title,
        counted=people_of([compared[0].earlier.counted, compared[0].later.counted]),
        rows=told,
        overall=overall if isinstance(overall, Test) else None,
        wording=wording,
        level=level,
        method=overall.method if isinstance(overall, Test) else compared[0].method,
        notes=(*compared[0].notes, *([overall] if isinstance(overall, str) else [])),
        sentence=_sentence(later, moved, overall if isinstance(overall, Test) else None, level),
    )


def _targets(earlier: Side, later: Side, pairs: Pairs | None) -> dict[int, list[int]]:
    """The earlier codes of each later code."""
    if pairs is None:
        by_label = {choice.label: choice.code for choice in reversed(later.answers.question.choices)}
        pairs = tuple((c.code, by_label[c.label]) for c in earlier.answers.question.choices if c.label in by_label)
    found: dict[int, list[int]] = {}
    for before, after in pairs:
        found.setdefault(after, []).append(before)
    return found


def _row(
    choice: Choice, earlier: Side, later: Side, target: dict[int, list[int]], wording: Wording, level: float
) -> WaveChange | NotComputed:
    own = later.answers.question.choice(choice.code)
    before = target.get(choice.code, [])
    if own is None or not before:
        wave = later.wave if own is None else earlier.wave
        words = _("Not compared: “%(label)s” was not on offer in %(wave)s.") % {"label": choice.label, "wave": wave}
        return _nothing(later, words)
    sides = replace(earlier, codes=tuple(before)), replace(later, codes=(choice.code,))
    asked = Comparison(earlier=sides[0], later=sides[1], measure=Measure.SHARE, wording=wording)
    return wave_change(asked, level=level)


def _overall(earlier: Side, later: Side, values: NDArray[np.int32]) -> Test | str:
    """Whether wave and answer go together; a sentence where that cannot be told."""
    sides = [drawn(replace(side, codes=_all_codes(side)), Measure.SHARE) for side in (earlier, later)]
    used = np.concatenate([side.used for side in sides])
    _codes, answer = np.unique(values[used], return_inverse=True)
    wave = np.repeat([0, 1], [len(side) for side in sides])
    if len(_codes) < 2:
        return _("Not tested as a whole: everybody gave the same answer.")
    if all(side.weights is None for side in sides):
        return _chi_squared(wave, answer)
    weights = _stacked([side.weights or equal_weights(len(side)) for side in sides])
    found = rao_scott(wave.astype(np.int32), answer.astype(np.int32), weights)
    return found if isinstance(found, str) else found.second


def _all_codes(side: Side) -> tuple[int, ...]:
    return tuple(choice.code for choice in real_choices(side.answers))


def _chi_squared(wave: NDArray[np.int64], answer: NDArray[np.int64]) -> Test:
    from scipy.special import chdtrc

    k = int(answer.max()) + 1
    table = np.stack([np.bincount(answer[wave == one], minlength=k) for one in (0, 1)]).astype(np.float64)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    statistic = float(((table - expected) ** 2 / expected).sum())
    note = ""
    if expected.min() < _FEW_EXPECTED:
        note = _("some expected counts are under 5; the p is approximate")
    return Test(
        method=_("Chi-squared test of wave by answer"),
        symbol="χ²",
        statistic=statistic,
        df=(float(k - 1),),
        p=float(chdtrc(k - 1, statistic)),
        n=len(wave),
        note=note,
    )


def _stacked(both: list[Weights]) -> Weights:
    """The people of both waves in one sample; each wave's weights have the mean 1, so that their scales do not matter.

    Margins that both were adjusted to keep apart by wave; where only one has margins, both are taken as given.
    """
    values = np.concatenate([one.values / one.of_base.mean() for one in both])
    margins = None
    first, second = (one.margins for one in both)
    if first is not None and second is not None:
        width = max(first.shape[1], second.shape[1])
        # a margin repeated changes nothing
        padded = [np.hstack([part, np.repeat(part[:, -1:], width - part.shape[1], axis=1)]) for part in (first, second)]
        margins = np.vstack([padded[0], padded[1] + int(padded[0].max(initial=0)) + 1]).astype(np.int32)
    return Weights(
        name=both[1].name, values=values, inside=np.concatenate([one.inside for one in both]), margins=margins
    )


def _nothing(later: Side, reason: str = "") -> NotComputed:
    question = later.answers.question
    return NotComputed(
        question=question.wording,
        kind=question.kind,
        counted=count_people(why_of(later.answers, later.seen)),
        reason=reason or _("Not compared: the codebook lists no answers for this question."),
    )


def _sentence(later: Side, moved: list[str], overall: Test | None, level: float) -> str:
    title = later.answers.question.title
    if overall is not None and overall.p > 1 - level:
        words = _("No evidence that the answers to “%(name)s” changed: what differs could be chance (%(p)s).")
        return words % {"name": title, "p": fmt_p(overall.p)}
    if moved:
        words = ngettext(
            "%(n)s answer to “%(name)s” changed by more than chance: %(list)s.",
            "%(n)s answers to “%(name)s” changed by more than chance: %(list)s.",
            len(moved),
        )
        listed = ", ".join(_("“%(name)s”") % {"name": one} for one in moved)
        return words % {"n": fmt_count(len(moved)), "name": title, "list": listed}
    return _("No single answer to “%(name)s” changed by more than chance.") % {"name": title}
