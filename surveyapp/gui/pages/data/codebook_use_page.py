"""Use a codebook: what a codebook from elsewhere would change in a wave, before it does. A sub-page of Data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.pages.data.codebook_use_view import CodebookUseView
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.services.codebook.use import CodebookUse
from surveyapp.services.jobs import Job, JobContext


class CodebookUsePage(Page):
    """Reads a codebook of any kind, or takes that of another wave; `Ctrl+Enter` changes the columns in one change."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self.view: CodebookUseView | None = None
        self._wave_id = 0
        self._job: Job[Any] | None = None
        self.keys = [("Space", _("leave a column as it is")), ("/", _("find"))]
        self.header.set_breadcrumb([(_("Data"), self.leave), (_("Use a codebook"), None)])
        self._add_actions()
        cancel = Button(self.theme, _("Cancel"), kind="quiet", key="Esc", parent=self)
        cancel.setObjectName("cancelUse")
        cancel.clicked.connect(self.leave)
        self.use_button = Button(self.theme, _("Use"), kind="primary", parent=self)
        self.use_button.follow(context.actions, "codebook.use")
        self.use_button.set_key("Ctrl ↵")
        self.header.set_buttons(cancel, self.use_button)
        self._show_nothing()

    def _add_actions(self) -> None:
        def add(name: str, title: str, shortcut: str, handler: Any) -> None:
            spec = ActionSpec(
                id=name,
                title=lambda: title,
                shortcut=shortcut,
                page=self.spec.id,
                enabled=lambda: self.view is not None,
                why_not=lambda: _("No codebook has been read."),
            )
            self.add_action(spec, handler)

        add("codebook.use", _("Use the codebook"), "Ctrl+Return", self.use)
        add("codebook.leave_column", _("Leave the selected columns as they are"), "", self._toggle)

    def read(self, wave_id: int, path: Path) -> None:
        """Read the codebook in a file and show what it would do to the wave."""

        def mapping() -> Mapping:
            from surveyapp.services.codebook.mapping import read_mapping

            return read_mapping(path)

        self._prepare(wave_id, path.name, mapping)

    def take(self, wave_id: int, other_id: int) -> None:
        """Show what the codebook of another wave would do."""
        session = self.context.session
        if session is None:
            return

        def mapping() -> Mapping:
            from surveyapp.services.intake.importing import mapping_of_wave

            return mapping_of_wave(session, other_id)

        self._prepare(wave_id, session.wave(other_id).title, mapping)

    def _prepare(self, wave_id: int, name: str, mapping: Any) -> None:
        session = self.context.session
        if session is None:
            return
        self._wave_id, self.view = wave_id, None
        self.header.set_title(name, _("Reading. Nothing is changed yet."))
        waiting = EmptyState(self.theme, _("Reading %(name)s") % {"name": name}, figure=False, parent=self)
        self.set_content(waiting)
        self.context.actions.changed.emit()
        if self._job is not None:
            self._job.cancel()

        def work(ctx: JobContext) -> CodebookUse:
            from surveyapp.services.codebook.use import count_use, plan_use

            use = plan_use(session, wave_id, mapping(), name=Path(name).stem or name)
            ctx.check()
            return count_use(session, wave_id, use)

        self._job = self.run_job(
            work,
            lambda use: self._show(name, use),
            failed=self._on_failed,
            label=_("Reading %(name)s") % {"name": name},
        )

    def _show(self, name: str, use: CodebookUse) -> None:
        self._job = None
        self.view = CodebookUseView(self, use, self)
        self.view.changed.connect(self._show_button)
        self.view.explained.connect(self.explain)
        self.set_content(self.view, padded=False)
        known = ngettext(
            "Knows %(n)s of %(total)s column of %(wave)s.",
            "Knows %(n)s of %(total)s columns of %(wave)s.",
            use.n_columns,
        )
        session = self.context.session
        wave = session.wave(self._wave_id).title if session is not None else ""
        facts = [known % {"n": fmt_count(len(use.known)), "total": fmt_count(use.n_columns), "wave": wave}]
        words = ngettext("%(n)s answer would read differently.", "%(n)s answers would read differently.", use.answers)
        facts += [words % {"n": fmt_count(use.answers)}, _("Nothing is changed yet.")]
        self.header.set_title(name, " ".join(facts))
        self.set_fact(_("One change, which can be taken back. Answers as typed are never changed."))
        self.view.explain()
        self._show_button()
        if self.isVisible():
            self.focus_first()

    def _show_button(self) -> None:
        n = self.view.n_taken if self.view is not None else 0
        words = ngettext("Change %(n)s column", "Change %(n)s columns", n) % {"n": fmt_count(n)}
        self.use_button.setText(words if n else _("Change nothing"))
        self.use_button.setAccessibleName(self.use_button.text())
        self.use_button.updateGeometry()
        self.context.actions.changed.emit()

    def _on_failed(self, error: UserError) -> None:
        self._job = None
        self.header.set_title(_("Use a codebook"), _("Nothing was changed."))
        choices = [
            (_("Another codebook"), lambda: self.context.actions.trigger("data.mapping")),
            (_("Back"), self.leave),
        ]
        panel = MessagePanel(
            self.theme, error.title, what_to_do=error.what_to_do, choices=choices, details=error.details, parent=self
        )
        self.set_content(panel, padded=False)
        panel.focus_first()

    def _show_nothing(self) -> None:
        self.header.set_title(_("Use a codebook"))
        self.view = None
        words = _("Choose one on the Data page: a saved codebook, a table, or that of another wave.")
        back = Button(self.theme, _("Back to Data"), kind="primary", parent=self)
        back.clicked.connect(self.leave)
        self.set_content(EmptyState(self.theme, _("No codebook to preview."), example=words, button=back, parent=self))
        self.context.actions.changed.emit()

    # What one can do

    def _toggle(self) -> None:
        if self.view is not None:
            self.view.toggle_left()

    def use(self) -> None:
        """Ctrl+Enter: change the columns, and back to the codebook."""
        session, view, wave_id = self.context.session, self.view, self._wave_id
        if session is None or view is None or self._job is not None:
            return
        use, leave = view.use, frozenset(view.left)

        def work(_ctx: JobContext) -> Change | None:
            from surveyapp.services.codebook.use import apply_use

            return apply_use(session, wave_id, use, leave=leave)

        def failed(error: UserError) -> None:
            self._job = None
            self.context.shell.show_error(error)

        self._job = self.run_job(work, self._on_used, failed=failed, label=_("Using the codebook"), store=True)

    def _on_used(self, change: Change | None) -> None:
        self._job = None
        wave_id = self._wave_id
        self._show_nothing()
        self.context.shell.open_page("data", "codebook", wave_id=wave_id)
        actions = self.context.actions
        if change is not None:
            self.context.shell.toast(change.label, lambda: actions.trigger("edit.undo"))
        else:
            self.context.shell.toast(_("This codebook says the same already."))

    def leave(self) -> None:
        """Esc or Cancel: back to Data, nothing is changed."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._show_nothing()
        self.context.shell.open_page("data")

    # Hooks

    def on_opened(self, **arguments: Any) -> None:
        wave_id, path, other = arguments.get("wave_id"), arguments.get("path"), arguments.get("other_id")
        if isinstance(wave_id, int) and isinstance(path, Path):
            self.read(wave_id, path)
        elif isinstance(wave_id, int) and isinstance(other, int):
            self.take(wave_id, other)

    def on_session_opened(self) -> None:
        if self._wave_id:
            self._wave_id = 0
            self._show_nothing()

    def on_escape(self) -> None:
        self.leave()

    def find_on_page(self) -> None:
        if self.view is not None:
            self.view.finder.setFocus()

    def focus_first(self) -> None:
        if self.view is not None:
            self.view.table.setFocus()
