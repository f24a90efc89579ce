"""Every fixture file of every format, told apart: exports with answers, and codebooks."""

from __future__ import annotations

from pathlib import Path

from surveyapp.importers.codebook.registry import find_codebook

FIXTURES = Path(__file__).parent / "fixtures"
_NOT_DATA = (".py", ".json", ".md")


def data_files() -> list[Path]:
    """The exports with answers, in a fixed order."""
    return [path for path in _all() if not is_codebook(path)]


def one_of_each() -> list[Path]:
    """One export of each format (folder) and ending."""
    kinds = {(path.parent.name, path.suffix): path for path in reversed(data_files())}
    return sorted(kinds.values())


def is_codebook(path: Path) -> bool:
    """Whether the file tells what columns mean and holds no answers."""
    return path.suffix not in (".sav", ".zsav", ".dta", ".zip") and bool(find_codebook(path.name, path.read_bytes()))


def short(path: Path) -> str:
    """A name for a test: folder and file."""
    return f"{path.parent.name}/{path.name}"


def _all() -> list[Path]:
    found = [*(FIXTURES / "import").iterdir(), *(FIXTURES / "forms").glob("*/*")]
    return sorted(path for path in found if path.is_file() and path.suffix not in _NOT_DATA)
