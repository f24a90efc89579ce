"""Decisions as a file: kept, mailed, applied to the next census."""

from __future__ import annotations

from pathlib import Path

from surveyapp.domain.mapping import Mapping
from surveyapp.importers.codebook.mapping_file import mapping_to_json
from surveyapp.importers.codebook.registry import read_codebook
from surveyapp.reports.target import write_bytes
from surveyapp.services.codebook.table import SUFFIXES, write_codebook_table
from surveyapp.services.intake.importing import mapping_of_wave
from surveyapp.services.session import Session


def read_mapping(path: Path) -> Mapping:
    """The decisions in a codebook of any known kind. Raises UserError if it cannot be read or is none."""
    return read_codebook(path)


def write_mapping(session: Session, wave_id: int, path: Path) -> int:
    """Write the decisions taken on a wave; the number of columns. Raises UserError if the file cannot be written.

    The ending chooses: .csv and .xlsx are the codebook as a table to edit; any other is JSON, which also holds the
    decisions on the file as a whole.
    """
    mapping = mapping_of_wave(session, wave_id)
    if path.suffix.lower() in SUFFIXES:
        write_codebook_table(mapping.questions, path, title=session.wave(wave_id).title)
        return len(mapping.questions)
    write_bytes(path, mapping_to_json(mapping).encode())
    return len(mapping.questions)
