"""Every fixture of every format: imported, corrected here and there, made anew from what was kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from surveyapp.domain.errors import UserError
from surveyapp.importers.problem.decision import apply_recommended
from surveyapp.importers.registry import IMPORTERS
from surveyapp.services.cell.correction import edit_cell
from surveyapp.services.intake.importing import mapping_of_wave, plan_import, run_import
from surveyapp.services.intake.rebuild import check_rebuild
from surveyapp.services.session import Session

FIXTURES = Path(__file__).parents[1] / "fixtures"
SUFFIXES = {suffix for spec in IMPORTERS for suffix in spec.suffixes}
TABLES = sorted(
    path for folder in ("forms", "import") for path in (FIXTURES / folder).rglob("*") if path.suffix.lower() in SUFFIXES
)


def test_there_are_fixtures() -> None:
    assert len(TABLES) > 10


@pytest.mark.parametrize("path", TABLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_fixture_is_rebuilt(path: Path, empty: Session) -> None:
    try:
        plan = plan_import(path)
    except UserError:  # a codebook, a structure: no table
        pytest.skip("no table")
    wave = run_import(empty, apply_recommended(plan), wave="2026").id
    made = check_rebuild(empty, wave)
    assert made.identical, [one.sentence() for one in made.differences]
    rows = empty.store.answers.rows(wave)
    questions = empty.codebook(wave).questions
    for n, question in list(enumerate(questions))[:: 1 + len(questions) // 4]:
        column = empty.store.answers.load(wave, [question.id])[question.id]
        edit_cell(empty, wave, rows[n % len(rows)], question, column.entries[-1].raw)
    made = check_rebuild(empty, wave)
    assert made.identical, [one.sentence() for one in made.differences]
    again = run_import(empty, plan_import(path, mapping=mapping_of_wave(empty, wave)), wave="again").id
    ids = zip(empty.codebook(wave).questions, empty.codebook(again).questions, strict=True)
    for old, new in ids:
        mine = empty.store.answers.load(wave, [old.id])[old.id]
        theirs = empty.store.answers.load(again, [new.id])[new.id]
        assert [mine.entries[k] for k in mine.index] == [theirs.entries[k] for k in theirs.index], old.column
    assert empty.store.flags.get(again) == empty.store.flags.get(wave)
