"""What one more file would bring to a wave, in the words of the list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from services_example import new_session

from surveyapp.base.clock import Clock
from surveyapp.domain.wave import Severity
from surveyapp.services.intake.adding import AdditionPlan, AddMode, plan_addition, plan_addition_of, with_renamed
from surveyapp.services.intake.file import read_file
from surveyapp.services.intake.importing import plan_import, run_import
from surveyapp.services.intake.news import SIMILAR, brings_nothing, news
from surveyapp.services.session import Session

HEAD = "Response ID,How old are you?,What do you think of the new bridge?"


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = new_session(tmp_path / "news.survey", clock)
    run_import(made, plan_import(_write(tmp_path / "may.csv", range(1, 21))), wave="2026")
    yield made
    made.close()


def _write(path: Path, people: range, *, head: str = HEAD, changed: str = "") -> Path:
    rows = [f"{n},{20 + n},fine {n}" for n in people]
    if changed:
        rows[0] = f"{people[0]},{changed},fine {people[0]}"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def _plan(session: Session, path: Path) -> AdditionPlan:
    return plan_addition(session, session.waves()[0].id, path)


def test_new_changed_and_missing_people(session: Session, tmp_path: Path) -> None:
    plan = _plan(session, _write(tmp_path / "june.csv", range(3, 26), changed="99"))
    assert plan.mode is AddMode.UPDATE
    found = {problem.kind: problem for problem in news(plan, AddMode.UPDATE)}
    assert list(found) == ["news_people", "news_changed", "news_gone"]
    assert found["news_people"].title == "5 new people"
    assert found["news_people"].rows == (20, 21, 22, 23, 24)
    (example,) = found["news_changed"].examples
    assert (example.row, example.before, example.after) == (2, "How old are you?: 23", "99")
    assert found["news_gone"].count == 2
    assert all(problem.severity is Severity.LOOK for problem in found.values())
    assert not brings_nothing(plan)


def test_the_same_file_brings_nothing(session: Session, tmp_path: Path) -> None:
    plan = plan_addition_of(session, session.waves()[0].id, read_file(tmp_path / "may.csv"))
    assert brings_nothing(plan)
    assert news(plan, AddMode.UPDATE) == ()


def test_a_reworded_column_is_asked_about_first_and_joined(session: Session, tmp_path: Path) -> None:
    head = HEAD.replace("think of the new bridge", "think of the old bridge") + ",Pet"
    path = tmp_path / "june.csv"
    path.write_text("\n".join([head, *(f"{n},{20 + n},fine {n},cat" for n in range(1, 23))]) + "\n", encoding="utf-8")
    plan = _plan(session, path)
    first, *others = news(plan, AddMode.UPDATE)
    assert (first.kind, first.severity) == (SIMILAR, Severity.DECIDE)
    assert "old" in first.examples[0].after
    assert [problem.kind for problem in others if "column" in problem.title] == ["news_columns", "news_absent"]
    joined = with_renamed(session, plan, ((first.column, first.fixes[0].value),))
    after = {problem.kind: problem for problem in news(joined, AddMode.UPDATE)}
    assert SIMILAR not in after
    assert "“Pet”" in after["news_columns"].detail
    assert "news_absent" not in after


def test_people_who_are_added_are_not_compared(session: Session, tmp_path: Path) -> None:
    plan = _plan(session, _write(tmp_path / "june.csv", range(3, 26)))
    assert news(plan, AddMode.ADD) == ()
