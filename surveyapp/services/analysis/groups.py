"""A number, probability, scale or tick by the groups of another question."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind
from surveyapp.services.analysis.asked import Asked
from surveyapp.services.analysis.date_number import before_census
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.group.compare import compare_groups
from surveyapp.stats.result import Result
from surveyapp.stats.table.period import period_note


def run_groups(asked: Asked) -> Result:
    """`columns` has the number, `by` the question whose answers are the groups. A date is a number by how long before
    the census it lies, and groups by its years or months.

    Options: `share_from`, the least value (per cent for probabilities) whose share of each group is told as well;
    `show`, "boxes" for box plots in the place of means; `pairs`, "all" for the table of all pairs.
    """
    if len(asked.spec.columns) != 1 or len(asked.spec.by) != 1:
        raise UserError(_("Means need a number and a question to group by."), _("Choose one of each."))
    values, groups = asked.question(asked.spec.columns[0]), asked.question(asked.spec.by[0])
    answers = before_census(asked, asked.answers(values))
    if values == groups:
        reason = _("Not computed: %(question)s cannot be grouped by itself.") % {"question": values.title}
        from surveyapp.stats.count import count_people, reasons

        counted = count_people(reasons(answers))
        return NotComputed(question=values.wording, kind=values.kind, counted=counted, reason=reason)
    asked.check()
    inside = asked.grouped(groups)
    share = _share_from(asked)
    result = compare_groups(
        answers, inside, level=asked.level, share_from=share, weights=asked.weights, check=asked.check
    )
    if isinstance(result, NotComputed):
        return result
    note = period_note(asked.answers(groups))
    return replace(
        result,
        ordered=inside.question.ordered or groups.kind is Kind.SCALE,
        notes=(*result.notes, note) if note else result.notes,
        picture=_chosen(asked, "show", ("means", "boxes")),
        all_pairs=_chosen(asked, "pairs", ("differing", "all")) == "all",
    )


def _chosen(asked: Asked, name: str, known: tuple[str, ...]) -> str:
    """One of the values an option can have; the first where nothing was chosen."""
    value = asked.spec.option(name, known[0])
    if value not in known:
        raise UserError(
            _("The option %(name)s has no value %(value)s.") % {"name": name, "value": value},
            _("There are: %(names)s.") % {"names": ", ".join(known)},
        )
    return value


def _share_from(asked: Asked) -> float | None:
    text = asked.spec.option("share_from")
    try:
        return float(text) if text else None
    except ValueError as error:
        raise UserError(_("%(text)s is no number.") % {"text": text}, _("Write it as share_from=50.")) from error
