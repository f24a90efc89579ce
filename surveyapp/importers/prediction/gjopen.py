"""Good Judgment Open and INFER as they are collected: problems with options, and predictions that sum to 1.

There is no published export; the shape is that of https://github.com/listar2000/pm_ranking: problems {problem_id,
title, options, correct_answer, metadata} and predictions {problem_id, username, timestamp, prediction[]}.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.moment import from_stored, to_stored
from surveyapp.domain.prediction import Outcome, Prediction, PredictionKind, Resolution, Visibility
from surveyapp.importers.prediction.plain import Plain, as_number, list_of, moment_of, of_kind, text_of
from surveyapp.importers.prediction.plan import (
    Draft,
    PlannedForecast,
    PlannedPrediction,
    PredictionPlan,
    ReadOptions,
)
from surveyapp.importers.prediction.registry_spec import File, PredictionFormat

_ID = "gjopen"
_SLACK = 0.02
_YES_NO = (("yes", "no"), ("no", "yes"))


def sniff(file: File) -> float:
    """Problems or predictions that name a problem."""
    found = (next(of_kind(file.documents, kind), None) for kind in (_is_problem, _is_prediction))
    return 1.0 if any(one is not None for one in found) else 0.0


def _is_problem(one: Plain) -> bool:
    return "problem_id" in one and isinstance(one.get("options"), list)


def _is_prediction(one: Plain) -> bool:
    return "problem_id" in one and isinstance(one.get("prediction"), list)


@dataclass(slots=True)
class _Problem:
    """One problem: its options; of yes and no the place of yes."""

    plain: Plain
    options: tuple[str, ...]
    yes: int | None


def read(file: File, options: ReadOptions) -> PredictionPlan:
    """Every prediction; the order of its numbers is the order of the options."""
    draft = Draft()
    problems = _problems(draft, file)
    if not problems and not draft.refused:
        raise UserError(
            _("These are predictions without their problems."),
            _("Put the problems into the same file, or both into one ZIP."),
        )
    numbers = {name: place for place, name in enumerate(problems)}
    moments: dict[str, list[int]] = {name: [] for name in problems}
    for number, one in enumerate(of_kind(file.documents, _is_prediction), start=1):
        name = text_of(one, "problem_id")
        if name not in problems:
            draft.refuse(number, _("Its problem is not in the file."))
        elif (at := _read_prediction(draft, problems[name], numbers[name], one, number, options.zone)) is not None:
            moments[name].append(at)
    for name, problem in problems.items():
        draft.add(_planned(name, problem, moments[name], options.zone))
    people = tuple(draft.people)
    return PredictionPlan(
        source=file.source(_ID),
        title=_("Good Judgment Open"),
        people=people,
        predictions=tuple(draft.predictions.values()),
        forecasts=draft.forecasts,
        scale=_("Probabilities are shares of 1, one for each option."),
        zone=_("Moments say their zone."),
        me=people.index(options.me) if options.me in people else 0 if len(people) == 1 else None,
        refused=draft.refusals(),
    )


def _problems(draft: Draft, file: File) -> dict[str, _Problem]:
    found = {}
    for number, one in enumerate(of_kind(file.documents, _is_problem), start=1):
        name, title = text_of(one, "problem_id"), text_of(one, "title")
        options = tuple(option.strip() for option in list_of(one, "options") if isinstance(option, str))
        if not name or not title or len(options) < 2 or len(set(options)) < len(options):
            draft.refuse(number, _("The problem has no title, or not two different options."))
            continue
        folded = tuple(option.casefold() for option in options)
        found[name] = _Problem(one, options, folded.index("yes") if folded in _YES_NO else None)
    return found


def _read_prediction(draft: Draft, problem: _Problem, place: int, one: Plain, number: int, zone: tzinfo) -> int | None:
    """Add its forecasts; the moment, None if it was refused."""
    moment, who = moment_of(one, "timestamp", zone), text_of(one, "username", "user_id")
    values = [as_number(value) for value in list_of(one, "prediction")]
    if moment is None or not who:
        draft.refuse(number, _("The prediction has no person or no date."))
        return None
    said = [value for value in values if value is not None and 0 <= value <= 1]
    if len(said) != len(problem.options) or len(values) != len(said) or abs(sum(said) - 1) > _SLACK:
        draft.refuse(number, _("The numbers are not one share for each option, adding up to 1."))
        return None
    at, person = to_stored(moment), draft.person(who)
    comment = text_of(one, "rationale", "comment")
    if problem.yes is not None:
        draft.forecasts.append(PlannedForecast(place, person, at, said[problem.yes], comment=comment))
    else:
        draft.forecasts += [
            PlannedForecast(place, person, at, value, option, comment="" if option else comment)
            for option, value in enumerate(said)
        ]
    return at


def _planned(name: str, problem: _Problem, moments: list[int], zone: tzinfo) -> PlannedPrediction:
    meta = problem.plain.get("metadata")
    end = moment_of(meta, "end_date", zone) if isinstance(meta, dict) else None
    created = from_stored(min(moments)) if moments else end
    last = from_stored(max(moments)) if moments else end
    if created is None or last is None:
        created = last = from_stored(0)
    known = end or last + timedelta(days=1)
    resolutions = _resolutions(problem, known)
    return PlannedPrediction(
        prediction=Prediction(
            statement=text_of(problem.plain, "title"),
            kind=PredictionKind.CHOICE if problem.yes is None else PredictionKind.YES_NO,
            options=problem.options if problem.yes is None else (),
            created_at=created,
            due=end,
            decider=_("Good Judgment Open"),
            source=text_of(problem.plain, "url"),
            visibility=Visibility.PUBLIC,
            key=f"{_ID}:{name}",
        ),
        resolutions=resolutions,
        resolvers=(None,) * len(resolutions),
    )


def _resolutions(problem: _Problem, known: datetime) -> tuple[Resolution, ...]:
    answer = text_of(problem.plain, "correct_answer")
    if answer not in problem.options:
        return ()
    place = problem.options.index(answer)
    if problem.yes is not None:
        outcome = Outcome.YES if place == problem.yes else Outcome.NO
        return (Resolution(at=known, known_at=known, outcome=outcome),)
    return (Resolution(at=known, known_at=known, outcome=Outcome.OPTION, option=place),)


SPEC = PredictionFormat(id=_ID, title=lambda: _("Good Judgment Open (JSON)"), sniff=sniff, read=read)
