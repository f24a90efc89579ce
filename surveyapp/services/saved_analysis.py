"""Analyses kept under a name, and as text: what was asked can be asked again, here or in another workspace."""

from __future__ import annotations

import json
from dataclasses import dataclass

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import NO_WAVE, OF_NO_WAVE, AnalysisSpec, SavedAnalysis
from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.errors import UserError
from surveyapp.services.saved import Collection
from surveyapp.services.session import Session

ANALYSES = Collection("analysis", SavedAnalysis)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAnalysis:
    """A saved analysis, and in words what it asks of whom; the words say so where a question is gone."""

    saved: SavedAnalysis
    words: str


def list_analyses(session: Session) -> list[ListedAnalysis]:
    """All of them, in the order in which they were first saved."""
    return [ListedAnalysis(saved=saved, words=_words(session, saved.spec)) for saved in ANALYSES.all(session)]


def _words(session: Session, spec: AnalysisSpec) -> str:
    from surveyapp.services.report.spec import analysis_title

    if spec.base.wave_id == NO_WAVE:
        return analysis_title(session, spec)
    wave = next((wave for wave in session.waves() if wave.id == spec.base.wave_id), None)
    if wave is None:
        return _("Its wave is no longer here.")
    try:
        title = analysis_title(session, spec)
    except UserError as error:
        return error.title
    n = len(spec.base.conditions)
    filters = ngettext("%(n)s filter", "%(n)s filters", n) % {"n": fmt_count(n)} if n else ""
    return ", ".join(part for part in (title, wave.title, filters) if part)


def save_analysis(session: Session, saved: SavedAnalysis, *, replacing: str | None = None) -> None:
    """Keep an analysis; undoable. Raises UserError if the name is empty or taken."""
    label = _("Analysis “%(name)s” saved") % {"name": saved.name}
    ANALYSES.save(session, saved, label=label, replacing=replacing)


def remove_analysis(session: Session, name: str) -> None:
    """Remove a saved analysis; undo brings it back."""
    ANALYSES.remove(session, name, label=_("Analysis “%(name)s” removed") % {"name": name})


def spec_as_text(spec: AnalysisSpec) -> str:
    """A specification alone as JSON, for this workspace; see `analysis_text` for others."""
    return json.dumps({"analysis": to_plain(spec)}, ensure_ascii=False, indent=1)


def spec_from_text(text: str, *, wave_id: int) -> AnalysisSpec:
    """The specification in a text that `spec_as_text` made, for a wave of this workspace.

    Raises UserError for any other text; nothing in it is ever executed.
    """
    try:
        plain = json.loads(text)["analysis"]
        about_none = plain["kind"] in OF_NO_WAVE
        plain["base"]["wave_id"] = NO_WAVE if about_none else wave_id  # ids belong to one workspace
        return from_plain(AnalysisSpec, plain)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise no_analysis() from error


def no_analysis() -> UserError:
    """What a text that is no analysis is told."""
    return UserError(_("This is not a saved analysis."), _("Copy one with Ctrl+C in the list of saved analyses."))
