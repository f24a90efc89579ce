"""Our own exports of a prediction log: JSON with everything, and the table with a row per forecast."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from math import isfinite
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.domain.column import Source, TextColumn
from surveyapp.domain.errors import UserError
from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Forecast, Prediction, Resolution, Seal, StatementEdit
from surveyapp.domain.prediction_text import (
    FORMAT,
    HISTORY_COLUMNS,
    LOG_COLUMNS,
    LONG_COLUMNS,
    VERSION,
    from_cell,
    from_file,
)
from surveyapp.domain.seal_code import ensure_fits
from surveyapp.importers.codebook.notation import without_guard
from surveyapp.importers.prediction.plan import (
    Draft,
    PlannedForecast,
    PlannedPrediction,
    PredictionPlan,
    ReadOptions,
)
from surveyapp.importers.prediction.registry_spec import File, PredictionFormat, parsed
from surveyapp.importers.refusal import not_a_table

_TYPES = {"prediction": Prediction, "forecast": Forecast, "resolution": Resolution}
_START = 4096
_DIGEST = re.compile("[0-9a-f]{64}")


def sniff_json(file: File) -> float:
    """The name of the format stands at its beginning."""
    head = file.content[:_START].lstrip(b"\xef\xbb\xbf \r\n\t")
    return 1.0 if head.startswith(b"{") and f'"{FORMAT}"'.encode() in head else 0.0


def read_json(file: File, options: ReadOptions) -> PredictionPlan:
    """Everything, with histories. Raises UserError for a damaged file or one of a later program."""
    try:
        plain = parsed(file.content.decode("utf-8-sig", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise UserError(_("The file is damaged."), _("Export the log again."), type(error).__name__) from None
    if not isinstance(plain, dict) or plain.get("format") != FORMAT or not isinstance(plain.get("predictions"), list):
        raise UserError(_("This is no prediction log of this program."), "")
    if plain.get("version") != VERSION:
        raise UserError(_("A newer version of the program wrote this file."), _("Update the program to read it."))
    draft = Draft()
    for number, one in enumerate(plain["predictions"], start=1):
        try:
            _read_prediction(draft, one, number)
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            draft.refuse(number, _("The entry cannot be read: %(what)s") % {"what": error})
    source = Source(
        name=file.name, format="own_json", content=file.content, sha256=hashlib.sha256(file.content).hexdigest()
    )
    return _plan(draft, source, options, me=str(plain.get("me", "")), codes=plain.get("seals_taken_back", ()))


def _read_prediction(draft: Draft, plain: dict[str, Any], number: int) -> None:
    """One entry, wholly or not at all."""
    fields = dict(plain)
    said = [from_file(Forecast, one) for one in fields.pop("forecasts", [])]
    settled = [from_file(Resolution, one) for one in fields.pop("resolutions", [])]
    edits = [from_file(StatementEdit, one)[0] for one in fields.pop("edits", [])]
    seals = [from_file(Seal, one)[0] for one in fields.pop("seals", [])]
    _ensure_all_fit(seals)
    prediction, creator = from_file(Prediction, fields)
    _add(draft, prediction, creator, said, settled, edits=tuple(edits), seals=tuple(seals), rows=[number] * len(said))


def _ensure_all_fit(seals: Sequence[Seal]) -> None:
    for seal in seals:
        ensure_fits(seal)


def _add(
    draft: Draft,
    prediction: Prediction,
    creator: str,
    said: list[tuple[Forecast, str]],
    settled: list[tuple[Resolution, str]],
    *,
    rows: Sequence[int],
    edits: tuple[StatementEdit, ...] = (),
    seals: tuple[Seal, ...] = (),
) -> None:
    if not prediction.uid:
        raise ValueError("uid")
    _ensure_sound(prediction, [one for one, _by in said], [one for one, _by in settled])
    place = draft.add(
        PlannedPrediction(
            prediction=prediction,
            creator=draft.person(creator) if creator else None,
            resolutions=tuple(one for one, _by in settled),
            resolvers=tuple(draft.person(by) if by else None for _one, by in settled),
            edits=edits,
            seals=seals,
        ),
        key=prediction.uid,
    )
    for (one, by), row in zip(said, rows, strict=True):
        draft.forecasts.append(
            PlannedForecast(
                prediction=place,
                who=draft.person(by),
                at=to_stored(one.at),
                probability=one.probability,
                option=one.option,
                quantiles=tuple((quantile.level, quantile.value) for quantile in one.quantiles),
                comment=one.comment,
                withdrawn=one.withdrawn,
                key=one.key,
                row=row,
            )
        )


def _ensure_sound(prediction: Prediction, said: list[Forecast], settled: list[Resolution]) -> None:
    """Raises ValueError, naming the field, for numbers that no forecast or outcome of this prediction has."""
    places = range(len(prediction.options))
    for one in said:
        if one.probability is not None and not 0 <= one.probability <= 1:
            raise ValueError("forecast.probability")
        if any(not 0 <= each.level <= 1 or not isfinite(each.value) for each in one.quantiles):
            raise ValueError("forecast.quantiles")
    for found in settled:
        if found.value is not None and not isfinite(found.value):
            raise ValueError("resolution.value")
    named = [one.option for one in said] + [one.option for one in settled]
    if any(option is not None and option not in places for option in named):
        raise ValueError("option")


def sniff_table(file: File) -> float:
    """Its headers are nobody else's."""
    return 1.0 if set(LONG_COLUMNS[:3]) | {"forecast.at"} <= set(file.headers) else 0.0


def read_table(file: File, options: ReadOptions) -> PredictionPlan:
    """A row per forecast; a prediction's own fields are those of its first row."""
    table = file.table
    if table is None:
        raise not_a_table("")
    columns = {column.header.strip(): column for column in table.columns}
    log = {name: _first_text(columns.get(name)) for name in LOG_COLUMNS}
    as_typed = without_guard if log["log.guarded"] == "true" else str
    rows: dict[str, list[dict[str, str]]] = {}
    numbers: dict[str, list[int]] = {}
    for place in range(len(table)):
        row = {name: as_typed(text) for name, one in columns.items() if (text := one.texts[one.index[place]])}
        uid = row.get("prediction.uid", "")
        rows.setdefault(uid, []).append(row)
        numbers.setdefault(uid, []).append(table.rows[place])
    draft = Draft()
    for uid, own in rows.items():
        try:
            _read_rows(draft, own, numbers[uid])
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            draft.refuse(numbers[uid][0], _("The entry cannot be read: %(what)s") % {"what": error})
    return _plan(draft, table.source, options, me=as_typed(log["log.me"]), codes=log["log.seals_taken_back"].split())


def _first_text(column: TextColumn | None) -> str:
    """What is said of the log as a whole: one cell of its column, in whatever row a person has sorted it."""
    return next((text for text in column.texts if text), "") if column is not None else ""


def _history(row: dict[str, str], name: str) -> list[dict[str, Any]]:
    found = parsed(row.get(f"history.{name}", "[]"))
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ValueError(name)
    return found


def _read_rows(draft: Draft, rows: list[dict[str, str]], numbers: list[int]) -> None:
    told = next((row for row in rows if any(name in row for name in HISTORY_COLUMNS)), {})
    settled = _history(told, "resolutions")
    beside = {repr(sorted(one.items())): one for row in rows if (one := _fields(row, "resolution"))}
    settled = settled or list(beside.values())
    seals = tuple(from_file(Seal, one)[0] for one in _history(told, "seals"))
    _ensure_all_fit(seals)
    said = [(one, number) for row, number in zip(rows, numbers, strict=True) if (one := _fields(row, "forecast"))]
    _add(
        draft,
        *from_file(Prediction, _fields(rows[0], "prediction")),
        [from_file(Forecast, one) for one, _number in said],
        [from_file(Resolution, one) for one in settled],
        rows=[number for _one, number in said],
        edits=tuple(from_file(StatementEdit, one)[0] for one in _history(told, "edits")),
        seals=seals,
    )


def _fields(row: dict[str, str], prefix: str) -> dict[str, Any]:
    """The cells of one object; none if there is no such object in the row."""
    start = f"{prefix}."
    cells = {name.removeprefix(start): cell for name, cell in row.items() if name.startswith(start)}
    return {name: cell if name == "by" else from_cell(_TYPES[prefix], name, cell) for name, cell in cells.items()}


def _plan(
    draft: Draft, source: Source, options: ReadOptions, *, me: str = "", codes: Sequence[object] = ()
) -> PredictionPlan:
    people = tuple(draft.people)
    mine = options.me or me
    return PredictionPlan(
        source=source,
        title=_("Prediction log of this program"),
        people=people,
        predictions=tuple(draft.predictions.values()),
        forecasts=draft.forecasts,
        scale=_("Probabilities are shares of 1."),
        zone=_("Moments say their zone."),
        me=people.index(mine) if mine in people else None,
        refused=draft.refusals(),
        seals_taken_back=tuple(one for one in codes if isinstance(one, str) and _DIGEST.fullmatch(one)),
    )


JSON = PredictionFormat(id="own_json", title=lambda: _("Prediction log (JSON)"), sniff=sniff_json, read=read_json)
TABLE = PredictionFormat(id="own_table", title=lambda: _("Prediction log (CSV)"), sniff=sniff_table, read=read_table)
