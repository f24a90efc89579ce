"""One question: its figure, its table or both, and always whom it is about."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_percent
from surveyapp.domain.analysis import Block, ShowAs
from surveyapp.figures.build import figure_for
from surveyapp.figures.caption import caption, missing_line, n_line
from surveyapp.figures.figure import Figure
from surveyapp.figures.measure import ELLIPSIS
from surveyapp.figures.option import FigureOptions
from surveyapp.reports.document import Content, FigureBlock, Heading, Text
from surveyapp.reports.printed import printed
from surveyapp.reports.request import ReportInput
from surveyapp.reports.result_table.build import result_table
from surveyapp.reports.sections.picture import figure_width, narrow_figure
from surveyapp.reports.sections.prose import prose
from surveyapp.reports.small_cell import ASK_BELOW, n_small, without_small
from surveyapp.stats.drop_off.result import DropOff
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.regression.result import Regression
from surveyapp.stats.result import FrequencyTable, MultiTable, NumericSummary, ProbabilitySummary, Result
from surveyapp.stats.wave_change.result import AnswerChanges, AnswerSeries, ChangeScreen, WaveChange

HIDE = "hide"

_DRAWN_WITHOUT = (
    FrequencyTable,
    MultiTable,
    NumericSummary,
    ProbabilitySummary,
    Regression,
    DropOff,
    WaveChange,
    ChangeScreen,
    AnswerChanges,
    AnswerSeries,
    GroupControl,
)
"""Figures that are drawn without few people, too."""


def build(report: ReportInput, block: Block) -> list[Content]:
    """Heading, what the person wrote, figure and table as the block says, base lines."""
    result = report.result(block)
    title = heading_of(block, result)
    head: list[Content] = [Heading(level=2, text=title, block=block.id), *prose(block.text)]
    if result is None:
        reason = report.problems.get(block.id) or _("the question is no longer in the codebook.")
        return [*head, Text(text=_("Not computed: %(reason)s") % {"reason": reason}, role="warning")]
    if isinstance(result, NotComputed):
        return [*head, Text(text=result.reason), *base_texts(report, block, result)]
    return [*head, *body(report, block, result)]


def heading_of(block: Block, result: Result | None) -> str:
    """The block's own title, else the question. A title that only shortens the question gives way to it."""
    question = result.question.strip() if result is not None else ""
    title = block.title.strip()
    if question and (not title or _shortens(title, question)):
        return question
    return block.title or _("Question")


def _shortens(title: str, question: str) -> bool:
    """ "In how many languages can you follow a…" of the whole question; "Diet" of "Diet?"."""
    if title.endswith(ELLIPSIS):
        return question.startswith(title.removesuffix(ELLIPSIS))
    return title.rstrip("?.: ").casefold() == question.rstrip("?.: ").casefold()


def body(report: ReportInput, block: Block, result: Result) -> list[Content]:
    """Figure and / or table; where there is no figure, the table."""
    hidden = n_small(result) if block.small_cells == HIDE else 0
    shown = without_small(result) if hidden else result
    options = FigureOptions(
        largest_first=block.largest_first, intervals=block.intervals, counts=block.counts, digits=1, compact=True
    )
    figure = figure_for(shown, width=figure_width(shown), options=options) if block.show is not ShowAs.TABLE else None
    if hidden and not isinstance(shown, _DRAWN_WITHOUT):
        figure = None  # its marks cannot be hidden one by one; the table can
    content: list[Content] = []
    title = _caption_title(block, result)
    if figure is not None:
        base = _base(report, block, figure, hidden)
        narrow = narrow_figure(shown, options) if block.show is ShowAs.FIGURE else None
        content.append(FigureBlock(figure=figure, title=title, base=base, block=block.id, narrow=narrow))
    if block.show is not ShowAs.FIGURE or figure is None:
        notes = _base(report, block, None, hidden) if figure is None else ()
        content.append(_table(block, shown, title=title if figure is None else "", notes=notes))
    return content


def _table(block: Block, result: Result, *, title: str, notes: tuple[str, ...]) -> Content:
    return printed(
        result_table(result, largest_first=block.largest_first),
        title=title,
        notes=notes,
        hide_small=block.small_cells == HIDE,
        intervals=block.intervals,
        counts=block.counts,
    )


def _caption_title(block: Block, result: Result) -> str:
    """The question as asked, unless the heading already says it."""
    return "" if bare(heading_of(block, result)) == bare(result.question) else result.question


def bare(text: str) -> str:
    """The same for a header and the words read from it: letters and digits only."""
    return "".join(char for char in text.casefold() if char.isalnum()) or text.strip()


def _base(report: ReportInput, block: Block, figure: Figure | None, hidden: int) -> tuple[str, ...]:
    result = report.result(block)
    assert result is not None
    first = figure.caption if figure is not None else without_figure(result, intervals=block.intervals)
    lines = [first, *(line for line in report.bases.get(block.id, ()) if line not in first)]
    if hidden:
        words = ngettext(
            "%(n)s cell of fewer than 5 people is hidden.", "%(n)s cells of fewer than 5 people are hidden.", hidden
        )
        lines.append(words % {"n": fmt_count(hidden)})
    return tuple(lines)


def without_figure(result: Result, *, intervals: bool = True) -> str:
    """The base line of a table: n, who is missing, which interval."""
    level = getattr(result, "level", None)
    counted = getattr(result, "counted", None)
    parts = [n_line(counted), missing_line(counted)] if counted is not None else []
    if level is not None and intervals:
        parts.append(_("Intervals: %(level)s.") % {"level": fmt_percent(level)})
    return caption(*parts, weighting=getattr(result, "weighting", None))


def base_texts(report: ReportInput, block: Block, result: NotComputed) -> list[Content]:
    """The base lines where there is neither figure nor table."""
    few = block.small_cells == HIDE and 0 < result.counted.n < ASK_BELOW
    lines = [*([] if few else [without_figure(result)]), *report.bases.get(block.id, ())]
    return [Text(text=line, role="note") for line in dict.fromkeys(lines)]
