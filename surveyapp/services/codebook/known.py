"""Which stored waves a codebook in a file may be meant for."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from pathlib import Path

from surveyapp.domain.column import TextColumn
from surveyapp.domain.wave import Wave
from surveyapp.importers.matching import match_questions
from surveyapp.services.codebook.mapping import read_mapping
from surveyapp.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveMatch:
    """A wave and how many of its questions the codebook knows."""

    wave: Wave
    n_known: int
    n_asked: int


def waves_known(session: Session, path: Path) -> list[WaveMatch]:
    """The waves of which the codebook knows a question, those it knows most of first, the newer of equals before.

    Raises UserError if the file cannot be read.
    """
    mapping = read_mapping(path)
    found = []
    for wave in reversed(session.waves()):
        questions = session.codebook(wave.id).questions
        columns = [
            TextColumn(header=question.column, occurrence=question.occurrence, index=array("i"), texts=[])
            for question in questions
        ]
        n = len(match_questions(columns, mapping).found)
        if n:
            found.append(WaveMatch(wave=wave, n_known=n, n_asked=len(questions)))
    return sorted(found, key=lambda one: -one.n_known)
