"""The prediction log out: everything with its history (JSON), a row per forecast (CSV), sheets (XLSX), or as Fatebook
takes it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.base.version import program_version
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import Forecast, Outcome, Prediction, PredictionKind
from surveyapp.domain.prediction_text import FORMAT, HISTORY_COLUMNS, LONG_COLUMNS, VERSION, plain_of, to_cell
from surveyapp.reports.csv import write_csv
from surveyapp.reports.table import Column, Table
from surveyapp.reports.target import write_bytes
from surveyapp.reports.xlsx import write_xlsx
from surveyapp.services.prediction.book import Book, book_of
from surveyapp.services.prediction.sealing import codes_taken_back
from surveyapp.services.session import Session

Row = dict[str, Any]


class LogForm(StrEnum):
    """What the log is written as."""

    JSON = "json"
    """Everything, with every resolution and edit: read back identically."""
    CSV = "csv"
    """A row for each forecast, for programs: texts as they are, read back identically."""
    SHEET = "sheet"
    """The same for spreadsheets, formulas guarded (CSV or XLSX by the ending); read back identically, but for texts
    that no cell of a spreadsheet can hold."""
    FATEBOOK = "fatebook"
    """What Fatebook imports: yes-or-no predictions of "me", in per cent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many predictions were written and how many of them are private; how many private ones were left out, and how
    many that the form has no place for."""

    n: int
    n_private: int = 0
    n_held_back: int = 0
    n_unfit: int = 0

    def sentences(self, name: str) -> tuple[str, ...]:
        """What a file of that name holds, and what it does not."""
        words = ngettext("%(n)s prediction written to %(file)s.", "%(n)s predictions written to %(file)s.", self.n)
        said = [words % {"n": fmt_count(self.n), "file": name}]
        if self.n_private:
            words = ngettext("%(n)s of them is private.", "%(n)s of them are private.", self.n_private)
            said.append(words % {"n": fmt_count(self.n_private)})
        if self.n_held_back:
            words = ngettext(
                "%(n)s is private and was left out.", "%(n)s are private and were left out.", self.n_held_back
            )
            said.append(words % {"n": fmt_count(self.n_held_back)})
        if self.n_unfit:
            left = _("%(n)s of the log left out: Fatebook takes yes-or-no predictions with a forecast of yours.")
            said.append(left % {"n": fmt_count(self.n_unfit)})
        return tuple(said)


def export_log(
    session: Session,
    path: Path,
    *,
    form: LogForm,
    prediction_ids: Collection[int] | None = None,
    private: bool = False,
) -> Written:
    """Write predictions (None: all) with all that was said of them. All or nothing.

    JSON is the copy that one keeps and holds the private ones in any case; the other forms are handed on, and hold them
    only if `private` asks for it. Raises UserError, with nothing written, where private ones are all there is.
    """
    book = book_of(session)
    wanted = [one for one in book.predictions.values() if prediction_ids is None or one.id in prediction_ids]
    forecasts = _forecasts(session, {one.id for one in wanted})
    taken_back = sorted(codes_taken_back(session)) if prediction_ids is None else []
    fit = [one for one in wanted if form is not LogForm.FATEBOOK or _fits_fatebook(book, one, forecasts[one.id])]
    chosen = [one for one in fit if private or form is LogForm.JSON or not one.is_private]
    if fit and not chosen:
        raise UserError(
            _("Every prediction that would be written is private: nothing was written."),
            _(
                "Ask for the private ones too (--private on the command line), or write everything with its history "
                "(JSON)."
            ),
        )
    if form is LogForm.JSON:
        plain = _plain_log(session, book, chosen, forecasts) | ({"seals_taken_back": taken_back} if taken_back else {})
        text = json.dumps(plain, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
        write_bytes(path, text + b"\n")
    elif form is LogForm.FATEBOOK:
        write_csv(_table(list(_fatebook_rows(book, chosen, forecasts)), FATEBOOK_COLUMNS), path)
    else:
        rows = list(_long_rows(session, book, chosen, forecasts))
        rows[:1] = [
            first
            | {
                "log.me": book.me.name if book.me else "",
                "log.seals_taken_back": " ".join(taken_back),
                "log.guarded": to_cell(form is LogForm.SHEET),
            }
            for first in rows[:1]
        ]
        table = _table(rows, LONG_COLUMNS)
        if path.suffix.lower() == ".xlsx":
            write_xlsx([table], path, about=[(_("Program"), program_version()), (_("Predictions"), str(len(chosen)))])
        else:
            write_csv(table, path, exact=form is LogForm.CSV)
    return Written(
        n=len(chosen),
        n_private=sum(one.is_private for one in chosen),
        n_held_back=len(fit) - len(chosen),
        n_unfit=len(wanted) - len(fit),
    )


def count_private(session: Session) -> tuple[int, int]:
    """How many predictions are private, and how many there are."""
    every = book_of(session).predictions.values()
    return sum(one.is_private for one in every), len(every)


def _forecasts(session: Session, wanted: set[int]) -> dict[int, list[Forecast]]:
    found: dict[int, list[Forecast]] = defaultdict(list)
    for one in sorted(session.store.forecasts.all(), key=lambda one: one.id):
        if one.prediction_id in wanted:
            found[one.prediction_id].append(one)
    return found


def _plain_log(
    session: Session, book: Book, chosen: list[Prediction], forecasts: dict[int, list[Forecast]]
) -> dict[str, Any]:
    names = {number: person.name for number, person in book.forecasters.items()}
    edits, seals = _edits_and_seals(session)
    return {
        "format": FORMAT,
        "version": VERSION,
        "me": book.me.name if book.me else "",
        "predictions": [
            {
                **plain_of(one, by=names.get(one.creator_id or 0, "")),
                "forecasts": [plain_of(said, by=names[said.forecaster_id]) for said in forecasts[one.id]],
                "resolutions": [
                    plain_of(said, by=names.get(said.by_id or 0, "")) for said in book.resolutions.get(one.id, ())
                ],
                "edits": edits[one.id],
                **({"seals": seals[one.id]} if seals[one.id] else {}),
            }
            for one in chosen
        ],
    }


def _edits_and_seals(session: Session) -> tuple[dict[int, list[Any]], dict[int, list[Any]]]:
    """Of each prediction, plain."""
    edits: dict[int, list[Any]] = defaultdict(list)
    for edit in session.store.predictions.all_edits():
        edits[edit.prediction_id].append(plain_of(edit))
    seals: dict[int, list[Any]] = defaultdict(list)
    for seal in session.store.predictions.seals():
        seals[seal.prediction_id].append(plain_of(seal))
    return edits, seals


def _long_rows(
    session: Session, book: Book, chosen: list[Prediction], forecasts: dict[int, list[Forecast]]
) -> Iterator[Row]:
    """A row for each forecast with the outcome that holds beside it; the first of a prediction has its history."""
    names = {number: person.name for number, person in book.forecasters.items()}
    edits, seals = _edits_and_seals(session)
    for one in chosen:
        own = _cells("prediction", plain_of(one, by=names.get(one.creator_id or 0, "")))
        given = book.resolutions.get(one.id, ())
        told = given if given != book.holding(one.id) else ()
        settled = [plain_of(said, by=names.get(said.by_id or 0, "")) for said in told]
        history = zip(HISTORY_COLUMNS, (settled, edits[one.id], seals[one.id]), strict=True)
        begin = {name: json.dumps(kept, ensure_ascii=False) for name, kept in history if kept}
        outcomes = [
            _cells("resolution", plain_of(said, by=names.get(said.by_id or 0, ""))) for said in book.holding(one.id)
        ]
        rows = [_cells("forecast", plain_of(said, by=names[said.forecaster_id])) for said in forecasts[one.id]]
        for n in range(max(1, len(rows), len(outcomes))):  # options that do not exclude each other have one each
            outcome = outcomes[min(n, len(outcomes) - 1)] if outcomes else {}
            yield own | (rows[n] if n < len(rows) else {}) | outcome | ({} if n else begin)


def _cells(prefix: str, plain: dict[str, Any]) -> Row:
    return {f"{prefix}.{name}": to_cell(value) for name, value in plain.items()}


FATEBOOK_COLUMNS = (
    "questionTitle",
    "forecast",
    "qCreatedAt",
    "fCreatedAt",
    "resolveBy",
    "resolution",
    "resolvedAt",
    "tags",
    "notes",
)
_FATEBOOK = {Outcome.YES: "yes", Outcome.NO: "no", Outcome.AMBIGUOUS: "ambiguous", Outcome.VOID: "ambiguous"}


def _fits_fatebook(book: Book, one: Prediction, said: list[Forecast]) -> bool:
    """Whether Fatebook's import has a place for it: yes or no, and forecast by "me"."""
    if one.kind is not PredictionKind.YES_NO or book.me is None:
        return False
    return any(each.probability is not None and each.forecaster_id == book.me.id for each in said)


def _fatebook_rows(book: Book, chosen: list[Prediction], forecasts: dict[int, list[Forecast]]) -> Iterator[Row]:
    """https://github.com/Sage-Future/fatebook, pages/import-from-spreadsheet.tsx: forecasts in per cent."""
    for one in chosen:
        found = book.resolution(one.id)
        for said in forecasts[one.id]:
            if said.probability is None or book.me is None or said.forecaster_id != book.me.id:
                continue
            yield {
                "questionTitle": one.statement,
                "forecast": round(100 * said.probability, 10),
                "qCreatedAt": one.created_at.isoformat(),
                "fCreatedAt": said.at.isoformat(),
                "resolveBy": one.due.isoformat() if one.due else "",
                "resolution": _FATEBOOK.get(found.outcome, "ambiguous") if found else "",
                "resolvedAt": found.known_at.isoformat() if found else "",
                "tags": ", ".join(one.tags),
                "notes": one.background,
            }


def _table(rows: list[Row], headers: tuple[str, ...]) -> Table:
    columns = [Column(header=header, values=[row.get(header) for row in rows]) for header in headers]
    return Table(title=_("Predictions"), columns=tuple(columns))
