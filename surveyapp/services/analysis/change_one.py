"""One question of several waves: every answer, or one number with its people and its composition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Question
from surveyapp.services.analysis.asked import Asked
from surveyapp.services.analysis.change_base import WavePeople, waves_compared
from surveyapp.services.analysis.change_side import (
    COMPARED,
    NUMBERS,
    Aspect,
    CannotCompareError,
    aspect_of,
    check_kinds,
    labelled_codes,
    mapped_codes,
    side_of,
    wording_of,
)
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.people import people_in_both
from surveyapp.services.session import Session
from surveyapp.services.wave_match.view import MatchedPair
from surveyapp.stats.estimate import Counted, NotComputed
from surveyapp.stats.regression.spec import Predictor
from surveyapp.stats.result import Result
from surveyapp.stats.wave_change.adjusted import AdjustBy
from surveyapp.stats.wave_change.answer_series import answer_series
from surveyapp.stats.wave_change.compare import Comparison, wave_change
from surveyapp.stats.wave_change.every_answer import answer_changes
from surveyapp.stats.wave_change.join import joined
from surveyapp.stats.wave_change.result import AnswerChanges, AnswerSeries, WaveChange
from surveyapp.stats.wave_change.spec import Linked, Measure, Side, Wording

if TYPE_CHECKING:
    from surveyapp.services.analysis.change import Matched

BETWEEN = "|"
MOST_LINES = 8
"""So many answers are followed through all waves, those most people gave first."""


def run_one(asked: Asked, found: Matched) -> Result:
    """See `run_change`. A question that is not surely in both waves is not compared, and the reason says what to do."""
    question = asked.question(asked.spec.columns[0])
    key = column_key(question)
    pair = next((pair for pair in found.pairs if column_key(pair.later) == key), None)
    if pair is None:
        return _unmatched(question, found)
    if question.kind not in COMPARED:
        return _refused(question, _("Not compared: answers in words and dates have no number to compare."))
    try:
        if asked.spec.option("waves") == "all":
            if asked.spec.by or asked.spec.option("returning") == "on":
                raise UserError(
                    _("Composition and returning people are told of two waves, not of all."), _("Choose one of both.")
                )
            return _through_all(asked, pair)
        return _two(asked, pair, found)
    except CannotCompareError as error:
        return _refused(question, str(error))


def chosen_aspect(asked: Asked, question: Question) -> Aspect | None:
    """The number that was asked for; None if nobody said which. Raises UserError for one the question has not."""
    text = asked.spec.option("answers")
    whole = any(text in choice.texts for choice in question.choices)  # a label may hold the sign itself
    labels = [text] if whole else [label for label in text.split(BETWEEN) if label]
    measure = asked.spec.option("measure")
    if labels:
        return Aspect(measure=Measure.SHARE, codes=labelled_codes(question, labels))
    if measure in (Measure.MEAN, Measure.MEDIAN):
        return Aspect(measure=Measure(measure))
    if measure and measure != Measure.SHARE:
        raise UserError(
            _("There is no measure called %(name)s.") % {"name": measure},
            _("There are: %(names)s.") % {"names": ", ".join(Measure)},
        )
    return None


def _two(asked: Asked, pair: MatchedPair, found: Matched) -> Result:
    waves = found.match.waves
    check_kinds(pair, waves)
    people, notes = waves_compared(asked.session, asked.spec.base, [(waves[0], found.pairs)])
    sides = _sides(asked.session, people, (pair.earlier, pair.later))
    aspect = chosen_aspect(asked, pair.later)
    single = bool(asked.spec.by) or asked.spec.option("returning") == "on"
    if aspect is None and not single and pair.later.kind not in NUMBERS:
        asked.check()
        result: Result = answer_changes(*sides, pairs=pair.options, wording=wording_of(pair), level=asked.level)
        return replace(result, notes=(*notes, *result.notes)) if isinstance(result, AnswerChanges) else result
    aspect = aspect or aspect_of(pair, sides[0].answers, sides[1].answers)
    codes = mapped_codes(pair, aspect.codes, waves) if aspect.measure is Measure.SHARE else ()
    linked, why = _linked(asked, people)
    covariates = _covariates(asked, people, found)
    asked.check()
    by = asked.spec.option("adjust") or AdjustBy.AUTO
    if by not in list(AdjustBy):
        raise UserError(
            _("There is no adjustment called %(name)s.") % {"name": by},
            _("There are: %(names)s.") % {"names": ", ".join(AdjustBy)},
        )
    comparison = Comparison(
        earlier=replace(sides[0], codes=codes),
        later=replace(sides[1], codes=aspect.codes),
        measure=aspect.measure,
        wording=wording_of(pair),
    )
    change = wave_change(comparison, level=asked.level, linked=linked, covariates=covariates, adjust_by=AdjustBy(by))
    if isinstance(change, WaveChange):
        return replace(change, notes=(*notes, *why, *change.notes))
    return change


def _sides(session: Session, people: Sequence[WavePeople], questions: Sequence[Question]) -> list[Side]:
    kind = questions[-1].kind
    return [side_of(session, one, question, kind) for one, question in zip(people, questions, strict=True)]


def _linked(asked: Asked, people: Sequence[WavePeople]) -> tuple[Linked | None, tuple[str, ...]]:
    """People of both waves as places among those of either base, or why there are none."""
    if asked.spec.option("returning") != "on":
        return None, ()
    session = asked.session
    try:
        pairs = people_in_both(session, people[0].wave.id, people[1].wave.id).pairs
    except UserError as fault:
        return None, (str(fault),)
    places = []
    for one in people:
        rows = session.dataset.rows(one.wave.id)[one.people.mask]
        places.append({int(row): place for place, row in enumerate(rows)})
    kept = [(places[0][a], places[1][b]) for a, b in pairs if a in places[0] and b in places[1]]
    columns = np.array(kept, dtype=np.int64).reshape(len(kept), 2)
    return Linked(earlier=columns[:, 0], later=columns[:, 1]), ()


def _covariates(asked: Asked, people: Sequence[WavePeople], found: Matched) -> list[Predictor]:
    """The questions whose composition is held, both waves' people joined. Raises UserError for one that is not surely
    in both waves."""
    by_key = {column_key(pair.later): pair for pair in found.pairs}
    covariates = []
    for key in asked.spec.by:
        question = asked.question(key)
        pair = by_key.get(column_key(question))
        words = {"question": question.title, "old": people[0].wave.name, "new": people[1].wave.name}
        if pair is None:
            raise UserError(
                _("“%(question)s” is not surely the same question in %(old)s and %(new)s.") % words,
                _("Confirm it in Matching, or hold the composition by another question."),
            )
        try:
            check_kinds(pair, (people[0].wave, people[1].wave))
        except CannotCompareError as error:
            raise UserError(str(error)) from error
        first, second = _sides(asked.session, people, (pair.earlier, pair.later))
        seen = None
        if first.seen is not None and second.seen is not None:
            seen = np.concatenate([first.seen, second.seen])
        covariates.append(Predictor(answers=joined(first.answers, second.answers, pair.options or None), seen=seen))
    return covariates


def _through_all(asked: Asked, pair: MatchedPair) -> Result:
    """All waves up to that of the base that have the question."""
    from surveyapp.services.analysis.change import matched_with

    session, base = asked.session, asked.spec.base
    order = session.waves()
    later = session.wave(base.wave_id)
    key = column_key(pair.later)
    earlier = []
    for wave in order[: [one.id for one in order].index(later.id)]:
        asked.check()
        pairs = matched_with(session, wave.id, later.id).pairs
        own = next((one for one in pairs if column_key(one.later) == key), None)
        if own is not None:
            check_kinds(own, (wave, later))
            earlier.append((wave, pairs, own))
    people, notes = waves_compared(session, base, [(wave, pairs) for wave, pairs, _own in earlier])
    questions = [*(own.earlier for _wave, _pairs, own in earlier), pair.later]
    sides = _sides(session, people, questions)
    wordings = _steps([wording_of(own) for _wave, _pairs, own in earlier])
    aspect = chosen_aspect(asked, pair.later)
    if aspect is None and pair.later.kind in NUMBERS:
        aspect = Aspect(measure=Measure.MEAN)
    aspects = [aspect] if aspect is not None else _answers(pair.later, sides[-1])
    lines, left = [], []
    for one in aspects:
        try:
            lines.append(
                [
                    *(
                        replace(side, codes=mapped_codes(own, one.codes, (wave, later)) if one.codes else ())
                        for side, (wave, _pairs, own) in zip(sides, earlier, strict=False)
                    ),
                    replace(sides[-1], codes=one.codes),
                ]
            )
        except CannotCompareError as error:
            left.append(str(error))
    if not lines:
        return _refused(pair.later, left[0] if left else _("Not compared: the codebook lists no answers."))
    result = answer_series(lines, aspects[0].measure, wordings=wordings, level=asked.level)
    if not isinstance(result, AnswerSeries):
        return result
    if left:
        notes = (*notes, _("Answers that not every wave offered are left out."))
    return replace(result, notes=(*notes, *result.notes))


def _steps(wordings: Sequence[Wording]) -> list[Wording]:
    """What each wave is to the one before, of what the newest is to each: the same where both differ from it alike."""
    pairs = pairwise([*wordings, Wording.SAME])
    return [Wording.SAME if one is other else (other if one is Wording.SAME else one) for one, other in pairs]


def _answers(question: Question, side: Side) -> list[Aspect]:
    """Each answer of a question; of many those that most people of the newest wave gave."""
    real = [choice for choice in question.choices if choice.missing is None]
    if len(real) > MOST_LINES:
        values = side.answers.values
        places = {choice.code: n for n, choice in enumerate(question.choices)}
        several = question.kind is Kind.MULTI
        counts = {c.code: int(values[:, places[c.code]].sum() if several else (values == c.code).sum()) for c in real}
        most = sorted(real, key=lambda choice: -counts[choice.code])[:MOST_LINES]
        real = [choice for choice in real if choice in most]
    return [Aspect(measure=Measure.SHARE, codes=(choice.code,)) for choice in real]


def _unmatched(question: Question, found: Matched) -> NotComputed:
    names = {"old": found.match.waves[0].name, "new": found.match.waves[1].name}
    key = column_key(question)
    if any(column_key(pair.later) == key for pair in found.waiting):
        words = _("Not compared: whether %(old)s asked the same question waits to be confirmed in Matching.")
    else:
        words = _("Not compared: no question of %(old)s is matched with it. Matching can link one.")
    return _refused(question, words % names)


def _refused(question: Question, reason: str) -> NotComputed:
    return NotComputed(
        question=question.wording, kind=question.kind, counted=Counted(total=0, base=0, n=0), reason=reason
    )
