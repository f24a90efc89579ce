"""The report on the page: an edit is shown at once and kept in the workspace, one change after the other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import Block, ReportSpec
from surveyapp.domain.errors import UserError
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.gui.page import Page
    from surveyapp.services.report.template import Template
    from surveyapp.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a new report is made of: the wave of that title, or the prediction log where something can be scored; and
    how many predictions there are."""

    wave: str = ""
    of_log: bool = False
    n_predictions: int = 0


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a save left behind: the report with its id, and the id of the change for its Undo."""

    spec: ReportSpec
    change_id: int


@dataclass(frozen=True, slots=True)
class _Listed:
    """The reports of the workspace, what waits on the shelf, and what a new report is made of."""

    reports: tuple[ReportSpec, ...]
    shelf: tuple[Block, ...]
    material: Material


class ReportEditor(QObject):
    """Holds the reports of the workspace, the one that is open, and the selected block.

    `opened`: another report, or none, is on the page. `changed`: its blocks or its name differ. `listed`: the list of
    reports or the shelf was read again. `selected` carries the id of a block, "" for none.
    """

    opened = Signal()
    changed = Signal()
    listed = Signal()
    selected = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.spec: ReportSpec | None = None
        self.reports: tuple[ReportSpec, ...] = ()
        self.shelf: tuple[Block, ...] = ()
        self.material = Material()
        self.loaded = False
        self.block_id = ""
        self._kept: ReportSpec | None = None
        self._draft_label = ""
        self._saving = 0
        self._wanted_id = 0

    # What is there

    @property
    def session(self) -> Session | None:
        """The open workspace."""
        return self._page.context.session

    @property
    def block(self) -> Block | None:
        """The selected block."""
        blocks = self.spec.blocks if self.spec is not None else ()
        return next((block for block in blocks if block.id == self.block_id), None)

    def forget(self) -> None:
        """Another workspace is open: nothing of the old one stays."""
        self.spec = self._kept = None
        self.reports, self.shelf, self.material, self.loaded = (), (), Material(), False
        self.block_id, self._saving, self._wanted_id, self._draft_label = "", 0, 0, ""
        self.opened.emit()
        self.load()

    @property
    def has_material(self) -> bool:
        """Whether there is a census, or a prediction log, to report on."""
        return bool(self.material.wave) or self.material.of_log

    def load(self) -> None:
        """Read the list of reports, the open report and the shelf again."""
        session = self.session
        if session is None:
            return

        def work(_ctx: JobContext) -> _Listed:
            from surveyapp.services.base_state import current_base
            from surveyapp.services.prediction.book import book_of
            from surveyapp.services.report.spec import list_reports, log_section, shelf

            base = current_base(session)
            waiting = shelf(session)
            pins = waiting.blocks if waiting is not None else ()
            wave = session.wave(base.wave_id).title if base is not None else ""
            of_log = not wave and bool(pins or log_section(session))
            material = Material(wave=wave, of_log=of_log, n_predictions=len(book_of(session).predictions))
            return _Listed(tuple(list_reports(session)), pins, material)

        self._page.run_job(work, lambda listed: self._on_listed(session, listed))

    def open(self, report_id: int) -> None:
        """Put a report on the page."""
        self.commit()
        self._wanted_id = report_id
        spec = next((spec for spec in self.reports if spec.id == report_id), None)
        if spec is not None:
            self._show(spec)
        else:
            self.load()

    def select(self, block_id: str) -> None:
        """Select a block; what was typed in the one before is kept first."""
        if block_id != self.block_id:
            self.commit()
            self.block_id = block_id
            self.selected.emit(block_id)

    # Edits

    def edit(self, spec: ReportSpec, label: str, *, announce: bool = False) -> None:
        """Show and keep a new state of the report. `announce` says it in a toast with Undo."""
        self.commit()
        if self.spec is None or spec == self.spec or self._refuse():
            return
        self.spec = spec
        self.changed.emit()
        self._save(label, announce=announce)

    def edit_block(self, block: Block, label: str) -> None:
        """Show and keep a new state of one block."""
        if self.spec is not None:
            from surveyapp.services.report.edit import replace_block

            self.edit(replace_block(self.spec, block), label)

    def type_block(self, block: Block, label: str) -> None:
        """Show a block while a person types in it; `commit` keeps all of it as one change."""
        if self.spec is None or self._refuse():
            return
        from surveyapp.services.report.edit import replace_block

        self.spec = replace_block(self.spec, block)
        self._draft_label = label
        self.changed.emit()

    def commit(self) -> None:
        """Keep what was typed."""
        label, self._draft_label = self._draft_label, ""
        if label and self.spec is not None and self.spec != self._kept:
            self._save(label, typed=True)

    def commit_now(self) -> None:
        """The window goes: keep what was typed without waiting for a worker."""
        label, self._draft_label = self._draft_label, ""
        session = self.session
        if label and session is not None and self.spec is not None and self.spec != self._kept:
            from surveyapp.services.report.spec import save_report

            self._kept = save_report(session, self.spec, label=label)

    def rename(self, name: str) -> None:
        """Give the report another name; its title page follows unless it was given a title of its own."""
        from surveyapp.services.report.spec import proposed_title

        spec, session, name = self.spec, self.session, name.strip()
        if spec is None or session is None or not name or name == spec.name:
            return
        waves = [wave for wave in session.waves() if wave.id == spec.wave_id]
        follows = (spec.name, *map(proposed_title, waves))
        blocks = tuple(
            replace(block, title=name) if n == 0 and block.title in follows else block
            for n, block in enumerate(spec.blocks)
        )
        label = _("Report “%(old)s” is now “%(new)s”") % {"old": spec.name, "new": name}
        self.edit(replace(spec, name=name, blocks=blocks), label)

    def create(self, template: Template) -> None:
        """Make a report from a template and open it."""
        session = self.session
        if session is None:
            return
        self.commit()

        def work(ctx: JobContext) -> _Kept:
            from surveyapp.services.base_state import current_base
            from surveyapp.services.report.template import report_from

            base = current_base(session)
            waves = session.waves()
            wave = session.wave(base.wave_id) if base is not None else waves[-1] if waves else None
            ctx.check()
            return _keep(session, report_from(session, template, wave))

        self._page.run_job(work, self._on_made, label=_("Computing the report"), store=True)

    def duplicate(self) -> None:
        """A second report like this one."""
        session, spec = self.session, self.spec
        if session is None or spec is None:
            return
        self.commit()

        def work(_ctx: JobContext) -> _Kept:
            from surveyapp.services.report.template import free_name

            return _keep(session, replace(spec, id=0, name=free_name(session, spec.name)))

        self._page.run_job(work, self._on_made, store=True)

    def remove(self) -> None:
        """Remove the open report; the toast brings it back."""
        session, spec = self.session, self.spec
        if session is None or spec is None:
            return
        self.commit()

        def work(_ctx: JobContext) -> int:
            from surveyapp.services.change_log import undoable
            from surveyapp.services.report.spec import remove_report

            remove_report(session, spec)
            change = undoable(session)
            return change.id if change is not None else 0

        def done(change_id: int) -> None:
            self._wanted_id = 0
            self._toast(_("Report “%(name)s” removed.") % {"name": spec.name}, change_id)

        self._page.run_job(work, done, store=True)

    def unpin(self, ids: Collection[str]) -> None:
        """Take results off the shelf."""
        session = self.session
        if session is None:
            return

        def work(_ctx: JobContext) -> None:
            from surveyapp.services.report.spec import unpin

            for block_id in ids:
                unpin(session, block_id)

        self._page.run_job(work, lambda _nothing: None, store=True)

    # Inside

    def _refuse(self) -> bool:
        """Say it and show what is kept, if nothing can be changed."""
        session = self.session
        if session is None or not session.read_only:
            return False
        self._page.context.shell.toast(_("This file is open for reading only. Nothing was changed."))
        self.changed.emit()
        return True

    def _save(self, label: str, *, announce: bool = False, typed: bool = False) -> None:
        session, spec, before = self.session, self.spec, self._kept
        if session is None or spec is None:
            return
        self._kept = spec
        self._saving += 1
        if not announce:
            self._page.context.shell.toast("")

        def work(_ctx: JobContext) -> _Kept:
            from surveyapp.services.change_log import undoable
            from surveyapp.services.report.spec import save_report

            saved = save_report(session, spec, label=label)
            change = undoable(session)
            return _Kept(saved, change.id if change is not None else 0)

        def done(kept: _Kept) -> None:
            self._saving = max(0, self._saving - 1)
            if announce:
                self._toast(f"{label}.", kept.change_id)
            if not self._saving:
                self.load()

        def failed(error: UserError) -> None:
            self._page.context.shell.show_error(error)
            if typed and self._kept is spec:  # stays on the page, and is saved with what comes next
                self._saving = max(0, self._saving - 1)
                self._kept, self._draft_label = before, self._draft_label or label
            else:
                self._saving = 0
                self.load()

        self._page.run_job(work, done, failed=failed, store=True)

    def _on_made(self, kept: _Kept) -> None:
        self._wanted_id = kept.spec.id
        self._toast(_("Report “%(name)s” made.") % {"name": kept.spec.name}, kept.change_id)
        self.load()

    def _toast(self, text: str, change_id: int) -> None:
        self._page.context.shell.toast(text, lambda: self._undo(change_id))

    def _undo(self, change_id: int) -> None:
        session = self.session
        if session is None:
            return

        def work(_ctx: JobContext) -> list[str]:
            from surveyapp.services.change_log import undo

            return [change.label for change in undo(session, change_id)]

        def done(labels: list[str]) -> None:
            self._page.context.shell.toast(_("Taken back: %(labels)s") % {"labels": "; ".join(labels)})

        self._page.run_job(work, done, store=True)

    def _on_listed(self, session: Session, listed: _Listed) -> None:
        if session is not self.session or self._saving:
            return  # what is on its way is newer; it reads again when it is kept
        self.reports, self.shelf, self.material = listed.reports, listed.shelf, listed.material
        first, self.loaded = not self.loaded, True
        wanted = self._wanted_id or (self.spec.id if self.spec is not None else 0)
        found = next((spec for spec in listed.reports if spec.id == wanted), None)
        spec = found or (listed.reports[-1] if listed.reports else None)
        if spec is None or self.spec is None or spec.id != self.spec.id:
            if spec is not self.spec or first:
                self._show(spec)
        elif spec != self._kept:
            self._draft_label = ""
            self.spec = self._kept = spec
            self.changed.emit()
        self.listed.emit()

    def _show(self, spec: ReportSpec | None) -> None:
        self.spec = self._kept = spec
        self._wanted_id = spec.id if spec is not None else 0
        self._draft_label = ""
        self.block_id = spec.blocks[0].id if spec is not None and spec.blocks else ""
        self.opened.emit()
        self.selected.emit(self.block_id)


def _keep(session: Session, spec: ReportSpec) -> _Kept:
    from surveyapp.services.change_log import undoable
    from surveyapp.services.report.spec import save_report

    saved = save_report(session, spec, label=_("Report “%(name)s” made") % {"name": spec.name})
    change = undoable(session)
    return _Kept(saved, change.id if change is not None else 0)
