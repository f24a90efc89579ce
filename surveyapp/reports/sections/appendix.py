"""The codebook: every question as asked, how it was read, and how many answered."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.domain.analysis import Block
from surveyapp.domain.question import Question
from surveyapp.reports.document import Content, Facts, Heading
from surveyapp.reports.reading import kind_words, missing_words
from surveyapp.reports.request import ReportInput
from surveyapp.reports.sections.prose import prose
from surveyapp.stats.result import Counted


def build(report: ReportInput, block: Block) -> list[Content]:
    """Questions by section of the form; sensitive and left out ones are named as such."""
    content: list[Content] = [
        Heading(level=1, text=block.title or _("Codebook"), block=block.id),
        *prose(block.text),
    ]
    section = ""
    for question in report.codebook.questions:
        if question.section and question.section != section:
            section = question.section
            content.append(Heading(level=2, text=section))
        counted = report.counts.get((question.column, question.occurrence))
        content.append(Heading(level=3, text=question.wording))
        content.append(Facts(pairs=_facts(question, counted)))
    return content


def _facts(question: Question, counted: Counted | None) -> tuple[tuple[str, str], ...]:
    pairs = [(_("Read as"), _read_as(question))]
    if question.column.strip() != question.wording.strip():
        pairs.append((_("Column"), question.column))
    choices = [choice.label for choice in question.choices if choice.missing is None]
    if choices:
        pairs.append((_("Answers"), "\n".join(choices)))
    missing = _missing_codes(question)
    if missing:
        pairs.append((_("No answer"), missing))
    if counted is not None:
        pairs.append((_("n"), _n(counted)))
    if question.key is not None:
        pairs.append((_("Answer key"), _key(question)))
    if question.left_out:
        pairs.append((_("Left out"), _("kept in the file, not analysed")))
    if question.note:
        pairs.append((_("Note"), question.note))
    return tuple(pairs)


def _read_as(question: Question) -> str:
    parts = [kind_words(question.kind)]
    if question.unit:
        parts.append(_("in %(unit)s") % {"unit": question.unit})
    if question.low is not None or question.high is not None:
        low = fmt_number(question.low) if question.low is not None else _("any")
        high = fmt_number(question.high) if question.high is not None else _("any")
        parts.append(_("from %(low)s to %(high)s") % {"low": low, "high": high})
    if question.sensitive:
        parts.append(_("sensitive"))
    return ", ".join(parts)


def _missing_codes(question: Question) -> str:
    lines = []
    for code in question.missing_codes:
        line = _("“%(text)s”: %(meaning)s") % {"text": code.text, "meaning": missing_words(code.meaning)}
        if code.only_with_neighbours:
            line += ", " + _("where the neighbouring answers are the same")
        lines.append(line)
    lines += [
        _("“%(text)s”: %(meaning)s") % {"text": choice.label, "meaning": missing_words(choice.missing)}
        for choice in question.choices
        if choice.missing is not None
    ]
    return "\n".join(lines)


def _n(counted: Counted) -> str:
    parts = [_("%(n)s answered") % {"n": fmt_count(counted.n)}]
    parts += [f"{fmt_count(n)} {missing_words(kind)}" for kind, n in counted.missing.items() if n]
    return ", ".join(parts)


def _key(question: Question) -> str:
    assert question.key is not None
    text = fmt_number(question.key.value)
    return f"{text} ({question.key.set_by})" if question.key.set_by else text
