"""Neighbouring columns that hold year, month and day of one date: proposed as one question, with the evidence.

The headers must ask for parts of a date and share their other words; of those who answered, nearly all must have given
such a part (FITS), and of the whole dates hardly any may be one that there is not (IMPOSSIBLE). Years of two digits
could be a duration: they count only where a day was asked too. Dates that are joined and cannot be are listed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import DatePart, Kind, Missing, Question, RangeRule, Role
from surveyapp.domain.wave import Example, Fix, Problem, Severity
from surveyapp.importers.cell.part_date import chosen_day
from surveyapp.importers.cell.reading import read_texts
from surveyapp.importers.cell.spread_date import UNREAD, PartColumn, Span, Told, join_parts, part_span
from surveyapp.importers.form.tick_set import own_title
from surveyapp.importers.guess.date_word import date_name, date_word
from surveyapp.importers.problem.run import index_of
from surveyapp.importers.problem.view import SHOWN_EXAMPLES, View

FITS = 0.95
IMPOSSIBLE = 0.02
_ENOUGH = 10
_APART = 2
"""The columns of one date stand side by side, but for one between them."""
_WHOLE_YEARS = 0.5
_KINDS = (Kind.NUMBER, Kind.SINGLE, Kind.SCALE, Kind.TEXT)
_NOT_UNDERSTOOD = (Missing.UNREADABLE, Missing.OUT_OF_RANGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The columns of one date by what they hold, and what each person said: `told[index[i]]`."""

    places: Mapping[DatePart, int]
    told: Sequence[Told]
    index: NDArray[np.int64]

    def people(self, wanted: Sequence[bool]) -> NDArray[np.int64]:
        hits: NDArray[np.int64] = np.flatnonzero(np.array(wanted, dtype=np.bool_)[self.index])
        return hits


def date_problems(view: View) -> list[Problem]:
    """A proposal for each date over columns that is not one yet, and the impossible ones of those that are."""
    taken = {question.multi for question in view.questions if question.multi}
    found = [_proposal(view, one, taken) for places in _candidates(view) if (one := _fitting(view, places)) is not None]
    return [*found, *(problem for name in sorted(taken) if (problem := _impossible(view, name)) is not None)]


def _candidates(view: View) -> list[dict[DatePart, int]]:
    """Columns whose headers ask for year and month, perhaps day, of the same thing."""
    runs: dict[tuple[str, ...], list[dict[DatePart, int]]] = defaultdict(list)
    for place, question in enumerate(view.questions):
        plain = question.role is Role.PLAIN and question.kind in _KINDS and not question.multi and not question.left_out
        word = (date_word(question.text) or date_word(question.column)) if plain else None
        if word is None:
            continue
        own = runs[word.stem]
        if own and word.part not in own[-1] and place - max(own[-1].values()) <= _APART:
            own[-1][word.part] = place
        else:
            own.append({word.part: place})
    return [run for own in runs.values() for run in own if {DatePart.YEAR, DatePart.MONTH} <= set(run)]


def _fitting(view: View, places: Mapping[DatePart, int]) -> _Found | None:
    """What the columns say together, None if they hold something else than the parts of dates."""
    columns = {part: _column(view, place, part) for part, place in places.items()}
    for column in columns.values():
        kinds = np.array([0 if span is None else 1 if span == UNREAD else 2 for span in column.spans], dtype=np.int64)
        given = kinds[column.index]
        n, fit = int(np.count_nonzero(given)), int(np.count_nonzero(given == 2))
        if n < _ENOUGH or fit < FITS * n:
            return None
    if DatePart.DAY not in places and _short_years(view, places[DatePart.YEAR]) > _WHOLE_YEARS:
        return None
    told, index = join_parts(columns)
    found = _Found(places=places, told=told, index=index)
    complete = len(found.people([one.parts == len(places) for one in told]))
    return found if len(found.people([one.impossible for one in told])) <= IMPOSSIBLE * max(complete, 1) else None


def _short_years(view: View, place: int) -> float:
    """Which share of the years was typed with two digits."""
    texts = [cell.strip("'’") for cell in view.cells(place)]
    kinds = np.array([0 if not text else 2 if len(text) <= 2 and text.isdecimal() else 1 for text in texts])
    years = kinds.astype(np.int64)[index_of(view.table.columns[place])]
    return int(np.count_nonzero(years == 2)) / max(int(np.count_nonzero(years)), 1)


def _column(view: View, place: int, part: DatePart) -> PartColumn:
    question = replace(view.questions[place], part=part)
    joined = view.questions[place].part is part or part is not DatePart.YEAR  # of a year, two digits are read anew
    texts = view.table.columns[place].texts
    reading = view.read(place) if joined else read_texts(question, texts, cells=view.cells(place))
    question = replace(question, choices=reading.question.choices)
    spans: list[Span | None] = [
        UNREAD if entry.missing in _NOT_UNDERSTOOD else part_span(question, entry.value) for entry in reading.entries
    ]
    return PartColumn(spans=spans, index=index_of(view.table.columns[place]).astype(np.int64))


def _proposal(view: View, found: _Found, taken: set[str]) -> Problem:
    places = sorted(found.places.values())
    questions = [view.questions[place] for place in places]
    year = view.questions[found.places[DatePart.YEAR]]
    name = own_title(date_name(year.text or year.column), taken)
    value = {
        "name": name,
        "parts": [[view.questions[n].column, view.questions[n].occurrence, part] for part, n in found.places.items()],
    }
    dated = found.people([one.days is not None for one in found.told])
    return Problem(
        kind="spread_date",
        severity=Severity.LOOK,
        title=_("%(columns)s are one date") % {"columns": ", ".join(f"“{question.title}”" for question in questions)},
        detail=_detail(view, found, len(dated)),
        column=year.column,
        occurrence=year.occurrence,
        count=len(dated),
        out_of=len(view.table),
        rows=view.rows(view.straight(found.people([one.impossible for one in found.told]))),
        examples=_examples(view, found, dated),
        fixes=(
            Fix(action="spread_date", label=_("One date"), value=json.dumps(value, ensure_ascii=False)),
            Fix(action="keep", label=_("Keep apart")),
        ),
        columns=tuple(places),
    )


def _detail(view: View, found: _Found, dated: int) -> str:
    complete = len(found.people([one.days is not None and one.parts == len(found.places) for one in found.told]))
    impossible = view.straight(found.people([one.impossible for one in found.told]))
    sentences = [
        ngettext("%(n)s person gave a date", "%(n)s people gave a date", dated) % {"n": fmt_count(dated)}
        + _(", %(whole)s of them in all columns.") % {"whole": fmt_count(complete)}
    ]
    if dated > complete or DatePart.DAY not in found.places:
        sentences.append(_("What tells no day counts as the middle of its month or year."))
    if len(impossible):
        words = ngettext("%(n)s is no date: %(text)s.", "%(n)s are no dates, such as %(text)s.", len(impossible))
        sentences.append(words % {"n": fmt_count(len(impossible)), "text": _typed(view, found, int(impossible[0]))})
    sentences.append(_("The columns stay as they are."))
    return " ".join(sentences)


def _typed(view: View, found: _Found, person: int) -> str:
    """What somebody typed in the columns, in their order."""
    return " · ".join(text for place in sorted(found.places.values()) if (text := view.raw(place, person).strip()))


def _examples(view: View, found: _Found, people: NDArray[np.int64]) -> tuple[Example, ...]:
    """The first people, one for each number of parts."""
    shown: dict[int, Example] = {}
    for person in people.tolist():
        one = found.told[int(found.index[person])]
        if one.days is not None and one.parts not in shown:
            after = chosen_day(one.days, RangeRule.MIDDLE) or ""
            shown[one.parts] = Example(row=view.table.rows[person], before=_typed(view, found, person), after=after)
        if len(shown) == min(len(found.places), SHOWN_EXAMPLES):
            break
    return tuple(shown[parts] for parts in sorted(shown, reverse=True))


def _impossible(view: View, name: str) -> Problem | None:
    """The dates of a joined set that there are not."""
    places = {q.part: n for n, q in reversed(list(enumerate(view.questions))) if q.multi == name and q.part}
    if DatePart.YEAR not in places or len(places) < 2:
        return None
    told, index = join_parts({part: _column(view, place, part) for part, place in places.items()})
    found = _Found(places=places, told=told, index=index)
    people = view.straight(found.people([one.impossible for one in told]))
    if not len(people):
        return None
    year, n = view.questions[places[DatePart.YEAR]], len(people)
    title = ngettext("%(n)s answer to “%(name)s” is no date", "%(n)s answers to “%(name)s” are no dates", n)
    return Problem(
        kind="impossible_date",
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(n), "name": name},
        detail=_("There is no such day, or a part is not understood. Correct the cell in Answers, or leave it out."),
        column=year.column,
        occurrence=year.occurrence,
        count=n,
        out_of=len(view.table),
        rows=view.rows(people),
        examples=tuple(
            Example(row=view.table.rows[person], before=_typed(view, found, person), after=_("no answer"))
            for person in people[:SHOWN_EXAMPLES].tolist()
        ),
        fixes=(Fix(action="keep", label=_("Leave out")),),
        columns=tuple(sorted(places.values())),
    )


def with_part(question: Question, name: str, part: DatePart) -> Question:
    """The entry as that part of the date of that name. Less than a day counts as its middle unless the year says."""
    rule = question.ranges
    if part is DatePart.YEAR and rule is RangeRule.UNREAD:
        rule = RangeRule.MIDDLE
    return replace(question, multi=name, part=part, grid="", ranges=rule)


def as_part(question: Question, value: str) -> Question:
    """The entry as the part that a fix says (see `_proposal`); another entry stays as it is."""
    told = json.loads(value)
    for column, occurrence, part in told["parts"]:
        if (column, occurrence) == (question.column, question.occurrence):
            return with_part(question, told["name"], DatePart(part))
    return question
