"""Run an analysis: the same specification on unchanged data is computed once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from surveyapp.domain.analysis import NO_WAVE, OF_THE_LOG, AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.codec import to_plain
from surveyapp.services.analysis.asked import Asked, never
from surveyapp.services.analysis.runner import RUNNERS
from surveyapp.services.analysis.screen import n_undecided
from surveyapp.services.base_count import BaseCount, count_base
from surveyapp.services.session import Session
from surveyapp.stats.result import Result


def run_analysis(session: Session, spec: AnalysisSpec, *, check: Callable[[], None] = never) -> Result:
    """The result of a specification; the same one on unchanged data is computed once.

    `check` raises Cancelled once the person has cancelled. Raises UserError where the specification asks for a
    question, pair or grid that the wave does not have.
    """
    key = (spec, _version(session, spec))
    known = session.results.get(key)
    if known is None:
        asked = Asked(session=session, spec=spec, people=base_of(session, spec.base), check=check)
        known = RUNNERS[spec.kind](asked)
        if spec.kind not in OF_THE_LOG:  # whose scores are kept with the log: what is due changes with time
            session.results[key] = known
    return known


def _version(session: Session, spec: AnalysisSpec) -> tuple[int, ...]:
    """Grows with every change of what the analysis looks at: its wave; for changes between waves, and days beside those
    of the wave before, all of them, since questions are matched over those between too."""
    if spec.kind is AnalysisKind.SCREEN:  # which says how many problems wait
        return session.dataset.version(spec.base.wave_id), n_undecided(session, spec.base.wave_id)
    if spec.kind not in (AnalysisKind.CHANGE, AnalysisKind.TIMELINE):
        return (session.dataset.version(spec.base.wave_id),)
    versions = (number for wave in session.waves() for number in (wave.id, session.dataset.version(wave.id)))
    return (session.n_matchings, *versions)


def base_of(session: Session, base: Base) -> BaseCount:
    """The people of a base, counted once per state of the data; level and weights do not change them. Nobody is in
    what is about no wave."""
    if base.wave_id == NO_WAVE:
        return BaseCount(base=base, total=0, n=0, steps=(), mask=np.zeros(0, dtype=np.bool_))
    key = (base.wave_id, base.conditions, session.dataset.version(base.wave_id))
    counted = session.bases.get(key)
    if counted is None:
        counted = session.bases[key] = count_base(session, base)
    return counted if counted.base == base else replace(counted, base=base)


def result_fingerprint(result: Result) -> str:
    """A short mark of a result's numbers: another one means that they changed."""
    text = json.dumps(to_plain(result), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
