"""What is known of one question of columns before the table is put together."""

from __future__ import annotations

from dataclasses import dataclass

from surveyapp.stats.table.association import Found
from surveyapp.stats.table.letter import Letters
from surveyapp.stats.table.share import Measured
from surveyapp.stats.table.tally import Block, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A block with all that was counted and tested in it; `found` has one entry for each section, None for totals."""

    block: Block
    people: Tally
    measured: Measured
    letters: Letters
    found: tuple[Found | None, ...]
