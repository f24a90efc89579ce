"""Sections: named in headers, by topic, smoothed; every section a census author would recognise."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from import_build import table_of

from surveyapp.base.paths import bundled
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.importers.guess.section import SMALL_FORM, assign_sections
from surveyapp.importers.plan import propose
from surveyapp.importers.registry import read_table

LESSWRONG = Path(os.environ.get("SURVEYAPP_TEST_DATA", "nowhere")) / "census" / "lw2013" / "lwpublic2013.csv"
FILLER = [f"Zqx {n}" for n in range(SMALL_FORM)]


def sections_of(headers: list[str]) -> list[str]:
    """The sections of plain single-choice questions with these headers."""
    questions = [Question(column=header, name=header, kind=Kind.SINGLE, position=n) for n, header in enumerate(headers)]
    return [question.section for question in assign_sections(questions)]


def file_sections(path: Path) -> tuple[dict[str, str], Counter[str]]:
    """Section by header, and how many questions each has."""
    questions = propose(read_table(path)).mapping.questions
    return {question.column: question.section for question in questions}, Counter(q.section for q in questions)


def test_small_forms_have_one_section() -> None:
    assert set(sections_of(["Age", "Religious views", "Do you vote?", "Income"])) == {"Questions"}


def test_where_nothing_is_known_everything_is_one_section() -> None:
    assert set(sections_of(FILLER)) == {"Questions"}


def test_what_is_not_known_goes_with_its_neighbours() -> None:
    headers = ["Age", "Gender", "Zqx", "Country", "Do you vote?", "Taxes", "Zqx 2", *FILLER]
    found = sections_of(headers)
    assert found[:4] == ["About you"] * 4
    assert set(found[4:]) == {"Politics"}


def test_a_lone_outlier_does_not_split_a_run() -> None:
    headers = ["Age", "Gender", "Donations", "Country", "City", *["Do you vote?", "Taxes"] * 4]
    assert sections_of(headers)[:5] == ["About you"] * 5
    assert sections_of([*headers, "Charity"])[2] == "Giving"  # not alone


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        (["Money: last year", "Money: this year", "Money: next year"], "Money"),
        (["Art – old", "Art – new", "Art – yours"], "Art"),
        (["G3Q1", "G3Q2", "G03Q00003[SQ001]"], "Group 3"),
        (["ZqxMorning", "ZqxNoon", "ZqxNight"], "Questions"),  # three letters name nothing
        (["CakesMorning", "CakesNoon", "CakesNight"], "Cakes"),
        (["NumberMorning", "NumberNoon", "NumberNight"], "Questions"),
    ],
)
def test_headers_may_name_their_section(headers: list[str], name: str) -> None:
    filler = [f"{letter * 2}" for letter in "abcdefghijkl"]
    found = sections_of([*filler, *headers])
    assert found[-3:] == [name] * 3


def test_russian_headers() -> None:
    headers = ["Возраст", "Ваш пол", "Город", "Профессия", "Доход в месяц", "Как вы узнали о сообществе?"]
    headers += ["Ходите ли на встречи?", "Отношение к религии", "Ваша вера", "Сколько часов сна?", "Депрессия", "Спорт"]
    headers += ["Жертвуете на благотворительность?", "Пожертвования за год", "Что-нибудь ещё?"]
    found = sections_of(headers)
    assert found == [
        *["About you"] * 3,
        *["Work and education"] * 2,
        *["Community"] * 2,
        *["Beliefs and values"] * 2,
        *["Well-being and habits"] * 3,
        *["Giving"] * 2,
        "Anything else",
    ]


def test_roles_and_kinds_have_sections_of_their_own() -> None:
    questions = [Question(column=header, name=header, kind=Kind.SINGLE) for header in FILLER]
    questions[0] = Question(column="When", kind=Kind.DATE, role=Role.TIMESTAMP)
    questions[3] = Question(column="Rain", kind=Kind.PROBABILITY)
    questions[5] = Question(column="Length", kind=Kind.NUMBER, role=Role.ESTIMATE, pair=1)
    questions[6] = Question(column="Sure?", kind=Kind.PROBABILITY, role=Role.CONFIDENCE, pair=1)
    found = [question.section for question in assign_sections(questions)]
    assert (found[0], found[3], found[5], found[6]) == (
        "About the form",
        "Probabilities",
        "Calibration",
        "Calibration",
    )
    assert found[1] == found[11] == "Questions"  # what stands beside is no evidence


def test_a_battery_has_one_section() -> None:
    rows = [["1", "2", "3", "4", "5"][n % 5 :] + ["1", "2", "3", "4", "5"][: n % 5] for n in range(60)]
    headers = [f"Views on issues [{item}]" for item in ("Higher taxes", "More sleep", "Less work", "Age limits", "Zqx")]
    fillers = [[str(n)] * 8 for n in range(60)]
    table = table_of([*headers, *FILLER[:8]], [a + b for a, b in zip(rows, fillers, strict=True)])
    assert {question.section for question in propose(table).mapping.questions[:5]} == {"Politics"}


@pytest.mark.parametrize("year", ["2024", "2026"])
def test_the_sample_community(year: str) -> None:
    found, sizes = file_sections(bundled("sample") / f"riverside-census-{year}.csv")
    assert list(sizes) == [
        *("About the form", "About you", "Work and education", "Community", "Beliefs and values", "Politics"),
        *("Probabilities", "Technology and the future", "Calibration", "Giving", "Well-being and habits"),
        "Anything else",
    ]
    assert max(sizes.values()) <= 16
    assert found["Which river is longer?"] == "Calibration"
    assert found["Income before tax, per year, in euros"] == "Work and education"
    assert found["How much do you trust [Universities]"] == "Beliefs and values"
    assert found["P(cryonics works)"] == "Probabilities"


@pytest.mark.skipif(not LESSWRONG.exists(), reason="needs SURVEYAPP_TEST_DATA")
def test_a_real_census() -> None:
    found, sizes = file_sections(LESSWRONG)
    assert "Questions" not in sizes
    assert 9 <= len(sizes) <= 14
    assert max(sizes.values()) <= 20
    wanted = {
        "Age": "About you",
        "MoralViews": "Beliefs and values",
        "ACTscoreoutof36": "Work and education",
        "PGod": "Probabilities",
        "CalibrationAnswer": "Calibration",
        "AkrasiaTherapy1": "Akrasia",
        "Taxes": "Politics",
        "XriskCharity": "Giving",
    }
    assert {header: found[header] for header in wanted} == wanted
