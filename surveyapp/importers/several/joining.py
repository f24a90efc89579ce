"""Two columns of several files taken as one, because a person says that they ask the same in other words."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.domain.mapping import Part
from surveyapp.importers.kept import read_parts
from surveyapp.importers.plan import ImportPlan, propose, refresh
from surveyapp.importers.several.stack import stack
from surveyapp.importers.table import TextTable


def join_columns(plan: ImportPlan, place: int, header: str) -> ImportPlan:
    """The plan in which the column at that place is the one with `header`: its files are stacked anew.

    Decisions on other columns hold; rows keep their ids. Raises ValueError if the plan is not of several files.
    """
    if not plan.table.parts:
        raise ValueError("only files of a stack can be joined")
    own = plan.table.columns[place].header
    tables = read_parts(plan.table.source, plan.table.parts)
    parts = [_renamed(part, table, own, header) for part, table in zip(plan.table.parts, tables, strict=True)]
    table = stack(tables, parts, source=plan.table.source)
    questions = tuple(q for n, q in enumerate(plan.mapping.questions) if n != place)
    joined = propose(table, mapping=replace(plan.mapping, questions=questions))
    mapping = replace(joined.mapping, hashed=plan.mapping.hashed)
    return refresh(replace(joined, mapping=mapping, settled=plan.settled, decided=plan.decided))


def _renamed(part: Part, table: TextTable, own: str, header: str) -> Part:
    """A file that has only the one column says that it is the other."""
    headers = {column.header for column in table.columns}
    if own not in headers or header in headers:
        return part
    return replace(part, renamed=(*part.renamed, (own, header)))
