"""Import: what a file is before it is stored. A sub-page of Data with a live preview and one button at the end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.gui.actions import key_text
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.pages.data.encoding_panel import EncodingPanel
from surveyapp.gui.pages.data.import_actions import add_import_actions
from surveyapp.gui.pages.data.preview_view import PreviewView
from surveyapp.gui.pages.data.reading import ReadFile, Stored, import_job, read_job
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.importers.table import EncodingChoice
from surveyapp.services.jobs import Job, JobContext
from surveyapp.services.preview import mapping_step

_AFTER_PAINT_MS = 80


class ImportPage(Page):
    """Reads, previews, stores. Whatever goes wrong, nothing is stored and the sentence says so."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self._path: Path | None = None
        self._read: ReadFile | None = None
        self._job: Job[Any] | None = None
        self.view: PreviewView | None = None
        add_import_actions(self)
        self._make_header()
        self.keys = [
            ("J K", _("next, previous problem")),
            ("1 2 3", _("choose a fix")),
            ("A", _("accept all recommended")),
            ("Enter", _("open the column")),
            (key_text("Ctrl+Z"), _("undo a fix")),
        ]
        self._show_nothing()

    def _make_header(self) -> None:
        theme, actions = self.theme, self.context.actions
        self.header.set_breadcrumb([(_("Data"), self.leave), (_("Import"), None)])
        self.sheet_button = Button(theme, "", kind="field", parent=self)
        self.sheet_button.setObjectName("sheetMenu")
        self.sheet_button.clicked.connect(self._open_sheets)
        self.name_label = Label(theme, _("Wave"), ink="text-2", parent=self)
        self.name = QLineEdit(self)
        self.name.setObjectName("waveName")
        self.name.setAccessibleName(_("Name of the wave"))
        self.name.setFont(theme.font("body"))
        self.name.setFixedSize(theme.px(96), theme.px(30))
        self.name_label.setBuddy(self.name)
        self.header.add_tool(self.name_label)
        self.header.add_tool(self.name)
        self.cancel_button = Button(theme, _("Cancel"), kind="quiet", key="Esc", parent=self)
        self.cancel_button.setObjectName("cancelImport")
        self.cancel_button.clicked.connect(self.leave)
        self.codebook_button = Button(theme, "", icon="bookmark", parent=self)
        self.codebook_button.setObjectName("useCodebook")
        self.codebook_button.clicked.connect(self.use_earlier_codebook)
        self.import_button = Button(theme, _("Import"), kind="primary", parent=self)
        self.import_button.follow(actions, "import.run")
        self.import_button.set_key("Ctrl ↵")
        self.header.set_buttons(self.sheet_button, self.cancel_button, self.codebook_button, self.import_button)

    # Reading

    @property
    def building(self) -> bool:
        """Whether a file has been read whose preview does not stand yet."""
        return self._read is not None and (self.view is None or not self.view.complete)

    def read(self, path: Path, *, encoding: str | None = None, sheet: str | None = None) -> None:
        """Read a file in the background and show its preview."""
        self._path, self._read, self.view = path, None, None
        self.header.set_title(path.name, _("Reading. Nothing is stored yet."))
        self._show_tools()
        waiting = EmptyState(self.theme, _("Reading %(name)s") % {"name": path.name}, figure=False, parent=self)
        self.set_content(waiting)
        if self._job is not None:
            self._job.cancel()
        self._job = self.run_job(
            read_job(self.context.session, path, encoding=encoding, sheet=sheet),
            self._on_read,
            failed=self._on_read_failed,
            cancelled=self._on_cancelled,
            label=_("Reading %(name)s") % {"name": path.name},
        )

    def _on_read(self, read: ReadFile) -> None:
        self._job = None
        self._read = read
        # Building, placing and filling the preview take turns, so that the window answers in between.
        QTimer.singleShot(0, self, lambda: self._build_view(read))

    def _build_view(self, read: ReadFile) -> None:
        if self._read is not read:  # another file was opened meanwhile
            return
        view = PreviewView(self, read.preview, self)
        view.hide()
        QTimer.singleShot(0, self, lambda: self._place_view(read, view))

    def _place_view(self, read: ReadFile, view: PreviewView) -> None:
        if self._read is not read:
            view.deleteLater()
            return
        self.view = view
        self.name.setText(read.name)
        view.changed.connect(self._show_head)
        self.set_content(view, padded=False)
        view.show()
        self._show_head()
        self.set_fact(_("Your file is never changed. Every cell is kept as it was typed."))
        QTimer.singleShot(_AFTER_PAINT_MS, view, view.begin)
        if self.isVisible():
            self.focus_first()

    def _on_read_failed(self, error: UserError) -> None:
        self._job = None
        name = self._path.name if self._path is not None else ""
        self.header.set_title(name, _("Nothing was stored."))
        if isinstance(error, EncodingChoice):
            panel = EncodingPanel(self.theme, error, self._read_in, self)
            self.set_content(panel, padded=False)
            panel.focus_first()
            return
        choices = [(_("Open another file"), lambda: self.context.actions.trigger("file.open")), (_("Back"), self.leave)]
        message = MessagePanel(
            self.theme,
            error.title,
            what_to_do=error.what_to_do,
            choices=choices,
            details=error.details,
            parent=self,
        )
        self.set_content(message, padded=False)
        message.focus_first()

    def _read_in(self, encoding: str) -> None:
        if self._path is not None:
            self.read(self._path, encoding=encoding)

    def _open_sheets(self) -> None:
        if self.view is None:
            return
        menu = QMenu(self.sheet_button)
        table = self.view.preview.plan.table
        for sheet in table.sheets:
            action = menu.addAction(sheet)
            action.setCheckable(True)
            action.setChecked(sheet == table.sheet)
            action.triggered.connect(lambda _checked=False, name=sheet: self._read_sheet(name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.sheet_button.mapToGlobal(self.sheet_button.rect().bottomLeft()))

    def _read_sheet(self, sheet: str) -> None:
        if self._path is not None:
            self.read(self._path, sheet=sheet)

    # What is shown

    def _show_nothing(self) -> None:
        self.header.set_title(_("Import"))
        opener = Button(self.theme, _("Open a file"), kind="primary", icon="upload", parent=self)
        if "file.open" in self.context.actions:
            opener.follow(self.context.actions, "file.open")
        words = _("Drop a Google Forms export, a CSV or an Excel file.")
        self.set_content(EmptyState(self.theme, _("No file to preview."), example=words, button=opener, parent=self))
        self._read = self.view = None
        self._show_tools()

    def _show_tools(self) -> None:
        shown = self.view is not None
        table = self.view.preview.plan.table if self.view is not None else None
        for widget in (self.name_label, self.name, self.import_button):
            widget.setVisible(shown)
        self.sheet_button.setVisible(table is not None and len(table.sheets) > 1)
        fitting = self._read.fitting if self._read is not None else None
        used = self.view is not None and any(step.proposal for step in self.view.preview.steps)
        self.codebook_button.setVisible(shown and fitting is not None and not used)
        if fitting is not None:
            self.codebook_button.setText(_("Use the %(wave)s codebook") % {"wave": fitting.name})
            self.codebook_button.setAccessibleName(self.codebook_button.text())
            self.codebook_button.updateGeometry()
        if table is not None:
            self.sheet_button.setText(table.sheet)
            self.sheet_button.setAccessibleName(_("Sheet: %(sheet)s") % {"sheet": table.sheet})
            n = len(table)
            words = ngettext("Import %(n)s person", "Import %(n)s people", n) % {"n": fmt_count(n)}
            self.import_button.setText(words)
            self.import_button.setAccessibleName(words)
            self.import_button.updateGeometry()
        self.context.actions.changed.emit()  # what can be done has changed

    def _show_head(self) -> None:
        if self.view is None or self._path is None:
            return
        plan = self.view.preview.plan
        detail = plan.table.source.detail
        facts = [
            f"{detail[:1].upper()}{detail[1:]}.",
            _("%(rows)s rows, %(columns)s columns.")
            % {"rows": fmt_count(len(plan.table)), "columns": fmt_count(len(plan.table.columns))},
        ]
        if plan.matched or plan.unmatched:
            words = _("%(n)s columns matched, %(new)s are new, %(gone)s questions have no column.")
            counts = {"n": len(plan.matched), "new": len(plan.new), "gone": len(plan.unmatched)}
            facts.append(words % {key: fmt_count(count) for key, count in counts.items()})
        self.header.set_title(self._path.name, " ".join([*facts, _("Nothing is stored yet.")]))
        self._show_tools()

    # What the actions do

    def use_earlier_codebook(self) -> None:
        """Apply the decisions taken on the earlier wave that fits."""
        read = self._read
        if self.view is not None and read is not None and read.fitting is not None and read.mapping is not None:
            self.view.take(mapping_step(read.mapping, read.fitting.name))

    def use_saved_codebook(self) -> None:
        """Apply decisions saved as a file."""
        from surveyapp.importers.codebook.registry import CODEBOOKS

        suffixes = " ".join(sorted({f"*{suffix}" for spec in CODEBOOKS for suffix in spec.suffixes}))
        kinds = _("Codebooks (%(suffixes)s)") % {"suffixes": suffixes}
        name, _kind = QFileDialog.getOpenFileName(self, _("Codebook"), "", kinds)
        if name:
            self.use_mapping_file(Path(name))

    def use_mapping_file(self, path: Path) -> None:
        """Apply the decisions in a file."""
        from surveyapp.services.mapping import read_mapping

        def done(step_mapping: Any) -> None:
            if self.view is not None:
                self.view.take(mapping_step(step_mapping, path.stem))

        self.run_job(lambda _ctx: read_mapping(path), done)

    def store(self) -> None:
        """Ctrl+Enter: store what is shown as a new wave."""
        if self.view is None or self._job is not None or self.view.busy:
            return
        session, name = self.context.session, self.name.text().strip()
        if session is not None:
            from surveyapp.services.importing import ensure_new_name

            try:
                ensure_new_name(session, name)
            except UserError as error:
                self.context.shell.toast(str(error))
                self.name.setFocus()
                self.name.selectAll()
                return
        self.import_button.setEnabled(False)
        self.view.rest()
        self._job = self.run_job(
            import_job(session, self.view.preview.plan, name=name or _("Wave 1"), clock=self.context.clock),
            self._on_stored,
            failed=self._on_store_failed,
            cancelled=self._on_store_cancelled,
            label=_("Storing %(name)s") % {"name": self._path.name if self._path else ""},
            store=True,
        )

    def _on_stored(self, stored: Stored) -> None:
        self._job = None
        self.import_button.setEnabled(True)
        if stored.new_workspace:
            self.context.set_session(stored.session)
            self.context.settings.add_recent(stored.session.path)
        self._read = self.view = None
        QTimer.singleShot(0, self, lambda: self._leave_for_data(stored))

    def _leave_for_data(self, stored: Stored) -> None:
        self.context.shell.open_page("data", "codebook", wave_id=stored.wave.id)
        QTimer.singleShot(0, self, lambda: self._tell_stored(stored))

    def _tell_stored(self, stored: Stored) -> None:
        self._show_nothing()
        n = stored.wave.n_responses
        words = ngettext("%(n)s person imported.", "%(n)s people imported.", n) % {"n": fmt_count(n)}
        self.context.shell.toast(words, lambda: self._undo_import(stored))

    def _undo_import(self, stored: Stored) -> None:
        if self.context.session is not stored.session:
            return

        def work(_ctx: JobContext) -> None:
            from surveyapp.services.change_log import undo

            undo(stored.session, stored.change_id)

        self.context.jobs.start(
            work, done=lambda _none: self.context.shell.toast(_("Import taken back.")), owner=self, store=True
        )

    def _on_store_failed(self, error: UserError) -> None:
        self._job = None
        self.import_button.setEnabled(True)
        if self.view is not None:
            self.view.begin()
        self.context.shell.show_error(error)

    def _on_store_cancelled(self) -> None:
        self._job = None
        self.import_button.setEnabled(True)
        if self.view is not None:
            self.view.begin()
        self.context.shell.toast(_("Cancelled. Nothing was stored."))

    def _on_cancelled(self) -> None:
        self._job = None
        if self.view is None:
            self._show_nothing()
            self.context.shell.toast(_("Cancelled. Nothing was stored."))
            self.context.shell.open_page("data")

    def leave(self) -> None:
        """Esc or Cancel: stop reading or storing, else back to Data; the preview can be taken up again."""
        if self._job is not None:
            self._job.cancel()
            return
        view, path = self.view, self._path
        self.context.shell.open_page("data")
        if view is not None and path is not None:
            self.context.shell.toast(
                _("Preview of %(name)s closed. Nothing was stored.") % {"name": path.name},
                lambda: self.context.shell.open_page("import"),
            )

    # Hooks

    def on_opened(self, **arguments: Any) -> None:
        path = arguments.get("path")
        if isinstance(path, Path):
            self.read(path)

    def on_session_opened(self) -> None:
        """Another workspace: its waves have other names and codebooks."""
        if self.view is None and self._job is not None and self._path is not None:
            self.read(self._path)
        elif self._read is not None:
            self._read = replace(self._read, fitting=None, mapping=None)
            self._show_tools()

    def on_escape(self) -> None:
        if self.view is not None and self.view.close_editor():
            return
        self.leave()

    def undo_here(self) -> bool:
        return self.view is not None and self.view.take_back()

    def find_on_page(self) -> None:
        if self.view is not None:
            self.view.columns.finder.setFocus()

    def focus_first(self) -> None:
        if self.view is not None:
            self.view.problems.focus_current()

    def focused_in(self, widget: QWidget) -> bool:
        """Whether the focus lies in that part of the page."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is widget or widget.isAncestorOf(focus))
