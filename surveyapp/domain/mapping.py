"""The decisions taken on a file, kept as data: applied to the next file with the same columns.

The JSON form carries a format number; a later program reads every earlier one, an earlier program refuses a later.
"""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.domain.question import Question

MAPPING_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """All decisions on one file: a codebook entry per column and the file-wide choices.

    `repair_encoding` names the wrong round trip to undo in every text cell ("mac_roman>cp1252", "" = none).
    `source_format` is the id of the importer that read the file.
    """

    questions: tuple[Question, ...]
    source_format: str = ""
    repair_encoding: str = ""
    survey: str = ""
