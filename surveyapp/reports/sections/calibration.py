"""Calibration of a question: the diagram, the sentence that matters, what it rests on, the brackets."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_percent
from surveyapp.domain.analysis import Block
from surveyapp.reports.document import Content, Facts, FigureBlock, Heading, TableBlock, Text
from surveyapp.reports.printed import printed
from surveyapp.reports.request import ReportInput
from surveyapp.reports.result_table.build import result_table
from surveyapp.reports.sections.prose import prose
from surveyapp.reports.sections.question import HIDE, bare, body, heading_of
from surveyapp.reports.small_cell import without_small
from surveyapp.stats.calibration.gap import gap_words
from surveyapp.stats.estimate import Estimate
from surveyapp.stats.result import CalibrationResult


def build(report: ReportInput, block: Block) -> list[Content]:
    """Verdict and caveat, diagram with the facts beside it (answer key and who set it), brackets."""
    result = report.result(block)
    assert isinstance(result, CalibrationResult)
    heading = heading_of(block, result)
    content: list[Content] = [
        Heading(level=2, text=heading, block=block.id),
        Text(text=result.verdict, role="verdict"),
        *([Text(text=result.caveat, role="lead")] if result.caveat else []),
        *prose(block.text),
        *_with_facts(
            body(report, block, result), Facts(pairs=_facts(result)), named=bare(result.question) in bare(heading)
        ),
    ]
    if not any(isinstance(item, TableBlock) for item in content):
        shown = without_small(result) if block.small_cells == HIDE else result
        content.append(printed(result_table(shown), hide_small=block.small_cells == HIDE))
    return [replace(item, small=True) if isinstance(item, TableBlock) else item for item in content]


def _with_facts(content: list[Content], facts: Facts, *, named: bool) -> list[Content]:
    """The facts behind the diagram, beside which they stand; before the table where there is no diagram.

    The diagram needs no title where the heading has `named` the question.
    """
    first = content[0] if content else None
    if not isinstance(first, FigureBlock):
        return [facts, *content]
    return [replace(first, title="" if named else first.title), facts, *content[1:]]


def _facts(result: CalibrationResult) -> tuple[tuple[str, str], ...]:
    key = fmt_number(result.key_value)
    tolerance = _tolerance(result)
    set_by = _("set by %(who)s") % {"who": result.key_set_by} if result.key_set_by else _("nobody named who set it")
    pairs = [
        (_("Answer key"), f"{key}; {tolerance}; {set_by}"),
        (_("Estimates"), _pairs(result)),
        (_("Right"), _share(result.share_right)),
        (_("Mean confidence"), _share(result.mean_confidence)),
        (_("Confidence less right"), _points(result.gap)),
        (_("Brier score (0 to 1)"), _score(result)),
    ]
    if unit := _unit(result):
        pairs.insert(2, (_("Unit"), unit))
    return tuple(pairs)


def _unit(result: CalibrationResult) -> str:
    """How many estimates were divided: by the key's unit rule, by the codebook; "" for none."""
    said = []
    if result.unit_repaired:
        words = ngettext(
            "%(n)s estimate was given in the smaller unit and divided",
            "%(n)s estimates were given in the smaller unit and divided",
            result.unit_repaired,
        )
        said.append(words % {"n": fmt_count(result.unit_repaired)})
    if result.unit_divided:
        words = ngettext(
            "%(n)s estimate was given in the smaller unit and divided, as the codebook says",
            "%(n)s estimates were given in the smaller unit and divided, as the codebook says",
            result.unit_divided,
        )
        said.append(words % {"n": fmt_count(result.unit_divided)})
    return "; ".join(said)


def _tolerance(result: CalibrationResult) -> str:
    """Below one per cent of the key in its own unit: "within 5", not "within 0 %"."""
    words = _("within %(share)s counts as right")
    if result.key_tolerance and result.key_tolerance < 0.01:
        return words % {"share": fmt_number(abs(result.key_value) * result.key_tolerance)}
    return words % {"share": fmt_percent(result.key_tolerance)}


def _pairs(result: CalibrationResult) -> str:
    values = {"n": fmt_count(result.n_estimates), "both": fmt_count(result.counted.n)}
    return _("%(n)s readable, %(both)s of them with a confidence") % values


def _share(value: Estimate) -> str:
    text = fmt_percent(value.value, 1)
    if value.low is None or value.high is None:
        return text
    return f"{text} [{fmt_interval(value.low, value.high, digits=1, percent=True)}]"


def _points(value: Estimate) -> str:
    gap, ends = gap_words(value)
    text = _("%(n)s points") % {"n": gap}
    return f"{text} [{ends}]" if ends else text


def _score(result: CalibrationResult) -> str:
    text = fmt_number(result.brier.value, 3)
    if result.brier.low is not None and result.brier.high is not None:
        text += f" [{fmt_interval(result.brier.low, result.brier.high, digits=3)}]"
    reference = _("%(score)s for always saying the share that was right")
    return f"{text}; {reference % {'score': fmt_number(result.brier_reference, 3)}}"
