"""How long a report of 100 pages with 150 charts takes, against a plain reportlab document of as many pages.

Run: python tests/benchmarks/bench_report.py
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reports.report_sample import frequency, numeric, report_input

from surveyapp.domain.analysis import Block, BlockKind, ReportSpec, ShowAs
from surveyapp.reports.build import build_document
from surveyapp.reports.pdf import pdf_bytes
from surveyapp.reports.request import ReportInput
from surveyapp.stats.result import Result

N_CHARTS = 150
BUDGET_MS = 5_000.0
_PROSE = "Liberal and social democratic answers lead, as in the wave before; the interval tells how far to trust it. "


def many() -> ReportInput:
    """A report of 150 questions, each with a figure, a paragraph and, for two of three, a table."""
    sample = report_input()
    blocks: list[Block] = [Block(id="title", kind=BlockKind.TITLE)]
    results: dict[str, Result] = {}
    for number in range(N_CHARTS):
        name = f"question-{number}"
        counts = {f"Answer {number}-{row}": 500 // (row + 1) + number for row in range(3 + number % 8)}
        results[name] = numeric() if number % 5 == 4 else frequency(f"Question {number} of the census?", counts)
        show = ShowAs.FIGURE if number % 3 == 0 else ShowAs.BOTH
        text = f"{_PROSE}{number}. " * 3
        blocks.append(Block(id=name, kind=BlockKind.ANALYSIS, title=f"Question {number}", text=text, show=show))
        if number % 10 == 0:
            blocks.append(Block(id=f"chapter-{number}", kind=BlockKind.HEADING, title=f"Chapter {number // 10}"))
    spec = ReportSpec(name="Benchmark", wave_id=1, blocks=tuple(blocks))
    return ReportInput(spec=spec, wave=sample.wave, codebook=sample.codebook, method=sample.method, results=results)


def plain(pages: int) -> None:
    """As many pages of paragraphs and tables by reportlab's own platypus."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    style = getSampleStyleSheet()["BodyText"]
    story = []
    for number in range(pages):
        story += [Paragraph(_PROSE * 3, style) for _copy in range(6)]
        story.append(Table([[f"Row {row}", str(number), "12.3", "45.6"] for row in range(15)]))
        story.append(PageBreak())
    SimpleDocTemplate(io.BytesIO(), invariant=1).build(story)


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print milliseconds and the ratio."""
    report = many()
    built: list[float] = []
    pages = 0

    def ours() -> None:
        nonlocal pages
        pages = pdf_bytes(build_document(report))[1].pages

    built.append(_ms(ours))
    reference = min(_ms(lambda: plain(pages)) for _run in range(2))
    built.append(_ms(ours))
    sys.stdout.write(
        f"report: {pages} pages, {N_CHARTS} charts: {built[0]:.0f} ms first, {built[1]:.0f} ms again; "
        f"budget {BUDGET_MS:.0f} ms\n"
    )
    sys.stdout.write(f"plain reportlab, {pages} pages: {reference:.0f} ms; ratio {built[1] / reference:.2f}\n")


if __name__ == "__main__":
    main()
