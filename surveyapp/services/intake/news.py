"""What one more file would bring to a wave that is there, as a list to look through before anything is stored."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.column import TextColumn
from surveyapp.domain.wave import Example, Fix, Problem, Severity
from surveyapp.importers.cell.wording import clean
from surveyapp.services.intake.adding import AdditionPlan, AddMode

SIMILAR = "similar_columns"
"""The kind of the only news that asks something: whether a column is one of the wave in other words."""

_SHOWN_ROWS, _EXAMPLES, _NAMES = 100, 4, 8


def news(plan: AdditionPlan, mode: AddMode) -> tuple[Problem, ...]:
    """New, changed and missing people and columns, those that ask something first."""
    found: list[Problem | None] = [*_similar(plan)]
    if mode is AddMode.UPDATE:
        found += [_new_people(plan), _changed(plan), _gone(plan)]
    found += [_new_columns(plan), _absent_columns(plan)]
    return tuple(one for one in found if one is not None)


def brings_nothing(plan: AdditionPlan) -> bool:
    """Whether the wave holds every answer of the file already."""
    return not (plan.comparison.n_new or plan.comparison.n_changed or plan.columns.new)


def _similar(plan: AdditionPlan) -> list[Problem]:
    return [
        Problem(
            kind=SIMILAR,
            severity=Severity.DECIDE,
            title=_("Is “%(own)s” the question “%(there)s” of the wave?")
            % {"own": " ".join(own.split()), "there": " ".join(there.split())},
            detail=_("The wording differs. They are two columns as long as nobody says that they are the same."),
            column=own,
            examples=(Example(row=1, before=there, after=own),),
            fixes=(
                Fix(action="join", label=_("The same question"), value=there),
                Fix(action="keep", label=_("Two questions")),
            ),
        )
        for own, there in plan.similar
    ]


def _new_people(plan: AdditionPlan) -> Problem | None:
    places = [place for place, there in enumerate(plan.comparison.places.tolist()) if there < 0]
    if not places:
        return None
    title = ngettext("%(n)s new person", "%(n)s new people", len(places)) % {"n": fmt_count(len(places))}
    return _look(plan, "news_people", title, places, out_of=len(plan.new))


def _changed(plan: AdditionPlan) -> Problem | None:
    places = plan.comparison.changed.tolist()
    if not places:
        return None
    title = ngettext("%(n)s person changed an answer", "%(n)s people changed an answer", len(places))
    examples = tuple(one for place in places[:_EXAMPLES] if (one := _example(plan, place)) is not None)
    detail = _("The newer answer counts; the wave keeps the earlier file.")
    problem = _look(plan, "news_changed", title % {"n": fmt_count(len(places))}, places, out_of=len(plan.new))
    return replace(problem, detail=detail, examples=examples)


def _gone(plan: AdditionPlan) -> Problem | None:
    n = plan.comparison.n_gone
    if not n:
        return None
    title = ngettext("%(n)s person is no longer in the file", "%(n)s people are no longer in the file", n)
    return Problem(
        kind="news_gone",
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(n)},
        detail=_("They stay in the wave."),
        count=n,
        out_of=len(plan.old),
        rows=tuple(plan.old.rows[place] for place in plan.comparison.gone.tolist()[:_SHOWN_ROWS]),
    )


def _new_columns(plan: AdditionPlan) -> Problem | None:
    headers = [plan.new.columns[place].header for place in plan.columns.new]
    n = len(headers)
    title = ngettext("%(n)s column is new", "%(n)s columns are new", n) % {"n": fmt_count(n)}
    detail = _("%(names)s. Blank for the people who are in the wave already.") % {"names": _listed(headers)}
    return Problem(kind="news_columns", severity=Severity.LOOK, title=title, detail=detail, count=n) if n else None


def _absent_columns(plan: AdditionPlan) -> Problem | None:
    headers = [plan.old.columns[place].header for place in plan.columns.absent]
    n = len(headers)
    title = ngettext(
        "%(n)s column of the wave is not in this file", "%(n)s columns of the wave are not in this file", n
    )
    detail = _("%(names)s. Answers that are there stay.") % {"names": _listed(headers)}
    if not n:
        return None
    return Problem(
        kind="news_absent", severity=Severity.LOOK, title=title % {"n": fmt_count(n)}, detail=detail, count=n
    )


def _look(plan: AdditionPlan, kind: str, title: str, places: list[int], *, out_of: int) -> Problem:
    rows = tuple(plan.new.rows[place] for place in places[:_SHOWN_ROWS])
    return Problem(kind=kind, severity=Severity.LOOK, title=title, count=len(places), out_of=out_of, rows=rows)


def _example(plan: AdditionPlan, place: int) -> Example | None:
    """The first answer of that row which is another now, with the name of its column."""
    there = int(plan.comparison.places[place])
    for own, column in sorted(plan.columns.matched.items()):
        before, now = _cell(plan.old.columns[column], there), _cell(plan.new.columns[own], place)
        if before != now:
            words = f"{_short(plan.old.columns[column].header)}: {before or _('blank')}"
            return Example(row=plan.new.rows[place], before=words, after=now or _("blank"))
    return None


def _cell(column: TextColumn, place: int) -> str:
    return clean(column.texts[column.index[place]])


def _short(header: str) -> str:
    plain = " ".join(header.split())
    return plain if len(plain) <= 24 else plain[:23] + "…"


def _listed(headers: list[str]) -> str:
    shown = ", ".join(f"“{' '.join(header.split())}”" for header in headers[:_NAMES])
    more = len(headers) - _NAMES
    return _("%(names)s and %(n)s more") % {"names": shown, "n": fmt_count(more)} if more > 0 else shown
