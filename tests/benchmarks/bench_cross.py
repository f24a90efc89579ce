"""How soon a cross-tab follows a filter change, in the window and below it.

Run: python tests/benchmarks/bench_cross.py (offscreen, or on the display of QT_QPA_PLATFORM). A workspace of 10,000 x
150; each filter is a new one, so that nothing was computed before. In the window from the change of the base to the
painted table, with the base written to the workspace; below it from base to table. Medians. Aim: 150 ms.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.census_file import write_census

from surveyapp.base.clock import system_clock
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition, Operator
from surveyapp.domain.question import Kind, Question
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.session import Session
from surveyapp.services.workspace import create_session

RUNS = 15
AIM_MS = 150.0


def main() -> None:
    """Print both in milliseconds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        os.environ["SURVEYAPP_PROFILE"] = str(Path(name) / "profile")
        source = Path(name) / "census.csv"
        write_census(source, 10_000)
        session = create_session(Path(name) / "census.survey", name="Bench", clock=system_clock, me="B")
        run_import(session, plan_import(source), wave="2026", survey="Census")
        closed = [q for q in session.codebook(1).asked if q.kind is Kind.SINGLE and 3 <= len(q.choices) <= 12]
        rows, columns, *others = closed
        for what, by in (("6 x 7 or so", (columns,)), ("within another question", (others[0], columns))):
            spec = _spec(rows, by)
            _print(f"cross-tab {what}, from base to table", _below(session, spec, others[1:]))
        _print("cross-tab in the window after a filter change", _window(session, rows, columns, others[1:]))


def _print(what: str, value: float) -> None:
    verdict = "within" if value <= AIM_MS else "BEYOND"
    sys.stdout.write(f"{what}: {value:.0f} ms, {verdict} the aim of {AIM_MS:.0f} ms\n")


def _spec(rows: Question, by: tuple[Question, ...], conditions: tuple[Condition, ...] = ()) -> AnalysisSpec:
    return AnalysisSpec(
        kind=AnalysisKind.CROSS,
        columns=(column_key(rows),),
        by=tuple(column_key(question) for question in by),
        base=Base(wave_id=1, conditions=conditions),
    )


def _filters(others: list[Question]) -> Iterator[Condition]:
    """Filters that leave most people, each another one."""
    for question in others:
        label = next(choice.label for choice in question.choices if choice.missing is None)
        yield Condition(column=question.column, operator=Operator.IS_NOT, values=(label,))


def _below(session: Session, spec: AnalysisSpec, others: list[Question]) -> float:
    run_analysis(session, spec)
    times = []
    for _run, condition in zip(range(RUNS), _filters(others), strict=False):
        asked = AnalysisSpec(
            kind=spec.kind, columns=spec.columns, by=spec.by, base=Base(wave_id=1, conditions=(condition,))
        )
        session.bases.clear()
        session.results.clear()
        start = time.perf_counter()
        run_analysis(session, asked)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _window(session: Session, rows: Question, columns: Question, others: list[Question]) -> float:
    from PySide6.QtWidgets import QApplication

    from surveyapp.gui.app import build
    from surveyapp.gui.pages.explore.cross.tab import CrossTab
    from surveyapp.gui.pages.explore.page import ExplorePage

    app = QApplication([sys.argv[0]])
    gui = build(app)
    gui.window.resize(1440, 900)
    gui.window.show()
    gui.context.set_session(session)
    gui.shell.open_page("explore", "cross", rows=[column_key(rows)], by=[column_key(columns)])

    def wait(done: Callable[[], bool]) -> None:
        deadline = time.perf_counter() + 20
        while not done() and time.perf_counter() < deadline:
            app.processEvents()

    page = gui.shell.page
    assert isinstance(page, ExplorePage)
    wait(lambda: isinstance(page.shown, CrossTab) and page.shown.table is not None)
    tab = page.shown
    assert isinstance(tab, CrossTab)
    wait(lambda: not gui.context.jobs.busy)
    times = []
    for number, condition in zip(range(RUNS), _filters(others), strict=False):
        before = tab.table
        start = time.perf_counter()
        page.add_filters([condition], number=0 if number else None)
        wait(lambda before=before: tab.table is not before)  # type: ignore[misc]
        tab.body.grid.viewport().repaint()
        times.append((time.perf_counter() - start) * 1000)
        wait(lambda: not gui.context.jobs.busy)
    gui.close()
    gui.window.close()
    return statistics.median(times)


if __name__ == "__main__":
    main()
