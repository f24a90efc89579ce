"""Files that arrive together: answers and codebooks told apart, several exports as one table."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.importers.table import OnlyCodebook, SheetChoice
from surveyapp.services.codebook.table import write_codebook_table
from surveyapp.services.intake.arrival import Together, plan_arrival, taken_together, told_apart

FORMS = Path(__file__).parents[1] / "fixtures" / "forms"
HEAD = "Response ID,Age,Pet\n"
BOOK = "Variable,Label,Values\nAge,How old are you?,\nPet,Which pet?,cat=Cat; dog=Dog\n"


def _write(folder: Path, name: str, *rows: str, head: str = HEAD) -> Path:
    path = folder / name
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_two_exports_with_other_people_are_stacked(tmp_path: Path) -> None:
    one = _write(tmp_path, "a.csv", "1,30,cat", "2,31,dog", "3,40,cat")
    other = _write(tmp_path, "b.csv", "11,20,cat,yes", "12,41,dog,no", head="Response ID,Age,Pet,New\n")
    arrival = plan_arrival([other, one])
    assert [path.name for path in arrival.paths] == ["a.csv", "b.csv"]
    assert arrival.title == "a.csv + b.csv"
    assert len(arrival.plan.table) == 5
    stacking = arrival.stacking
    assert stacking is not None
    assert (stacking.n_matched, stacking.n_columns) == (3, 4)
    assert stacking.alone == (("a.csv", ()), ("b.csv", ("New",)))
    assert stacking.proposed is Together.ADD
    first = taken_together(arrival, Together.FIRST)
    assert len(first.plan.table) == 3
    assert not first.plan.table.parts


def test_a_longer_export_updates_the_shorter_one_whatever_it_is_called(tmp_path: Path) -> None:
    shorter = [f"{n},{20 + n},cat" for n in range(1, 21)]
    longer = [*shorter[:19], "20,77,cat", *(f"{n},{20 + n},dog" for n in range(21, 26))]
    arrival = plan_arrival([_write(tmp_path, "a.csv", *longer), _write(tmp_path, "b.csv", *shorter)])
    assert arrival.stacking is not None
    assert arrival.stacking.proposed is Together.UPDATE
    assert arrival.stacking.key == "Response ID"
    assert len(arrival.plan.table) == 25
    ages = arrival.plan.table.columns[1]
    assert ages.texts[ages.index[19]] == "77"
    assert [part.update for part in arrival.plan.mapping.parts] == [False, True]
    added = taken_together(arrival, Together.ADD)
    assert len(added.plan.table) == 45


def test_a_codebook_dropped_with_the_answers_is_told_apart(tmp_path: Path) -> None:
    del tmp_path
    folder = FORMS / "limesurvey"
    data, codebooks = told_apart([folder / "structure.lss", folder / "code_full.csv"])
    assert [path.name for path in data] == ["code_full.csv"]
    assert [path.name for path in codebooks] == ["structure.lss"]
    arrival = plan_arrival([*codebooks, *data])
    assert arrival.dropped is not None
    assert arrival.dropped.name == "structure.lss"
    assert arrival.dropped.n_known > 10


def test_a_codebook_alone_is_told_as_one() -> None:
    with pytest.raises(UserError, match=r"structure\.lss.*codebook"):
        plan_arrival([FORMS / "limesurvey" / "structure.lss"])


def test_the_form_of_kobo_is_no_census() -> None:
    with pytest.raises(OnlyCodebook, match=r"xlsform\.xlsx.*codebook"):
        plan_arrival([FORMS / "kobo" / "xlsform.xlsx"])
    assert len(plan_arrival([FORMS / "kobo" / "xlsform.xlsx"], sheets=["choices"]).plan.table)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_our_own_codebook_is_no_census(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"edited{suffix}"
    write_codebook_table([Question(column="Age"), Question(column="Pet")], path, title="2026")
    with pytest.raises(OnlyCodebook, match="is a codebook") as told:
        plan_arrival([path])
    assert told.value.path == path


def test_json_of_others_is_no_codebook(tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    path.write_text('[{"age": 5}, {"age": 6}]', encoding="utf-8")
    with pytest.raises(UserError, match="starts like a JSON"):
        plan_arrival([path])


def test_a_codebook_of_another_form_is_refused(tmp_path: Path) -> None:
    path = _write(tmp_path, "rooms.csv", "hall,2", "loft,1", head="Room,Windows\n")
    with pytest.raises(UserError, match="knows none of the columns"):
        plan_arrival([path, FORMS / "limesurvey" / "structure.lss"])


def test_a_codebook_beside_is_only_proposed(tmp_path: Path) -> None:
    path = _write(tmp_path, "pets.csv", "1,30,cat", "2,31,dog")
    (tmp_path / "pets-codebook.csv").write_text(BOOK, encoding="utf-8")
    arrival = plan_arrival([path])
    assert arrival.dropped is None
    assert arrival.beside is not None
    assert (arrival.beside.name, arrival.beside.n_known) == ("pets-codebook.csv", 2)
    assert not arrival.plan.matched


def test_an_archive_of_different_tables_asks_and_takes_what_is_chosen(tmp_path: Path) -> None:
    archive = tmp_path / "both.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("people.csv", HEAD + "1,30,cat\n2,31,dog\n")
        target.writestr("rooms.csv", "Room,Windows,Heating,Colour\nhall,2,gas,red\nloft,1,wood,blue\n")
    with pytest.raises(SheetChoice) as caught:
        plan_arrival([archive])
    assert caught.value.sheets == ("people.csv", "rooms.csv")
    one = plan_arrival([archive], sheets=["rooms.csv"])
    assert (one.sheet, len(one.plan.table), len(one.plan.table.columns)) == ("rooms.csv", 2, 4)
    assert one.sheets == ("people.csv", "rooms.csv")
    both = plan_arrival([archive], sheets=caught.value.sheets)
    assert (both.sheet, len(both.plan.table), len(both.plan.table.columns)) == ("", 4, 7)
    assert both.sheets == one.sheets
    assert both.stacking is not None
    assert both.stacking.alone[0] == ("people.csv", ("Response ID", "Age", "Pet"))


def test_an_archive_of_one_survey_is_stacked_and_its_tables_can_be_chosen(tmp_path: Path) -> None:
    archive = tmp_path / "parts.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("north.csv", HEAD + "1,30,cat\n2,31,dog\n")
        target.writestr("south.csv", HEAD + "11,50,cat\n12,61,dog\n13,22,dog\n")
    whole = plan_arrival([archive])
    assert len(whole.plan.table) == 5
    assert whole.sheets == ("north.csv", "south.csv")
    assert whole.sheet == ""
