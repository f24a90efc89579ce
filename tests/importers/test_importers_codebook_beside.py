"""A codebook in the folder of the data is found by its name and content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from surveyapp.importers.codebook.beside import find_codebook_beside
from surveyapp.importers.registry import read_table

FORMS = Path(__file__).parents[1] / "fixtures" / "forms"
CODEBOOK = "Variable,Label,Values\nward,Which ward?,1=Mill; 2=Quay\nage,How old are you?,\n"


@pytest.fixture
def census(tmp_path: Path) -> Path:
    path = tmp_path / "census 2026.csv"
    path.write_text("ward,age,story\n1,34,x\n2,61,y\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "name",
    ["census 2026-codebook.csv", "Census_2026_Data_Dictionary.csv", "codebook.csv", "variables of the census.csv"],
)
def test_found_by_its_name(census: Path, name: str) -> None:
    (census.parent / name).write_text(CODEBOOK, encoding="utf-8")
    found = find_codebook_beside(census, read_table(census))
    assert found == census.parent / name
    assert find_codebook_beside(census) == found


def test_the_nearest_name_wins(census: Path) -> None:
    for name in ("codebook.csv", "census 2024 codebook.csv", "census 2026 codebook.csv"):
        (census.parent / name).write_text(CODEBOOK, encoding="utf-8")
    assert find_codebook_beside(census) == census.parent / "census 2026 codebook.csv"


def test_a_limesurvey_structure_by_its_number(tmp_path: Path) -> None:
    data = tmp_path / "results-survey642133.csv"
    shutil.copy(FORMS / "limesurvey" / "code_codes.csv", data)
    shutil.copy(FORMS / "limesurvey" / "structure.lss", tmp_path / "limesurvey_survey_642133.lss")
    assert find_codebook_beside(data, read_table(data)) == tmp_path / "limesurvey_survey_642133.lss"


def test_an_xlsform(tmp_path: Path) -> None:
    data = shutil.copy(FORMS / "kobo" / "names.xlsx", tmp_path / "riverside.xlsx")
    form = shutil.copy(FORMS / "kobo" / "xlsform.xlsx", tmp_path / "riverside xlsform.xlsx")
    assert find_codebook_beside(Path(data), read_table(Path(data))) == Path(form)


def test_what_is_no_codebook_of_this_file(census: Path, tmp_path: Path) -> None:
    assert find_codebook_beside(census) is None
    (tmp_path / "codebook.csv").write_text("just,a\ntable,of\n", encoding="utf-8")
    (tmp_path / "codebook.json").write_text("{broken", encoding="utf-8")
    (tmp_path / "notes.csv").write_text(CODEBOOK, encoding="utf-8")
    (tmp_path / "codebook.xlsx").mkdir()
    assert find_codebook_beside(census) is None
    other = "Variable,Label,Values\nrooms,How many rooms?,\nheating,Which heating?,1=Gas; 2=Wood\n"
    (tmp_path / "data dictionary.csv").write_text(other, encoding="utf-8")
    assert find_codebook_beside(census, read_table(census)) is None
    assert find_codebook_beside(tmp_path / "nowhere" / "a.csv") is None
