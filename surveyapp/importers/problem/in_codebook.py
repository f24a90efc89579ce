"""Questions of an earlier codebook that a file seems to ask in other words: a person says whether it does."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.domain.wave import Example, Fix, Problem, Severity
from surveyapp.importers.matching import Match
from surveyapp.importers.table import TextTable


def match_problems(table: TextTable, match: Match) -> tuple[Problem, ...]:
    """One problem for each column that resembles a question of the codebook without being it."""
    return tuple(_problem(table, place, match, n) for place, n in sorted(match.similar.items()))


def _problem(table: TextTable, place: int, match: Match, number: int) -> Problem:
    column, known = table.columns[place], match.unmatched[number]
    return Problem(
        kind="reworded",
        severity=Severity.DECIDE,
        title=_("Is “%(new)s” the question “%(known)s” of the codebook?")
        % {"new": " ".join(column.header.split()), "known": " ".join(known.wording.split())},
        detail=_("The wording differs. If it is the same question, what was decided about it holds here too."),
        column=column.header,
        occurrence=column.occurrence,
        examples=(Example(row=table.rows[0] - 1, before=known.wording, after=column.header),),
        fixes=(
            Fix(action="adopt", label=_("The same question"), value=adopt_value(known.column, known.occurrence)),
            Fix(action="keep", label=_("A new question")),
        ),
        columns=(place,),
    )


def adopt_value(column: str, occurrence: int) -> str:
    """The argument of the fix: which question of the mapping."""
    return f"{occurrence} {column}"


def adopted(value: str) -> tuple[str, int]:
    """Header and occurrence in such an argument."""
    occurrence, _blank, column = value.partition(" ")
    return column, int(occurrence)
