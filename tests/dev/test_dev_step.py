"""Steps of dev.py: the exit status counts, and the numbers of several pytest runs add up."""

from __future__ import annotations

import sys

import pytest
from dev_step import Outcome, count_outcomes, report_outcomes, run_step

CLOSING = "==== 2 failed, 31 passed, 1 skipped, 1 error in 4.05s ===="


def test_the_closing_line_of_pytest_is_counted() -> None:
    assert count_outcomes(CLOSING) == {"failed": 2, "passed": 31, "skipped": 1, "errors": 1}
    assert count_outcomes("no tests ran in 0.01s") == {}


def test_a_step_keeps_status_output_and_summary(capsys: pytest.CaptureFixture[str]) -> None:
    program = f"print('5 passed in the text'); print({CLOSING!r}); raise SystemExit(3)"
    outcome = run_step("inner", [sys.executable, "-c", program])
    assert outcome.status == 3
    assert outcome.summary == "2 failed, 31 passed, 1 skipped, 1 error in 4.05s"
    assert outcome.seconds > 0
    assert CLOSING in capsys.readouterr().out


def test_a_coloured_summary_is_read() -> None:
    program = "print('\\x1b[32m\\x1b[1m7 passed\\x1b[0m\\x1b[32m in 0.10s\\x1b[0m')"
    assert run_step("inner", [sys.executable, "-c", program]).counts == {"passed": 7}


def test_a_step_sees_its_environment() -> None:
    program = "import os; raise SystemExit(int(os.environ['STEP_STATUS']))"
    assert run_step("inner", [sys.executable, "-c", program], environment={"STEP_STATUS": "4"}).status == 4


def test_the_report_fails_when_passes_look_good_but_the_status_does_not(capsys: pytest.CaptureFixture[str]) -> None:
    """A Qt abort at exit comes after "passed": the count must not hide it."""
    fine = Outcome("one", 0, 1.0, {"passed": 3}, "3 passed in 1.00s")
    aborted = Outcome("two", -6, 2.0, {"passed": 4, "skipped": 1}, "4 passed, 1 skipped in 2.00s")
    assert report_outcomes([fine, aborted]) == 1
    out = capsys.readouterr().out
    assert "FAILED (exit status -6)" in out
    assert "=== 7 passed, 1 skipped in 3.00s ===" in out
    assert report_outcomes([fine]) == 0
