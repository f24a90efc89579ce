"""Columns of addresses replaced by a keyed hash, before anything is stored."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.domain.row import ROWS_PER_FILE
from surveyapp.domain.wave import Decision, Problem
from surveyapp.importers.cell.pseudonym import names_nobody, normalised, pseudonym
from surveyapp.importers.cell.reading import Kept
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.file import delimited
from surveyapp.importers.kept import read_parts
from surveyapp.importers.plan import ImportPlan, refresh
from surveyapp.importers.problem.address import is_hashed, tells
from surveyapp.importers.several.stack import match_columns, part_of, stack
from surveyapp.importers.table import TextTable, build_source, no_report

_ENCODING = "utf_8"


def decide_hash(plan: ImportPlan, place: int) -> ImportPlan:
    """The plan in which that column (and any of the same header) is hashed when the file is stored.

    Nothing is replaced yet: `with_hashed` does that with the key, which only the workspace has.
    """
    header = plan.table.columns[place].header
    hashed = tuple(dict.fromkeys((*plan.mapping.hashed, header)))
    questions = tuple(hashed_question(q) if q.column in hashed else q for q in plan.mapping.questions)
    return refresh(replace(plan, mapping=replace(plan.mapping, hashed=hashed, questions=questions)))


def hashed_question(question: Question) -> Question:
    """The entry of a hashed column: an identifier that keeps its place and words, and no text of a cell."""
    codes = tuple(code for code in question.missing_codes if "@" not in code.text)
    note = _("The texts of this column were replaced by a keyed hash before the file was kept.")
    return Question(
        column=question.column,
        occurrence=question.occurrence,
        id=question.id,
        position=question.position,
        name=question.name,
        text=question.text,
        section=question.section,
        kind=Kind.IDENTIFIER,
        role=question.role if question.role in (Role.RESPONSE_ID, Role.EMAIL) else Role.EMAIL,
        missing_codes=codes,
        sensitive=question.sensitive,
        left_out=question.left_out,
        note=question.note if note in question.note else f"{question.note} {note}".strip(),
    )


def waits_for_hash(plan: ImportPlan) -> bool:
    """Whether a column that is to be hashed still holds what people typed."""
    hashed = set(plan.mapping.hashed)
    codes = {code.text for q in plan.mapping.questions if q.column in hashed for code in q.missing_codes}
    return any(column.header in hashed and not is_hashed(column, codes) for column in plan.table.columns)


def with_hashed(plan: ImportPlan, columns: Sequence[str], key: bytes) -> ImportPlan:
    """The plan in which these columns (by header) hold keyed hashes, and so does the copy of the file that is kept.

    That copy is an exact CSV of the table; the bytes of the original are let go of. The hash is also what problems
    and decisions may show. Raises UserError if the table cannot be written exactly.
    """
    headers = set(columns)
    typed = (text for column in plan.table.columns if column.header in headers for text in column.texts)
    secrets = {normalised(text) for text in typed if not names_nobody(text)} - {""}
    questions = tuple(hashed_question(q) if q.column in headers else q for q in plan.mapping.questions)
    codes = {code.text for q in questions if q.column in headers for code in q.missing_codes}
    table = hashed_table(plan.table, headers, key, codes=codes)
    # of stacked files, two spellings of an address may have become one person; then all ids stay as they were
    same = len(table) == len(plan.table)
    moved = dict(zip(plan.table.rows, table.rows, strict=True)) if same else {}
    mapping = replace(
        plan.mapping,
        questions=questions,
        hashed=tuple(dict.fromkeys((*plan.mapping.hashed, *columns))),
        source_format=table.source.format,
        parts=table.parts,
        encoding=table.encoding,
        sheet="",
    )
    return replace(
        plan,
        table=table,
        mapping=mapping,
        problems=tuple(_told(problem, headers, secrets, moved) for problem in plan.problems),
        decided=tuple(
            replace(_without_entries(made, headers), problem=_told(made.problem, headers, secrets, moved))
            for made in plan.decided
        ),
        samples=(),
        by_column=(),
        shifted=None,
        kept=Kept(),
    )


def _without_entries(made: Decision, headers: Collection[str]) -> Decision:
    """The decision without what the codebook said of hashed columns before: that may name people."""
    if not any(question.column in headers for pair in made.changed for question in pair):
        return made
    return replace(made, changed=(), final=True)


def hashed_table(table: TextTable, headers: Collection[str], key: bytes, *, codes: Collection[str] = ()) -> TextTable:
    """The table with these columns hashed, read from the exact CSV that is its new source.

    Texts that stand for no answer stay: `codes`, and those of cell.pseudonym.names_nobody. Of several stacked files
    each keeps its own copy.
    """
    if table.parts:
        return _restacked(table, headers, key, codes)
    columns = [
        _hashed(column, key, codes) if column.header in headers else list(column.texts) for column in table.columns
    ]
    names = ", ".join(
        f"“{header.strip()}”" for header in dict.fromkeys(c.header for c in table.columns if c.header in headers)
    )
    said = _("%(columns)s replaced by a keyed hash before the file was kept") % {"columns": names}
    fresh = _rewritten(table, columns)
    source = replace(fresh.source, detail=f"{table.source.detail}; {said}")
    return replace(
        fresh,
        source=source,
        notes=(*table.notes, said),
        problems=table.problems,
        declared=table.declared,
        encoding=_ENCODING,
    )


def _hashed(column: TextColumn, key: bytes, codes: Collection[str]) -> list[str]:
    return [text if names_nobody(text) or clean(text) in codes else pseudonym(text, key) for text in column.texts]


def _restacked(table: TextTable, headers: Collection[str], key: bytes, codes: Collection[str]) -> TextTable:
    tables = []
    for part, own in zip(table.parts, read_parts(table.source, table.parts), strict=True):
        there = match_columns(table.columns, own.columns, part.renamed).matched
        mine = {own.columns[place].header for place, other in there.items() if table.columns[other].header in headers}
        tables.append(hashed_table(own, mine, key, codes=codes) if mine else own)
    parts = [
        replace(part_of(own), update=part.update, key=part.key, renamed=part.renamed)
        for own, part in zip(tables, table.parts, strict=True)
    ]
    return stack(tables, parts)


def _rewritten(table: TextTable, texts: Sequence[Sequence[str]]) -> TextTable:
    """The table as read back from a CSV of it; rows keep their numbers where a file can have them."""
    rows = list(table.rows)
    spread = rows[-1] < ROWS_PER_FILE and rows[-1] <= 2 * len(rows) + 1000
    for opening in ([], ["sep=,"]):  # the line Excel writes, for texts that make another delimiter likelier
        first = 2 + len(opening)
        numbers = rows if spread and rows[0] >= first else [first + n for n in range(len(rows))]
        content = _csv(table.columns, texts, numbers, opening)
        name = f"{table.source.name.rpartition('.')[0] or table.source.name}.csv"
        try:
            fresh = delimited.read(content, name, report=no_report, encoding=_ENCODING, sheet=None)
        except UserError:
            continue
        if list(fresh.rows) == numbers and _alike(fresh, table.columns, texts):
            return replace(fresh, source=build_source(name, content, format_id=delimited.SPEC.id, detail=""))
    raise UserError(
        _("This table cannot be written exactly as CSV, so its addresses cannot be replaced in the kept copy."),
        _("Leave the column out of the file, then import it again. Nothing was stored."),
    )


def _csv(
    columns: Sequence[TextColumn], texts: Sequence[Sequence[str]], numbers: Sequence[int], opening: Sequence[str]
) -> bytes:
    out = io.StringIO(newline="")
    for line in opening:
        out.write(f"{line}\r\n")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.header for column in columns])
    last = 1 + len(opening)
    cells = zip(*(map(own.__getitem__, column.index) for own, column in zip(texts, columns, strict=True)), strict=True)
    for number, row in zip(numbers, cells, strict=True):
        out.write("\r\n" * (number - last - 1))  # blank rows, so that the others keep their numbers
        writer.writerow(row)
        last = number
    try:
        return out.getvalue().encode(_ENCODING)
    except UnicodeEncodeError as error:
        raise UserError(_("A text of this file holds half a letter."), _("Export the answers again.")) from error


def _alike(fresh: TextTable, columns: Sequence[TextColumn], texts: Sequence[Sequence[str]]) -> bool:
    if [column.header for column in fresh.columns] != [column.header for column in columns]:
        return False
    return all(
        all(now.texts[n] == own[m] for n, m in set(zip(now.index, column.index, strict=True)))
        for now, column, own in zip(fresh.columns, columns, texts, strict=True)
    )


def _told(problem: Problem, headers: Collection[str], secrets: set[str], moved: dict[int, int]) -> Problem:
    """The problem without an example that tells an address, and with the rows of the kept copy."""
    examples = [
        replace(one, row=moved.get(one.row, one.row))
        for one in problem.examples
        if problem.column not in headers and not tells(one.before, secrets) and not tells(one.after, secrets)
    ]
    return replace(problem, examples=tuple(examples), rows=tuple(moved.get(row, row) for row in problem.rows))
