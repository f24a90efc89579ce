"""One page for each person: how well their forecasts are calibrated, to hand out at a meetup."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.moment import from_stored
from surveyapp.domain.scope import EVERYBODY, Scope
from surveyapp.figures.axis import fmt_day
from surveyapp.importers.table import Report, no_report
from surveyapp.reports.markdown import write_markdown
from surveyapp.reports.pdf import write_pdf
from surveyapp.reports.sections.sheet import PersonSheet, SheetRow, sheet_document
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.scope_text import counting_words
from surveyapp.services.prediction.scoring import LogScore, score
from surveyapp.services.prediction.sealing import caution
from surveyapp.services.session import Session

_ROWS = 3
"""So many hits and misses have room on a page."""


def sheet_names(session: Session, scope: Scope) -> tuple[str, ...]:
    """Whose sheets a scope asks for, by name. Raises UserError if it asks for "me" and nobody is."""
    book = book_of(session)
    if EVERYBODY in scope.people:
        return tuple(sorted((one.name for one in book.forecasters.values()), key=str.casefold))
    if scope.people:
        return scope.people
    if book.me is None:
        raise UserError(_("Nobody here is “me” yet."), _("Name people, or say who you are with `predict people`."))
    return (book.me.name,)


def sheets_of(
    session: Session,
    scope: Scope,
    *,
    statements: bool = False,
    private: bool = False,
    level: float = 0.95,
    report: Report = no_report,
) -> tuple[PersonSheet, ...]:
    """The sheets of the people of a scope. Of everybody, those without a scored forecast get none.

    `statements` puts the surest hits and misses on them; those of private predictions only with `private`."""
    names, sheets = sheet_names(session, scope), []
    for place, name in enumerate(names):
        report(place, len(names))
        found = score(session, replace(scope, people=(name,)), level=level)
        if found.result is not None or EVERYBODY not in scope.people:
            sheets.append(_sheet(session, name, found, statements=statements, private=private))
    return tuple(sheets)


def write_sheets(session: Session, path: Path, sheets: Sequence[PersonSheet]) -> int:
    """Write them as PDF or Markdown, by the ending; how many pages or figures. All or nothing.

    Raises UserError for another ending, or for no sheet.
    """
    if not sheets:
        raise UserError(_("Nobody has a forecast that can be scored."), _("Nothing was written."))
    day = fmt_day(session.clock().date(), year=True)
    names = sheets[0].name if len(sheets) == 1 else session.name
    document = sheet_document(tuple(sheets), title=_("Predictions of %(name)s") % {"name": names}, day=day)
    if path.suffix.lower() == ".pdf":
        return write_pdf(document, path).pages
    if path.suffix.lower() == ".md":
        return write_markdown(document, path)
    raise UserError(_("A sheet is written as .pdf or .md."), _("Give a file name with one of these endings."))


def _sheet(session: Session, name: str, found: LogScore, *, statements: bool, private: bool) -> PersonSheet:
    hidden = _private_ids(session, found) if statements and not private else frozenset()
    hits, misses = _surest(session, found, hidden) if statements and found.result is not None else ((), ())
    sealed = caution() if found.selection.n_sealed or found.selection.n_seals_taken_back else ""
    unsaid = _("Private predictions count here, but their words are not shown.") if hidden else ""
    return PersonSheet(
        name=name,
        result=found.result,
        reason=found.reason,
        counts=found.sentence,
        counting=counting_words(found.scope, two_sided=found.selection.two_sided),
        caution=" ".join(filter(None, (sealed, unsaid))),
        hits=hits,
        misses=misses,
    )


def _private_ids(session: Session, found: LogScore) -> frozenset[int]:
    """The private ones among the scored predictions."""
    known = book_of(session).predictions
    return frozenset(number for number in set(found.selection.prediction.tolist()) if known[number].is_private)


def _surest(
    session: Session, found: LogScore, hidden: Collection[int]
) -> tuple[tuple[SheetRow, ...], tuple[SheetRow, ...]]:
    """The forecasts that were surest and right, and surest and wrong, one of each prediction; of 50 % neither, nor of
    those that are hidden."""
    scored = found.selection
    error = np.abs(scored.probability - scored.outcome)
    order = np.lexsort((scored.forecast, scored.prediction, -scored.known, error))
    order = order[~np.isin(scored.prediction[order], list(hidden))]
    right = [place for place in order.tolist() if error[place] < 0.5]
    wrong = [place for place in order[::-1].tolist() if error[place] > 0.5]
    return _rows(session, found, right), _rows(session, found, wrong)


def _rows(session: Session, found: LogScore, places: Sequence[int]) -> tuple[SheetRow, ...]:
    book, scored, zone = book_of(session), found.selection, session.clock().tzinfo
    rows: dict[int, SheetRow] = {}
    for place in places:
        number, option = int(scored.prediction[place]), int(scored.option[place])
        one = book.predictions[number]
        words = f"{one.statement}: {one.options[option]}" if 0 <= option < len(one.options) else one.statement
        day = from_stored(int(scored.known[place])).astimezone(zone).date()
        row = SheetRow(
            statement=words,
            said=float(scored.probability[place]),
            happened=bool(scored.outcome[place] == 1),
            day=fmt_day(day, year=True),
        )
        rows.setdefault(number, row)
        if len(rows) == _ROWS:
            break
    return tuple(rows.values())
