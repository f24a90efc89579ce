"""How fast a prediction log is scored: run as a script.

200,000 forecasts of 3,000 people of 4,000 predictions, 20,000 ranges of 400 numbers and a census of these people, in a
workspace. Every view of the page Calibration (selection, curve with its band, slope over clusters, bins, course) and
of the page People and crowd, with its tables, beside one isotonic fit (pool adjacent violators) of the same forecasts
by scipy. Each is asked for as if it were the first: only what was read of the log is in memory, not even sorted.
Medians, in turn. Garbage is not collected meanwhile, as in the window, which does that by itself (gui.gc_guard).
"""

from __future__ import annotations

import gc
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
from surveyapp.domain.prediction import Outcome, Prediction, PredictionKind, Resolution
from surveyapp.domain.scope import EVERYBODY, CountingRule, Scope
from surveyapp.importers.prediction.plan import PlannedForecast, PlannedPrediction, PredictionPlan
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.prediction.book import Book, book_of
from surveyapp.services.prediction.importing import import_predictions
from surveyapp.services.prediction.people_view import PeopleAsk, PeopleKind, people_view
from surveyapp.services.prediction.scoring import score
from surveyapp.services.prediction.selection import Selection, select
from surveyapp.services.session import Session
from surveyapp.services.workspace import create_session
from surveyapp.stats.calibration.leaderboard import Measure

N_FORECASTS, N_PEOPLE, N_PREDICTIONS = 200_000, 3_000, 4_000
N_RANGES, N_NUMBERS = 20_000, 400
OFF = ((0.05, -9.0), (0.25, -4.0), (0.75, 4.0), (0.95, 9.0))
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
PEOPLE = {
    **{f"people by {measure} score, ranges of ranks": PeopleAsk(measure=measure) for measure in Measure},
    "people, without self-resolved": PeopleAsk(scope=Scope(people=ALL, own_resolved=False)),
    "people, one tag": PeopleAsk(tag="a"),
    "crowd": PeopleAsk(kind=PeopleKind.CROWD),
    "other sites": PeopleAsk(kind=PeopleKind.SITES),
    "ranges": PeopleAsk(kind=PeopleKind.RANGES),
    "ranges of one person": PeopleAsk(kind=PeopleKind.RANGES, who="Person 5"),
    "answers": PeopleAsk(kind=PeopleKind.ANSWERS, key="Name", by="Experience"),
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
    numbers, ranges = ranged(rng)
    return PredictionPlan(
        source=source,
        title="log",
        people=tuple(f"Person {number}" for number in range(N_PEOPLE)),
        predictions=(*predictions, *numbers),
        forecasts=[*forecasts, *ranges],
    )


def ranged(rng: np.random.Generator) -> tuple[list[PlannedPrediction], list[PlannedForecast]]:
    """Numbers around 100, of which each person gives ranges of 50 and 90 %, too narrow."""
    predictions, first = [], to_stored(START)
    for number in range(N_NUMBERS):
        known = START + timedelta(days=200 + number)
        draft = Prediction(
            uid=f"n{number}",
            statement=f"How many of {number}?",
            kind=PredictionKind.NUMBER,
            created_at=START,
            due=known.date(),
            key=f"n{number}",
        )
        told = Resolution(at=known, known_at=known, outcome=Outcome.VALUE, value=float(rng.normal(100, 10)))
        predictions.append(PlannedPrediction(prediction=draft, creator=0, resolutions=(told,), resolvers=(None,)))
    forecasts = [
        PlannedForecast(
            prediction=N_PREDICTIONS + place % N_NUMBERS,
            who=int(rng.integers(N_PEOPLE)),
            at=first + place * 1_000_000,
            quantiles=tuple(
                (level, middle + wide) for level, wide in ((0.05, -9.0), (0.25, -4.0), (0.75, 4.0), (0.95, 9.0))
            ),
            key=f"r{place}",
        )
        for place, middle in enumerate(rng.normal(100, 6, N_RANGES).tolist())
    ]
    return predictions, forecasts


def census(path: Path) -> None:
    """The same people, by name, in five groups."""
    rows = [f"Person {number},group {number % 5}" for number in range(N_PEOPLE)]
    path.write_text("\n".join(["Name,Experience", *rows]), encoding="utf-8")


def forget(session: Session) -> None:
    """All that was found out about the log; itself it stays in memory."""
    for what in [what for what in session.kept if what is not Book]:
        del session.kept[what]


def anew(session: Session, scope: Scope) -> None:
    """A view of Calibration."""
    forget(session)
    score(session, scope)


def anew_people(session: Session, ask: PeopleAsk) -> None:
    """A view of People and crowd, with its tables."""
    forget(session)
    view = people_view(session, ask)
    assert view.tables, view.reason


def one_fit(found: Selection) -> None:
    """Sort and pool, once: what a reliability curve without a band costs."""
    order = np.argsort(found.probability, kind="stable")
    isotonic_regression(found.outcome[order])


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Print every view; 1 if one takes longer than a page may."""
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        session = create_session(Path(folder) / "bench.survey", name="Bench", clock=system_clock)
        try:
            import_predictions(session, plan())
            census(Path(folder) / "census.csv")
            run_import(session, plan_import(Path(folder) / "census.csv"), wave="2026", survey="Census")
            book_of(session)
            everything = select(session, Scope(people=ALL, rule=CountingRule.EVERY))
            tasks = [lambda scope=scope: anew(session, scope) for scope in VIEWS.values()]
            tasks += [lambda ask=ask: anew_people(session, ask) for ask in PEOPLE.values()]
            *spent, fit = in_turn(*tasks, lambda: one_fit(everything), again=5)
        finally:
            session.close()
    say(f"{len(everything):,} forecasts of {N_PEOPLE:,} people, {load()}")
    say(f"one isotonic fit: {fit.wall:.0f} ms")
    slow = 0
    for name, took in zip([*VIEWS, *PEOPLE], spent, strict=True):
        slow += took.processor > ALLOWED_MS
        say(f"{name}: {took.wall:.0f} ms (processor {took.processor:.0f}), ratio to the fit {took.ratio(fit)}")
    say(f"allowed: {ALLOWED_MS} ms")
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main())
