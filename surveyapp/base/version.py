"""The version of the program, as installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """The installed version, "0" in a checkout that was never installed."""
    try:
        return version("surveyapp")
    except PackageNotFoundError:
        return "0"
