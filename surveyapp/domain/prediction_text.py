"""Predictions, forecasts and resolutions as plain data for files: names instead of ids, defaults left out."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Forecast, Prediction, Resolution, Seal, StatementEdit

FORMAT = "surveyapp predictions"
VERSION = 1

_IDS = ("id", "prediction_id", "forecaster_id", "creator_id", "by_id", "batch_id")

T = TypeVar("T", Prediction, Forecast, Resolution, StatementEdit, Seal)


def plain_of(one: Prediction | Forecast | Resolution | StatementEdit | Seal, *, by: str = "") -> dict[str, Any]:
    """The fields that mean something outside this workspace, and `by` whom."""
    plain = {name: value for name, value in to_plain(one).items() if name not in _IDS}
    return plain | ({"by": by} if by else {})


def from_file(type_: type[T], plain: dict[str, Any]) -> tuple[T, str]:
    """The inverse: the object, without ids, and by whom. Raises ValueError, naming the field, on what does not fit."""
    fields = dict(plain)
    by = fields.pop("by", "")
    if not isinstance(by, str):
        raise ValueError(f"{type_.__name__}.by: a name is expected")
    if set(fields) & set(_IDS):
        raise ValueError(f"{type_.__name__}: ids are of another workspace")
    if type_ in (StatementEdit, Seal):
        fields["prediction_id"] = 0
    found = from_plain(type_, fields)
    for name in ("at", "known_at", "created_at", "due", "review_on", "sealed_at", "opened_at", "opens_on"):
        moment = getattr(found, name, None)
        try:
            if isinstance(moment, datetime):
                to_stored(moment)
            elif isinstance(moment, date):
                to_stored(datetime(moment.year, moment.month, moment.day, tzinfo=UTC))
        except ValueError as error:
            raise ValueError(f"{type_.__name__}.{name}: {error}") from None
    return found, by


def to_cell(value: Any) -> Any:
    """A plain value as one cell; numbers stay numbers."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        texts = all(isinstance(item, str) for item in value)
        return _joined(value) if texts else json.dumps(value)
    return value


def from_cell(type_: type, name: str, cell: str) -> Any:
    """The inverse, by the field's type. Raises ValueError for a cell that is none of it."""
    hint = str(type_.__annotations__[name])
    if hint == "bool":
        if cell not in ("true", "false"):
            raise ValueError(f"{name}: true or false is expected")
        return cell == "true"
    if hint.startswith("int"):
        return int(cell)
    if hint.startswith("float"):
        return float(cell)
    if hint.startswith("tuple[str"):
        return _split(cell)
    return json.loads(cell) if hint.startswith("tuple") else cell


def _joined(items: list[str]) -> str:
    text = "; ".join(items)
    return text if not text.startswith("[") and _split(text) == items else json.dumps(items, ensure_ascii=False)


def _split(cell: str) -> list[str]:
    if not cell.startswith("["):
        return cell.split("; ") if cell else []
    found = json.loads(cell)
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise ValueError("a list of texts is expected")
    return found


_PREDICTION = (
    *("uid", "statement", "kind", "options", "exclusive", "condition", "unit", "created_at", "by", "due", "review_on"),
    *("decider", "source", "no_means", "background", "tags", "visibility", "influence", "retrodiction", "key"),
)
_FORECAST = ("by", "at", "probability", "option", "quantiles", "comment", "withdrawn", "key")
_RESOLUTION = ("outcome", "option", "value", "known_at", "at", "by", "reason", "key")
LOG_COLUMNS = ("log.me", "log.seals_taken_back", "log.guarded")
"""Of the log as a whole, in the first row: whose it is, digests of seals that were taken back, and whether texts that a
spreadsheet could take for formulas are guarded."""
HISTORY_COLUMNS = ("history.resolutions", "history.edits", "history.seals")
"""In the first row of a prediction, as JSON: outcomes where some no longer hold, what was edited, how it was sealed."""
LONG_COLUMNS = (
    *(f"prediction.{name}" for name in _PREDICTION),
    *(f"forecast.{name}" for name in _FORECAST),
    *(f"resolution.{name}" for name in _RESOLUTION),
    *HISTORY_COLUMNS,
    *LOG_COLUMNS,
)
"""The headers of the file with a row per forecast; probabilities are 0 to 1, moments ISO 8601."""
