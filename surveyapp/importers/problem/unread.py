"""The cells of a column that could not be read, by pattern, with what can be done about each group.

For the preview, the Data page and the command line. A single text is fixed by number_decision.with_replacements or
number_decision.with_meaning; a group by one of its fixes (see importers.problem.decision).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.column import CodedColumn
from surveyapp.domain.question import Kind, Missing, Question, RangeRule
from surveyapp.domain.wave import Fix
from surveyapp.importers.cell.measure import period_worth
from surveyapp.importers.cell.quantity import own_unit
from surveyapp.importers.cell.reading import NUMERIC, bounds
from surveyapp.importers.cell.wording import clean_all
from surveyapp.importers.problem.number_decision import meaning_fix, rate_fix, replace_fix
from surveyapp.importers.problem.unread_pattern import Judge, Pattern, Reason

SHOWN_ROWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadCell:
    """A cleaned text, how many gave it, their first row numbers; `becomes` is the number it may stand for, if a fix of
    the group says so."""

    text: str
    count: int
    rows: tuple[int, ...]
    becomes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadGroup:
    """Unread cells of one pattern, the commonest first. `fixes`: the recommended one first, () if each text is for a
    person to look at. `foreign` counts the currencies or units met."""

    pattern: Pattern
    title: str
    cells: tuple[UnreadCell, ...]
    fixes: tuple[Fix, ...] = ()
    foreign: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> int:
        """How many people."""
        return sum(cell.count for cell in self.cells)


def unread_groups(
    column: CodedColumn, rows: Sequence[int], *, repair: str = "", aside: NDArray[np.int64] | None = None
) -> tuple[UnreadGroup, ...]:
    """The unread cells of a coded column, `rows[i]` being the row number of the i-th person. People at the positions
    `aside` are passed over. () for kinds without unread cells."""
    unread = [entry.missing is Missing.UNREADABLE for entry in column.entries]
    if not any(unread):
        return ()
    index = np.array(column.index)
    if aside is not None and len(aside):
        index = index.copy()
        index[aside] = -1
    cells = clean_all([entry.raw for entry in column.entries], column.question.repair_in(repair))
    people = np.flatnonzero((index >= 0) & np.array(unread, dtype=np.bool_)[index])
    found: dict[str, list[int]] = {}
    for person in people.tolist():
        found.setdefault(cells[index[person]], []).append(person)
    judge = Judge(column.question, cells)
    groups: dict[Pattern, list[tuple[UnreadCell, Reason]]] = {}
    for text, persons in found.items():
        reason = judge.reason(text)
        first = tuple(rows[person] for person in persons[:SHOWN_ROWS])
        cell = UnreadCell(text=text, count=len(persons), rows=first, becomes=reason.becomes)
        groups.setdefault(reason.pattern, []).append((cell, reason))
    return tuple(_group(column.question, pattern, groups[pattern]) for pattern in Pattern if pattern in groups)


def _group(question: Question, pattern: Pattern, members: list[tuple[UnreadCell, Reason]]) -> UnreadGroup:
    members = sorted(members, key=lambda member: -member[0].count)
    cells = tuple(cell for cell, _reason in members)
    foreign: Counter[str] = Counter()
    for cell, reason in members:
        if reason.detail:
            foreign[reason.detail] += cell.count
    return UnreadGroup(
        pattern=pattern,
        title=pattern_title(pattern, question.kind),
        cells=cells,
        fixes=_fixes(question, pattern, cells, foreign),
        foreign=tuple(foreign.most_common()),
    )


def pattern_title(pattern: Pattern, kind: Kind) -> str:
    """The head of a group."""
    return {
        Pattern.FOREIGN: _("In another currency"),
        Pattern.UNIT: _("In another unit or for another time"),
        Pattern.RANGE: _("Ranges"),
        Pattern.LIMIT: _("Limits: at least, less than"),
        Pattern.PART_DATE: _("Part of a date"),
        Pattern.NOTE: _("A number and a note") if kind is not Kind.DATE else _("A date and a note"),
        Pattern.EPSILON: _("Epsilon and the like"),
        Pattern.ODDS: _("Odds"),
        Pattern.LETTER_O: _("The letter O for zero"),
        Pattern.PERCENT: _("A share of something"),
        Pattern.REFUSED: _("Words that decline"),
        Pattern.UNKNOWN: _("Signs and words for no answer"),
        Pattern.NOTHING: _("Words for none"),
        Pattern.LINK: _("Links"),
        Pattern.SIGNS: _("Nothing but signs"),
        Pattern.WORDS: _("Words"),
        Pattern.SENTENCE: _("Sentences"),
        Pattern.OTHER: _("Other words with digits") if kind is not Kind.DATE else _("Other"),
    }[pattern]


def _fixes(question: Question, pattern: Pattern, cells: Sequence[UnreadCell], foreign: Counter[str]) -> tuple[Fix, ...]:
    texts = [cell.text for cell in cells]
    pairs = [(cell.text, cell.becomes) for cell in cells if cell.becomes]
    leave = Fix(action="keep", label=_("Leave out"))
    match pattern:
        case Pattern.FOREIGN:
            return (leave, rate_fix(_("Take as typed"), [(unit, 1.0) for unit in foreign]))
        case Pattern.UNIT:
            return (*_conversions(question, foreign), leave)
        case Pattern.RANGE | Pattern.PART_DATE:
            return (
                Fix(action="ranges", label=_("Take the middle"), value=RangeRule.MIDDLE.value),
                Fix(action="ranges", label=_("Take the lower end"), value=RangeRule.LOW.value),
                Fix(action="ranges", label=_("Take the upper end"), value=RangeRule.HIGH.value),
                leave,
            )
        case Pattern.LIMIT:
            return (Fix(action="limits", label=_("Take the limit")), leave)
        case Pattern.NOTE:
            label = _("Take the number") if question.kind is not Kind.DATE else _("Take the date")
            return (replace_fix(label, pairs), leave) if pairs else ()
        case Pattern.EPSILON:
            return _epsilon(question, pairs, leave)
        case Pattern.ODDS:
            return _odds(question, pairs, leave)
        case Pattern.LETTER_O:
            return (replace_fix(_("Read as 0"), pairs), leave)
        case Pattern.REFUSED:
            return (meaning_fix(_("Count as refused"), texts, Missing.REFUSED), leave)
        case Pattern.UNKNOWN | Pattern.SIGNS:
            return (meaning_fix(_("Count as blank"), texts, Missing.BLANK), leave)
        case Pattern.NOTHING if question.kind in NUMERIC:
            blank = meaning_fix(_("Count as blank"), texts, Missing.BLANK)
            zero = replace_fix(_("Read as 0"), pairs)
            possible = (bounds(question)[0] or 0) <= 0
            return (zero, blank, leave) if possible else (blank, leave)
        case _:
            return ()


def _conversions(question: Question, foreign: Counter[str]) -> tuple[Fix, ...]:
    """Fixed numbers between periods: 12 months in a year. There is none between others."""
    own = own_unit(question)
    if not own.per:
        return ()
    known = [(unit, worth) for unit in foreign if (worth := period_worth(unit, own.per)) is not None]
    if not known:
        return ()
    words = ", ".join(f"× {worth:.6g}" for _unit, worth in known)
    return (rate_fix(_("Convert: %(factors)s") % {"factors": words}, known),)


def _epsilon(question: Question, pairs: list[tuple[str, str]], leave: Fix) -> tuple[Fix, ...]:
    top = 100.0 if question.percent else 1.0
    small = {"0": f"{top / 1000:g}", f"{top:g}": f"{top - top / 1000:g}"}
    return (
        replace_fix(_("Read as 0 and %(top)s") % {"top": f"{top:g}"}, pairs),
        replace_fix(
            _("Read as %(low)s and %(high)s") % {"low": small["0"], "high": small[f"{top:g}"]},
            [(text, small[becomes]) for text, becomes in pairs],
        ),
        leave,
    )


def _odds(question: Question, pairs: list[tuple[str, str]], leave: Fix) -> tuple[Fix, ...]:
    top = 100.0 if question.percent else 1.0
    against = [(text, f"{top - float(becomes):.10g}") for text, becomes in pairs]
    return (
        replace_fix(_("For : against (3:1 is 75 %%)") % {}, pairs),
        replace_fix(_("Against : for (3:1 is 25 %%)") % {}, against),
        leave,
    )


def group_title(group: UnreadGroup, question: Question) -> str:
    """The group as the title of a problem: "38 answers to “Age” are ranges"."""
    n = group.count
    words = {
        Pattern.FOREIGN: ngettext(
            "%(n)s answer to “%(name)s” is in another currency",
            "%(n)s answers to “%(name)s” are in another currency",
            n,
        ),
        Pattern.UNIT: ngettext(
            "%(n)s answer to “%(name)s” is in another unit or for another time",
            "%(n)s answers to “%(name)s” are in another unit or for another time",
            n,
        ),
        Pattern.RANGE: ngettext("%(n)s answer to “%(name)s” is a range", "%(n)s answers to “%(name)s” are ranges", n),
        Pattern.LIMIT: ngettext("%(n)s answer to “%(name)s” is a limit", "%(n)s answers to “%(name)s” are limits", n),
        Pattern.PART_DATE: ngettext(
            "%(n)s answer to “%(name)s” is part of a date", "%(n)s answers to “%(name)s” are parts of dates", n
        ),
        Pattern.NOTE: ngettext(
            "%(n)s answer to “%(name)s” is a number with a note",
            "%(n)s answers to “%(name)s” are numbers with a note",
            n,
        )
        if question.kind is not Kind.DATE
        else ngettext(
            "%(n)s answer to “%(name)s” is a date with a note", "%(n)s answers to “%(name)s” are dates with a note", n
        ),
        Pattern.EPSILON: ngettext(
            "%(n)s answer to “%(name)s” says epsilon", "%(n)s answers to “%(name)s” say epsilon", n
        ),
        Pattern.ODDS: ngettext("%(n)s answer to “%(name)s” is odds", "%(n)s answers to “%(name)s” are odds", n),
        Pattern.LETTER_O: ngettext(
            "%(n)s answer to “%(name)s” has the letter O for zero",
            "%(n)s answers to “%(name)s” have the letter O for zero",
            n,
        ),
        Pattern.REFUSED: ngettext("%(n)s answer to “%(name)s” declines", "%(n)s answers to “%(name)s” decline", n),
        Pattern.UNKNOWN: ngettext(
            "%(n)s answer to “%(name)s” stands for no answer", "%(n)s answers to “%(name)s” stand for no answer", n
        ),
        Pattern.NOTHING: ngettext("%(n)s answer to “%(name)s” says none", "%(n)s answers to “%(name)s” say none", n),
    }
    sentence = words.get(group.pattern, f"%(n)s × {group.title}")
    return sentence % {"n": fmt_count(n), "name": question.title}
