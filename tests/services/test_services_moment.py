"""Of several moments that a form notes, the time line shows when the answers were sent."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from surveyapp.base.clock import Clock
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.question import Kind, Role
from surveyapp.services.analysis.moment import timestamps
from surveyapp.services.analysis.run import run_analysis
from surveyapp.services.codebook.stored import update_questions
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.workspace import create_session
from surveyapp.stats.result import Timeline


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        (("startdate", "submitdate", "datestamp"), 1),
        (("Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)"), 2),
        (("StartDate", "EndDate", "Seen at"), 1),
        (("Start time", "Completion time", "Last modified time"), 1),
        (("start", "end", "_submission_time"), 2),
        (("Begun", "Zeitstempel", "Start"), 1),
        (("Moment", "Time", "Day"), 0),
    ],
)
def test_the_moment_of_sending(tmp_path: Path, clock: Clock, headers: tuple[str, str, str], wanted: int) -> None:
    path = tmp_path / "moments.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([*headers, "Age"])
        out.writerows(
            [[f"2026-{month:02d}-{n + 1:02d} 10:00" for month in (3, 4, 5)] + [str(20 + n)] for n in range(9)]
        )
    session = create_session(tmp_path / "moments.survey", name="Moments", clock=clock, me="Sam")
    try:
        run_import(session, plan_import(path), wave="2026", survey="Moments")
        questions = session.codebook(1).questions[:3]
        update_questions(session, 1, [replace(q, kind=Kind.DATE, role=Role.TIMESTAMP) for q in questions])
        taken = timestamps(session, 1)
        assert taken is not None
        assert taken.question.column == headers[wanted]
        result = run_analysis(session, AnalysisSpec(kind=AnalysisKind.TIMELINE, base=Base(wave_id=1)))
        assert isinstance(result, Timeline)
        assert result.points[0].day.month == wanted + 3
    finally:
        session.close()
