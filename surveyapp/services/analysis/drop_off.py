"""Where people stopped answering, and how long it took them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from surveyapp.base.i18n import _
from surveyapp.domain.question import DERIVED, TOOL_ROLES, Kind, Question, Role
from surveyapp.domain.wave import Flag
from surveyapp.services.analysis.asked import Asked
from surveyapp.stats.drop_off.curve import Mask, drop_off
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import Result

_NO_QUESTIONS = (Kind.IDENTIFIER, Kind.EMPTY, Kind.TEXT)
"""Nor free texts: most people leave them blank and go on."""


def run_drop_off(asked: Asked) -> Result:
    """No question is named: all that people were asked, in the order of the form, with the time it took where the form
    tool says. The curve counts people; weights do not change who left."""
    questions = sorted(asked_in_order(asked), key=lambda question: question.position)
    items = []
    for question in questions:
        asked.check()
        items.append(asked.answers(question))
    durations = (q for q in asked.session.codebook(asked.wave_id).questions if q.role is Role.DURATION)
    duration = next((question for question in durations if question.kind is Kind.NUMBER), None)
    result = drop_off(
        items,
        duration=asked.answers(duration) if duration is not None else None,
        finished=_finished(asked),
        level=asked.level,
    )
    if isinstance(result, NotComputed):
        return result
    return replace(result, notes=(_("Free texts are not on the way: most people leave them blank."), *result.notes))


def asked_in_order(asked: Asked) -> list[Question]:
    """What people could answer: neither what the form filled in, nor what was derived, nor free texts."""
    return [
        question
        for question in asked.session.codebook(asked.wave_id).asked
        if question.occurrence != DERIVED and question.role not in TOOL_ROLES and question.kind not in _NO_QUESTIONS
    ]


def _finished(asked: Asked) -> Mask | None:
    """Who of the base is known to have sent the form; None where the form tool does not tell."""
    started = asked.session.store.flags.get(asked.wave_id).get(Flag.INCOMPLETE, ())
    if not started:
        return None
    rows = asked.session.dataset.rows(asked.wave_id)[asked.people.mask]
    return ~np.isin(rows, started)
