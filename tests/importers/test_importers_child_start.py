"""The program as a whole starts the spreadsheet child before it loads anything else."""

from __future__ import annotations

import json
import subprocess
import sys

from import_fixture import FOLDER

from surveyapp.importers.file.child import CHILD_FLAG


def test_the_flag_is_dispatched_before_anything_heavy() -> None:
    content = (FOLDER / "google_forms.xlsx").read_bytes()
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "surveyapp", CHILD_FLAG],
        input=json.dumps({"reader": "sheet", "sheet": None}).encode() + b"\n" + content,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert b'"n_columns": 14' in done.stdout
    assert done.stdout.rstrip().endswith(b'{"end": true}')
    loaded = {line.rsplit(b"|", 1)[-1].strip().split(b".")[0] for line in done.stderr.splitlines()}
    assert b"python_calamine" in loaded
    assert not {b"PySide6", b"pandas", b"numpy", b"sqlalchemy", b"pyreadstat"} & loaded
