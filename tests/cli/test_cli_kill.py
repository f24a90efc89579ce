"""An import through the command line, killed with -9 at random moments: the workspace opens with what was committed."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from census_example import dump

from surveyapp.base.clock import Clock
from surveyapp.services.workspace import require_session

CENSUS = Path(__file__).parents[1] / "fixtures" / "import" / "google_forms.csv"
N_KILLS = 8
N_ROWS = 4000


def large(folder: Path) -> Path:
    path = folder / "large.csv"
    lines = [f"{n},{18 + n % 60},{'Yes' if n % 3 else 'No'},some words {n} {'x' * 150}" for n in range(N_ROWS)]
    path.write_text("\n".join(["Respondent ID,Age,Agree,Comment", *lines]), encoding="utf-8")
    return path


def test_killed_imports(program: Callable[..., subprocess.Popen[str]], tmp_path: Path, clock: Clock) -> None:
    base, source = tmp_path / "base.survey", large(tmp_path)
    for words in ((CENSUS, base, "1"), (source, tmp_path / "measure.survey", "2")):
        began = time.perf_counter()
        with program("import", words[0], "--workspace", words[1], "--wave", words[2]) as process:
            assert process.wait() == 0
        took = time.perf_counter() - began
    before = dump(base)
    moments = random.Random(20261103)
    outcomes = []
    for number in range(N_KILLS):
        path = Path(shutil.copy(base, tmp_path / f"{number}.survey"))
        with program("import", source, "--workspace", path, "--wave", "2") as process:
            began = time.perf_counter()
            try:
                process.wait(timeout=moments.uniform(0.4, 1.05) * took)
                took = time.perf_counter() - began  # the machine has less to do than when it was measured
            except subprocess.TimeoutExpired:
                process.kill()
        session = require_session(path, clock=clock)
        try:
            waves = {wave.name: wave.n_responses for wave in session.waves()}
            assert waves in ({"1": 60}, {"1": 60, "2": N_ROWS})
            if len(waves) == 1:
                assert dump(path) == before
            else:
                assert len(session.store.answers.load(2)) == 4
        finally:
            session.close()
        outcomes.append(len(waves))
    assert 1 in outcomes


def test_a_killed_first_import_leaves_nothing_wrong(
    program: Callable[..., subprocess.Popen[str]], tmp_path: Path, clock: Clock
) -> None:
    source = large(tmp_path)
    for number, moment in enumerate((0.5, 0.7, 0.9)):
        path = tmp_path / f"{number}.survey"
        with program("import", source, "--workspace", path, "--wave", "1") as process:
            time.sleep(moment)
            process.kill()
        with program("import", source, "--workspace", path, "--wave", "again") as process:
            assert process.wait() == 0
        session = require_session(path, clock=clock)
        assert "again" in {wave.name for wave in session.waves()}
        session.close()
