"""SPSS files: what is written is what a second program reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyreadstat
import pytest

from surveyapp.domain.errors import UserError
from surveyapp.reports.sav import NameBook, SavVariable, clip, plain_name, seconds_of, write_sav
from surveyapp.reports.sav_set import SavSet, with_sets


def _read(path: Path) -> tuple[dict[str, list[Any]], Any]:
    columns, meta = pyreadstat.read_sav(str(path), output_format="dict", user_missing=True)
    return columns, meta


def _variables() -> list[SavVariable]:
    return [
        SavVariable(
            name="ward",
            label="Which ward? – “Großer” Платан",
            values=[1, 2, None, -99],
            labels={1: "Mill", 2: "Quay " * 60, -99: "Refused"},
            missing=(-99,),
        ),
        SavVariable(name="age", label="", values=[34.5, None, 1e9, -1], measure="scale", variable_format="F12.1"),
        SavVariable(name="story", label="s", values=["", "x" * 40_000, "naïve \0 日本", "=1+1\n\ud800"], text=True),
        SavVariable(name="empty", label="e", values=["", "", "", ""], text=True),
        SavVariable(name="none", label="n", values=[None] * 4, missing=(-99, -98, -97, -96), measure="ordinal"),
        SavVariable(
            name="day",
            label="d",
            values=[seconds_of("2026-03-01"), None, 0, 0],
            variable_format="DATE11",
            measure="scale",
        ),
    ]


def test_everything_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    assert write_sav(_variables(), path, title="Riverside", notes=["Source: ü" + "x" * 100]) == 1
    columns, meta = _read(path)
    assert columns["ward"] == [1, 2, None, -99]
    assert columns["age"] == [34.5, None, 1e9, -1]
    assert columns["story"] == ["", "x" * 32_767, "naïve  日本", "=1+1\n?"]
    assert columns["empty"] == [""] * 4
    assert str(columns["day"][0]) == "2026-03-01"
    assert meta.column_names_to_labels["ward"] == "Which ward? – “Großer” Платан"
    assert meta.column_names_to_labels["age"] is None
    assert meta.variable_value_labels["ward"] == {1: "Mill", 2: ("Quay " * 24).strip(), -99: "Refused"}
    assert meta.missing_ranges == {"ward": [{"lo": -99, "hi": -99}], "none": [{"lo": -99, "hi": -96}]}
    assert meta.variable_measure["none"] == "ordinal"
    assert (meta.file_label, meta.file_encoding, len(meta.notes)) == ("Riverside", "UTF-8", 2)


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_sav(_variables(), tmp_path / f"{name}.sav", sets=[SavSet(name="s", label="l", variables=("ward", "age"))])
    assert (tmp_path / "a.sav").read_bytes() == (tmp_path / "b.sav").read_bytes()


def test_multiple_response_sets(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    long = "a_variable_with_quite_a_long_name"
    variables = [SavVariable(name=name, label=name, values=[1, 0]) for name in (long, f"{long}_2", "c")]
    variables.append(SavVariable(name="text", label="", values=["x" * 600, ""], text=True))
    sets = [
        SavSet(name="news", label="Where do you\nget news? ü", variables=(long, f"{long}_2")),
        SavSet(name="other", label="", variables=("c",)),
    ]
    write_sav(variables, path, sets=sets, notes=["a note"])
    columns, meta = _read(path)
    assert columns["text"] == ["x" * 600, ""]
    assert meta.mr_sets["news"]["variable_list"] == [long, f"{long}_2"]
    assert meta.mr_sets["news"]["label"] == "Where do you get news? ü"
    assert (meta.mr_sets["news"]["counted_value"], meta.mr_sets["news"]["is_dichotomy"]) == (1, True)
    assert meta.mr_sets["other"]["variable_list"] == ["c"]
    with pytest.raises(ValueError, match="no variable x"):
        with_sets(path.read_bytes(), [SavSet(name="s", label="", variables=("x",))])
    with pytest.raises(ValueError, match="dictionary"):
        with_sets(path.read_bytes()[:400], [])


def test_names_that_spss_allows() -> None:
    names = NameBook()
    assert names.take("Age", spare="Q1") == "Age"
    assert names.take("AGE", spare="Q2") == "AGE_2"
    assert names.take("with", spare="Q3") == "with_2"
    assert names.take("How would you describe your own ward?", "Ward", spare="Q4") == "Ward"
    assert names.take("Сколько вам лет?", spare="Q5") == "Q5"
    assert names.take("1. Größe (cm)", spare="Q6") == "V1_Groe_cm"
    assert names.take("", spare="") == "V"
    assert len(plain_name("a" * 200)) == 64


def test_texts_are_cut_at_letters() -> None:
    assert clip("aü", 2) == "a"
    assert clip("日本", 4) == "日"
    assert clip("abc", 3) == "abc"


def test_moments() -> None:
    assert seconds_of("1582-10-14") == 0
    assert seconds_of("1970-01-01T00:00:01") == 12_219_379_201
    with pytest.raises(ValueError, match="day"):
        seconds_of("2026-02-30")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        write_sav(_variables(), tmp_path / "no" / "a.sav")


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_frame: Any, **_rest: Any) -> None:
        raise pyreadstat.ReadstatError("Unable to write data")

    monkeypatch.setattr(pyreadstat, "write_sav", full)
    with pytest.raises(UserError, match="The disk is full"):
        write_sav([SavVariable(name="a", label="", values=[1.0])], tmp_path / "a.sav")
    assert list(tmp_path.iterdir()) == []
