"""A table of words, tab-separated with its header, as HTML for documents and as Markdown for posts."""

from __future__ import annotations

from html import escape

from surveyapp.reports.markdown import escape as escape_markdown

_DIGITS = set("0123456789–−-.,%\u202f")


def table_html(text: str) -> str:
    """Header cells, then rows; columns of numbers stand right."""
    header, *rows = _cells(text)
    right = _numeric(rows, len(header))
    lines = ["<table>", "<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in header) + "</tr>"]
    for row in rows:
        cells = zip(row, right, strict=False)
        lines.append(
            "<tr>" + "".join(f"<td{_align(to_right)}>{escape(cell)}</td>" for cell, to_right in cells) + "</tr>"
        )
    return "\n".join([*lines, "</table>"])


def table_markdown(text: str) -> str:
    """A pipe table; nothing in its cells is read as markup."""
    header, *rows = _cells(text)
    right = _numeric(rows, len(header))
    lines = [_line(header), _line(["---:" if to_right else "---" for to_right in right], plain=True)]
    return "\n".join([*lines, *(_line(row) for row in rows)]) + "\n"


def _cells(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.split("\n")]


def _numeric(rows: list[list[str]], n: int) -> list[bool]:
    """Which columns hold numbers: digits and their marks, after letters of columns if there are any."""
    return [
        place > 0 and bool(rows) and all(set(row[place].split(" ")[-1]) <= _DIGITS for row in rows if place < len(row))
        for place in range(n)
    ]


def _align(to_right: bool) -> str:
    return ' align="right"' if to_right else ""


def _line(cells: list[str], *, plain: bool = False) -> str:
    return "| " + " | ".join(cell if plain else escape_markdown(cell) for cell in cells) + " |"
