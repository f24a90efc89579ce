"""Every export of every format goes through the command line: imported, analysed, rebuilt from the kept bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_call import Call
from form_fixture import data_files, short


@pytest.mark.parametrize("path", data_files(), ids=short)
def test_an_export_is_imported_and_can_be_rebuilt(call: Call, tmp_path: Path, path: Path) -> None:
    workspace = tmp_path / "w.survey"
    told = call("import", path, "--workspace", workspace, "--wave", "1", "--json")
    if told.status == 2 and "--sheet" in told.err:
        pytest.skip("holds several tables")
    assert told.status == 0, told.err
    assert json.loads(told.out)["people"] > 0
    rebuilt = call("check", "--workspace", workspace, "--rebuild")
    assert rebuilt.status == 0, rebuilt.out
    assert call("codebook", "--workspace", workspace, "--recipe").out.startswith("# How")
