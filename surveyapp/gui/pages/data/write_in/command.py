"""What a person does in Write-ins: the small field, the menus, and each step as one change in a worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Missing
from surveyapp.domain.wave import Fix
from surveyapp.gui.page import Page
from surveyapp.gui.pages.data.data_tab import DataTab
from surveyapp.gui.pages.data.write_in import target
from surveyapp.gui.pages.data.write_in.text_pane import TextPane
from surveyapp.gui.pages.data.write_in.words import MEANINGS, meaning_name
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.widgets.menu import passing_menu
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.importers.alike.group import Group
from surveyapp.services.jobs import JobContext
from surveyapp.services.session import Session
from surveyapp.services.tidy import step
from surveyapp.services.tidy.item import Key, TidyQuestion, TidyText, TidyView
from surveyapp.services.tidy.reading import find_question

_Find = Callable[[str], Sequence[PaletteEntry]]
_Step = Callable[[Session, int, TidyView], Change | None]


class TextCommands(QObject):
    """They act on the ticked or selected rows of the pane, or on its open group."""

    def __init__(self, tab: DataTab, page: Page, pane: TextPane) -> None:
        super().__init__(tab)
        self._tab, self._page, self._pane = tab, page, pane
        self._next_text = ""
        self._popup: PickPopup | None = None
        self._find: _Find = lambda _query: ()
        pane.table.row_activated.connect(lambda _row: self.open_target())
        pane.merges.merged.connect(self._merge)
        pane.merges.differs.connect(self._keep_apart)
        pane.merges.name_wanted.connect(self.rename)
        pane.merges.refused.connect(page.context.shell.toast)
        pane.rules.fixed.connect(self._apply_rule)
        pane.rules.dropped.connect(self._drop_rule)

    def take_next(self) -> str:
        """The text on which the cursor is to be when the texts have been read again; asked once."""
        text, self._next_text = self._next_text, ""
        return text

    @property
    def _writable(self) -> bool:
        session = self._page.context.session
        return session is not None and not session.read_only

    def enter(self) -> None:
        """Enter: merge the open group, or open the small field."""
        if self._pane.merging:
            self._pane.merges.merge_current()
        else:
            self.open_target()

    def open_target(self) -> None:
        """G, Enter: the small field that says what the chosen texts count as."""
        view, rows = self._pane.view, self._pane.table.chosen()
        if view is None or not rows or self._pane.merging or not self._writable:
            return

        def find(query: str) -> list[PaletteEntry]:
            if view.coded:
                return target.targets(view, rows, lambda label: self.code_as(rows, label), query)
            return target.readings(view, rows, lambda text: self._read_as(rows, text), query)

        words = _("Count as …") if view.coded else _("Read as … (a number or date)")
        unasked = "" if view.coded else _("Type what it means, such as 40.")
        self._pick(find, words, unasked).open_at(self._pane.table, self._pane.table.row_box())

    def _pick(self, find: _Find, words: str, unasked: str = "") -> PickPopup:
        self._find = find
        if self._popup is None:
            self._popup = PickPopup(
                self._page.theme, lambda query: self._find(query), placeholder=words, parent=self._tab
            )
        self._popup.ask(words, unasked)
        return self._popup

    def merge_group(self) -> None:
        """Make one answer of the open group."""
        if self._pane.merging:
            self._pane.merges.merge_current()

    def differ(self) -> None:
        """D: the texts of the open group are not the same."""
        if self._pane.merging:
            self._pane.merges.differ_current()

    def take_all(self) -> None:
        """T: take every text of the open group in."""
        if self._pane.merging:
            self._pane.merges.take_all()

    def keep_name(self) -> None:
        """L: the name under the cursor is the one that is kept."""
        if self._pane.merging:
            self._pane.merges.keep_current()

    def accept(self) -> None:
        """A: take the suggestions of the chosen texts."""
        if self._pane.merging:
            self._pane.merges.merge_current()
            return
        rows = [row for row in self._pane.table.chosen() if row.suggestion]
        if rows:
            self._do(rows, lambda session, wave_id, view: step.accept(session, wave_id, view, rows))
        else:
            self._page.context.shell.toast(_("Nothing is suggested for this text."))

    def accept_all(self) -> None:
        """Shift+A: take every sure suggestion of the question."""
        if self._pane.merging:
            self._pane.merges.merge_all()
            return
        rows = [row for row in self._pane.view.texts if row.sure] if self._pane.view is not None else []
        if rows:
            self._do(rows, lambda session, wave_id, view: step.accept(session, wave_id, view, rows))
        else:
            self._page.context.shell.toast(_("No suggestion is sure. A takes one at a time."))

    def take_out(self) -> None:
        """U: forget what was decided on the chosen texts."""
        rows = self._pane.table.chosen()
        self._do(rows, lambda session, wave_id, view: step.take_out(session, wave_id, view, rows), stay=True)

    def open_missing(self) -> None:
        """M: the menu of reasons why the chosen texts are no answer."""
        rows = self._pane.table.chosen()
        if not rows or self._pane.merging or not self._writable:
            return
        menu = passing_menu(self._tab, "missingMenu")
        for meaning in MEANINGS:
            menu.addAction(meaning_name(meaning)).triggered.connect(
                lambda _checked=False, meaning=meaning: self._call_missing(rows, meaning)
            )
        menu.setActiveAction(menu.actions()[0])
        box = self._pane.table.row_box()
        menu.popup(self._pane.table.mapToGlobal(QPoint(box.left(), box.bottom())))

    def rename(self) -> None:
        """R: another name for the answer a text counts as, or for the one that a group becomes."""
        view, merges = self._pane.view, self._pane.merges
        if view is None or not self._writable:
            return
        if self._pane.merging:
            row = merges.current
            if row is not None and row.members is not None:
                members = row.members
                self._ask_name(row.label, members.keep, row, QRect(0, 0, row.width(), row.height()))
            return
        text = self._pane.current_text()
        choice = view.question.choice(text.code) if text is not None and text.code else None
        if choice is None:
            self._page.context.shell.toast(_("Only an answer has a name."))
            return
        code = choice.code
        self._ask_name(
            choice.label, lambda label: self._rename(code, label), self._pane.table, self._pane.table.row_box()
        )

    def _ask_name(self, old: str, done: Callable[[str], object], anchor: QWidget, part: QRect) -> None:
        popup = self._pick(lambda query: target.names(old, done, query), _("Another name"))
        popup.open_at(anchor, part)
        popup.field.setText(old)
        popup.field.selectAll()

    def _rename(self, code: int, label: str) -> None:
        self._do((), lambda session, wave_id, view: step.rename(session, wave_id, view, code, label), stay=True)

    def code_as(self, rows: Sequence[TidyText], label: str) -> None:
        """Count these texts as that answer, or as a new one of that name."""
        self._do(rows, lambda session, wave_id, view: step.code_as(session, wave_id, view, rows, label))

    def _read_as(self, rows: Sequence[TidyText], becomes: str) -> None:
        self._do(rows, lambda session, wave_id, view: step.read_as(session, wave_id, view, rows, becomes))

    def _call_missing(self, rows: Sequence[TidyText], meaning: Missing) -> None:
        self._do(rows, lambda session, wave_id, view: step.call_missing(session, wave_id, view, rows, meaning))

    def _merge(self, merges: Sequence[tuple[str, Sequence[str]]]) -> None:
        self._do((), lambda session, wave_id, view: step.merge(session, wave_id, view, merges))

    def _keep_apart(self, group: Group) -> None:
        self._do((), lambda session, wave_id, view: step.keep_apart(session, wave_id, view, group))

    def _apply_rule(self, fix: Fix) -> None:
        self._do((), lambda session, wave_id, view: step.apply_rule(session, wave_id, view, fix))

    def _drop_rule(self, rule: step.Rule) -> None:
        self._do((), lambda session, wave_id, view: step.drop_rule(session, wave_id, view, rule))

    def _do(self, rows: Sequence[TidyText], change: _Step, *, stay: bool = False) -> None:
        """Carry out a step in a worker, by the codebook as it is when its turn comes; the cursor goes on at once."""
        view, session, wave_id = self._pane.view, self._page.context.session, self._tab.wave_id
        if view is None or session is None or session.read_only:
            return
        if rows and not stay:
            self._next_text = self._pane.table.text_after(rows)
            if self._next_text:
                self._pane.table.choose_text(self._next_text)
        self._pane.table.clear_ticks()

        def work(_ctx: JobContext) -> Change | None:
            return change(session, wave_id, replace(view, question=find_question(session, wave_id, view.key)))

        self._page.run_job(
            work, lambda made: self._tab.announce(made, _("Nothing was changed.")), failed=self._on_failed, store=True
        )

    def _on_failed(self, error: UserError) -> None:
        self._page.context.shell.toast(str(error))

    def choose_question(self, questions: Sequence[TidyQuestion], done: Callable[[Key], object]) -> None:
        """Where there is no room for the list: choose the question by typing."""

        def entry(one: TidyQuestion) -> PaletteEntry:
            return PaletteEntry(
                group=_("To tidy") if one.n_waiting else _("Nothing left"),
                title=one.question.title,
                icon=question_icon(one.question),
                detail=fmt_count(one.n_waiting) if one.n_waiting else "",
                run=lambda: done(one.key),
            )

        entries = [entry(one) for one in sorted(questions, key=lambda one: not one.n_waiting)]
        self._pick(lambda _query: entries, _("Find a question")).open_below(self._pane.chooser)
