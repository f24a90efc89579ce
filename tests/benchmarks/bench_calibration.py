"""How fast a prediction log is scored: run as a script.

200,000 forecasts of 3,000 people of 4,000 predictions, in a workspace. Every view of the page Calibration, from the
log in memory to all its scores (selection, curve with its band, slope over clusters, bins, course), beside one
isotonic fit (pool adjacent violators) of the same forecasts by scipy. Medians, in turn.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from scipy.optimize import isotonic_regression

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measure import in_turn, load

from surveyapp.base.clock import system_clock
from surveyapp.domain.column import Source
from surveyapp.domain.moment import to_stored
from surveyapp.domain.prediction import Outcome, Prediction, Resolution
from surveyapp.domain.scope import EVERYBODY, CountingRule, Scope
from surveyapp.importers.prediction.plan import PlannedForecast, PlannedPrediction, PredictionPlan
from surveyapp.services.prediction.importing import import_predictions
from surveyapp.services.prediction.kept import found_before
from surveyapp.services.prediction.leaderboard import Board, board
from surveyapp.services.prediction.scoring import LogScore, score
from surveyapp.services.prediction.selection import Selection, select
from surveyapp.services.session import Session
from surveyapp.services.workspace import create_session
from surveyapp.stats.calibration.leaderboard import Measure

N_FORECASTS, N_PEOPLE, N_PREDICTIONS = 200_000, 3_000, 4_000
ALLOWED_MS = 300
START = datetime(2024, 1, 1, tzinfo=UTC)

ALL = (EVERYBODY,)
VIEWS = {
    "everybody, last forecast": Scope(people=ALL),
    "every forecast": Scope(people=ALL, rule=CountingRule.EVERY),
    "by how long it held": Scope(people=ALL, rule=CountingRule.TIME_WEIGHTED),
    "folded": Scope(people=ALL, fold=True),
    "bins of 5": Scope(people=ALL, n_bins=20),
    "without self-resolved": Scope(people=ALL, own_resolved=False),
    "one tag": Scope(people=ALL, tags=("a",)),
    "one year": Scope(people=ALL, since=date(2024, 7, 1), until=date(2025, 6, 30)),
    "one person": Scope(people=("Person 5",)),
}


def plan() -> PredictionPlan:
    """Whole per cents, right as often as said on the average but too sure."""
    rng = np.random.default_rng(1)
    truth = rng.random(N_PREDICTIONS)
    known = [START + timedelta(days=200 + number % 400) for number in range(N_PREDICTIONS)]
    predictions = []
    for number in range(N_PREDICTIONS):
        outcome = Outcome.YES if rng.random() < truth[number] else Outcome.NO
        draft = Prediction(
            uid=f"u{number}",
            statement=f"Thing {number} happens.",
            created_at=START,
            due=known[number].date(),
            tags=("a",) if number % 3 else ("b",),
            key=f"k{number}",
        )
        told = Resolution(
            at=known[number] + timedelta(days=2), known_at=known[number] + timedelta(days=2), outcome=outcome
        )
        predictions.append(
            PlannedPrediction(prediction=draft, creator=0, resolutions=(told,), resolvers=(number % N_PEOPLE,))
        )
    which, who = rng.integers(N_PREDICTIONS, size=N_FORECASTS), rng.integers(N_PEOPLE, size=N_FORECASTS)
    odds = np.log(truth[which] / (1 - truth[which])) * 1.4 + rng.normal(0, 1, N_FORECASTS)
    said = np.round(1 / (1 + np.exp(-odds)), 2)
    first = to_stored(START)
    at = first + rng.integers(190 * 86_400, size=N_FORECASTS) * 1_000_000
    forecasts = [
        PlannedForecast(prediction=number, who=person, at=moment, probability=p, key=f"f{place}")
        for place, (number, person, moment, p) in enumerate(
            zip(which.tolist(), who.tolist(), at.tolist(), said.tolist(), strict=True)
        )
    ]
    source = Source(name="log", format="bench", content=b"bench", sha256="0" * 64)
    return PredictionPlan(
        source=source,
        title="log",
        people=tuple(f"Person {number}" for number in range(N_PEOPLE)),
        predictions=tuple(predictions),
        forecasts=forecasts,
    )


def anew(session: Session, scope: Scope) -> None:
    """Score without what is remembered of scores; the log itself stays in memory."""
    found_before(session, LogScore).clear()
    score(session, scope)


def anew_people(session: Session, measure: Measure) -> None:
    """The same for the leaderboard with its ranges of ranks, and the crowd of what came out."""
    for what in (Selection, Board):
        found_before(session, what).clear()
    board(session, Scope(), measure=measure)


def one_fit(found: Selection) -> None:
    """Sort and pool, once: what a reliability curve without a band costs."""
    order = np.argsort(found.probability, kind="stable")
    isotonic_regression(found.outcome[order])


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Print every view; 1 if one takes longer than a page may."""
    with tempfile.TemporaryDirectory() as folder:
        session = create_session(Path(folder) / "bench.survey", name="Bench", clock=system_clock)
        try:
            import_predictions(session, plan())
            everything = select(session, Scope(people=ALL, rule=CountingRule.EVERY))
            tasks = [lambda scope=scope: anew(session, scope) for scope in VIEWS.values()]
            tasks += [lambda measure=measure: anew_people(session, measure) for measure in Measure]
            *spent, fit = in_turn(*tasks, lambda: one_fit(everything), again=5)
        finally:
            session.close()
    say(f"{len(everything):,} forecasts of {N_PEOPLE:,} people, {load()}")
    say(f"one isotonic fit: {fit.wall:.0f} ms")
    slow = 0
    names = [*VIEWS, *(f"leaderboard by {measure}, ranges of ranks" for measure in Measure)]
    for name, took in zip(names, spent, strict=True):
        slow += took.processor > ALLOWED_MS
        say(f"{name}: {took.wall:.0f} ms (processor {took.processor:.0f}), ratio to the fit {took.ratio(fit)}")
    say(f"allowed: {ALLOWED_MS} ms")
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
