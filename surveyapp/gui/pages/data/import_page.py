"""Import: what a file is before it is stored. A sub-page of Data with a live preview and one button at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.gui.actions import key_text
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.pages.data.encoding_panel import EncodingPanel
from surveyapp.gui.pages.data.file_desk import FileDesk
from surveyapp.gui.pages.data.head_words import head_words, import_words
from surveyapp.gui.pages.data.import_actions import add_import_actions
from surveyapp.gui.pages.data.log_offer import log_in, take_log
from surveyapp.gui.pages.data.preview_view import PreviewView
from surveyapp.gui.pages.data.reading import PredictionLogFound, ReadFile, read_job
from surveyapp.gui.pages.data.storing import Storing
from surveyapp.gui.pages.data.table_panel import TablePanel
from surveyapp.gui.pages.data.wave_dialog import preview_codebook
from surveyapp.gui.soon import next_turn
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.gui.widgets.plain_text import in_menu
from surveyapp.importers.table import EncodingChoice, OnlyCodebook, SheetChoice
from surveyapp.services.codebook.known import WaveMatch, waves_known
from surveyapp.services.intake.preview import mapping_step
from surveyapp.services.jobs import Job
from surveyapp.services.session import Session

_WAVES_OFFERED = 3


class ImportPage(Page):
    """Reads, previews, stores. Whatever goes wrong, nothing is stored and the sentence says so."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self._paths: tuple[Path, ...] = ()
        self._any_file = False
        self._read: ReadFile | None = None
        self._desk = FileDesk(self)
        self._storing = Storing(self)
        self.job: Job[Any] | None = None
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
        self.show_nothing()

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
        self._fit_name()
        theme.changed.connect(self._fit_name)
        self.name_label.setBuddy(self.name)
        self.header.add_tool(self.name_label)
        self.header.add_tool(self.name)
        self.cancel_button = Button(theme, _("Cancel"), kind="quiet", key="Esc", parent=self)
        self.cancel_button.setObjectName("cancelImport")
        self.cancel_button.clicked.connect(self.leave)
        self.codebook_button = Button(theme, "", icon="bookmark", parent=self)
        self.codebook_button.setObjectName("useCodebook")
        self.codebook_button.clicked.connect(self.use_earlier_codebook)
        self.other_button = Button(theme, icon="folder-open", name=_("Use another codebook…"), parent=self)
        self.other_button.setObjectName("otherCodebook")
        self.other_button.clicked.connect(self.use_saved_codebook)
        self.import_button = Button(theme, _("Import"), kind="primary", parent=self)
        self.import_button.follow(actions, "import.run")
        self.import_button.set_key("Ctrl ↵")
        buttons = (self.cancel_button, self.codebook_button, self.other_button, self.import_button)
        self.header.set_buttons(self.sheet_button, *buttons)

    def _fit_name(self) -> None:
        self.name.setFont(self.theme.font("body"))
        self.name.setFixedSize(self.theme.px(96), self.theme.px(30))

    # Reading

    @property
    def building(self) -> bool:
        """Whether a file has been read whose preview does not stand yet."""
        return self._read is not None and (self.view is None or not self.view.complete)

    @property
    def file_title(self) -> str:
        """The name of the file, or of all of them."""
        return " + ".join(path.name for path in self._paths)

    def read(
        self, paths: Sequence[Path], *, encoding: str | None = None, sheets: Sequence[str] = (), any_file: bool = False
    ) -> None:
        """Read files in the background and show their preview; `any_file` even one that looks like no census."""
        self._paths = tuple(paths)
        self._any_file = any_file or bool(encoding or sheets)
        self.forget()
        self.header.set_title(self.file_title, _("Reading. Nothing is stored yet."))
        self._show_tools()
        words = _("Reading %(name)s") % {"name": self.file_title}
        self.set_content(EmptyState(self.theme, words, figure=False, parent=self))
        if self.job is not None:
            self.job.cancel()
        self.job = self.run_job(
            read_job(self.context.session, self._paths, encoding=encoding, sheets=sheets, any_file=self._any_file),
            self.show_read,
            failed=self._on_read_failed,
            cancelled=self._on_cancelled,
            label=words,
        )

    def forget(self) -> None:
        """What was read is of no use any more."""
        self._desk.forget()
        self._read = self.view = None

    def show_read(self, read: ReadFile, *, any_file: bool = False) -> None:
        self.job = None
        self._read, self._paths = read, read.arrival.paths
        log = None if any_file or self._any_file else log_in(read)
        if log is not None:
            take_log(self, log, read)
            return
        # Building, placing and filling the preview take turns, so that the window answers in between.
        next_turn(self, lambda: self._build_view(read))

    def _build_view(self, read: ReadFile) -> None:
        if self._read is not read:  # another file was opened meanwhile
            return
        view = PreviewView(self, read.preview, self._desk.questions_of(read), self)
        view.hide()
        next_turn(self, lambda: self._place_view(read, view))

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
        view.begin()
        self._desk.compare(read)
        if self.isVisible():
            self.focus_first()

    def _on_read_failed(self, error: UserError) -> None:
        self.job = None
        self.header.set_title(self.file_title, _("Nothing was stored."))
        if isinstance(error, EncodingChoice):
            panel = EncodingPanel(self.theme, error, self._read_in, self)
            self.set_content(panel, padded=False)
            panel.focus_first()
            return
        if isinstance(error, SheetChoice) and len(self._paths) == 1:
            tables = TablePanel(self.theme, error, self._read_sheets, self)
            self.set_content(tables, padded=False)
            tables.focus_first()
            return
        if isinstance(error, PredictionLogFound):
            take_log(self, error)
            return
        if isinstance(error, OnlyCodebook) and self.context.session is not None:
            self._find_waves(error, self.context.session)
            return
        self.show_refusal(error)

    def _find_waves(self, error: OnlyCodebook, session: Session) -> None:
        """A codebook that came alone may be meant for a wave that is stored: those it knows most of are offered."""

        def done(found: list[WaveMatch]) -> None:
            offered = found[:_WAVES_OFFERED]
            choices = [(_use_words(one), partial(preview_codebook, self, one.wave.id, error.path)) for one in offered]
            self.show_refusal(error, choices)

        self.run_job(
            lambda _ctx: waves_known(session, error.path), done, failed=lambda _failed: self.show_refusal(error)
        )

    def show_refusal(self, error: UserError, uses: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """A sentence in place of the preview, and what can be done."""
        choices = [
            *uses,
            (_("Open another file"), lambda: self.context.actions.trigger("file.open")),
            (_("Back"), self.leave),
        ]
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
        self.read(self._paths, encoding=encoding)

    def _read_sheets(self, sheets: Sequence[str]) -> None:
        self.read(self._paths, sheets=sheets)

    def _open_sheets(self) -> None:
        if self._read is None:
            return
        menu = QMenu(self.sheet_button)
        arrival = self._read.arrival
        lines: list[tuple[str, tuple[str, ...], bool]]
        lines = [(name, (name,), name == arrival.sheet) for name in arrival.sheets]
        lines.append((_("All of them, one under another"), arrival.sheets, not arrival.sheet))
        for words, names, current in lines:
            action = menu.addAction(in_menu(words))
            action.setCheckable(True)
            action.setChecked(current)
            action.triggered.connect(lambda _checked=False, chosen=names: self._read_sheets(chosen))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.sheet_button.mapToGlobal(self.sheet_button.rect().bottomLeft()))

    # What is shown

    def show_nothing(self) -> None:
        """No file: how to open one."""
        self.header.set_title(_("Import"))
        opener = Button(self.theme, _("Open a file"), kind="primary", icon="upload", parent=self)
        if "file.open" in self.context.actions:
            opener.follow(self.context.actions, "file.open")
        words = _("Drop a Google Forms, LimeSurvey, Qualtrics, SurveyMonkey, SPSS or Excel file.")
        self.set_content(EmptyState(self.theme, _("No file to preview."), example=words, button=opener, parent=self))
        self.forget()
        self._show_tools()

    def _show_tools(self) -> None:
        read, view = self._read, self.view
        adds = view.questions.adds if view is not None else None
        self.import_button.setVisible(view is not None)
        for widget in (self.name_label, self.name):
            widget.setVisible(view is not None and adds is None)
        sheets = read.arrival.sheets if read is not None else ()
        self.sheet_button.setVisible(view is not None and len(sheets) > 1)
        fitting = read.fitting if read is not None else None
        used = view is not None and any(step.proposal for step in view.preview.steps)
        self.codebook_button.setVisible(view is not None and fitting is not None and not used)
        self.other_button.setVisible(view is not None and adds is None)
        if fitting is not None:
            _say(self.codebook_button, _("Use the %(wave)s codebook") % {"wave": fitting.name})
        if read is not None:
            name = read.arrival.sheet or _("All tables")
            _say(self.sheet_button, name, spoken=_("Sheet: %(sheet)s") % {"sheet": name})
        if view is not None:
            _say(self.import_button, import_words(view))
        self.context.actions.changed.emit()  # what can be done has changed

    def _show_head(self) -> None:
        if self.view is None:
            return
        plan = self.view.preview.plan
        self.header.set_title(self.file_title, head_words(plan))
        self.view.link.show_for(plan.mapping.hashed)
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
        folder = str(self._paths[0].parent) if self._paths else ""
        name, _kind = QFileDialog.getOpenFileName(self, _("Codebook"), folder, f"{kinds};;{_('All files')} (*)")
        if name:
            self.use_mapping_file(Path(name))

    def use_mapping_file(self, path: Path) -> None:
        """Apply the decisions in a file."""
        from surveyapp.services.codebook.mapping import read_mapping

        def done(step_mapping: Any) -> None:
            if self.view is not None:
                self.view.take(mapping_step(step_mapping, path.name))

        failed = self.context.shell.toast
        self.run_job(lambda _ctx: read_mapping(path), done, failed=lambda error: failed(str(error)))

    def store(self) -> None:
        """Ctrl+Enter: store what is shown, as a new wave or into the one it belongs to."""
        if self.view is not None and self.job is None and not self.view.busy:
            self._storing.start(self.view)

    def _on_cancelled(self) -> None:
        self.job = None
        if self.view is None:
            self.show_nothing()
            self.context.shell.toast(_("Cancelled. Nothing was stored."))
            self.context.shell.open_page("data")

    def leave(self) -> None:
        """Esc or Cancel: stop reading or storing, else back to Data; the preview can be taken up again."""
        if self.job is not None:
            self.job.cancel()
            return
        view = self.view
        self.context.shell.open_page("data")
        if view is not None:
            self.context.shell.toast(
                _("Preview of %(name)s closed. Nothing was stored.") % {"name": self.file_title},
                lambda: self.context.shell.open_page("import"),
            )

    # Hooks

    def on_opened(self, **arguments: Any) -> None:
        path, paths = arguments.get("path"), arguments.get("paths")
        if isinstance(path, Path):
            paths = (path,)
        if paths and not self._takes_codebook(paths):
            self.read(paths, any_file=bool(arguments.get("census")))

    def _takes_codebook(self, paths: Sequence[Path]) -> bool:
        """A codebook that is dropped on a preview is for it."""
        if self.view is None or len(paths) != 1 or paths[0].suffix.lower() not in (".json", ".lss"):
            return False
        self.use_mapping_file(paths[0])
        return True

    def on_session_opened(self) -> None:
        """Another workspace: its waves have other names and codebooks."""
        if self.view is None and self.job is not None and self._paths:
            self.read(self._paths, any_file=self._any_file)
        elif self._read is not None:
            self._read = replace(self._read, fitting=None, mapping=None)
            self._desk.forget_wave()
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


def _say(button: Button, words: str, *, spoken: str = "") -> None:
    button.setText(words)
    button.setAccessibleName(spoken or words)
    button.updateGeometry()


def _use_words(one: WaveMatch) -> str:
    words = ngettext(
        "Use it for %(wave)s: %(n)s of %(total)s question",
        "Use it for %(wave)s: %(n)s of %(total)s questions",
        one.n_asked,
    )
    return words % {"wave": one.wave.title, "n": fmt_count(one.n_known), "total": fmt_count(one.n_asked)}
