"""A codebook as a table (CSV, XLSX, ODS): ours, or anybody's, recognised by the words of its header.

Foreign ones have a row per variable ("1=Agree; 2=Disagree" in one cell) or a row per value, and REDCap's data
dictionary is one of them.
"""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.importers.codebook.codebook_spec import CodebookSpec
from surveyapp.importers.codebook.foreign_table import read_foreign
from surveyapp.importers.codebook.grid import Grid, read_grids
from surveyapp.importers.codebook.own_table import HEADERS, CellError, is_own, read_rows
from surveyapp.importers.codebook.vocabulary import headings

_TELLING = {"kind", "values", "value", "missing", "section", "low", "high", "unit", "condition", "text"}
"""What a codebook tells of variables; a name and two of these make one."""


def likeness(grid: Grid) -> float:
    """How likely a table is a codebook, by its header and by names that look like names."""
    if is_own(grid.headers):
        return 1.0
    found = headings(grid.headers)
    if "name" not in found or not grid.rows:
        return 0.0
    told = _TELLING & set(found)
    names = [row[found["name"]].strip() for row in grid.rows]
    if "value" not in found and len({name for name in names if name}) < 0.9 * sum(map(bool, names)):
        return 0.0  # a column that repeats itself names nothing
    if not any(names):
        return 0.0
    strange = sum(bool(header.strip()) for header in grid.headers) - len(found)
    if not told & {"text", "values", "value"} or len(told) < 2:
        return 0.0
    return 0.8 if strange <= len(found) else 0.4


def sniff(name: str, content: bytes) -> float:
    """The best of its sheets."""
    return max((likeness(grid) for grid in read_grids(content, name)), default=0.0)


def read(content: bytes, name: str) -> Mapping:
    """The codebook of the sheet that looks most like one. Raises UserError naming a cell that is not understood."""
    grids = read_grids(content, name)
    best = max(grids, key=likeness, default=None)
    if best is None or likeness(best) == 0:
        raise UserError(
            _("“%(name)s” is not a codebook we know.") % {"name": name},
            _("Its first row needs words such as variable, label, type and values."),
        )
    if not is_own(best.headers):
        return Mapping(questions=tuple(read_foreign(best)), partial=True)
    try:
        questions = tuple(read_rows(best.headers, best.rows))
    except CellError as error:
        raise UserError(
            _("Row %(row)s of the codebook is not understood in the column “%(column)s”.")
            % {"row": error.row, "column": error.header},
            _("Write it as in the rows around it, or leave the cell empty."),
        ) from error
    whole = set(HEADERS) <= {header.strip().lower() for header in best.headers}
    return Mapping(questions=questions, partial=not whole)


SPEC = CodebookSpec(
    id="table",
    title=lambda: _("codebook table (CSV, XLSX, ODS)"),
    suffixes=(".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"),
    sniff=sniff,
    read=read,
)
