"""A file that comes again: what it changes of predictions that are there already, and which option is which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from surveyapp.domain.codec import to_plain
from surveyapp.domain.prediction import Prediction, StatementEdit
from surveyapp.importers.prediction.plan import PlannedPrediction, PredictionPlan
from surveyapp.services.prediction.change import as_text
from surveyapp.services.prediction.log import keeps_places
from surveyapp.services.session import Session

_FROM_FILE = ("statement", "options", "exclusive", "due", "background", "tags", "visibility", "condition", "unit")
"""The fields in which a file that comes again changes a prediction."""


class FileEdits:
    """What was edited in the log: a file that says the same as before takes nothing of it back."""

    def __init__(self, session: Session) -> None:
        self._came_at = {batch.id: batch.at for batch in session.store.predictions.batches()}
        self._imported = frozenset(self._came_at.values())
        self._edits: dict[int, list[StatementEdit]] = defaultdict(list)
        for edit in session.store.predictions.all_edits():
            self._edits[edit.prediction_id].append(edit)

    def changed(self, before: Prediction, said: Prediction) -> Prediction:
        """The prediction after the file said this of it."""
        news = {name: getattr(said, name) for name in _FROM_FILE if self.is_new(before, said, name)}
        return replace(before, **news)

    def is_new(self, before: Prediction, said: Prediction, name: str) -> bool:
        """Whether the file says of this field something else than it said last, or than stood there first."""
        came_at = self._came_at.get(before.batch_id or 0)  # its file may have brought edits made elsewhere
        edits = [
            edit
            for edit in self._edits.get(before.id, ())
            if edit.field == name and (came_at is None or edit.at > came_at)
        ]
        by_file = [edit.new for edit in edits if edit.at in self._imported]
        return not edits or as_text(to_plain(said).get(name)) != (by_file[-1] if by_file else edits[0].old)


def renumbered(plan: PredictionPlan, there: Mapping[int, Prediction], edits: FileEdits) -> PredictionPlan:
    """The plan with the options of predictions that are `there` (by their position) at the places they have there.

    Forecasts speak of options by their place, and a file may have new ones, or tell them in another order.
    """
    planned, places = list(plan.predictions), dict[int, tuple[int, ...]]()
    for place, before in there.items():
        said = planned[place].prediction
        if said.options != before.options and edits.is_new(before, said, "options"):
            merged, places[place] = merged_options(before.options, said.options, by_place=bool(said.uid))
            planned[place] = _moved(planned[place], merged, places[place])
    if not places:
        return plan
    forecasts = [
        one._replace(option=places[one.prediction][one.option])
        if one.prediction in places and one.option is not None
        else one
        for one in plan.forecasts
    ]
    return replace(plan, predictions=tuple(planned), forecasts=forecasts)


def merged_options(
    there: Sequence[str], said: Sequence[str], *, by_place: bool = False
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The options that are there followed by new ones, and at which place each of those said stands among them.

    `by_place`: the file comes from this program, where an option keeps its place under another name.
    """
    if by_place and keeps_places(there, said):
        return tuple(said), tuple(range(len(said)))
    merged = list(dict.fromkeys((*there, *said)))
    return tuple(merged), tuple(merged.index(name) for name in said)


def _moved(planned: PlannedPrediction, options: tuple[str, ...], places: Sequence[int]) -> PlannedPrediction:
    resolutions = [
        one if one.option is None else replace(one, option=places[one.option]) for one in planned.resolutions
    ]
    prediction = replace(planned.prediction, options=options)
    return replace(planned, prediction=prediction, resolutions=tuple(resolutions))
