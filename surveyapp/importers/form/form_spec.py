"""What a form tool declares: how its exports are recognised, and how they are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from surveyapp.importers.table import TextTable


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSpec:
    """One form tool, or a layout that is no tool's (`is_tool`). `recognise` says how likely a table is an export of it
    (0 = no, 1 = sure).

    `adapt` gives the same cells with what the export says of them: extra header rows are taken out, `declared` is
    filled in. It is called only where `recognise` said at least RECOGNISED, and may raise UserError.
    `spells_hidden`: the tool can write words ("N/A") where a question was not shown; else it leaves the cell empty, and
    it was a person who typed "N/A".
    """

    id: str
    title: Callable[[], str]
    recognise: Callable[[TextTable], float]
    adapt: Callable[[TextTable], TextTable]
    spells_hidden: bool = False
    is_tool: bool = True


RECOGNISED = 0.5
