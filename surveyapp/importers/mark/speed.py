"""Answers given faster than the questions can be read.

Two bounds, and a response must fall below both. Relative: less than a third of the median time of those who came to the
end. Leiner (2019, Survey Research Methods 13: 229-248) finds the relative speed index (typical time over own time) the
best single sign of meaningless data, suspect from about 2 upwards; Greszki, Meyer and Schoen (2015, Public Opinion
Quarterly 79: 471-503) cut at 30, 40 and 50 % below the median and find that leaving so many out hardly changes
results. A third is the strict end: those marked are meant to be few and sure.
Absolute: less than SECONDS for each question answered, so that people who skipped most of the form are not called
fast; Wood et al. (2017, Social Psychological and Personality Science 8: 454-464) call 1 s an item careless, Huang et
al. (2012, Journal of Business and Psychology 27: 99-114) 2 s.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.domain.wave import Flag
from surveyapp.importers.cell.number import read_number
from surveyapp.importers.cell.wording import words
from surveyapp.importers.mark.mark import Mark, Responses

SHARE = 1 / 3
SECONDS = 2.0
_MIN_PEOPLE = 20
_CLOCK = re.compile(r"^(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,3}):(?P<s>\d{1,2}(?:\.\d+)?)$")
_UNITS = {"s": 1.0, "sec": 1.0, "seconds": 1.0, "min": 60.0, "minutes": 60.0, "h": 3600.0, "hours": 3600.0, "ms": 0.001}
_START = re.compile(
    r"\b(?:date )?start(?:ed)?\b|\bbegin\w*\b|\bbegan\b|\bbeginn\w*\b|\bgestartet\b|\bначал\w*\b|\bstartdate\b"
)
_END = re.compile(
    r"\bend(?:ed)?\b|\benddate\b|\bsubmi\w+|\bcomplet\w+|\bfinish\w*|\brecorded\b|\bende\b|\babgeschickt\b|\bокончан\w*|"
    r"\bзаверш\w*|\bотправ\w*"
)


def too_fast(responses: Responses) -> Mark | None:
    """Responses given faster than one can read, if the file tells how long they took."""
    seconds = durations(responses)
    known = seconds[seconds > 0]
    if len(known) < _MIN_PEOPLE:
        return None
    answered = responses.n_answered()
    timed = seconds > 0
    whole = timed & (answered >= 0.5 * np.median(answered[timed]))
    middle = float(np.median(seconds[whole]))
    places = np.flatnonzero(timed & (seconds < SHARE * middle) & (seconds < SECONDS * answered))
    if not len(places):
        return None
    evidence = _(
        "They took less than a third of the usual time, which is %(median)s, and less than %(each)s seconds a question."
    ) % {"median": _span(middle), "each": f"{SECONDS:g}"}
    return Mark(
        flag=Flag.TOO_FAST,
        places=places,
        evidence=(evidence,),
        shown=tuple(
            (int(place), _each(float(seconds[place]), int(answered[place])))
            for place in places[np.argsort(seconds[places])][:4]
        ),
    )


def _each(seconds: float, n: int) -> str:
    words = ngettext("%(time)s for %(n)s question", "%(time)s for %(n)s questions", n)
    return words % {"time": _span(seconds), "n": fmt_count(n)}


def _span(seconds: float) -> str:
    return _("%(n)s min") % {"n": f"{seconds / 60:.0f}"} if seconds >= 600 else _("%(n)s s") % {"n": f"{seconds:.0f}"}


def durations(responses: Responses) -> NDArray[np.float64]:
    """How long each response took in seconds, shape (n,), NaN where unknown: by the column that says so, else from the
    start to the end."""
    for place, question in enumerate(responses.questions):
        if question.role is Role.DURATION:
            unit = _unit(question)
            values = [_seconds(cell, unit) for cell in responses.cells(place)]
            found: NDArray[np.float64] = np.array(values, dtype=np.float64)[responses.index(place)]
            return found
    places = [
        n for n, q in enumerate(responses.questions) if q.kind is Kind.DATE and q.role in (Role.TIMESTAMP, Role.SYSTEM)
    ]
    start = next((n for n in places if _START.search(_named(responses.questions[n]))), None)
    end = next((n for n in places if n != start and _END.search(_named(responses.questions[n]))), None)
    if start is None or end is None:
        return np.full(len(responses), np.nan)
    return responses.seconds(end) - responses.seconds(start)


def _named(question: Question) -> str:
    return words(f"{question.column} {question.text}")


def _unit(question: Question) -> float:
    """What one of the column's unit is in seconds: as the codebook says, else the header, else seconds."""
    if known := _UNITS.get(question.unit.casefold()):
        return known
    named = _named(question)
    if re.search(r"\bmin(?:s|utes?)?\b|\bминут", named):
        return 60.0
    return 0.001 if re.search(r"\bms\b|\bmilliseconds?\b", named) else 1.0


def _seconds(cell: str, unit: float) -> float:
    if match := _CLOCK.match(cell):
        return int(match["h"] or 0) * 3600 + int(match["m"]) * 60 + float(match["s"])
    value = read_number(cell) if cell else None
    return np.nan if value is None else value * unit
