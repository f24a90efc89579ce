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
    metaculus.SPEC,
    manifold.SPEC,
    gjopen.SPEC,
    contest.SPEC,
    game.SPEC,
    spreadsheet.SPEC,
)


def find_format(file: File) -> PredictionFormat | None:
    """The format a file most likely has; None if none knows it."""
    score, _order, found = max((spec.sniff(file), -n, spec) for n, spec in enumerate(FORMATS))
    return found if score > 0 else None


def read_predictions(
    path: Path, *, options: ReadOptions | None = None, format_id: str = "", report: Report = no_report
) -> PredictionPlan:
    """What a prediction log holds. Raises UserError for what is none, or what `report` raises."""
    return read_log(read_bytes(path), path.name, options=options, format_id=format_id, report=report)


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
        if spec is None and file.looks_like_json and not file.documents:
            raise damaged()
        if spec is None:
            raise UserError(
                _("This is no prediction log we know."),
                _("Known are: %(names)s.") % {"names": ", ".join(one.title() for one in FORMATS)},
            )
        plan = spec.read(file, options or ReadOptions())
        return with_unscored(replace(plan, source=replace(plan.source, format=spec.id)))
