"""The questions of a Metaculus download: what they ask, how they came out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from surveyapp.base.i18n import _
from surveyapp.domain.prediction import Outcome, Prediction, PredictionKind, Resolution, Visibility
from surveyapp.importers.prediction.metaculus_value import range_of, text_list, value_of
from surveyapp.importers.prediction.outcome import reason_of
from surveyapp.importers.prediction.plan import Draft, PlannedPrediction
from surveyapp.importers.prediction.rows import Rows
from surveyapp.importers.prediction.when import read_when
from surveyapp.importers.table import TextTable

_KINDS = {
    "binary": PredictionKind.YES_NO,
    "multiple_choice": PredictionKind.CHOICE,
    "numeric": PredictionKind.NUMBER,
    "discrete": PredictionKind.NUMBER,
    "date": PredictionKind.DATE,
}
_COLUMNS = {
    "id": "Question ID",
    "url": "Question URL",
    "title": "Question Title",
    "label": "Label",
    "type": "Question Type",
    "project": "Default Project",
    "categories": "Categories",
    "options": "MC Options (All)",
    "options_now": "MC Options (Current)",
    "options_before_2025": "MC Options",
    "lower": "Lower Bound",
    "upper": "Upper Bound",
    "range": "Continuous Range",
    "published": "Post Published Time",
    "open": "Open Time",
    "scheduled": "Scheduled Close Time",
    "closed": "Actual Close Time",
    "resolution": "Resolution",
    "known": "Resolution Known Time",
}
_SITE = "Metaculus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Where a question stands in the plan and what its forecasts mean. `all_options` is the order of the shares in a
    row; `span` the values at which a CDF is given (evenly between them where `straight`: the file does not say)."""

    place: int
    kind: PredictionKind
    options: tuple[str, ...] = ()
    all_options: tuple[str, ...] = ()
    span: tuple[float, ...] = ()
    straight: bool = False


def read_questions(draft: Draft, table: TextTable, zone: tzinfo) -> dict[str, Question]:
    """By their ids. Questions of other types are refused."""
    rows, found = Rows(table, _COLUMNS), {}
    for place in range(rows.n):
        kind = _KINDS.get(rows("type", place).lower())
        created = next(
            (at for name in ("open", "published", "known") if (at := read_when(rows(name, place), zone))), None
        )
        name, row = rows("id", place), rows.numbers[place]
        if kind is None or not name or not rows("title", place):
            draft.refuse(row, _("The question has no title, or is of a type that cannot be read."))
        elif created is None:
            draft.refuse(row, _("The question has no date."))
        else:
            question = _question(rows, place, kind, len(draft.predictions))
            if kind is PredictionKind.CHOICE and not question.options:
                draft.refuse(row, _("The options of the question cannot be read."))
            elif name not in found:
                found[name] = question
                draft.add(_planned(rows, place, question, created, zone))
    return found


def _question(rows: Rows, place: int, kind: PredictionKind, number: int) -> Question:
    if kind is PredictionKind.CHOICE:
        options = next(
            (
                texts
                for name in ("options", "options_now", "options_before_2025")
                if (texts := text_list(rows(name, place)))
            ),
            (),
        )
        unique = tuple(dict.fromkeys(options))
        return Question(place=number, kind=kind, options=unique, all_options=options)
    if kind is PredictionKind.YES_NO:
        return Question(place=number, kind=kind)
    is_date = kind is PredictionKind.DATE
    span = range_of(rows("range", place), is_date=is_date)
    if span:
        return Question(place=number, kind=kind, span=span)
    bounds = tuple(
        value for name in ("lower", "upper") if (value := value_of(rows(name, place), is_date=is_date)) is not None
    )
    return Question(place=number, kind=kind, span=bounds if len(bounds) == 2 else (), straight=len(bounds) == 2)


def _planned(rows: Rows, place: int, question: Question, created: datetime, zone: tzinfo) -> PlannedPrediction:
    label, title = rows("label", place), rows("title", place)
    tags = [*text_list(rows("categories", place)), rows("project", place)]
    resolutions = _resolutions(rows, place, question, created, zone)
    return PlannedPrediction(
        prediction=Prediction(
            statement=f"{title} ({label})" if label and label not in title else title,
            kind=question.kind,
            options=question.options,
            created_at=created,
            due=read_when(rows("scheduled", place), zone),
            decider=_("Metaculus"),
            source=rows("url", place),
            tags=tuple(dict.fromkeys(filter(None, tags))),
            visibility=Visibility.PUBLIC,
            key=f"metaculus:{rows('id', place)}",
        ),
        resolutions=resolutions,
        resolvers=(None,) * len(resolutions),
    )


def _resolutions(rows: Rows, place: int, question: Question, created: datetime, zone: tzinfo) -> tuple[Resolution, ...]:
    text = rows("resolution", place)
    said = _read_resolution(text, question)
    if said is None:
        return ()
    moments = (read_when(rows(name, place), zone) for name in ("known", "closed", "scheduled"))
    known = next(filter(None, moments), created)
    outcome, option, value, reason = said
    return (Resolution(at=known, known_at=known, outcome=outcome, option=option, value=value, reason=reason),)


def _read_resolution(text: str, question: Question) -> tuple[Outcome, int | None, float | None, str] | None:
    """Outcome, option, value, reason; None for what is open."""
    word = text.strip()
    if not word or word.lower() in ("none", "null"):
        return None
    if word.lower() in ("ambiguous", "annulled"):
        outcome = Outcome.AMBIGUOUS if word.lower() == "ambiguous" else Outcome.VOID
        return outcome, None, None, reason_of(outcome, _SITE)
    if question.kind is PredictionKind.YES_NO and word.lower() in ("yes", "no"):
        return (Outcome.YES if word.lower() == "yes" else Outcome.NO), None, None, ""
    if question.kind is PredictionKind.CHOICE and word in question.options:
        return Outcome.OPTION, question.options.index(word), None, ""
    if question.kind in (PredictionKind.NUMBER, PredictionKind.DATE):
        return _value(word, question)
    return (
        Outcome.AMBIGUOUS,
        None,
        None,
        _("Metaculus says “%(text)s”, which is none of the answers.") % {"text": word[:80]},
    )


def _value(word: str, question: Question) -> tuple[Outcome, int | None, float | None, str] | None:
    """A number or a day; beyond a bound only the bound is known, and the reason says so."""
    if word in ("below_lower_bound", "above_upper_bound"):
        below = word == "below_lower_bound"
        reason = _("Below the range of the question.") if below else _("Above the range of the question.")
        if not question.span:
            return Outcome.AMBIGUOUS, None, None, reason
        return Outcome.VALUE, None, question.span[0 if below else -1], reason
    value = value_of(word, is_date=question.kind is PredictionKind.DATE)
    if value is None:
        return Outcome.AMBIGUOUS, None, None, _("Metaculus says “%(text)s”, which is no value.") % {"text": word[:80]}
    return Outcome.VALUE, None, value, ""
