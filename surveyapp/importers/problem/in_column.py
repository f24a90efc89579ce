"""What looks wrong in one column, read by its present codebook entry."""

from __future__ import annotations

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind, Missing, Question, Role
from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.importers.cell.reading import NUMERIC, bounds
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.mark.quality import expected_answers, failed_attention
from surveyapp.importers.problem.address import column_of_addresses
from surveyapp.importers.problem.column_problem import build_problem, keep_fix
from surveyapp.importers.problem.far import find_far_out
from surveyapp.importers.problem.lookalike import lookalikes
from surveyapp.importers.problem.other_unit import find_other_unit
from surveyapp.importers.problem.private import private_texts
from surveyapp.importers.problem.rare import rare_answers
from surveyapp.importers.problem.unit import find_unit_mix
from surveyapp.importers.problem.unread_problem import unread_problems
from surveyapp.importers.problem.view import View


def column_problems(view: View, place: int) -> tuple[Problem, ...]:
    """The problems of one column, in no particular order."""
    question = view.questions[place]
    addresses = column_of_addresses(view, place)  # also where they are left out of pages: they are kept all the same
    if question.left_out or question.kind is Kind.EMPTY:
        return (addresses,) if addresses else ()
    found: list[Problem | None] = [addresses]
    if question.kind in (*NUMERIC, Kind.DATE, Kind.SCALE) or question.closed:
        found += _unread(view, place)
    if question.kind is Kind.NUMBER and not question.unit_factor:
        mixed = find_unit_mix(view, place)
        found += [mixed] if mixed else [find_other_unit(view, place), find_far_out(view, place)]
    if question.kind in (Kind.SINGLE, Kind.MULTI):
        found.append(lookalikes(view, place))
    if question.kind is Kind.SINGLE:
        found.append(rare_answers(view, place))
    if question.kind is Kind.MULTI:
        found.append(_commas(view, place))
    found += private_texts(view, place)
    if question.role is Role.ATTENTION and question.expected:
        found.append(_attention(view, place))
    return tuple(problem for problem in found if problem is not None)


def _unread(view: View, place: int) -> list[Problem | None]:
    """Cells that are no number, date or step, and numbers outside the bounds."""
    entries = [entry for entry in view.read(place).entries if entry.missing]
    unread = {entry.raw for entry in entries if entry.missing is Missing.UNREADABLE}
    beyond = {entry.raw for entry in entries if entry.missing is Missing.OUT_OF_RANGE}
    found: list[Problem | None] = []
    if unread:
        settled, about = unread_problems(view, place)
        found += settled
        unread = {raw for raw in unread if clean(raw) not in about}
    return [
        *found,
        _unread_problem(view, place, unread, Missing.UNREADABLE),
        _unread_problem(view, place, beyond, Missing.OUT_OF_RANGE),
    ]


def _unread_problem(view: View, place: int, texts: set[str], missing: Missing) -> Problem | None:
    question = view.questions[place]
    if view.zero_blank or question.kind is not Kind.SCALE:
        texts = {text for text in texts if clean(text) != "0"}  # zeros are asked about on their own
    responses = view.places(place, texts.__contains__) if texts else np.zeros(0, dtype=np.int64)
    if not len(responses):
        return None
    values = {"n": fmt_count(len(responses)), "name": question.title}
    if missing is Missing.OUT_OF_RANGE:
        title = ngettext(
            "%(n)s answer to “%(name)s” is out of range", "%(n)s answers to “%(name)s” are out of range", len(responses)
        )
        detail = " ".join(
            (
                _("Expected: %(range)s.") % {"range": _range(question)},
                *_beyond(view, place, texts, len(responses)),
                ngettext("It is kept but left out of means.", "They are kept but left out of means.", len(responses)),
            )
        )
    else:
        title = _unreadable_title(question.kind, len(responses))
        detail = ngettext(
            "It is kept as text and left out of means.", "They are kept as text and left out of means.", len(responses)
        )
    return build_problem(
        view,
        place,
        str(missing),
        severity=Severity.LOOK,
        title=title % values,
        detail=detail,
        responses=responses,
        fixes=(keep_fix(),),
    )


def _beyond(view: View, place: int, texts: set[str], n: int) -> tuple[str, ...]:
    """On which side of what can be the `n` answers lie; how many on each where they lie on both."""
    low, high = bounds(view.questions[place])
    known = view.samples[place].text_numbers
    sides = [(raw, value) for raw in texts if (value := known.get(clean(raw))) is not None]
    below = view.places(place, {raw for raw, value in sides if low is not None and value < low}.__contains__)
    above = view.places(place, {raw for raw, value in sides if high is not None and value > high}.__contains__)
    if len(below) == n:
        return (ngettext("It lies below.", "All lie below.", n),)
    if len(above) == n:
        return (ngettext("It lies above.", "All lie above.", n),)
    low_words = ngettext("%(n)s is below.", "%(n)s are below.", len(below)) % {"n": fmt_count(len(below))}
    high_words = ngettext("%(n)s is above.", "%(n)s are above.", len(above)) % {"n": fmt_count(len(above))}
    return (*((low_words,) if len(below) else ()), *((high_words,) if len(above) else ()))


def _unreadable_title(kind: Kind, n: int) -> str:
    if kind is Kind.DATE:
        return ngettext("%(n)s answer to “%(name)s” is not a date", "%(n)s answers to “%(name)s” are not dates", n)
    if kind in (Kind.SCALE, Kind.SINGLE):
        return ngettext(
            "%(n)s answer to “%(name)s” is not on the scale", "%(n)s answers to “%(name)s” are not on the scale", n
        )
    return ngettext("%(n)s answer to “%(name)s” is not a number", "%(n)s answers to “%(name)s” are not numbers", n)


def _range(question: Question) -> str:
    if question.kind is Kind.SCALE:
        labels = [choice.label for choice in question.choices]
        return f"{labels[0]}–{labels[-1]}" if labels else ""
    low, high = bounds(question)
    if low is None or high is None:
        return (
            _("from %(low)s") % {"low": f"{low:g}"} if low is not None else _("up to %(high)s") % {"high": f"{high:g}"}
        )
    return f"{low:g}–{high:g}"


def _commas(view: View, place: int) -> Problem | None:
    """Options that contain the sign that separates them: the person should see what was learned."""
    question = view.questions[place]
    labels = [choice.label for choice in question.choices if question.delimiter in choice.label]
    if not labels:
        return None
    reading = view.read(place)
    rest = {entry.raw for entry in reading.entries if entry.write_in}
    responses = view.places(place, rest.__contains__) if rest else np.zeros(0, dtype=np.int64)
    return build_problem(
        view,
        place,
        "commas",
        severity=Severity.LOOK,
        title=_("Options in “%(name)s” contain commas") % {"name": question.title},
        detail=ngettext(
            "%(n)s options were learned. %(rest)s answer has something beside them.",
            "%(n)s options were learned. %(rest)s answers have something beside them.",
            len(responses),
        )
        % {"n": fmt_count(len(question.choices)), "rest": fmt_count(len(responses))},
        responses=responses,
        count=len(labels),
        fixes=(keep_fix(),),
    )


def _attention(view: View, place: int) -> Problem | None:
    """Who failed the check, and who probably meant the right answer ("0.5" for 50 %)."""
    question = view.questions[place]
    wrong = failed_attention(view.table.columns[place], question)
    if view.zero_blank:
        wrong &= np.array([clean(t) != "0" for t in view.table.columns[place].texts])[
            np.array(view.table.columns[place].index)
        ]
    responses = view.straight(np.flatnonzero(wrong))
    if not len(responses):
        return None
    title = ngettext(
        "%(n)s person failed the attention check", "%(n)s people failed the attention check", len(responses)
    )
    right = expected_answers(question)
    shares = 0
    if question.kind is Kind.PROBABILITY and question.percent and "50" in right:
        shares = len(view.places(place, lambda raw: clean(raw) in ("0.5", "0,5", ".5"))) if "0.5" not in right else 0
    detail = _("Expected: %(right)s.") % {"right": ", ".join(right)}
    fixes = [Fix(action="keep", label=_("Mark them"))]
    if shares:
        note = ngettext(
            "%(n)s person wrote 0.5, probably for 50 %%.", "%(n)s people wrote 0.5, probably for 50 %%.", shares
        )
        detail = f"{detail} {note % {'n': fmt_count(shares)}}"
        fixes.insert(0, Fix(action="expected", label=_("Count 0.5 as right"), value=" | ".join((*right, "0.5"))))
    return build_problem(
        view,
        place,
        "attention",
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(len(responses))},
        detail=detail,
        responses=responses,
        fixes=tuple(fixes),
    )
