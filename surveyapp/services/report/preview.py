"""A report as it will be printed, for the composer: its pages, where each block stands, and what is the matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_people
from surveyapp.base.version import program_version
from surveyapp.domain.analysis import NO_WAVE, Block, BlockKind, ReportSpec
from surveyapp.domain.question import Codebook
from surveyapp.figures.prediction_log import base_line
from surveyapp.importers.table import Report, no_report
from surveyapp.reports.document import Contents, Document
from surveyapp.reports.layout import Extent
from surveyapp.reports.pdf import BorrowedLetters, pdf_bytes
from surveyapp.reports.preview import PageImage, render_pages
from surveyapp.reports.request import MethodFacts, ReportInput
from surveyapp.reports.small_cell import SmallCell, small_cells
from surveyapp.reports.style import A4
from surveyapp.services.analysis.run import base_of
from surveyapp.services.report.build import build_report, ensure_wave, wave_of
from surveyapp.services.session import Session
from surveyapp.stats.calibration.log_result import LogResult
from surveyapp.stats.calibration.people_result import PeopleResult
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import (
    FrequencyTable,
    GridTable,
    MultiTable,
    Result,
)

__all__ = ["A4", "BorrowedLetters", "Extent", "PageImage", "SmallCell", "render_pages", "small_cells"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockFacts:
    """What the composer says about one block: whom it is about, what is the matter with it.

    `question` is the wording of what was asked; `sortable` says whether its answers can be ordered by size.
    """

    base: str
    changed: bool = False
    problem: str = ""
    small: tuple[SmallCell, ...] = ()
    sortable: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPreview:
    """The PDF of a report and what one wants to know beside it; `draft` holds its first page only."""

    spec: ReportSpec
    document: Document
    pdf: bytes
    pages: int
    n_figures: int
    results: dict[str, Result] = field(default_factory=dict)
    page_of_block: dict[str, int] = field(default_factory=dict)
    extents: dict[str, tuple[Extent, ...]] = field(default_factory=dict)
    facts: dict[str, BlockFacts] = field(default_factory=dict)
    missing_letters: tuple[tuple[str, int], ...] = ()
    borrowed_letters: tuple[BorrowedLetters, ...] = ()
    draft: bool = False

    @property
    def changed(self) -> tuple[str, ...]:
        """The ids of the blocks whose numbers are not those they were pinned with, in their order."""
        return tuple(block.id for block in self.spec.blocks if (f := self.facts.get(block.id)) and f.changed)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The ids of the blocks that show fewer than five people and nobody has said whether they may."""
        return tuple(
            block.id
            for block in self.spec.blocks
            if block.small_cells == "ask" and (f := self.facts.get(block.id)) and f.small
        )

    @property
    def problems(self) -> tuple[str, ...]:
        """The ids of the blocks that cannot be computed any more."""
        return tuple(block.id for block in self.spec.blocks if (f := self.facts.get(block.id)) and f.problem)


def build_preview(session: Session, spec: ReportSpec, *, report: Report = no_report) -> ReportPreview:
    """Compute the report and set its pages. Raises UserError if its wave is gone."""
    built = build_report(session, spec, report=report)
    pdf, info = pdf_bytes(built.document)
    facts = {
        block.id: _facts(session, block, built.results.get(block.id), block.id in built.changed, built.problems)
        for block in spec.blocks
        if block.spec is not None
    }
    return ReportPreview(
        spec=spec,
        document=built.document,
        pdf=pdf,
        pages=info.pages,
        n_figures=built.document.n_figures,
        results=built.results,
        page_of_block=info.page_of_block,
        extents=info.extents,
        facts=facts,
        missing_letters=info.missing_letters,
        borrowed_letters=info.borrowed_letters,
    )


def build_draft(session: Session, spec: ReportSpec) -> ReportPreview:
    """The first page without what must be computed first: the title; no list of contents, whose pages are unknown."""
    from surveyapp.reports.build import build_document

    ensure_wave(session, spec)
    wave = wave_of(session, spec)
    title = tuple(block for block in spec.blocks[:1] if block.kind is BlockKind.TITLE)
    method = MethodFacts(n_responses=wave.n_responses, n_base=wave.n_responses, level=0.95, version=program_version())
    request = ReportInput(
        spec=replace(spec, blocks=title),
        community=session.name,
        wave=wave,
        codebook=Codebook() if spec.wave_id == NO_WAVE else session.codebook(spec.wave_id),
        method=method,
    )
    document = build_document(request)
    document = replace(document, content=tuple(item for item in document.content if not isinstance(item, Contents)))
    pdf, info = pdf_bytes(document)
    return ReportPreview(spec=spec, document=document, pdf=pdf, pages=info.pages, n_figures=0, draft=True)


def markdown_of(preview: ReportPreview) -> str:
    """The text as it will be pasted."""
    from surveyapp.reports.markdown import markdown_text

    return markdown_text(preview.document, folder=f"{preview.spec.name} figures")


def page_images(preview: ReportPreview, pages: Iterable[int], *, scale: float) -> list[PageImage]:
    """Pages (from 1) as pixels, `scale` pixels a point."""
    return render_pages(preview.pdf, scale=scale, pages=pages)


def _facts(
    session: Session, block: Block, result: Result | None, changed: bool, problems: dict[str, str]
) -> BlockFacts:
    if result is None:
        return BlockFacts(base="", problem=problems.get(block.id, ""))
    return BlockFacts(
        base=_base_words(session, block, result),
        changed=changed,
        question=result.question,
        small=small_cells(result),
        sortable=isinstance(result, GridTable | MultiTable)
        or (isinstance(result, FrequencyTable) and not result.ordered),
        problem=result.reason if isinstance(result, NotComputed) else "",
    )


def _base_words(session: Session, block: Block, result: Result) -> str:
    assert block.spec is not None
    if isinstance(result, LogResult):
        return _("Prediction log. %(base)s") % {"base": base_line(result)}
    if isinstance(result, PeopleResult):
        return _("Prediction log. %(base)s") % {"base": " ".join(result.notes) or result.sentence}
    counted = base_of(session, block.spec.base)
    words = "; ".join(step.in_full for step in counted.steps) or _("Everybody")
    own = getattr(result, "counted", None)
    n = own.n if own is not None else counted.n
    people = fmt_people(n)
    wave = session.wave(block.spec.base.wave_id).title
    return _("%(wave)s. %(who)s; %(people)s.") % {"wave": wave, "who": words, "people": people}
