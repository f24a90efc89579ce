"""A codebook that lies in the folder of a data file: found to be proposed, never used unasked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from surveyapp.domain.errors import UserError
from surveyapp.importers.cell.wording import fold
from surveyapp.importers.codebook.grid import MOST_BYTES
from surveyapp.importers.codebook.registry import CODEBOOKS, find_codebook, read_by
from surveyapp.importers.matching import match_questions
from surveyapp.importers.refusal import read_bytes
from surveyapp.importers.table import TextTable

LEAST_MATCHED = 0.3
"""Of the columns of the data, or of the questions of the codebook."""
_MOST_FILES = 2_000
_MOST_TRIED = 8
_WORDS = re.compile(
    r"code ?book|data ?dictionary|dictionary|structure|questionnaire|xlsform|variables|value ?labels|mapping|decisions"
)
_NUMBER = re.compile(r"\d{5,}")


def find_codebook_beside(path: Path, table: TextTable | None = None) -> Path | None:
    """The file in the same folder that is most likely the codebook of `path`; None if none is.

    Its name says so (census-codebook.xlsx, codebook.csv, a LimeSurvey structure with the survey's number) and its
    content is a codebook; with the `table` that was read from `path`, it must also know some of its columns.
    """
    for candidate in _ranked(path)[:_MOST_TRIED]:
        if _fits(candidate, table):
            return candidate
    return None


def _ranked(path: Path) -> list[Path]:
    """The files whose names are promising, the best first."""
    scored = [(_promise(path, other), other.name, other) for other in _neighbours(path)]
    return [other for score, _name, other in sorted(scored, key=lambda item: (-item[0], item[1])) if score > 0]


def _neighbours(path: Path) -> Iterator[Path]:
    suffixes = {suffix for spec in CODEBOOKS for suffix in spec.suffixes}
    try:
        for n, other in enumerate(path.parent.iterdir()):
            if n == _MOST_FILES:
                return
            if other.suffix.lower() in suffixes and other.name != path.name and other.is_file():
                yield other
    except OSError:  # a folder that may not be listed
        return


def _promise(path: Path, other: Path) -> int:
    """How much the name of a file promises: the same stem, a word for codebooks, the number of the survey."""
    stem, own = fold(path.stem), fold(other.stem)
    says = bool(_WORDS.search(re.sub(r"[\W_]+", " ", other.stem.casefold())))
    same_number = bool(set(_NUMBER.findall(path.stem)) & set(_NUMBER.findall(other.stem)))
    if says and (own.startswith(stem) or stem.startswith(re.sub(_WORDS, "", own) or "?")):
        return 4
    if same_number or (own == stem and other.suffix.lower() in (".json", ".lss")):
        return 3
    return 1 if says else 0


def _fits(candidate: Path, table: TextTable | None) -> bool:
    try:
        if candidate.stat().st_size > MOST_BYTES:
            return False
        content = read_bytes(candidate)
        spec = find_codebook(candidate.name, content)
        if spec is None:
            return False
        mapping = read_by(spec, content, candidate.name)
    except (UserError, OSError):
        return False
    if table is None:
        return bool(mapping.questions)
    found = len(match_questions(table.columns, mapping).found)
    return found >= LEAST_MATCHED * min(len(table.columns), max(1, len(mapping.questions)))
