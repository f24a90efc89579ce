"""Which form tools are known. A new one is a file with a spec and one line here."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.importers.form import google, kobo, microsoft, qualtrics, surveymonkey, title_rows, typeform
from surveyapp.importers.form.form_spec import RECOGNISED, FormSpec
from surveyapp.importers.form.limesurvey import spec as limesurvey
from surveyapp.importers.table import TextTable

FORMS: tuple[FormSpec, ...] = (
    google.SPEC,
    kobo.SPEC,
    limesurvey.SPEC,
    microsoft.SPEC,
    qualtrics.SPEC,
    surveymonkey.SPEC,
    title_rows.SPEC,
    typeform.SPEC,
)


def find_form(table: TextTable) -> FormSpec | None:
    """The tool that most likely wrote the table; None for an ordinary one, and where the file's own format declares
    its columns already (SPSS, Stata)."""
    if table.declared:
        return None
    scored = [(form.recognise(table), -n, form) for n, form in enumerate(FORMS)]
    score, _order, best = max(scored, default=(0.0, 0, None), key=lambda item: item[:2])
    return best if score >= RECOGNISED else None


def adapted(table: TextTable, form_id: str | None = None) -> TextTable:
    """The table as its form tool means it; an ordinary table as it is. `form_id` names the tool where it is known
    already ("" = none), so that a file is read today as it was when it was kept."""
    form = find_form(table) if form_id is None else next((form for form in FORMS if form.id == form_id), None)
    if form is None:
        return table
    table = form.adapt(table)
    detail = table.source.detail
    if form.is_tool:
        detail = _("%(tool)s export, %(detail)s") % {"tool": form.title(), "detail": detail}
    notes = tuple(detail if note == table.source.detail else note for note in table.notes)
    return replace(table, source=replace(table.source, format=form.id, detail=detail), notes=notes)


def spells_hidden(form_id: str) -> bool:
    """Whether "N/A" in a table of that Source.format may mean that a question was not shown. Of a file that is no known
    tool's nobody knows, so it may."""
    return next((form.spells_hidden for form in FORMS if form.id == form_id), True)
