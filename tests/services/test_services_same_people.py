"""The same responses in another export: told by what only one response has, whatever the columns are called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
import several_files as files

from surveyapp.domain.errors import Cancelled
from surveyapp.services.change_log import undo
from surveyapp.services.intake.importing import fitting_wave, plan_import, run_import
from surveyapp.services.intake.same_people import Sign, find_same_people
from surveyapp.services.session import Session

OTHER = ["Submitted", "Respondent e-mail", "Q1", "Q2", "Q3", "Q4_1", "Q4_2", "Q4_3", "Q5"]


@pytest.fixture
def wave(empty: Session, tmp_path: Path) -> Session:
    """Fifty people; the wave is 1."""
    first = files.write(tmp_path / "march.csv", files.people(range(50)))
    run_import(empty, plan_import(first), wave="2026", survey="Census")
    return empty


def store(session: Session, path: Path, rows: Sequence[Sequence[str]], headers: Sequence[str]) -> None:
    run_import(session, plan_import(files.write(path, rows, headers)), wave="2026", survey="Census")


def without(rows: Sequence[Sequence[str]], *places: int) -> list[list[str]]:
    return [[cell for n, cell in enumerate(row) if n not in places] for row in rows]


def american(row: list[str]) -> list[str]:
    """The same moment as another tool writes it."""
    day, time = row[files.TIME].split(" ")
    year, month, number = day.split("-")
    hour, minute, second = time.split(":")
    return [f"{int(month)}/{int(number)}/{year} {int(hour)}:{minute}:{second} AM", *row[1:]]


def test_the_same_responses_under_other_headers_are_found(wave: Session, tmp_path: Path) -> None:
    rows = [["complete", *american(row)] for row in without(files.people(range(2, 60)), files.MAIL)]
    headers = ["State of the response", "Start time", *OTHER[2:]]
    plan = plan_import(files.write(tmp_path / "tool.csv", rows, headers))
    assert fitting_wave(wave, plan) is None, "its columns tell nothing"
    same = find_same_people(wave, plan)
    assert same is not None
    assert (same.wave.id, same.n, same.total, same.is_sure) == (1, 48, 58, True)
    assert same.sentence() == "48 of 58 people are in Census 2026 already, by the time of sending"


def test_people_who_come_again_next_year_are_no_matter(wave: Session, tmp_path: Path) -> None:
    plan = plan_import(files.write(tmp_path / "next.csv", files.people(range(50), year=2027), OTHER))
    assert find_same_people(wave, plan) is None


def test_other_people_of_the_same_weeks_are_no_matter(wave: Session, tmp_path: Path) -> None:
    rows = files.people(range(45, 120))  # five of them sent both
    assert find_same_people(wave, plan_import(files.write(tmp_path / "more.csv", rows, OTHER))) is None


def test_addresses_alone_may_be_of_another_year(empty: Session, tmp_path: Path) -> None:
    rows = without(files.people(range(50)), files.TIME, files.REMARK)
    store(empty, tmp_path / "a.csv", rows, [*files.HEADERS[1:8]])
    again = [[row[0].upper(), "x", str(n)] for n, row in enumerate(rows)]
    same = find_same_people(empty, plan_import(files.write(tmp_path / "b.csv", again, ["E-mail address", "A", "B"])))
    assert same is not None
    assert (same.n, same.signs, same.is_sure) == (50, (Sign.ADDRESS,), False)


def test_long_texts_tell_and_short_ones_do_not(empty: Session, tmp_path: Path) -> None:
    long = [[f"I would have liked more questions about {n}", str(n % 7)] for n in range(40)]
    store(empty, tmp_path / "a.csv", long, ["What else?", "Mood"])
    again = [[str(n % 5), row[0]] for n, row in enumerate(long[::-1])]
    same = find_same_people(empty, plan_import(files.write(tmp_path / "b.csv", again, ["Home", "Remarks"])))
    assert same is not None
    assert (same.n, same.signs) == (40, (Sign.TEXT,))
    short = [[cells[0], f"remark {n}"] for n, cells in enumerate(again)]
    assert find_same_people(empty, plan_import(files.write(tmp_path / "c.csv", short, ["Home", "Remarks"]))) is None


def test_closed_answers_tell_by_all_of_them_together(empty: Session, tmp_path: Path) -> None:
    random = Random(3)
    rows = [[random.choice(["never", "often", "always", "seldom"]) for _q in range(14)] for _person in range(80)]
    store(empty, tmp_path / "a.csv", rows, [f"How often do you do thing {n}?" for n in range(14)])
    random.shuffle(rows)
    again = [["tool 5", *row[:7], "complete", *row[7:]] for row in rows]
    headers = ["Version", *(f"G1_SQ{n}" for n in range(7)), "State", *(f"G2_SQ{n}" for n in range(7))]
    same = find_same_people(empty, plan_import(files.write(tmp_path / "b.csv", again, headers)))
    assert same is not None
    assert (same.n, same.signs) == (80, (Sign.ANSWERS,))
    others = [[random.choice(["never", "often", "always", "seldom"]) for _q in range(14)] for _person in range(80)]
    assert (
        find_same_people(empty, plan_import(files.write(tmp_path / "c.csv", others, [f"Q{n}" for n in range(14)])))
        is None
    )


def test_a_wave_whose_import_was_undone_does_not_count(wave: Session, tmp_path: Path) -> None:
    plan = plan_import(files.write(tmp_path / "tool.csv", files.people(range(50)), OTHER))
    assert find_same_people(wave, plan) is not None
    undo(wave)
    assert find_same_people(wave, plan) is None


def test_it_can_be_cancelled(wave: Session, tmp_path: Path) -> None:
    plan = plan_import(files.write(tmp_path / "tool.csv", files.people(range(50)), OTHER))

    def report(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        find_same_people(wave, plan, report=report)
