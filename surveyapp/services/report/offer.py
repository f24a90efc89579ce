"""What can be put into a report: the questions, batteries and pairs of a wave, by name."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Role
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.domain.wave import Wave
from surveyapp.services.analysis.moment import timestamps
from surveyapp.services.analysis.subject import find_pair, question_spec
from surveyapp.services.base_state import current_base
from surveyapp.services.prediction.crowd import crowd_lines
from surveyapp.services.prediction.interval_score import interval_score
from surveyapp.services.prediction.leaderboard import board
from surveyapp.services.prediction.people_spec import people_spec
from surveyapp.services.prediction.scope_text import log_spec
from surveyapp.services.prediction.scoring import score
from surveyapp.services.question_list import list_questions
from surveyapp.services.report.spec import analysis_title
from surveyapp.services.session import Session

_UNCOUNTED = (Kind.TEXT, Kind.EMPTY, Kind.DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing to add: where it stands in the form, its name, what is asked of the data."""

    section: str
    title: str
    spec: AnalysisSpec


def base_for(session: Session, wave: Wave) -> Base:
    """The base in force, if it is on this wave, else everybody of the wave."""
    base = current_base(session)
    return base if base is not None and base.wave_id == wave.id else Base(wave_id=wave.id)


def _log_offers(session: Session) -> list[Offer]:
    """One's own calibration and everybody's, where something was scored; where several forecast, who does how well and
    what they say together; ranges, where one came out."""
    everybody = Scope(people=(EVERYBODY,))
    specs = [log_spec(scope) for scope in (Scope(), everybody) if score(session, scope).result is not None]
    found = board(session, everybody)
    if len(found.lines) > 1:
        specs.append(people_spec(AnalysisKind.LEADERBOARD, everybody))
    if any(line.n > 1 for line in crowd_lines(session)):
        specs.append(people_spec(AnalysisKind.CROWD, everybody))
    if found.lines:
        specs.append(people_spec(AnalysisKind.SITES, everybody))
    if not interval_score(session, everybody).reason:
        specs.append(people_spec(AnalysisKind.RANGES, everybody))
    return [Offer(section=_("Predictions"), title=analysis_title(session, spec), spec=spec) for spec in specs]


def list_offers(session: Session, wave: Wave | None) -> list[Offer]:
    """Everything that has a figure or a table, in the order of the form; calibration and response over time first, the
    prediction log last. Without a wave the log alone."""
    if wave is None:
        return _log_offers(session)
    base, codebook = base_for(session, wave), session.codebook(wave.id)
    offers: list[Offer] = []
    if timestamps(session, wave.id) is not None:
        spec = AnalysisSpec(kind=AnalysisKind.TIMELINE, base=base)
        offers.append(Offer(section=_("About the census"), title=_("Responses over time"), spec=spec))
    for question in codebook.shown:
        if question.role is Role.ESTIMATE and question.pair and question.key is not None:
            try:
                find_pair(codebook, question)
            except UserError:
                continue
            title = _("Calibration: %(question)s") % {"question": question.title}
            offers.append(Offer(section=_("Calibration"), title=title, spec=question_spec(question, base)))
    for section in list_questions(codebook):
        offers += [
            Offer(section=section.title, title=entry.title, spec=entry.spec(base))
            for entry in section.entries
            if entry.kind not in _UNCOUNTED
        ]
    return offers + _log_offers(session)
