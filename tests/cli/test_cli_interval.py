"""The method of the intervals of shares, chosen on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_call import Call, plain
from services_example import AGE, GENDER

CENSUS = Path(__file__).parents[1] / "fixtures" / "import" / "google_forms.csv"


@pytest.fixture
def workspace(call: Call, tmp_path: Path) -> Path:
    path = tmp_path / "invented.survey"
    assert call("import", CENSUS, "--workspace", path, "--wave", "2026").status == 0
    return path


def test_the_interval_of_a_share_is_chosen(call: Call, workspace: Path) -> None:
    of = ("analyse", "-w", workspace)
    found = plain(call, *of, "--question", GENDER, "--interval", "clopper-pearson")
    assert found["method"] == "clopper-pearson"
    usual = plain(call, *of, "--question", GENDER)
    assert found["rows"][0]["low"] < usual["rows"][0]["low"]  # "exact" is wider
    assert "Clopper-Pearson" in call(*of, "--question", GENDER, "--interval", "clopper-pearson").out
    for asked in (("--question", AGE), ("--timeline",)):
        told = call(*of, *asked, "--interval", "jeffreys")
        assert told.status == 2 and "--interval" in told.err
