"""Which prediction logs can be read. A new format is a file with a spec and one line here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from surveyapp.base.garbage import no_collecting
from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.importers.prediction import (
    contest,
    fatebook,
    fatebook_form,
    game,
    gjopen,
    manifold,
    metaculus,
    own,
    predictionbook,
    predictionbook_rows,
    spreadsheet,
)
from surveyapp.importers.prediction.plan import PredictionPlan, ReadOptions
from surveyapp.importers.prediction.registry_spec import File, PredictionFormat, damaged
from surveyapp.importers.prediction.unscored import with_unscored
from surveyapp.importers.refusal import read_bytes
from surveyapp.importers.table import Report, no_report

FORMATS: tuple[PredictionFormat, ...] = (
    own.JSON,
    own.TABLE,
    fatebook.SPEC,
    fatebook_form.SPEC,
    predictionbook.JSON,
    predictionbook.TABLE,
    predictionbook_rows.SPEC,
    metaculus.SPEC,
    manifold.SPEC,
    gjopen.SPEC,
    contest.SPEC,
    game.SPEC,
    spreadsheet.SPEC,
)


class UnknownLog(UserError):  # noqa: N818 (what the file is, not only an error)
    """Nobody knows the file. If it is a table, a person can say which of its columns holds what."""

    def __init__(self, title: str, what_to_do: str, *, is_table: bool) -> None:
        super().__init__(title, what_to_do)
        self.is_table = is_table


def find_format(file: File) -> PredictionFormat | None:
    """The format a file most likely has; None if none knows it."""
    score, _order, found = max((spec.sniff(file), -n, spec) for n, spec in enumerate(FORMATS))
    return found if score > 0 else None


def read_predictions(
    path: Path, *, options: ReadOptions | None = None, format_id: str = "", report: Report = no_report
) -> PredictionPlan:
    """What a prediction log holds. Raises UserError for what is none, or what `report` raises."""
    again = _("Download it again. Fatebook writes an empty file where there is no forecast.")
    return read_log(read_bytes(path, again=again), path.name, options=options, format_id=format_id, report=report)


def read_log(
    content: bytes,
    name: str,
    *,
    options: ReadOptions | None = None,
    format_id: str = "",
    report: Report = no_report,
) -> PredictionPlan:
    """The same for bytes at hand; `format_id` reads them as that format, whatever they look like."""
    file = File(content, name, report)
    with no_collecting():
        spec = next((one for one in FORMATS if one.id == format_id), None) or find_format(file)
        if spec is None and options is not None and (options.columns or not options.headed) and file.table is not None:
            spec = spreadsheet.SPEC  # whoever says which column is what says that it is a table of their own
        if spec is None:
            raise _refusal(file)
        plan = spec.read(file, options or ReadOptions())
        of_table = file.notes and file.table is not None and plan.source is file.table.source
        notes = (*plan.notes, *file.notes) if of_table else plan.notes
        return with_unscored(replace(plan, source=replace(plan.source, format=spec.id), notes=notes))


def _refusal(file: File) -> UserError:
    """Why a file is no log: what is wrong with it, if that can be told."""
    cut_off = file.content.startswith(b"PK\x03\x04") and file.archive is None and not file.is_workbook
    if cut_off or (file.looks_like_json and not file.documents):
        return damaged()
    if file.table is None and file.archive is None and file.refusal is not None and not file.looks_like_json:
        return file.refusal
    return UnknownLog(
        _("This is no prediction log we know."),
        _("Known are: %(names)s.") % {"names": ", ".join(one.title() for one in FORMATS)},
        is_table=file.table is not None and file.archive is None,
    )
