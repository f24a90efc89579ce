"""The codebook as a table for a spreadsheet, read back by importers.codebook.codebook_table without loss."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.importers.codebook.own_table import HEADERS, write_rows
from surveyapp.reports.csv import write_csv
from surveyapp.reports.table import Column, Table
from surveyapp.reports.xlsx import LONGEST_TEXT, write_xlsx

SUFFIXES = (".csv", ".xlsx")


def codebook_table(questions: Sequence[Question], *, title: str) -> Table:
    """A row per question and a column per field; the headers are the same in every language."""
    rows = write_rows(questions)
    columns = [Column(header=header, values=[row[n] for row in rows]) for n, header in enumerate(HEADERS)]
    return Table(title=title, columns=tuple(columns))


def write_codebook_table(questions: Sequence[Question], path: Path, *, title: str) -> None:
    """Write it as .csv or .xlsx, all or nothing. UserError for another ending and for what a cell cannot hold."""
    table = codebook_table(questions, title=title)
    match path.suffix.lower():
        case ".csv":
            write_csv(table, path)
        case ".xlsx":
            if any(len(cell) > LONGEST_TEXT for row in write_rows(questions) for cell in row):
                raise UserError(
                    _("A question has more choices than a spreadsheet's cell can hold."), _("Write a CSV file instead.")
                )
            write_xlsx([table], path, about=_about(title))
        case _:
            raise UserError(_("A codebook is written as .csv or .xlsx."), _("Give the output one of these endings."))


def _about(title: str) -> list[tuple[str, str]]:
    """How to edit it, for whoever opens the file."""
    return [
        (_("Codebook"), title),
        (_("Editing"), _("Change any cell and give the file back to the app. A blank cell means what is usual.")),
        (_("Lists"), _("One item a line: “1 = Agree | A1” is a choice and another text that means it.")),
        (_("Missing codes"), _("“-9 = refused”; the words are blank, refused, not_shown.")),
        (_("Signs"), _("Behind a backslash stand | = [ and \\ where they are part of a text.")),
    ]
