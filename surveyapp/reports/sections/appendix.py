"""The codebook as one table (every question as asked, how it was read, its answers with their codes, how many), then
the recipe."""

from __future__ import annotations

from itertools import groupby

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.domain.analysis import Block
from surveyapp.domain.question import WHOLE, Kind, Missing, Question
from surveyapp.reports.document import Cell, Content, Heading, PageBreak, TableBlock, Text
from surveyapp.reports.reading import kind_words, missing_words
from surveyapp.reports.request import ReportInput
from surveyapp.reports.sections.prose import prose
from surveyapp.reports.sections.question import bare
from surveyapp.reports.sections.recipe import recipe_section
from surveyapp.reports.sections.tick_set import Sets
from surveyapp.stats.estimate import Counted

_WIDTHS = (0.29, 0.13, 0.06, 0.35, 0.17)
_MOST_ANSWERS = 14
_SHORT = 4
"""“N/A”, “-99”, “0” say nothing about anybody; whole words may be one person's."""


def build(report: ReportInput, block: Block) -> list[Content]:
    """All questions in the order of the form, a line in bold where a section begins; then what the codes are for.

    A multiple choice over several columns is one row.
    """
    rows: list[tuple[Cell, ...]] = []
    sets = Sets(report.codebook)
    for section, group in groupby(filter(sets.is_printed, report.codebook.questions), key=_section):
        if section:
            rows.append((Cell(text=section, strong=True), *[Cell(text="")] * (len(_WIDTHS) - 1)))
        above = ""
        for own in group:
            question = sets.of(own) or own
            counted = report.counts.get((question.column, question.occurrence))
            answers = sets.answers(question) if question is not own else _answers(question)
            shown = _("as above") if answers and answers == above else answers
            rows.append(_row(question, counted, shown))
            above = answers
    table = TableBlock(
        title="",
        header=(_("Question"), _("Read as"), _("n"), _("Answers and their codes"), _("No answer")),
        rows=tuple(rows),
        align=("start", "start", "end", "start", "start"),
        widths=_WIDTHS,
        small=True,
        block=block.id,
    )
    words = _(
        "n people gave an answer that could be read. The numbers before answers are their codes in the data files."
    )
    return [
        PageBreak(),
        Heading(level=1, text=block.title or _("Codebook"), block=block.id),
        *prose(block.text),
        Text(text=words),
        *([table] if rows else []),
        *recipe_section(report),
    ]


def _section(question: Question) -> str:
    return question.section


def _row(question: Question, counted: Counted | None, answers: str) -> tuple[Cell, ...]:
    return (
        Cell(text=_asked(question)),
        Cell(text=_read_as(question)),
        Cell(text=fmt_count(counted.n) if counted is not None else ""),
        Cell(text=answers),
        Cell(text=_no_answer(question, counted)),
    )


def _asked(question: Question) -> str:
    """The question, its header where it differs, and what a person noted."""
    code_like = question.name and bare(question.name) == bare(question.wording)
    lines = [question.name if code_like else question.wording]
    if question.column.strip() != lines[0].strip() and question.occurrence != WHOLE:
        lines.append(_("Column: %(header)s") % {"header": question.column})
    if question.key is not None:
        lines.append(_("Answer key: %(key)s") % {"key": _key(question)})
    if question.left_out:
        lines.append(_("Left out: kept in the file, not analysed"))
    if question.note:
        lines.append(_("Note: %(note)s") % {"note": question.note})
    return "\n".join(lines)


def _answers(question: Question) -> str:
    choices = [choice for choice in question.choices if choice.missing is None]
    if choices and all(choice.label.strip() == str(choice.code) for choice in choices):
        return ", ".join(str(choice.code) for choice in choices)
    parts = [f"{choice.code}\u00a0{choice.label}" for choice in choices[:_MOST_ANSWERS]]
    rest = len(choices) - len(parts)
    if rest:
        parts.append(ngettext("and %(n)s more", "and %(n)s more", rest) % {"n": fmt_count(rest)})
    return "; ".join(parts)


def _read_as(question: Question) -> str:
    parts = [kind_words(question.kind)]
    if question.occurrence == WHOLE:
        spread = question.kind is Kind.DATE
        parts.append(_("from several columns") if spread else _("a column each: 1 ticked, 0 not"))
    if question.unit:
        parts.append(_("in %(unit)s") % {"unit": question.unit})
    if question.low is not None and question.high is not None:
        span = {"low": fmt_number(question.low), "high": fmt_number(question.high)}
        parts.append(_("from %(low)s to %(high)s") % span)
    elif question.low is not None:
        parts.append(_("from %(low)s") % {"low": fmt_number(question.low)})
    elif question.high is not None:
        parts.append(_("up to %(high)s") % {"high": fmt_number(question.high)})
    if question.sensitive:
        parts.append(_("sensitive"))
    return ", ".join(parts)


def _no_answer(question: Question, counted: Counted | None) -> str:
    """How many for which reason, and the texts that were read as one."""
    lines = []
    if counted is not None:
        parts = [f"{fmt_count(n)} {missing_words(kind)}" for kind, n in counted.missing.items() if n]
        lines += [", ".join(parts)] if parts else []
    for code in question.missing_codes:
        if code.meaning is Missing.UNREADABLE or len(code.text) > _SHORT:  # counted above, but what one person wrote
            continue
        values = {"text": code.text, "meaning": missing_words(code.meaning)}
        beside = _("“%(text)s” beside others: %(meaning)s")
        lines.append((beside if code.only_with_neighbours else _("“%(text)s”: %(meaning)s")) % values)
    lines += [
        _("“%(text)s”: %(meaning)s") % {"text": choice.label, "meaning": missing_words(choice.missing)}
        for choice in question.choices
        if choice.missing is not None
    ]
    return "\n".join(lines)


def _key(question: Question) -> str:
    assert question.key is not None
    text = fmt_number(question.key.value)
    return f"{text} ({question.key.set_by})" if question.key.set_by else text
