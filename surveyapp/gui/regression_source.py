"""Regressions for the command palette: "regress friends on age, gender"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.gui.context import AppContext
from surveyapp.gui.fuzzy import match
from surveyapp.gui.palette_source import PaletteEntry

if TYPE_CHECKING:
    from surveyapp.services.cross_choice import Choice
    from surveyapp.services.question_list import ListedSection

_MOST, _MOST_OF_A_SIDE = 8, 4


def regression_entries(context: AppContext, sections: Sequence[ListedSection], query: str) -> list[PaletteEntry] | None:
    """What fits, best first; None for a query that asks for something else.

    Without predictors an entry opens the outcome alone. Of several predictors all but the last are the best fit.
    """
    asked = _asked(query)
    if asked is None:
        return None
    from surveyapp.services.cross_choice import choices

    outcome, names = asked
    found = choices(sections, rows=False)
    entries: list[tuple[float, Choice, tuple[Choice, ...]]] = []
    for left, score in _fitting(outcome, found)[:_MOST_OF_A_SIDE]:
        entries += [(score + more, left, predictors) for predictors, more in _predictors(names, found, left)]
    entries.sort(key=lambda entry: -entry[0])
    return [_entry(context, left, predictors, score) for score, left, predictors in entries[:_MOST]]


def _asked(query: str) -> tuple[str, tuple[str, ...]] | None:
    """The outcome and predictors of "regress a on b, c", None for any other query."""
    for verb, between in ((_("regress "), _(" on ")), ("regress ", " on ")):
        text = query.lstrip()
        if text.casefold().startswith(verb.casefold()):
            outcome, _found, rest = text[len(verb) :].partition(between)
            names = tuple(name.strip() for name in rest.split(",") if name.strip())
            return (outcome, names) if outcome.strip() else None
    return None


def _predictors(
    names: tuple[str, ...], found: Sequence[Choice], outcome: Choice
) -> list[tuple[tuple[Choice, ...], float]]:
    if not names:
        return [((), 0.0)]
    others = [choice for choice in found if choice.keys != outcome.keys]
    first: list[Choice] = []
    for name in names[:-1]:
        best = next((choice for choice, _score in _fitting(name, others) if choice not in first), None)
        if best is None:
            return []
        first.append(best)
    last = [(choice, score) for choice, score in _fitting(names[-1], others) if choice not in first]
    return [((*first, choice), score) for choice, score in last[:_MOST_OF_A_SIDE]]


def _fitting(query: str, found: Sequence[Choice]) -> list[tuple[Choice, float]]:
    ranked = [(choice, fit[0]) for choice in found if (fit := match(query, choice.title)) is not None]
    return sorted(ranked, key=lambda item: -item[1])


def _entry(context: AppContext, outcome: Choice, predictors: tuple[Choice, ...], score: float) -> PaletteEntry:
    names = ", ".join(choice.title for choice in predictors) or "…"
    arguments = {"outcome": outcome.keys[0], "by": tuple(choice.keys[0] for choice in predictors)}
    if not predictors:
        arguments["choose"] = "predictor"
    return PaletteEntry(
        group=_("Regressions"),
        title=_("%(outcome)s on %(predictors)s") % {"outcome": outcome.title, "predictors": names},
        icon="chart-scatter",
        run=partial(context.shell.open_page, "correlations", "regression", **arguments),
        score=max(score, 1.0),
    )
