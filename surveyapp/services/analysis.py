"""Run an analysis: the one way from a specification to a result, for pages, reports and the command line."""

from __future__ import annotations

import hashlib
import json
import re

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.codec import to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import WHOLE, Codebook, Kind, Question, Role
from surveyapp.domain.wave import Wave
from surveyapp.services.base_count import BaseCount, count_base
from surveyapp.services.session import Session
from surveyapp.services.unit_count import count_divided
from surveyapp.stats.answers import Answers
from surveyapp.stats.count import count_people, reasons
from surveyapp.stats.describe import describe
from surveyapp.stats.grid import grid_table
from surveyapp.stats.pair import score_pair
from surveyapp.stats.result import NotComputed, Result
from surveyapp.stats.timeline import timeline

_MOMENTS = tuple(map(re.compile, (r"submi|\bsent\b", r"complet|finish", r"\bend|record", r"start|beg[aiu]n")))
_SET_KEY = f"#{WHOLE + 1}"
_PLAIN_MOMENT = 2.5
"""A name that says nothing comes before the moment at which people began."""


def question_spec(question: Question, base: Base) -> AnalysisSpec:
    """What to ask about one question: the battery for an item of a grid, the pair for one of its halves."""
    if question.pair:
        return AnalysisSpec(kind=AnalysisKind.CALIBRATION, columns=(column_key(question),), base=base)
    return AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(column_key(question),), base=base)


def grid_spec(codebook: Codebook, grid: str, base: Base) -> AnalysisSpec:
    """What to ask about a battery of items."""
    return AnalysisSpec(
        kind=AnalysisKind.GRID, columns=tuple(column_key(item) for item in codebook.of_grid(grid)), base=base
    )


def column_key(question: Question) -> str:
    """How a specification names a question: its header, with "#2" behind the second of the same name.

    "#0" stands behind the name of a multiple choice over several columns.
    """
    return question.column if question.occurrence == 0 else f"{question.column}#{question.occurrence + 1}"


def question_of_key(session: Session, wave_id: int, key: str) -> Question:
    """The question a specification names. Raises UserError if the wave has none."""
    codebook = session.codebook(wave_id)
    for question in codebook.questions:
        if column_key(question) == key:
            return question
    asked = codebook.at(key.removesuffix(_SET_KEY), WHOLE) if key.endswith(_SET_KEY) else None
    return asked or session.find_question(wave_id, key)


def run_analysis(session: Session, spec: AnalysisSpec) -> Result:
    """The result of a specification; the same one on unchanged data is computed once.

    Raises UserError where the specification asks for a question, pair or grid that the wave does not have.
    """
    key = (spec, session.dataset.version(spec.base.wave_id))
    known = session.results.get(key)
    if known is None:
        known = session.results[key] = _compute(session, spec, base_of(session, spec.base))
    return known


def base_of(session: Session, base: Base) -> BaseCount:
    """The people of a base, counted once per state of the data."""
    key = (base.wave_id, base.conditions, session.dataset.version(base.wave_id))
    counted = session.bases.get(key)
    if counted is None:
        counted = session.bases[key] = count_base(session, base)
    return counted


def result_fingerprint(result: Result) -> str:
    """A short mark of a result's numbers: another one means that they changed."""
    text = json.dumps(to_plain(result), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def find_pair(codebook: Codebook, question: Question) -> tuple[Question, Question]:
    """The estimate and the confidence that belong together. Raises UserError if one half is missing."""
    halves = [q for q in codebook.questions if q.pair and q.pair == question.pair]
    estimate = next((q for q in halves if q.role is Role.ESTIMATE), None)
    confidence = next((q for q in halves if q.role is Role.CONFIDENCE), None)
    if estimate is None or confidence is None:
        raise UserError(
            _("%(question)s is not half of a calibration pair.") % {"question": question.title},
            _("Mark the estimate and its confidence as a pair in the codebook."),
        )
    return estimate, confidence


def _compute(session: Session, spec: AnalysisSpec, base: BaseCount) -> Result:
    wave_id = spec.base.wave_id
    if spec.kind is AnalysisKind.TIMELINE:
        return _timeline(session, spec, base)
    questions = [question_of_key(session, wave_id, key) for key in spec.columns]
    if spec.kind is AnalysisKind.GRID:
        return grid_table([_take(session, base, q) for q in questions], name=questions[0].grid, level=spec.base.level)
    if spec.kind is AnalysisKind.CALIBRATION:
        return _calibration(session, questions[0], base, spec.base.level)
    question = questions[0]
    seen = None
    if question.kind is Kind.MULTI:
        seen = session.dataset.seen(wave_id, question)[base.mask]
    return describe(_take(session, base, question), level=spec.base.level, seen=seen)


def _calibration(session: Session, half: Question, base: BaseCount, level: float) -> Result:
    estimate, confidence = find_pair(session.codebook(base.base.wave_id), half)
    answers = _take(session, base, estimate)
    if estimate.key is None:
        reason = _("Not computed: there is no answer key yet. Type the right answer and its tolerance.")
        return NotComputed(
            question=estimate.wording, kind=estimate.kind, counted=count_people(reasons(answers)), reason=reason
        )
    divided = count_divided(session, base.base.wave_id, estimate, mask=base.mask)
    return score_pair(answers, _take(session, base, confidence), key=estimate.key, level=level, divided=divided)


def _take(session: Session, base: BaseCount, question: Question) -> Answers:
    return session.dataset.answers(base.base.wave_id, question).take(base.mask)


def _timeline(session: Session, spec: AnalysisSpec, base: BaseCount) -> Result:
    answers = timestamps(session, spec.base.wave_id)
    if answers is None:
        raise UserError(
            _("This wave does not say when people answered."), _("Mark the column of the time stamps in the codebook.")
        )
    earlier = previous_wave(session, spec.base.wave_id)
    before = timestamps(session, earlier.id) if earlier else None
    return timeline(
        answers.take(base.mask),
        label=session.wave(spec.base.wave_id).name,
        earlier=before,
        earlier_label=earlier.name if earlier and before else "",
    )


def timestamps(session: Session, wave_id: int) -> Answers | None:
    """When people answered, if the wave has a column that says so; of several the one at which they sent it."""
    questions = session.codebook(wave_id).questions
    moments = [q for q in questions if q.role is Role.TIMESTAMP and q.kind is Kind.DATE]
    if not moments:
        return None
    return session.dataset.answers(wave_id, min(moments, key=_moment_rank))


def _moment_rank(question: Question) -> float:
    """Moments by what their names say: sent, then ended, then anything, then begun."""
    words = f"{question.column} {question.text}".casefold()
    ranks = [n for n, pattern in enumerate(_MOMENTS) if pattern.search(words)]
    return ranks[0] if ranks else _PLAIN_MOMENT


def previous_wave(session: Session, wave_id: int) -> Wave | None:
    """The wave before this one, if there is one."""
    waves = session.waves()
    position = next(n for n, wave in enumerate(waves) if wave.id == wave_id)
    return waves[position - 1] if position else None
