"""Faults are logged with their places and without their values."""

from __future__ import annotations

from pathlib import Path

from surveyapp.base.fault import fault_report, log_fault, log_file

SECRET = "what a person answered"


def fault() -> KeyError:
    answer = {"known": SECRET}
    try:
        raise KeyError(answer["known"])
    except KeyError as error:
        return error


def test_a_report_holds_places_but_no_values() -> None:
    report = fault_report(fault(), "command: analyse")
    assert "builtins.KeyError" in report
    assert "test_base_fault.py" in report
    assert "command: analyse" in report
    assert SECRET not in report


def test_the_log_grows_and_stays_small() -> None:
    for _time in range(4):
        assert log_fault("x" * 300_000) == log_file()
    sizes = [path.stat().st_size for path in log_file().parent.glob("faults.log*")]
    assert sum(sizes) < 1_500_000


def test_a_place_that_cannot_be_written(profile: Path) -> None:
    profile.write_text("a file where the folder should be", encoding="utf-8")
    assert log_fault("x") is None
