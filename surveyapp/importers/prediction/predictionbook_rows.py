"""PredictionBook as a program collected it from the site's pages: two tables without headers, alone or in one ZIP.

https://github.com/jbeshir/predictionbook-extractor (cli/main.go). Predictions: id, created, deadline, mean confidence,
number of wagers, outcome (0 unknown, 1 right, 2 wrong), creator, title. Responses: prediction, time, confidence, user,
comment. Moments are seconds since 1970, confidences shares of 1; NaN is a comment without one.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from datetime import datetime

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Outcome, Prediction, Resolution, Visibility
from surveyapp.importers.prediction.plain import as_number
from surveyapp.importers.prediction.plan import (
    Draft,
    PlannedForecast,
    PlannedPrediction,
    PredictionPlan,
    ReadOptions,
)
from surveyapp.importers.prediction.registry_spec import File, PredictionFormat
from surveyapp.importers.prediction.when import from_number

_ID = "predictionbook_rows"
_PREDICTIONS, _RESPONSES = 8, 5
"""Columns of the two tables."""
_LOOKED_AT = 5
_OUTCOMES = {"1": Outcome.YES, "2": Outcome.NO}
_FIRST, _LAST = 1_100_000_000, 4_200_000_000
"""Seconds between which somebody wrote on the site: 2004 to 2103."""


def sniff(file: File) -> float:
    """The first rows hold numbers, moments and shares where they should."""
    return 0.95 if any(True for _content in _tables(file)) else 0.0


def _tables(file: File) -> Iterator[tuple[int, bytes]]:
    """The tables of either kind in the file, by their number of columns; of any other only the first rows are read."""
    if file.archive is None:
        contents = iter([file.content])
    else:
        contents = (file.archive.read(one) for one in file.archive.members if one.suffix in (".csv", ".txt"))
    for content in contents:
        try:
            first = list(itertools.islice(_rows(content), _LOOKED_AT))
            for width, fits in ((_PREDICTIONS, _is_prediction), (_RESPONSES, _is_response)):
                if first and all(len(row) == width and fits(row) for row in first):
                    content.decode("utf-8-sig")
                    yield width, content
        except UnicodeDecodeError:
            continue


def _rows(content: bytes) -> Iterator[list[str]]:
    """The rows of a table; none after one that cannot be read. Decoded piece by piece: of 30 MB at once, other threads
    would wait 70 ms. Raises UnicodeDecodeError."""
    reader = csv.reader(io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", newline=""), strict=False)
    try:
        yield from (row for row in reader if row)
    except csv.Error:
        return


def _is_prediction(row: list[str]) -> bool:
    share = as_number(row[3])
    return _is_id(row[0]) and _is_moment(row[1]) and share is not None and 0 <= share <= 1 and row[5] in "012"


def _is_response(row: list[str]) -> bool:
    share = as_number(row[2])
    return (
        _is_id(row[0])
        and _is_moment(row[1])
        and (row[2] == "NaN" or (share is not None and 0 <= share <= 1))
        and bool(row[3].strip())
    )


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_moment(text: str) -> bool:
    return _is_id(text) and _FIRST <= int(text[:12]) <= _LAST


def read(file: File, options: ReadOptions) -> PredictionPlan:
    """Everybody's responses; where those are not in the file, the means, as PredictionBook's own table gives them."""
    tables: dict[int, bytes] = {}
    for width, content in _tables(file):
        tables.setdefault(width, content)
    if _PREDICTIONS not in tables:
        raise UserError(
            _("These are responses without their predictions."),
            _("Put the table of predictions and that of responses into one ZIP."),
        )
    draft = Draft()
    alone = options.alone and _RESPONSES not in tables
    for number, row in enumerate(_rows(tables[_PREDICTIONS]), start=1):
        _read_prediction(draft, row, number, with_mean=_RESPONSES not in tables, alone=alone)
    for number, row in enumerate(_rows(tables.get(_RESPONSES, b"")), start=1):
        _read_response(draft, row, number)
    people = tuple(draft.people)
    return PredictionPlan(
        source=file.source(_ID),
        title=_("PredictionBook (collected)"),
        people=people,
        predictions=tuple(draft.predictions.values()),
        forecasts=draft.forecasts,
        scale=_("Confidences are shares of 1."),
        zone=_("Moments are seconds since 1970, in UTC."),
        means=_RESPONSES not in tables,
        me=people.index(options.me) if options.me in people else None,
        notes=_notes(with_responses=_RESPONSES in tables, alone=alone),
        refused=draft.refusals(),
    )


def _notes(*, with_responses: bool, alone: bool) -> tuple[str, ...]:
    day = _("The file does not say when it was known: the deadline is taken.")
    if with_responses:
        return (day,)
    if alone:
        said = _("You said that nobody else answered: means of one wager are taken as the creator's own.")
        return (said, day)
    warning = _(
        "The table holds only the mean confidence of everybody who answered: it is taken as a crowd's and is in no "
        "score of yours. Put it into one ZIP with the table of responses, or say that nobody else answered."
    )
    return (warning, day)


def _moment(text: str) -> datetime | None:
    """Of seconds since 1970; None where the collector had read none (it writes the year 1)."""
    return from_number(as_number(text))


def _read_prediction(draft: Draft, row: list[str], number: int, *, with_mean: bool, alone: bool) -> None:
    if len(row) != _PREDICTIONS:
        draft.refuse(number, _("The row of a prediction has not eight columns."))
        return
    name, created, due, creator, statement = row[0], _moment(row[1]), _moment(row[2]), row[6].strip(), row[7].strip()
    if not statement or created is None:
        draft.refuse(number, _("The prediction has no text or no date of creation."))
        return
    outcome = _OUTCOMES.get(row[5])
    known = max(created, due or created)
    resolutions = (Resolution(at=known, known_at=known, outcome=outcome),) if outcome is not None else ()
    place = draft.add(
        PlannedPrediction(
            prediction=Prediction(
                statement=statement,
                created_at=created,
                due=due,
                visibility=Visibility.PUBLIC,
                key=f"predictionbook:{name}",
            ),
            creator=draft.person(creator) if creator else None,
            resolutions=resolutions,
            resolvers=(None,) * len(resolutions),
        )
    )
    mean, wagers = as_number(row[3]), as_number(row[4])
    if not with_mean or mean is None or not 0 <= mean <= 1 or not wagers:
        return
    who = creator if alone and creator and wagers == 1 else _("Mean on PredictionBook")
    draft.forecasts.append(PlannedForecast(place, draft.person(who), to_stored(created), mean))


def _read_response(draft: Draft, row: list[str], number: int) -> None:
    at = _moment(row[1]) if len(row) == _RESPONSES else None
    who = row[3].strip() if at is not None else ""
    if at is None or not who:
        draft.refuse(number, _("The response has no person or no date."))
        return
    place = draft.places.get(f"predictionbook:{row[0]}")
    share, comment = as_number(row[2]), row[4].strip()
    if place is None:
        draft.refuse(number, _("The response is to a prediction that is not in the file."))
    elif share is not None and not 0 <= share <= 1:
        draft.refuse(number, _("A confidence is not between 0 and 1."))
    elif share is not None or comment:
        draft.forecasts.append(PlannedForecast(place, draft.person(who), to_stored(at), share, comment=comment))


SPEC = PredictionFormat(id=_ID, title=lambda: _("PredictionBook (tables without headers)"), sniff=sniff, read=read)
