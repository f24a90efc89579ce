"""Straight lines: one and the same step in every item of the batteries.

Straight-lining is the plainest trace of satisficing (Krosnick 1991, Applied Cognitive Psychology 5: 213-236), and the
share of people who do not differentiate at all its usual measure (Kim et al. 2019, Social Science Computer Review
37: 214-233). But to agree with every item of a short battery can be what somebody thinks. So a battery counts only
- with at least MIN_ITEMS answered items, all on one step;
- if chance, by how often each item gets that step, would do so in less than BY_CHANCE of the people;
- if fewer than USUAL of those who answered it did so with that step ("Never" to all drugs is an answer), or if items
  are reversed, so that one step throughout contradicts itself (told by correlations among the others' answers).
Marked is who drew a line in at least half of the batteries answered and in at least two; or, where the file has only
one battery, a line of LONG items, or of MIN_ITEMS with reversed ones among them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.domain.wave import Flag
from surveyapp.importers.cell.reading import codes_by_text
from surveyapp.importers.mark.mark import Mark, Responses

MIN_ITEMS = 5
LONG = 8
BY_CHANCE = 0.01
USUAL = 0.05
_REVERSED = -0.2
_ENOUGH = 30
"""People whose answers tell which items are reversed, and which step is usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Battery:
    """Who answered it, and whose line counts."""

    title: str
    n_items: int
    reversed_items: bool
    answered: NDArray[np.bool_]
    lined: NDArray[np.bool_]


def straight_lined(responses: Responses) -> Mark | None:
    """Responses that are straight lines through the batteries."""
    grids: dict[str, list[int]] = {}
    for place, question in enumerate(responses.questions):
        rated = question.kind in (Kind.SINGLE, Kind.SCALE) and len(question.choices) > 1
        if question.grid and rated and question.role is Role.PLAIN:
            grids.setdefault(question.grid, []).append(place)
    batteries = [_battery(responses, title, places) for title, places in grids.items() if len(places) >= MIN_ITEMS]
    if not batteries:
        return None
    answered = np.stack([battery.answered for battery in batteries]).sum(axis=0)
    lined = np.stack([battery.lined for battery in batteries]).sum(axis=0)
    marked = (lined >= 2) & (2 * lined >= answered)
    only = batteries[0]
    if len(batteries) == 1 and (only.n_items >= LONG or only.reversed_items):
        marked = only.lined
    places = np.flatnonzero(marked)
    if not len(places):
        return None
    return Mark(
        flag=Flag.STRAIGHT_LINED,
        places=places,
        evidence=_evidence(batteries),
        shown=tuple((int(place), _shown(int(lined[place]), int(answered[place]))) for place in places[:4]),
    )


def _shown(lined: int, answered: int) -> str:
    words = ngettext(
        "one step throughout in %(lined)s of %(answered)s battery",
        "one step throughout in %(lined)s of %(answered)s batteries",
        answered,
    )
    return words % {"lined": fmt_count(lined), "answered": fmt_count(answered)}


def _evidence(batteries: list[_Battery]) -> tuple[str, ...]:
    told = [_("The same step in every item of the batteries, where chance or conviction hardly explains it.")]
    n = sum(battery.reversed_items for battery in batteries)
    if n:
        sentence = ngettext(
            "In %(n)s battery items are reversed, so that one step throughout contradicts itself.",
            "In %(n)s batteries items are reversed, so that one step throughout contradicts itself.",
            n,
        )
        told.append(sentence % {"n": fmt_count(n)})
    return tuple(told)


def _battery(responses: Responses, title: str, places: list[int]) -> _Battery:
    """Lines through one battery, without those that chance or conviction explains."""
    steps = _steps([responses.questions[place] for place in places])
    codes = np.stack([_codes(responses, place, steps) for place in places])
    given = codes >= 0
    n_given = given.sum(axis=0)
    step = codes.max(axis=0)
    line = (n_given >= MIN_ITEMS) & (np.where(given, codes, step) == step).all(axis=0)
    answered = n_given >= MIN_ITEMS
    is_reversed = _has_reversed(np.where(given, codes, np.nan)[:, answered & ~line])
    lined = np.zeros(len(responses), dtype=np.bool_)
    for one in np.unique(step[line]).tolist():
        own = line & (step == one)
        shares = (codes == one).sum(axis=1) / np.maximum(given.sum(axis=1), 1)
        usual = own.sum() > max(USUAL * answered.sum(), 1) and answered.sum() >= _ENOUGH
        if float(np.prod(np.sort(shares)[-MIN_ITEMS:])) < BY_CHANCE and (is_reversed or not usual):
            lined |= own
    return _Battery(title=title, n_items=len(places), reversed_items=is_reversed, answered=answered, lined=lined)


def _steps(items: list[Question]) -> dict[str, int]:
    """The steps that the items of a battery share, by label in their order; ways not to answer are none."""
    labels = {choice.label: None for item in items for choice in item.choices if not (choice.missing or choice.other)}
    return {label: n for n, label in enumerate(labels)}


def _codes(responses: Responses, place: int, steps: dict[str, int]) -> NDArray[np.int32]:
    """Which step each person chose, -1 for none, shape (n,)."""
    question = responses.questions[place]
    labels = {choice.code: choice.label for choice in question.choices}
    by_text = codes_by_text(question)
    given = responses.given(place)
    numbers = [
        steps.get(labels.get(by_text.get(cell, 0), ""), -1) if given[n] else -1
        for n, cell in enumerate(responses.cells(place))
    ]
    found: NDArray[np.int32] = np.array(numbers, dtype=np.int32)[responses.index(place)]
    return found


def _has_reversed(codes: NDArray[np.float64]) -> bool:
    """Whether an item falls where the others rise, by the people (columns) who drew no line."""
    whole = codes[:, ~np.isnan(codes).any(axis=0)]
    if whole.shape[1] < _ENOUGH or len(whole) < MIN_ITEMS:
        return False
    centred = whole - whole.mean(axis=1, keepdims=True)
    norms = np.sqrt((centred**2).sum(axis=1))
    if (norms == 0).any():
        return False
    r = (centred @ centred.T) / np.outer(norms, norms)
    return bool(r.min() < max(_REVERSED, -0.2) and r.min() < -4 / np.sqrt(whole.shape[1]))
