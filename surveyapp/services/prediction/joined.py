"""Census answers and forecasts joined: do people who answered this way forecast better?

A person of the log is the respondent who gave the same name or pseudonym in one question of the wave.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Question
from surveyapp.domain.scope import Scope
from surveyapp.importers.cell.pseudonym import pseudonym
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.counted import counted_words
from surveyapp.services.prediction.crowd import everybody
from surveyapp.services.prediction.leaderboard import event_ids, selected
from surveyapp.services.pseudonym import find_key, key_sentence
from surveyapp.services.session import Session
from surveyapp.stats.calibration.group_score import Forecasts, GroupScore, group_scores
from surveyapp.stats.calibration.leaderboard import Measure, scores_of

MIN_PEOPLE = 5
"""A group of fewer is not shown: who knows its people would read their scores."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedScore:
    """Scores by answer, in the order of the answers. `hidden` are answers of too few people. `sentence` says who could
    be joined; `caveat` what the table does not say."""

    question: str
    groups: tuple[tuple[str, GroupScore], ...]
    hidden: tuple[str, ...]
    n_joined: int
    n_unknown: int
    n_unclear: int
    sentence: str
    caveat: str
    counted: str
    """How many predictions are in it and why others are not, translated."""


def joined_score(
    session: Session, scope: Scope, *, wave_id: int, key: str, by: str, level: float = 0.95
) -> JoinedScore:
    """Scores of the people of a scope by their answer to the question `by`; `key` is the question with their names.

    Upper and lower case may differ. A name that several gave is nobody's. Raises UserError if `by` is no choice.
    """
    question, names = session.find_question(wave_id, by), session.find_question(wave_id, key)
    if question.kind not in (Kind.SINGLE, Kind.SCALE, Kind.TICK):
        raise UserError(
            _("%(question)s has no groups.") % {"question": question.column},
            _("Choose a question with one answer of several, or band a number as a derived question first."),
        )
    found = selected(session, everybody(scope))
    code_of = _codes(session, wave_id, names, question)
    people = {number: _fold(one.name) for number, one in book_of(session).forecasters.items()}
    ids, place = np.unique(found.person, return_inverse=True)
    scored = ids.tolist()
    hashed = _hashed(session, wave_id, names, [people[number] for number in scored])
    codes = {number: code_of.get(people[number], code_of.get(hashed.get(people[number], ""))) for number in scored}
    unclear = sum(code == _UNCLEAR for code in codes.values())
    known = {number: code for number, code in codes.items() if code is not None and code >= 0}
    scores = scores_of(found.probability, found.outcome, event_ids(found))
    group = np.array([known.get(number, -1) for number in scored], dtype=np.int64)[place]
    made = group_scores(
        Forecasts(
            probability=found.probability, outcome=found.outcome, prediction=found.prediction, person=found.person
        ),
        group,
        brier=scores[Measure.BRIER],
        log=scores[Measure.LOG],
        peer=scores[Measure.PEER],
        level=level,
    )
    labels = {choice.code: choice.label for choice in question.choices}
    return JoinedScore(
        question=question.wording,
        groups=tuple((labels.get(one.group, ""), one) for one in made if one.n_people >= MIN_PEOPLE),
        hidden=tuple(labels.get(one.group, "") for one in made if one.n_people < MIN_PEOPLE),
        n_joined=len(known),
        n_unknown=sum(code is None for code in codes.values()),
        n_unclear=unclear,
        sentence=_sentence(len(known), len(scored), names.column) + _about_key(session, wave_id, names),
        caveat=_(
            "Intervals are over people; those that overlap say of no group that it is better. Brier and log scores "
            "also tell who forecast easier predictions; the peer score does not. Answers were chosen, not drawn: a "
            "difference is no effect of them."
        ),
        counted=counted_words(found),
    )


_UNCLEAR = -1


def _codes(session: Session, wave_id: int, names: Question, question: Question) -> dict[str, int]:
    """The answer of each name: a code of a choice, -1 where it is missing or several bear the name."""
    texts = session.dataset.answers(wave_id, names)
    if texts.values.dtype != object:
        raise UserError(
            _("%(question)s holds no names.") % {"question": names.column},
            _("Choose the question in which people gave the name or pseudonym of the contest."),
        )
    answers = session.dataset.answers(wave_id, question)
    folded = [_fold(str(text)) if given else "" for text, given in zip(texts.values, texts.answered, strict=True)]
    counted = Counter(folded)
    values, given = answers.values.tolist(), answers.answered.tolist()
    return {
        name: int(values[row]) if given[row] and counted[name] == 1 else _UNCLEAR
        for row, name in enumerate(folded)
        if name
    }


def _hashed(session: Session, wave_id: int, names: Question, folded: list[str]) -> dict[str, str]:
    """The pseudonym of each name, where the wave holds keyed hashes and the key is here."""
    if names.column not in session.store.waves.mapping(wave_id).hashed:
        return {}
    key = find_key(session)
    return {name: _fold(pseudonym(name, key)) for name in folded} if key is not None else {}


def _about_key(session: Session, wave_id: int, names: Question) -> str:
    """That nobody can be found by a keyed hash without the key, where that is so."""
    hashed = names.column in session.store.waves.mapping(wave_id).hashed
    return f" {key_sentence(session)}" if hashed and find_key(session) is None else ""


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


def _sentence(n: int, total: int, column: str) -> str:
    words = ngettext(
        "%(n)s of %(total)s people with a scored forecast was found by %(column)s.",
        "%(n)s of %(total)s people with a scored forecast were found by %(column)s.",
        n,
    )
    return words % {"n": fmt_count(n), "total": fmt_count(total), "column": column}
