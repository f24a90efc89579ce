"""PredictionBook: the answer of /api/my_predictions with everybody's responses, and the CSV with means only.

https://github.com/bellroy/predictionbook (API.md). Confidences are whole per cents, moments ISO 8601 in UTC.
Collections made by other programs say "right" and "wrong"; they are read too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Outcome, Prediction, Resolution, Visibility
from surveyapp.importers.prediction.outcome import read_outcome
from surveyapp.importers.prediction.plain import Plain, list_of, moment_of, number_of, objects, text_of
from surveyapp.importers.prediction.plan import (
    Draft,
    PlannedForecast,
    PlannedPrediction,
    PredictionPlan,
    ReadOptions,
)
from surveyapp.importers.prediction.registry_spec import File, PredictionFormat
from surveyapp.importers.refusal import not_a_table

_NEEDED = ("created_at", "description", "mean_confidence", "outcome")
_PUBLIC = "visible_to_everyone"


def sniff_json(file: File) -> float:
    """Predictions that carry responses or a mean confidence."""
    return 1.0 if next(_entries(file), None) is not None else 0.0


def _entries(file: File) -> Iterator[Plain]:
    for document in file.documents:
        inner = document.get("predictions") if isinstance(document, dict) else document
        for one in objects(inner):
            if ("responses" in one or "mean_confidence" in one) and ("description" in one or "title" in one):
                yield one


@dataclass(slots=True)
class _Left:
    """What is counted while reading."""

    withdrawn: int = 0
    comments: int = 0
    groups: set[str] = field(default_factory=set)


def read_json(file: File, options: ReadOptions) -> PredictionPlan:
    """Every response of everybody; one without a confidence is a comment."""
    draft, left = Draft(), _Left()
    for number, one in enumerate(_entries(file), start=1):
        _read_prediction(draft, left, one, number)
    own = next((name for doc in file.documents if isinstance(doc, dict) and (name := _user(doc))), "")
    people = tuple(draft.people)
    mine = options.me or own
    return PredictionPlan(
        source=file.source("predictionbook_json"),
        title=_("PredictionBook"),
        people=people,
        predictions=tuple(draft.predictions.values()),
        forecasts=draft.forecasts,
        scale=_("Confidences are whole per cents, as PredictionBook writes them."),
        zone=_("Moments say their zone."),
        me=people.index(mine) if mine in people else 0 if len(people) == 1 else None,
        notes=_notes(left),
        refused=draft.refusals(),
    )


def _user(document: Plain) -> str:
    user = document.get("user")
    return text_of(user, "name") if isinstance(user, dict) else ""


def _notes(left: _Left) -> tuple[str, ...]:
    notes = []
    if left.withdrawn:
        words = ngettext(
            "%(n)s withdrawn prediction is left out.", "%(n)s withdrawn predictions are left out.", left.withdrawn
        )
        notes.append(words % {"n": fmt_count(left.withdrawn)})
    if left.comments:
        words = ngettext(
            "%(n)s response is a comment without a confidence; it is kept as one.",
            "%(n)s responses are comments without a confidence; they are kept as such.",
            left.comments,
        )
        notes.append(words % {"n": fmt_count(left.comments)})
    return tuple(notes)


def _read_prediction(draft: Draft, left: _Left, plain: Plain, number: int) -> None:
    if plain.get("withdrawn") is True:
        left.withdrawn += 1
        return
    statement = text_of(plain, "description", "title")
    created = moment_of(plain, "created_at", UTC)
    if not statement or created is None:
        draft.refuse(number, _("The prediction has no text or no date of creation."))
        return
    creator = text_of(plain, "creator_label", "creator")
    place = draft.add(_planned(draft, plain, statement, creator, created))
    for response in list_of(plain, "responses"):
        if isinstance(response, dict):
            _read_response(draft, left, response, place, number)


def _planned(draft: Draft, plain: Plain, statement: str, creator: str, created: datetime) -> PlannedPrediction:
    group = text_of(plain, "description_with_group")
    tag = group[1 : group.index("]")] if group.startswith("[") and "]" in group and group != statement else ""
    tags = [*(one for one in list_of(plain, "tag_names") if isinstance(one, str)), tag]
    name = text_of(plain, "uuid", "id") or f"{created.isoformat()}|{statement}"
    resolutions = _resolutions(plain, created)
    return PlannedPrediction(
        prediction=Prediction(
            statement=statement,
            created_at=created,
            due=moment_of(plain, "deadline", UTC),
            tags=tuple(dict.fromkeys(filter(None, tags))),
            visibility=Visibility.PUBLIC if plain.get("visibility") == _PUBLIC else Visibility.PRIVATE,
            key=f"predictionbook:{name}",
        ),
        creator=draft.person(creator) if creator else None,
        resolutions=resolutions,
        resolvers=(None,) * len(resolutions),
    )


def _resolutions(plain: Plain, created: datetime) -> tuple[Resolution, ...]:
    """Judged at `last_judgement_at`, else at the latest of deadline and creation: the file says no more."""
    said = plain.get("outcome")
    outcome = read_outcome(str(said)) if isinstance(said, bool | str) else None
    if outcome not in (Outcome.YES, Outcome.NO):
        return ()
    known = moment_of(plain, "last_judgement_at", UTC) or max(created, moment_of(plain, "deadline", UTC) or created)
    return (Resolution(at=known, known_at=known, outcome=outcome),)


def _read_response(draft: Draft, left: _Left, response: Plain, place: int, number: int) -> None:
    who, at = text_of(response, "user_label", "user", "user_id"), moment_of(response, "created_at", UTC)
    if not who or at is None:
        draft.refuse(number, _("A response of it has no person or no date."))
        return
    confidence, comment = number_of(response, "confidence"), text_of(response, "comment")
    if confidence is None and not comment:
        return
    if confidence is not None and not 0 <= confidence <= 100:
        draft.refuse(number, _("A confidence is not between 0 and 100."))
        return
    left.comments += confidence is None
    draft.forecasts.append(
        PlannedForecast(
            prediction=place,
            who=draft.person(who),
            at=to_stored(at),
            probability=None if confidence is None else confidence / 100,
            comment=comment,
            key=text_of(response, "id"),
        )
    )


def sniff_table(file: File) -> float:
    """Its headers are nobody else's."""
    return 1.0 if set(_NEEDED) <= set(file.headers) else 0.0


def read_table(file: File, options: ReadOptions) -> PredictionPlan:
    """Means over everybody who answered, as the forecasts of one unnamed crowd; the person's own with `alone`."""
    table = file.table
    if table is None:
        raise not_a_table("")
    columns = {column.header.strip(): column for column in table.columns}
    draft, left = Draft(), _Left()
    for place, row in enumerate(table.rows):
        cells = {name: one.texts[one.index[place]] for name, one in columns.items()}
        said = {**cells, "withdrawn": cells.get("withdrawn") == "true"}
        before = len(draft.predictions)
        _read_prediction(draft, left, said, row)
        if len(draft.predictions) > before:
            _read_mean(draft, cells, before, row, alone=options.alone)
    people = tuple(draft.people)
    warning = _(
        "The CSV holds only the mean confidence of everybody who answered, not your own: it is taken as a crowd's and "
        "is in no score of yours. Download the JSON instead, or say that nobody else answered."
    )
    said_alone = _("You said that nobody else answered: the means are taken as the creator's own.")
    return PredictionPlan(
        source=table.source,
        title=_("PredictionBook (means only)"),
        people=people,
        predictions=tuple(draft.predictions.values()),
        forecasts=draft.forecasts,
        scale=_("Confidences are whole per cents, as PredictionBook writes them."),
        zone=_("Moments say their zone."),
        means=True,
        me=_me_alone(people, options),
        notes=(said_alone if options.alone else warning, *_notes(left)),
        refused=draft.refusals(),
    )


def _me_alone(people: tuple[str, ...], options: ReadOptions) -> int | None:
    if not options.alone:
        return None
    return people.index(options.me) if options.me in people else 0 if len(people) == 1 else None


def _read_mean(draft: Draft, cells: Plain, place: int, row: int, *, alone: bool) -> None:
    mean, created = number_of(cells, "mean_confidence"), moment_of(cells, "created_at", UTC)
    if mean is None or created is None:
        return  # nobody said how sure they were
    if not 0 <= mean <= 100:
        draft.refuse(row, _("The mean confidence is not between 0 and 100."))
        return
    creator = text_of(cells, "creator_label")
    who = creator if alone and creator else _("Mean on PredictionBook")
    draft.forecasts.append(PlannedForecast(place, draft.person(who), to_stored(created), mean / 100))


JSON = PredictionFormat(
    id="predictionbook_json", title=lambda: _("PredictionBook (JSON)"), sniff=sniff_json, read=read_json
)
TABLE = PredictionFormat(
    id="predictionbook_table", title=lambda: _("PredictionBook (CSV, means only)"), sniff=sniff_table, read=read_table
)
