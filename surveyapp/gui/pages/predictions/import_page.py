"""Import of a prediction log: what a file is before it is stored. A sub-page of Predictions, one button at the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from surveyapp.base.garbage import let_go
from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.domain.errors import UserError
from surveyapp.gui.actions import ActionSpec, key_text
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.pages.predictions.import_job import ReadLog, StoredLog, look_at, read_job, store_job, with_me
from surveyapp.gui.pages.predictions.import_side import ImportSide
from surveyapp.gui.pages.predictions.import_table import ImportTable
from surveyapp.gui.soon import next_turn
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.services.jobs import Job, JobContext

if TYPE_CHECKING:
    from surveyapp.importers.prediction.plan import PlannedForecast, PredictionPlan, ReadOptions

_SIDE, _SIDE_SMALL, _WIDE = 400, 320, 1100
_NARROW = 560
_FREED_AFTER_MS = 500
_SIDE_MOST = 0.55
"""The part of the page that the side takes at most: with large text the table keeps room for its statements."""


class PredictionImportPage(Page):
    """Reads, previews, stores. Whatever goes wrong, nothing is stored and the sentence says so."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self.log: ReadLog | None = None
        self.job: Job[Any] | None = None
        self.side: ImportSide | None = None
        self.table: ImportTable | None = None
        self._to_free: list[PlannedForecast] = []
        self._freeing = QTimer(self, interval=_FREED_AFTER_MS, singleShot=True)
        self._freeing.timeout.connect(self._free)
        self._path: Path | None = None
        self._options: ReadOptions | None = None
        self._format = ""
        self._n_reading = 0
        self._me: str | None = None
        """Who the person said they are: "" is nobody in the file, None not said."""
        self.header.set_breadcrumb([(_("Predictions"), self.leave), (_("Import"), None)])
        self._add_actions()
        self.cancel_button = Button(context.theme, _("Cancel"), kind="quiet", key="Esc", parent=self)
        self.cancel_button.setObjectName("cancelImport")
        self.cancel_button.clicked.connect(self.leave)
        self.import_button = Button(context.theme, _("Import"), kind="primary", parent=self)
        self.import_button.follow(context.actions, "import_log.run")
        self.import_button.set_key("Ctrl ↵")
        self.header.set_buttons(self.cancel_button, self.import_button)
        self.keys = [("J", _("next open question")), (key_text("Ctrl+Return"), _("import"))]
        self.show_nothing()

    @property
    def plan(self) -> PredictionPlan | None:
        """What was read."""
        return self.log.plan if self.log is not None else None

    @property
    def _may(self) -> bool:
        """Whether the open workspace, or a new one, can be written."""
        return self.context.session is None or not self.context.session.read_only

    def _add_actions(self) -> None:
        def add(spec_id: str, title: Callable[[], str], shortcut: str, work: Callable[[], object], **more: Any) -> None:
            spec = ActionSpec(id=spec_id, title=title, shortcut=shortcut, page=self.spec.id, **more)
            self.add_action(spec, work)

        add(
            "import_log.run",
            lambda: _("Import"),
            "Ctrl+Return",
            self.store,
            icon="download",
            enabled=lambda: self.plan is not None and bool(self.plan.predictions) and self.job is None and self._may,
            why_not=lambda: _("No prediction has been read yet.") if self._may else _read_only(),
        )
        add(
            "import_log.ask",
            lambda: _("Next open question"),
            "J",
            self.focus_first,
            enabled=lambda: self.side is not None and self.side.open_choice is not None,
            why_not=lambda: _("Nothing is left to say."),
        )

    # Reading

    def open_import(self, path: Path, *, format_id: str = "") -> None:
        """Read a file anew and show what is in it."""
        from surveyapp.importers.prediction.plan import ReadOptions

        self._path, self._format, self._me = path, format_id, None
        self._keep(None)
        self.side = self.table = None
        self.header.set_title(path.name, _("Reading. Nothing is stored yet."))
        words = _("Reading %(name)s") % {"name": path.name}
        self.set_content(EmptyState(self.theme, words, figure=False, parent=self))
        self._read(ReadOptions())

    def _read(self, options: ReadOptions) -> None:
        path = self._path
        if path is None:
            return
        self._options = options
        before, self.job = self.job, None
        if before is not None:
            before.cancel()
        self._n_reading += 1
        number = self._n_reading
        self._show_tools()
        self.job = self.run_job(
            read_job(self.context.session, path, options, format_id=self._format, me=self._me),
            self._on_read,
            failed=self._on_failed,
            cancelled=lambda: self._on_cancelled() if number == self._n_reading else None,
            label=_("Reading %(name)s") % {"name": path.name},
        )

    def _on_read(self, log: ReadLog) -> None:
        self.job = None
        self._keep(log)
        self._format = self._format or log.plan.source.format
        if self.side is None:
            self._build()
        self._show_log()
        if self.isVisible():
            self.focus_first()

    def _keep(self, log: ReadLog | None) -> None:
        """Show this one from now on. The forecasts of the one before are freed in a worker, little by little, once
        nobody else refers to them."""
        before, self.log = self.log, log
        if before is not None:
            self._to_free += before.plan.forecasts
            self._freeing.start()

    def _free(self) -> None:
        forecasts, self._to_free = self._to_free, []
        self.context.jobs.start(lambda _ctx: let_go(forecasts), done=lambda _none: None)

    def _build(self) -> None:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        card = Card(self.theme, edge_to_edge=True, parent=box)
        self.table = ImportTable(self.theme, card)
        card.add(self.table, 1)
        self.side = ImportSide(self.context, box)
        self.side.wanted.connect(self._read)
        self.side.me_chosen.connect(self._choose_me)
        row.addWidget(card, 1)
        row.addWidget(self.side)
        self._fit_side()
        self.set_content(box)
        told = _("Your file is never changed. It can be imported again: only what is new comes in.")
        self.set_fact(told if self._may else _read_only())

    def _fit_side(self) -> None:
        if self.side is not None:
            side = self.theme.px(_SIDE if self.width() > self.theme.px(_WIDE) else _SIDE_SMALL)
            self.side.setFixedWidth(min(side, round(self.width() * _SIDE_MOST)))

    def _show_log(self) -> None:
        log, options = self.log, self._options
        if log is None or options is None or self.side is None or self.table is None or self._path is None:
            return
        self.header.set_title(self._path.name, _head_words(log))
        self.table.show_log(log)
        self.side.show_log(log, options, me_said=self._me is not None)
        self._show_tools()

    def _choose_me(self, name: str) -> None:
        plan = self.plan
        if plan is None or self.job is not None:
            return
        self._me = name
        known = self.log.known if self.log is not None else ""
        self.job = self.run_job(
            lambda _ctx: look_at(with_me(plan, name), known=known), self._on_read, failed=self._on_failed
        )

    def _on_failed(self, error: UserError) -> None:
        self.job = None
        if self.plan is not None:  # what was said last cannot be: what stood before still stands
            self.context.shell.show_error(error)
            return
        self.header.set_title(self._path.name if self._path else _("Import"), _("Nothing was stored."))
        self._show_tools()
        self._show_panel(error)

    def _show_panel(self, error: UserError) -> None:
        from surveyapp.importers.prediction.registry import UnknownLog

        path = self._path
        choices: list[tuple[str, Callable[[], object]]] = []
        if path is not None and isinstance(error, UnknownLog) and error.is_table:
            choices.append((_("Say which column is what"), lambda: self.open_import(path, format_id="spreadsheet")))
        if path is not None and isinstance(error, UnknownLog):
            choices.append((_("Preview it as a census file"), self.open_as_census))
        choices += [
            (_("Open another file"), lambda: self.context.actions.trigger("file.open")),
            (_("Back"), self.leave),
        ]
        message = MessagePanel(
            self.theme, error.title, what_to_do=error.what_to_do, choices=choices, details=error.details, parent=self
        )
        self.set_content(message, padded=False)
        message.focus_first()

    def open_as_census(self) -> None:
        """The file is no prediction log after all."""
        if self._path is not None:
            self.context.shell.open_page("import", path=self._path, census=True)

    # What is shown

    def show_nothing(self) -> None:
        """No file: how to open one."""
        self._keep(None)
        self.side = self.table = None
        self._path = None
        self.header.set_title(_("Import"))
        opener = Button(self.theme, _("Open a file"), kind="primary", icon="upload", parent=self)
        if "file.open" in self.context.actions:
            opener.follow(self.context.actions, "file.open")
        words = _("Drop a log of Fatebook, PredictionBook, Metaculus, Manifold, a contest, or any spreadsheet.")
        self.set_content(EmptyState(self.theme, _("No file to preview."), example=words, button=opener, parent=self))
        self._show_tools()

    def _show_tools(self) -> None:
        plan = self.plan
        self.import_button.setVisible(plan is not None)
        if plan is not None:
            n = len(plan.predictions)
            words = ngettext("Import %(n)s prediction", "Import %(n)s predictions", n) % {"n": fmt_count(n)}
            self.import_button.setAccessibleName(words)
            self._fit_button()
        self.context.actions.changed.emit()  # what can be done has changed

    def _fit_button(self) -> None:
        """How many it imports, where there is room for that beside the name of the file: the note says it too."""
        has_room = self.width() > self.theme.px(_NARROW)
        words = self.import_button.accessibleName() if has_room and self.plan is not None else _("Import")
        if words != self.import_button.text():
            self.import_button.setText(words)
            self.import_button.updateGeometry()

    # Storing

    def store(self) -> None:
        """Ctrl+Enter: store what is shown, unless something has to be said first."""
        if self.plan is None or self.job is not None or self.side is None:
            return
        choice = self.side.open_choice
        if choice is not None:
            self.context.shell.toast(_("Say first: %(what)s.") % {"what": choice.title.text()})
            choice.field.setFocus()
            return
        self.job = self.run_job(
            store_job(self.context.session, self.plan, self.context.clock),
            self._on_stored,
            failed=self._on_store_failed,
            cancelled=self._on_cancelled,
            label=_("Storing %(name)s") % {"name": self.plan.source.name},
            store=True,
        )
        self._show_tools()

    def _on_stored(self, stored: StoredLog) -> None:
        self.job = None
        self.show_nothing()
        if stored.new_workspace:
            self.context.set_session(stored.session)
            self.context.settings.add_recent(stored.session.path)
        next_turn(self, lambda: self._prepare_log(stored))

    def _prepare_log(self, stored: StoredLog) -> None:
        self.context.shell.prepare_page(self.spec.parent)
        next_turn(self, lambda: self._leave_for_log(stored))

    def _leave_for_log(self, stored: StoredLog) -> None:
        shell = self.context.shell
        shell.open_page(self.spec.parent, "all")
        shell.toast(stored.words, lambda: self._undo(stored))

    def _undo(self, stored: StoredLog) -> None:
        if self.context.session is not stored.session:
            return

        def work(_ctx: JobContext) -> None:
            from surveyapp.services.change_log import undo

            undo(stored.session, stored.change_id)

        shell = self.context.shell
        self.context.jobs.start(work, done=lambda _none: shell.toast(_("Import taken back.")), owner=self, store=True)

    def _on_store_failed(self, error: UserError) -> None:
        self.job = None
        self._show_tools()
        self.context.shell.show_error(error)

    def _on_cancelled(self) -> None:
        self.job = None
        self.context.shell.toast(_("Cancelled. Nothing was stored."))
        if self.plan is None:
            self.show_nothing()
            self.context.shell.open_page(self.spec.parent)
        self._show_tools()

    def leave(self) -> None:
        """Esc or Cancel: stop reading or storing, else back; the preview can be taken up again."""
        if self.job is not None:
            self.job.cancel()
            return
        path, has_plan = self._path, self.plan is not None
        self.context.shell.open_page(self.spec.parent)
        if has_plan and path is not None:
            self.context.shell.toast(
                _("Preview of %(name)s closed. Nothing was stored.") % {"name": path.name},
                lambda: self.context.shell.open_page(self.spec.id),
            )

    # Hooks

    def on_opened(self, **arguments: Any) -> None:
        path = arguments.get("path")
        if isinstance(path, Path):
            self.open_import(path, format_id=str(arguments.get("format_id", "")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_side()
        self._fit_button()

    def on_session_opened(self) -> None:
        if self.job is None and self._path is not None:
            self._show_tools()

    def on_escape(self) -> None:
        self.leave()

    def close_page(self) -> None:
        self._freeing.stop()
        super().close_page()

    def focus_first(self) -> None:
        choice = self.side.open_choice if self.side is not None else None
        if choice is not None:
            choice.field.setFocus()
        elif self.plan is not None and self.import_button.isEnabled():
            self.import_button.setFocus()
        else:
            super().focus_first()


def _read_only() -> str:
    return _("This file is open for reading only.")


def _head_words(log: ReadLog) -> str:
    """ "Fatebook, 5 predictions, 9 forecasts of 2 people. Nothing is stored yet." """
    n, m, people = len(log.plan.predictions), log.n_forecasts, len(log.plan.people)
    parts = [
        log.plan.title,
        ngettext("%(n)s prediction", "%(n)s predictions", n) % {"n": fmt_count(n)},
        ngettext("%(n)s forecast", "%(n)s forecasts", m) % {"n": fmt_count(m)},
        fmt_people(people),
    ]
    return f"{', '.join(parts)}. {_('Nothing is stored yet.')}"
