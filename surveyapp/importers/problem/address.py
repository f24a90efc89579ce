"""Addresses in a file: whom they name need not be kept, only that they are the same person next year."""

from __future__ import annotations

import re
from collections.abc import Collection

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Kind, Role
from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.importers.cell.pseudonym import ADDRESS, is_pseudonym, names_nobody, normalised
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.matching import Match
from surveyapp.importers.problem.run import counts_of, index_of
from surveyapp.importers.problem.view import View
from surveyapp.importers.table import TextTable

ADDRESSES = "addresses"
"""The kind of the problem about a column of addresses."""

ELSEWHERE = "addresses_elsewhere"

_MOSTLY = 0.6
_SHOWN_ROWS = 100
_SHORTEST_TOKEN = 6
"""A shorter text is found anywhere by chance."""

_PIECE = re.compile(r"[^\s,;<>()\[\]\"']+")


def column_of_addresses(view: View, place: int) -> Problem | None:
    """A column that holds addresses rather than answers with one in them."""
    column, question = view.table.columns[place], view.questions[place]
    if question.column in view.mapping.hashed or not (question.kind is Kind.IDENTIFIER or question.role is Role.EMAIL):
        return None
    n, given = count_addresses(column)
    if not n or (question.role is not Role.EMAIL and n < _MOSTLY * given):
        return None
    title = ngettext("%(n)s person gave an e-mail address", "%(n)s people gave an e-mail address", n)
    return Problem(
        kind=ADDRESSES,
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(n)},
        detail=_(
            "A keyed hash in their place tells next year who came back, and nobody who reads the file who they are. "
            "The addresses are then not kept, not even in the copy of the file."
        ),
        column=question.column,
        occurrence=question.occurrence,
        count=n,
        out_of=given,
        fixes=_fixes(left_out=question.left_out),
        columns=(place,),
    )


def _fixes(*, left_out: bool = False) -> tuple[Fix, ...]:
    hint = _("Who comes back gets the same hash: people are linked over the years, and nobody can be read from it.")
    fixes = [Fix(action="hash", label=_("Replace by a keyed hash"), hint=hint)]
    if not left_out:
        fixes.append(Fix(action="leave_out", label=_("Leave the column out of pages and files")))
    return (*fixes, Fix(action="keep", label=_("Keep the addresses")))


def hashed_problems(table: TextTable, match: Match, hashed: tuple[str, ...]) -> tuple[Problem, ...]:
    """Columns that were hashed in the earlier file, and are not yet in this one: proposed again, never silently."""
    places = [place for place, known in match.found.items() if known.column in hashed]
    codes = {code.text for place in places for code in match.found[place].missing_codes}
    return tuple(_again(table, place) for place in sorted(places) if not is_hashed(table.columns[place], codes))


def _again(table: TextTable, place: int) -> Problem:
    column = table.columns[place]
    given = int(sum(count for text, count in _cells(column) if clean(text)))
    return Problem(
        kind=ADDRESSES,
        severity=Severity.DECIDE,
        title=_("Replace “%(name)s” by a keyed hash, as in the earlier file?") % {"name": column.header.strip()},
        detail=_("With the same key the people of both files are linked. The texts themselves are then not kept."),
        column=column.header,
        occurrence=column.occurrence,
        count=given,
        out_of=len(column),
        fixes=_fixes(),
        columns=(place,),
    )


def is_hashed(column: TextColumn, codes: Collection[str] = ()) -> bool:
    """Whether only pseudonyms stand there, or nothing that could be replaced by one; `codes` are no answers.

    One pseudonym proves nothing: anybody may type one, and a file may be half hashed.
    """
    return all(names_nobody(text) or is_pseudonym(text) or text in codes for text in map(clean, column.texts))


def count_addresses(column: TextColumn) -> tuple[int, int]:
    """How many cells hold an address, and how many anything at all."""
    cells = [(text, count) for text, count in _cells(column) if clean(text)]
    return sum(count for text, count in cells if ADDRESS.search(text)), sum(count for _text, count in cells)


def holds_addresses(column: TextColumn, *, told: bool = False) -> bool:
    """Whether most of who wrote something there wrote an address; any one is enough if the file has `told` so."""
    cells = [(text, count) for text, count in _cells(column) if not names_nobody(text)]
    n = sum(count for text, count in cells if ADDRESS.search(text))
    return bool(n) and (told or n >= _MOSTLY * sum(count for _text, count in cells))


def _cells(column: TextColumn) -> list[tuple[str, int]]:
    return list(zip(column.texts, counts_of(column).tolist(), strict=True))


def elsewhere(view: View) -> Problem | None:
    """Cells of other columns that hold what is replaced in its own: a hash there hides nobody."""
    hashed = set(view.mapping.hashed)
    own = [column for column in view.table.columns if column.header in hashed]
    typed = [clean(text) for column in own for text in column.texts]
    secrets = {normalised(text) for text in typed if not is_pseudonym(text) and not names_nobody(text)}
    secrets = {text for text in secrets if "@" in text or len(text) >= _SHORTEST_TOKEN}
    if not secrets:
        return None
    rows = np.zeros(len(view.table), dtype=np.bool_)
    places = []
    for place, column in enumerate(view.table.columns):
        if column.header in hashed:
            continue
        told = np.array([tells(text, secrets) for text in column.texts], dtype=np.bool_)
        if told.any():
            rows |= told[index_of(column)]
            places.append(place)
    if not places:
        return None
    found = np.flatnonzero(rows)
    title = ngettext(
        "%(n)s person gave the address in another column too",
        "%(n)s people gave the address in another column too",
        len(found),
    )
    names = ", ".join(f"“{view.questions[place].title}”" for place in places)
    return Problem(
        kind=ELSEWHERE,
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(len(found))},
        detail=_("In %(columns)s. Those cells are kept as typed.") % {"columns": names},
        count=len(found),
        out_of=len(view.table),
        rows=tuple(view.table.rows[int(place)] for place in found[:_SHOWN_ROWS]),
        fixes=(Fix(action="keep", label=_("Leave as it is")),),
        columns=tuple(places),
    )


def tells(text: str, secrets: set[str]) -> bool:
    """Whether one of these addresses or tokens stands in the text."""
    if not text or normalised(text) in secrets:
        return bool(text)
    pieces = [piece.strip(".:!?") for piece in _PIECE.findall(text)]
    return any(normalised(piece) in secrets for piece in pieces)
