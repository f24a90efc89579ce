"""Unread cells that a rule can settle, as problems: each pattern one, with before and after. The rest stays listed."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.column import CodedColumn
from surveyapp.domain.question import Kind, Question
from surveyapp.domain.wave import Example, Fix, Problem, Severity
from surveyapp.importers.cell.reading import NUMERIC, read_texts
from surveyapp.importers.file.gather import SHOWN_ROWS
from surveyapp.importers.problem.number_decision import NUMBER_DECISIONS
from surveyapp.importers.problem.unread import UnreadGroup, group_title, unread_groups
from surveyapp.importers.problem.unread_pattern import Pattern
from surveyapp.importers.problem.view import SHOWN_EXAMPLES, View


def unread_problems(view: View, place: int) -> tuple[list[Problem], set[str]]:
    """A problem for each pattern that has a fix, and the cleaned texts these problems are about."""
    reading, column = view.read(place), view.table.columns[place]
    coded = CodedColumn(question=reading.question, index=column.index, entries=reading.entries)
    groups = unread_groups(coded, view.table.rows, repair=view.mapping.repair_encoding, aside=view.shifted)
    fixable = [group for group in groups if group.fixes]
    about = {cell.text for group in fixable for cell in group.cells}
    return [_problem(view, place, group) for group in fixable], about


def _problem(view: View, place: int, group: UnreadGroup) -> Problem:
    question = view.questions[place]
    rows = sorted({row for cell in group.cells for row in cell.rows})[:SHOWN_ROWS]
    return Problem(
        kind=f"unread_{group.pattern}",
        severity=Severity.DECIDE if group.pattern is Pattern.FOREIGN else Severity.LOOK,
        title=group_title(group, question),
        detail=_detail(question, group),
        column=question.column,
        occurrence=question.occurrence,
        count=group.count,
        out_of=view.samples[place].answered,
        rows=tuple(rows),
        examples=_examples(view, place, group),
        fixes=group.fixes,
        columns=(place,),
    )


def _examples(view: View, place: int, group: UnreadGroup) -> tuple[Example, ...]:
    """The commonest texts and what the recommended fix makes of them."""
    shown, fix = group.cells[:SHOWN_EXAMPLES], group.fixes[0]
    changes = fix.action in NUMBER_DECISIONS
    after = _after(view, place, fix, [cell.text for cell in shown]) if changes else [_("left out")] * len(shown)
    return tuple(
        Example(row=cell.rows[0], before=cell.text, after=becomes) for cell, becomes in zip(shown, after, strict=True)
    )


def _after(view: View, place: int, fix: Fix, texts: list[str]) -> list[str]:
    """What these texts are read as by the fix; the whole column settles decimal signs and years."""
    question = NUMBER_DECISIONS[fix.action](view.questions[place], fix.value)
    question, sample = replace(question, low=None, high=None), view.samples[place]
    if question.kind in NUMERIC and not question.replacements:
        # all is known of the column: the numbers of its cells tell the decimal sign and the years
        entries = read_texts(question, texts, numbers=sample.text_numbers).entries
    else:
        entries = read_texts(question, [*sample.labels, *texts]).entries[-len(texts) :]
    return [
        (f"{entry.value:.10g}" if isinstance(entry.value, (int, float)) else str(entry.value or ""))
        if entry.missing is None
        else _("no answer")
        for entry in entries
    ]


def _detail(question: Question, group: UnreadGroup) -> str:
    met = ", ".join(f"{fmt_count(n)} × {unit}" for unit, n in group.foreign)
    match group.pattern:
        case Pattern.FOREIGN:
            first = group.foreign[0][0]
            return _(
                "%(met)s. Numbers without a currency are taken as %(own)s. To convert, write a rate into the column's "
                "entry: what one %(first)s is worth in %(own)s."
            ) % {"met": met, "own": question.unit, "first": first}
        case Pattern.UNIT:
            return _("%(met)s. They are left out unless they are converted.") % {"met": met}
        case Pattern.PART_DATE:
            return _("Which day stands for a part of a date is a decision; it is kept for next year's file.")
        case Pattern.NOTE if question.kind is Kind.DATE:
            return _("The note may say that the date is no answer to this question: look at each.")
        case Pattern.RANGE:
            return _("Which number stands for a range is a decision; it is kept for next year's file.")
        case Pattern.LIMIT:
            return _("The true number lies beyond. Taking the limit draws means towards it.")
        case Pattern.NOTE:
            return _("The note may say that the number is no answer to this question: look at each.")
        case Pattern.EPSILON:
            return _("A probability too small to name; 0 and 100 cannot be turned into log-odds.")
        case Pattern.ODDS:
            return _("Whether odds speak for or against is not said.")
        case Pattern.LETTER_O:
            return _("0 and O lie side by side on a keyboard.")
        case _:
            return ngettext(
                "It is kept as text and left out of means.", "They are kept as text and left out of means.", group.count
            )
