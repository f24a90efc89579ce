"""Keeps the preview up to date in the background: a little after the last edit, one at a time, old pages stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import ReportSpec
from surveyapp.domain.errors import UserError
from surveyapp.services.jobs import Job, JobContext
from surveyapp.services.report.preview import (
    PageImage,
    ReportPreview,
    build_draft,
    build_preview,
    markdown_of,
    page_images,
)

if TYPE_CHECKING:
    from surveyapp.gui.page import Page

_PAUSE_MS = 180


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as a picture, ready to be painted."""

    page: int
    image: QImage


class PreviewBuilder(QObject):
    """`built` carries a ReportPreview, first a draft of page 1 if nothing was shown yet; `failed` a UserError.

    `stopped` fires when a person cancelled; the old pages are then out of date.
    """

    built = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    rendered = Signal(object, object, float)
    markdown_ready = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._spec: ReportSpec | None = None
        self._number = 0
        self._job: Job[ReportPreview] | None = None
        self._render_number = 0
        self.preview: ReportPreview | None = None
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._start)

    @property
    def busy(self) -> bool:
        """Whether a newer preview is on its way."""
        return self._pause.isActive() or self._job is not None

    def clear(self) -> None:
        """Forget everything: another report, or another workspace."""
        self._drop()
        self._pause.stop()
        self.preview = None
        self._spec = None

    def want(self, spec: ReportSpec, *, at_once: bool = False) -> None:
        """Build this state of the report soon; what is being built for an older one is dropped."""
        self._spec = spec
        self._drop()
        if at_once:
            self._pause.stop()
            self._start()
        else:
            self._pause.start()

    def render(self, pages: list[int], scale: float) -> None:
        """Make pictures of pages, `scale` pixels a point; `rendered` brings them."""
        preview = self.preview
        if preview is None:
            return
        self._render_number += 1
        number = self._render_number

        def work(ctx: JobContext) -> list[RenderedPage]:
            done: list[RenderedPage] = []
            for page in pages:
                if number != self._render_number and done:
                    break  # the person has scrolled on
                ctx.check()
                done += [
                    RenderedPage(image.page, _picture(image)) for image in page_images(preview, [page], scale=scale)
                ]
            return done

        self._page.run_job(work, lambda done: self.rendered.emit(done, preview, scale))

    def write_markdown(self) -> None:
        """Make the text of the Markdown tab; `markdown_ready` brings it."""
        preview = self.preview
        if preview is None or preview.draft:
            return

        def done(text: str) -> None:
            if preview is self.preview:
                self.markdown_ready.emit(text)

        self._page.run_job(lambda _ctx: markdown_of(preview), done)

    def _drop(self) -> None:
        self._number += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _start(self) -> None:
        session, spec = self._page.context.session, self._spec
        if session is None or spec is None:
            return
        self._drop()
        number = self._number
        draft = self.preview is None

        def first(_ctx: JobContext) -> ReportPreview:
            return build_draft(session, spec)

        def work(ctx: JobContext) -> ReportPreview:
            return build_preview(session, spec, report=lambda done, total: ctx.report(done, total))

        def go_on(preview: ReportPreview) -> None:
            if number == self._number:
                self._take(preview)
                run()

        def run() -> None:
            self._job = self._page.run_job(
                work,
                lambda preview: self._on_built(number, preview),
                failed=lambda error: self._on_failed(number, error),
                cancelled=lambda: self._on_cancelled(number),
                label=_("Setting the pages"),
            )

        if draft:
            self._job = self._page.run_job(
                first,
                go_on,
                failed=lambda error: self._on_failed(number, error),
                cancelled=lambda: self._on_cancelled(number),
            )
        else:
            run()

    def _take(self, preview: ReportPreview) -> None:
        self.preview = preview
        self.built.emit(preview)

    def _on_built(self, number: int, preview: ReportPreview) -> None:
        if number == self._number:
            self._job = None
            self._take(preview)

    def _on_failed(self, number: int, error: UserError) -> None:
        if number == self._number:
            self._job = None
            self.failed.emit(error)

    def _on_cancelled(self, number: int) -> None:
        if number == self._number:
            self._job = None
            self.stopped.emit()


def _picture(image: PageImage) -> QImage:
    # a copy, because Qt does not keep the bytes
    return QImage(image.rgba, image.width, image.height, image.stride, QImage.Format.Format_RGBX8888).copy()
