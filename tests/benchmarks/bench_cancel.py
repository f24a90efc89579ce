"""How soon long work stops when it is cancelled: run as a script.

A workspace of 10,000 x 150 and the same people a year later. For each kind of analysis the longest time between two
moments at which it looks whether it may go on, and what is left after the last: whoever cancels waits no longer. Work
that takes less altogether needs no such moment. Medians of three, by the clock and of the thread's own processor time,
which does not know who else is at work. Garbage is not collected meanwhile, as in the window, which does that by itself
(gui.gc_guard). Aim: 100 ms.
"""

from __future__ import annotations

import gc
import itertools
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.census_file import write_census
from benchmarks.measure import load

from surveyapp.base.clock import system_clock
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.question import Kind, Question
from surveyapp.domain.weight import WeightKind, WeightScheme
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.services.weighting import save_scheme
from surveyapp.services.workspace import create_session
from surveyapp.stats.estimate import NotComputed

AGAIN = 3
AIM_MS = 100.0


def main() -> None:
    """Print the longest wait of each."""
    warnings.simplefilter("ignore")
    gc.disable()
    with tempfile.TemporaryDirectory() as name:
        source = write_census(Path(name) / "census.csv", 10_000)
        session = create_session(Path(name) / "census.survey", name="Bench", clock=system_clock, me="Bench")
        for wave in ("2025", "2026"):
            run_import(session, plan_import(source), wave=wave, survey="Census")
        numbers = _of(session, Kind.NUMBER)
        scheme = WeightScheme(name="w", kind=WeightKind.COLUMN, column=numbers[1].column)
        save_scheme(session, Base(wave_id=2), scheme)
        _say(load())
        for what, spec in _specs(session).items():
            session.dataset.load_all(2)
            if isinstance(found := run_analysis(session, spec), NotComputed):  # imports, and what is read once
                raise SystemExit(f"{what}: {found.reason}")
            waits, own, totals = (
                statistics.median(times)
                for times in zip(*(_wait(session, spec) for _again in range(AGAIN)), strict=True)
            )
            verdict = "within" if waits <= AIM_MS else "within but for others' load" if own <= AIM_MS else "BEYOND"
            _say(f"{what:42s} {totals:6.0f} ms; longest wait {waits:5.0f} ms, of its own {own:5.0f}: {verdict}")
        session.close()


def _wait(session: Session, spec: AnalysisSpec) -> tuple[float, float, float]:
    """Milliseconds: the longest wait, the longest that this thread computed, and the whole."""
    session.results.clear()
    looks: list[tuple[float, float]] = []

    def look() -> None:
        looks.append((time.perf_counter(), time.thread_time()))

    look()
    run_analysis(session, spec, check=look)
    look()
    waits = [(later[0] - earlier[0], later[1] - earlier[1]) for earlier, later in itertools.pairwise(looks)]
    by_clock, own = (max(wait[place] for wait in waits) * 1000 for place in (0, 1))
    return by_clock, own, (looks[-1][0] - looks[0][0]) * 1000


def _specs(session: Session) -> dict[str, AnalysisSpec]:
    base, weighted = Base(wave_id=2), Base(wave_id=2, weight="w")
    single, scale, number, multi = (
        [column_key(q) for q in _of(session, kind)] for kind in (Kind.SINGLE, Kind.SCALE, Kind.NUMBER, Kind.MULTI)
    )
    kinds = AnalysisKind

    def regression(outcome: str, model: str) -> AnalysisSpec:
        by = (*number[3:8], *single[2:8], *scale[1:5])
        return AnalysisSpec(kind=kinds.REGRESSION, columns=(outcome,), by=by, base=base).with_option("model", model)

    banner = AnalysisSpec(kind=kinds.CROSS, columns=(multi[0],), by=tuple(single[1:21]), base=weighted)
    return {
        "all pairs": AnalysisSpec(kind=kinds.SCREEN, base=base),
        "all pairs, weighted": AnalysisSpec(kind=kinds.SCREEN, base=weighted),
        "matrix of 40": AnalysisSpec(kind=kinds.MATRIX, columns=(*scale, *number[:10]), base=base),
        "a pair of a number and a choice": AnalysisSpec(
            kind=kinds.PAIR, columns=(number[0],), by=(single[3],), base=base
        ),
        "linear regression": regression(number[0], "linear"),
        "ordinal regression": regression(scale[0], "ordinal"),
        "Poisson regression": regression(number[2], "poisson"),
        "multiple choice by 20 questions, weighted": banner.with_option("layout", "banner"),
        "one question within two others": AnalysisSpec(
            kind=kinds.CROSS, columns=(single[0],), by=(single[7], single[8], single[3]), base=base
        ),
        "means": AnalysisSpec(kind=kinds.GROUPS, columns=(number[0],), by=(single[8],), base=base),
        "reliability of 15": AnalysisSpec(kind=kinds.RELIABILITY, columns=tuple(scale[::2]), base=base),
        "drop-off": AnalysisSpec(kind=kinds.DROP_OFF, base=base),
        "what moved between two waves": AnalysisSpec(kind=kinds.CHANGE, base=base),
    }


def _of(session: Session, kind: Kind) -> list[Question]:
    return [q for q in session.codebook(2).asked if q.kind is kind and not q.sensitive]


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
