"""500 damaged prediction logs: each is read, stored, counted and exported, or refused with a sentence, nothing else."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from prediction_fuzz import fuzzed_log, prediction_corpus, try_log

from surveyapp.domain.errors import UserError
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.services.change_log import undo
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.exporting import LogForm, export_log
from surveyapp.services.prediction.importing import import_predictions
from surveyapp.services.prediction.selection import select
from surveyapp.services.session import Session

HANG_S = 30.0
BLOCKS, IN_BLOCK = 10, 50


@pytest.mark.parametrize("block", range(BLOCKS))
def test_damaged_logs(block: int, empty: Session, tmp_path: Path) -> None:
    files, outcomes = prediction_corpus(), set()
    for seed in range(block * IN_BLOCK, (block + 1) * IN_BLOCK):
        started = time.monotonic()
        plan = try_log(fuzzed_log(seed, files), seed)
        outcomes.add(plan is not None)
        if plan is not None:
            try:
                import_predictions(empty, replace(plan, asks_scale=False))
                assert len(book_of(empty).predictions) == len(plan.predictions)
            except UserError as error:
                assert error.title
            else:
                select(empty, Scope(people=(EVERYBODY,)))
                export_log(empty, tmp_path / "log.json", form=LogForm.JSON)
                export_log(empty, tmp_path / "log.csv", form=LogForm.CSV, private=True)
                undo(empty)
                assert book_of(empty).predictions == {}
        assert time.monotonic() - started < HANG_S, f"file {seed} hangs"
    assert outcomes == {True, False}
