"""Export: choose where, write in the background all or nothing, say what was written and where it lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.base.paths import documents_dir
from surveyapp.domain.analysis import ReportSpec
from surveyapp.domain.errors import UserError
from surveyapp.gui.saved_name import with_ending
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.gui.page import Page
    from surveyapp.services.session import Session

Form = Literal["pdf", "markdown", "xlsx", "csv"]
FORMS: tuple[Form, ...] = ("pdf", "markdown", "xlsx", "csv")
_ENDINGS = {"pdf": ".pdf", "markdown": ".md", "xlsx": ".xlsx"}


def form_words(form: Form) -> str:
    """What the menu calls it."""
    return {
        "pdf": _("PDF"),
        "markdown": _("Markdown with figures (SVG, PNG)"),
        "xlsx": _("Tables as XLSX"),
        "csv": _("Tables as CSV, a file each"),
    }[form]


@dataclass(frozen=True, slots=True)
class Unwritten:
    """An export that failed: why, and what was wanted."""

    error: UserError
    form: Form
    path: Path


class Exporter(QObject):
    """`failed` carries an Unwritten; `started` clears it."""

    failed = Signal(object)
    started = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._folder: Path | None = None
        self.dialog: QFileDialog | None = None

    def ask(self, spec: ReportSpec, form: Form) -> None:
        """Ask where to, then write. Nothing waits for the answer."""
        from surveyapp.services.report.export import safe_name

        dialog = QFileDialog(self._page.window(), _("Export “%(name)s”") % {"name": spec.name}, str(self._start()))
        dialog.setObjectName("exportDialog")
        if form == "csv":
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
            dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Write here"))
        else:
            suffix = _ENDINGS[form].removeprefix(".")
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(suffix)
            dialog.setNameFilter(f"{form_words(form)} (*.{suffix})")
            dialog.selectFile(f"{safe_name(spec.name)}.{suffix}")
        dialog.fileSelected.connect(lambda name: self._on_chosen(spec, form, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._on_finished)
        self.dialog = dialog
        dialog.open()

    def write(self, spec: ReportSpec, form: Form, path: Path) -> None:
        """Write in the background; `path` is the file, or for CSV the folder of the tables."""
        session = self._page.context.session
        if session is None:
            return
        self.started.emit()
        self._folder = path.parent

        def work(ctx: JobContext) -> str:
            return _write(session, spec, form, path, ctx)

        self._page.run_job(
            work,
            lambda words: self._on_written(words, path),
            failed=lambda error: self.failed.emit(Unwritten(error, form, path)),
            cancelled=lambda: self._page.context.shell.toast(_("Cancelled. Nothing was written.")),
            label=_("Writing %(name)s") % {"name": path.name},
        )

    def _start(self) -> Path:
        folder = self._folder or documents_dir()
        return folder if folder.is_dir() else Path.home()

    def _on_finished(self, _result: int) -> None:
        self.dialog = None

    def _on_chosen(self, spec: ReportSpec, form: Form, name: str) -> None:
        from surveyapp.services.report.export import safe_name

        path = Path(name)
        if form == "csv":
            path = path / (_("%(report)s tables") % {"report": safe_name(spec.name)})
        else:
            path = with_ending(path, _ENDINGS[form])
        self.write(spec, form, path)

    def _on_written(self, words: str, path: Path) -> None:
        sentence = _("%(name)s written, %(amount)s.") % {"name": path.name, "amount": words}
        show: Callable[[], object] = lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))  # noqa: E731
        self._page.context.shell.toast(sentence, None, (_("Show in folder"), show))


def _write(session: Session, spec: ReportSpec, form: Form, path: Path, ctx: JobContext) -> str:
    from surveyapp.services.report.build import write_markdown_report, write_pdf_report
    from surveyapp.services.report.export import write_report_csv, write_report_xlsx

    def report(done: int, total: int) -> None:
        ctx.report(done, total)

    match form:
        case "pdf":
            n = write_pdf_report(session, spec, path, report=report)
            words = ngettext("%(n)s page", "%(n)s pages", n)
        case "markdown":
            n = write_markdown_report(session, spec, path, report=report)
            words = ngettext("%(n)s figure", "%(n)s figures", n)
        case _:
            write = write_report_xlsx if form == "xlsx" else write_report_csv
            n = write(session, spec, path, report=report)
            words = ngettext("%(n)s table", "%(n)s tables", n)
    return words % {"n": fmt_count(n)}
