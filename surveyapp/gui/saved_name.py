"""The name of a file that is written, as its form needs it."""

from __future__ import annotations

from pathlib import Path

FORMS = (".pdf", ".md", ".txt", ".xlsx", ".csv", ".sav", ".json", ".ics", ".svg", ".png")
"""The endings of what this program writes."""


def with_ending(path: Path, *endings: str) -> Path:
    """The path with an ending that is right for what is written (".md"): the first, unless another of them was typed.

    The ending of another form is replaced, since it would lie about what is in the file; any other dot is part of the
    name. A file that is there under the new name is not the one the dialog asked about, and stays: "report 2.md".
    """
    if path.suffix.lower() in endings:
        return path
    stem = path.stem if path.suffix.lower() in FORMS else path.name
    return free_path(path.with_name(stem + endings[0]))


def free_path(path: Path) -> Path:
    """The path itself, or with a number behind if something is there already."""
    number, candidate = 2, path
    while candidate.exists():
        candidate = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return candidate
