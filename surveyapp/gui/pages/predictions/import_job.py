"""What the import of a prediction log does in the background: read the file, store what was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from surveyapp.base.clock import Clock
from surveyapp.base.i18n import _
from surveyapp.base.paths import documents_dir
from surveyapp.domain.moment import from_stored
from surveyapp.domain.prediction import PredictionKind
from surveyapp.gui.saved_name import free_path
from surveyapp.gui.workspace_opener import SUFFIX
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.importers.prediction.plan import PlannedForecast, PlannedPrediction, PredictionPlan, ReadOptions
    from surveyapp.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLog:
    """What an import stored and where. `change_id` takes it back."""

    session: Session
    change_id: int
    words: str
    new_workspace: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one prediction: how many forecasts, and the last one of "me", in words."""

    n: int = 0
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLog:
    """A plan with what its page shows of it: forecasts of each person, and what is said of each prediction."""

    plan: PredictionPlan
    people: tuple[tuple[str, int], ...]
    """Who forecast most comes first."""
    n_forecasts: int
    said: tuple[Said, ...]
    known: str = ""
    """What of it is in the log already, in words."""


def read_job(
    session: Session | None, path: Path, options: ReadOptions, *, format_id: str, me: str | None
) -> Callable[[JobContext], ReadLog]:
    """Reads; nothing is stored. `me` is who the person said they are ("" nobody), None what the file or the last
    import of such a file says."""

    def work(ctx: JobContext) -> ReadLog:
        from surveyapp.importers.prediction.registry import read_predictions
        from surveyapp.services.prediction.identity import recognised
        from surveyapp.services.prediction.importing import known_words

        plan = read_predictions(
            path, options=options, format_id=format_id, report=lambda done, total: ctx.report(done, total)
        )
        if me is not None:
            plan = with_me(plan, me)
        elif session is not None:
            plan = recognised(session, plan)
        return look_at(plan, known=known_words(session, plan) if session is not None else "")

    return work


def with_me(plan: PredictionPlan, name: str) -> PredictionPlan:
    """The plan with that person as "me"; nobody if there is none of that name."""
    return replace(plan, me=plan.people.index(name) if name in plan.people else None)


def look_at(plan: PredictionPlan, *, known: str = "") -> ReadLog:
    """What the page shows: 200,000 forecasts take a fifth of a second, so in the background."""
    counts = [0] * len(plan.predictions)
    last: dict[int, PlannedForecast] = {}
    for one in plan.forecasts:
        place = one.prediction
        counts[place] += one.says_belief
        if one.says_belief and (plan.me is None or one.who == plan.me) and not one.withdrawn:
            before = last.get(place)
            if before is None or (one.at, _weight(one)) >= (before.at, _weight(before)):
                last[place] = one
    said = tuple(
        Said(n, _belief(last.get(place), planned))
        for place, (n, planned) in enumerate(zip(counts, plan.predictions, strict=True))
    )
    people = plan.forecasts_of
    return ReadLog(plan=plan, people=tuple(people.most_common()), n_forecasts=people.total(), said=said, known=known)


def _weight(one: PlannedForecast) -> float:
    """Of the options of one moment the likeliest is shown; of other forecasts the later in the file."""
    return one.probability or 0.0 if one.option is not None else 0.0


def value_words(value: float, kind: PredictionKind) -> str:
    """A number, or the day it stands for."""
    if kind is not PredictionKind.DATE:
        return f"{value:g}"
    try:
        return from_stored(round(value * 86_400_000_000)).date().isoformat()
    except OverflowError:
        return f"{value:g}"


def _belief(said: PlannedForecast | None, planned: PlannedPrediction) -> str:
    if said is None:
        return ""
    if said.quantiles:
        values = [value for _share, value in said.quantiles]
        return " – ".join(
            value_words(end, planned.prediction.kind) for end in dict.fromkeys((min(values), max(values)))
        )
    if said.probability is None:
        return ""
    digits = 3 if 0.01 <= said.probability <= 0.99 else 4
    percent = f"{100 * said.probability:.{digits}g} %"
    return percent if said.option is None else f"{planned.prediction.options[said.option][:14]} {percent}"


def store_job(session: Session | None, plan: PredictionPlan, clock: Clock) -> Callable[[JobContext], StoredLog]:
    """Stores a plan, in a new workspace if none is open; of that nothing is left if it fails."""

    def work(ctx: JobContext) -> StoredLog:
        from surveyapp.services.workspace import discard_new

        target = session if session is not None else _new_workspace(plan, clock)
        try:
            return _store(target, plan, ctx, new_workspace=session is None)
        except BaseException:
            if session is None:
                discard_new(target)
            raise

    return work


def _store(session: Session, plan: PredictionPlan, ctx: JobContext, *, new_workspace: bool) -> StoredLog:
    from surveyapp.services.change_log import undoable
    from surveyapp.services.prediction.importing import import_predictions

    done = import_predictions(session, plan, report=lambda n, total: ctx.report(n, total))
    change = undoable(session)
    assert change is not None  # the import is one
    words = _("Imported: %(what)s.") % {"what": done.sentence}
    return StoredLog(session=session, change_id=change.id, words=words, new_workspace=new_workspace)


def _new_workspace(plan: PredictionPlan, clock: Clock) -> Session:
    from surveyapp.services.workspace import create_session

    stem = Path(plan.source.name).stem.strip(". ") or _("Predictions")
    path = free_path(documents_dir() / f"{stem}{SUFFIX}")
    path.parent.mkdir(parents=True, exist_ok=True)
    return create_session(path, name=path.stem, clock=clock)
