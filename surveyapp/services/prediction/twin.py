"""The same prediction from another export of one site, which numbers it otherwise: known by its words and its moment.

PredictionBook's JSON names predictions by a code and tells milliseconds; tables collected from its pages have numbers
and whole seconds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Prediction, Visibility
from surveyapp.importers.prediction.plan import PredictionPlan
from surveyapp.services.prediction.book import Book
from surveyapp.services.session import Session

_SITE = "predictionbook:"
_SECOND = 1_000_000


def twins(session: Session, plan: PredictionPlan, book: Book, matched: Mapping[int, int]) -> dict[int, int]:
    """Positions of predictions that are in the log under another key of their site, with their ids.

    A statement that was edited is known by its old words, too. Two alike at one second are not told apart: both are
    new.
    """
    wanted = [place for place, one in enumerate(plan.predictions) if place not in matched and _is_of(one.prediction)]
    if not wanted:
        return {}
    taken = set(matched.values())
    there = [one for one in book.predictions.values() if _is_of(one) and one.id not in taken]
    words: dict[int, set[str]] = defaultdict(set)
    for edit in session.store.predictions.all_edits():
        if edit.field == "statement":
            words[edit.prediction_id].add(edit.old)
    by_content: dict[tuple[str, int], set[int]] = defaultdict(set)
    for one in there:
        for statement in {one.statement, *words[one.id]}:
            by_content[_content(one, statement)].add(one.id)
    asked = Counter(_content(plan.predictions[place].prediction) for place in wanted)
    found: dict[int, int] = {}
    for place in wanted:
        content = _content(plan.predictions[place].prediction)
        ids = by_content.get(content, set())
        if len(ids) == 1 and asked[content] == 1:
            found[place] = next(iter(ids))
    return found


def with_what_is_new(before: Prediction, said: Prediction) -> Prediction:
    """What another export adds: tags, a deadline where there was none; private once, private ever."""
    return replace(
        before,
        tags=tuple(dict.fromkeys((*before.tags, *said.tags))),
        due=before.due if before.due is not None else said.due,
        visibility=Visibility.PRIVATE if said.visibility is Visibility.PRIVATE else before.visibility,
    )


def alike(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """What two exports tell alike of a forecast, from a row of the store."""
    prediction, who, at, probability, _option, _quantiles, comment, *_rest = row
    return prediction, who, at // _SECOND, probability, comment.strip()


def known_alike(rows: Iterable[tuple[Any, ...]], ids: Collection[int]) -> Counter[tuple[Any, ...]]:
    """The forecasts of these predictions, as `alike` has them."""
    return Counter(alike(row) for row in rows if row[0] in ids)


def alike_there(rows: Mapping[tuple[Any, ...], list[int]], row: tuple[Any, ...], who: int) -> list[int]:
    """The ids of such a forecast under somebody's other name: `rows` as `ForecastRepo.ids_of` has them."""
    wanted = alike((row[0], who, *row[2:]))
    return next((ids for there, ids in rows.items() if ids and alike(there) == wanted), [])


def _is_of(one: Prediction) -> bool:
    return one.key.startswith(_SITE)


def _content(one: Prediction, statement: str | None = None) -> tuple[str, int]:
    words = one.statement if statement is None else statement
    return " ".join(words.split()).casefold(), to_stored(one.created_at) // _SECOND
