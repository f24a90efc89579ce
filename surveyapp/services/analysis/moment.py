"""When people answered, and the wave before."""

from __future__ import annotations

import re

from surveyapp.domain.question import Kind, Question, Role
from surveyapp.domain.wave import Wave
from surveyapp.services.session import Session
from surveyapp.stats.answers import Answers

_MOMENTS = tuple(map(re.compile, (r"submi|\bsent\b", r"complet|finish", r"\bend|record", r"start|beg[aiu]n")))
_PLAIN_MOMENT = 2.5
"""A name that says nothing comes before the moment at which people began."""


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
