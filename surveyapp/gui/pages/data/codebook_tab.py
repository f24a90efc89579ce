"""The codebook of a stored wave: the table of the preview, each change stored at once and undoable."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change as StoredChange
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Problem
from surveyapp.gui.page import Page
from surveyapp.gui.pages.data.column_explain import effect_words, explain_column, explain_columns
from surveyapp.gui.pages.data.column_menu import (
    Change,
    battery_change,
    date_change,
    kind_menu,
    missing_menu,
    role_menu,
    together_change,
)
from surveyapp.gui.pages.data.column_table import ColumnTable
from surveyapp.gui.pages.data.data_tab import DataTab
from surveyapp.gui.pages.data.editor.column_editor import ColumnEditor
from surveyapp.services.codebook.change_preview import ChangePreview, preview_change
from surveyapp.services.codebook.column_view import ColumnProfile, ColumnRow, severities, wave_profiles
from surveyapp.services.codebook.stored import change_columns, open_problems
from surveyapp.services.jobs import Job, JobContext

_CHUNK = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Codebook:
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    hashed: bool
    """Whether a column of addresses was replaced before the file was kept."""


class CodebookTab(DataTab):
    """`explained` carries what the inspector should say about the column under the cursor.

    `editing_changed` tells that a person opened or left the editor, `pane_changed` that the inspector holds the editor
    or no longer: it does while one is editing, and whenever several columns are selected.
    """

    editing_changed = Signal(bool)
    pane_changed = Signal()

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._unprofiled: deque[Question] = deque()
        self._wanted = 0
        self._pending: tuple[str, int] | None = None
        self.columns = ColumnTable(page.theme, with_changed=False, parent=self)
        self.editor = ColumnEditor(page.theme, self)
        self.editor.hide()  # until the inspector shows it
        self.editing = False
        self._in_pane = False
        self._trial: Job[ChangePreview] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 16)
        column.addWidget(self.columns)
        self.columns.opened.connect(self.open_editor)
        self.columns.chosen.connect(lambda _row: self._on_columns_chosen())
        self.columns.kind_wanted.connect(lambda at: self._open_menu(kind_menu, at))
        self.editor.edited.connect(self._store)
        self.editor.closed.connect(self.close_editor)
        self.editor.texts_wanted.connect(self.open_texts)
        self.editor.tried.connect(self._on_editor_tried)
        self.editor.refused.connect(lambda words: page.context.shell.toast(words))

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Enter", _("edit")),
            ("Shift ↓", _("select more")),
            ("Y", _("read as")),
            ("R", _("role")),
            ("M", _("no answer")),
            ("O", _("leave out")),
        ]

    def edit(self) -> None:
        self.open_editor()

    def escape(self) -> None:
        self.close_editor()

    def find_here(self) -> None:
        self.columns.finder.setFocus()

    def focus(self) -> None:
        self.columns.focus_table()

    def show_subject(self, wave_id: int, question_ids: frozenset[int] | None = None) -> None:
        """Read the codebook of a wave, or read it again; profiles of the questions that changed follow (None: all)."""
        session, again = self._session, wave_id == self._wave_id
        self._wave_id = wave_id
        self._wanted += 1
        wanted = self._wanted

        def work(ctx: JobContext) -> _Codebook:
            from surveyapp.services.people import linked_columns

            ctx.let_paint()
            problems = tuple(stored.problem for stored in open_problems(session, wave_id))
            hashed = bool(linked_columns(session, wave_id))
            return _Codebook(questions=session.codebook(wave_id).questions, problems=problems, hashed=hashed)

        def done(codebook: _Codebook) -> None:
            if wanted == self._wanted:
                self._show(codebook, again=again, touched=question_ids)

        self._page.run_job(work, done, label=_("Reading the codebook"))

    def _show(self, codebook: _Codebook, *, again: bool, touched: frozenset[int] | None) -> None:
        old = {row.question.id: row for row in self.columns.rows} if again else {}
        worst = severities(codebook.questions, codebook.problems)
        rows = []
        for n, question in enumerate(codebook.questions):
            known = old.get(question.id)
            profile = known.profile if known is not None and known.question == question else None
            rows.append(ColumnRow(question=question, profile=profile, severity=worst.get(n)))
        # A zero among zeros depends on the neighbours: after any change the changed and those are read again.
        # A file that was added changes answers without changing their questions.
        stale = {
            row.question.id
            for row in rows
            if row.profile is None
            or touched is None
            or row.question.id in touched
            or _leans_on_neighbours(row.question)
        }
        if again and len(rows) == len(self.columns.rows):
            self.columns.update_rows({n: row for n, row in enumerate(rows) if row != self.columns.rows[n]})
        else:
            self.columns.set_rows(rows)
            if not again:
                self.columns.show_some()
        self._unprofiled = deque(row.question for row in rows if row.question.id in stale)
        self._profile_next(self._wanted)
        self._refresh_pane()
        if self._pending is not None:
            self.open_column(*self._pending)
        n = sum(not row.question.left_out for row in rows)
        words = ngettext("%(n)s column", "%(n)s columns", len(rows)) % {"n": fmt_count(len(rows))}
        fact = _("%(columns)s, %(n)s in use. The file's own bytes are kept.") % {"columns": words, "n": n}
        if codebook.hashed:
            fact = _("%(columns)s, %(n)s in use. The file is kept without the addresses.") % {"columns": words, "n": n}
        self.set_fact(fact)

    def _profile_next(self, wanted: int) -> None:
        questions = [self._unprofiled.popleft() for _n in range(min(_CHUNK, len(self._unprofiled)))]
        if not questions:
            return
        session, wave_id = self._session, self._wave_id

        def work(ctx: JobContext) -> dict[int, ColumnProfile]:
            ctx.let_paint()
            return wave_profiles(session, wave_id, questions)

        def done(profiles: dict[int, ColumnProfile]) -> None:
            if wanted != self._wanted:
                return
            rows = {
                n: replace(row, profile=profiles[row.question.id])
                for n, row in enumerate(self.columns.rows)
                if row.question.id in profiles
            }
            self.columns.update_rows(rows)
            if self.columns.table.current_row in rows:
                self._refresh_pane()
            self._profile_next(wanted)

        self._page.run_job(work, done)

    # The selected columns

    def selected_questions(self) -> list[Question]:
        """The codebook entries of the selected columns."""
        return [self.columns.rows[place].question for place in self.columns.selected()]

    def open_menu(self, kind: str) -> None:
        """Y, R, M: the menu of kinds, roles or missing codes at the current row."""
        menus = {"kind": kind_menu, "role": role_menu, "missing": missing_menu}
        self._open_menu(menus[kind], self.columns.kind_point())

    def _open_menu(self, menu: Callable[..., object], at: QPoint) -> None:
        questions = self.selected_questions()
        if questions and not self._session.read_only:
            menu(questions, self.change, self, at)

    def change(self, change: Change) -> None:
        """Change every selected column."""
        questions = self.selected_questions()
        try:
            after = tuple(change(question) for question in questions)
        except UserError as error:
            self._page.context.shell.toast(str(error))
            return
        self._store(after)

    def toggle_together(self) -> None:
        """T: the selected columns are one multiple choice, or no longer."""
        change = together_change(self.selected_questions())
        if change is None:
            self._page.context.shell.toast(_("Select the columns of the multiple choice first."))
        else:
            self.change(change)

    def toggle_date(self) -> None:
        """D: the selected columns are one date, or no longer."""
        change = date_change(self.selected_questions())
        if change is None:
            self._page.context.shell.toast(_("Select the columns of the date first: year, month and perhaps day."))
        else:
            self.change(change)

    def toggle_battery(self) -> None:
        """B: the selected columns are one battery, or no longer."""
        change = battery_change(self.selected_questions())
        if change is None:
            self._page.context.shell.toast(_("Select the columns of the battery first."))
        else:
            self.change(change)

    def select_all(self) -> None:
        """Ctrl+A: every column that the search shows."""
        self.columns.table.selectAll()
        self.columns.focus_table()

    def toggle_sensitive(self) -> None:
        """Keep the selected columns out of public files, or let them in again."""
        on = not all(question.sensitive for question in self.selected_questions())
        self.change(lambda question: replace(question, sensitive=on))

    def toggle_left_out(self) -> None:
        """O: leave the selected columns out, or take them in again."""
        out = not all(question.left_out for question in self.selected_questions())
        self.change(lambda question: replace(question, left_out=out))

    def open_editor(self, field: str = "kindField") -> None:
        """Enter: the editor for the selected columns, in the inspector."""
        if self.columns.selected():
            self.editing = True
            self._refresh_pane()
            self.editing_changed.emit(True)
            self.editor.focus_field(field)

    def close_editor(self) -> bool:
        """Back to the facts, then to one column; False if there was nothing to leave."""
        if not self.editing:
            if not self.in_pane:
                return False
            self.columns.choose(self.columns.table.current_row)
            self._refresh_pane()
            return True
        self.editing = False
        self.editing_changed.emit(False)
        self.columns.focus_table()
        self._refresh_pane()
        return True

    @property
    def in_pane(self) -> bool:
        """Whether the inspector holds the editor."""
        return self.editing or len(self.columns.selected()) > 1

    def open_texts(self) -> None:
        """W: the texts of the column under the cursor, in Write-ins."""
        questions = self.selected_questions()
        if questions:
            self.texts_wanted.emit(questions[0].column, questions[0].occurrence, "")

    def open_column(self, header: str, occurrence: int) -> None:
        """Open a column of the file in the editor, as soon as the codebook is read."""
        self._pending = None
        for n, row in enumerate(self.columns.rows):
            if (row.question.column, row.question.occurrence) == (header, occurrence):
                self.columns.choose(n)
                self.open_editor()
                return
        self._pending = (header, occurrence)

    def _store(self, questions: Sequence[Question]) -> None:
        session, wave_id = self._session, self._wave_id

        def work(_ctx: JobContext) -> StoredChange | None:
            return change_columns(session, wave_id, questions)

        self._page.run_job(work, self.announce, label=_("Reading the column anew"), store=True)

    def _on_columns_chosen(self) -> None:
        self._refresh_pane()

    def _refresh_pane(self) -> None:
        places = self.columns.selected()
        rows = [self.columns.rows[place] for place in places if place < len(self.columns.rows)]
        if not rows:
            self.explained.emit(None)
            return
        if self.in_pane:
            questions = [row.question for row in self.columns.rows]
            self.editor.show_questions(
                [row.question for row in rows],
                profile=rows[0].profile if len(rows) == 1 else None,
                sections=list(dict.fromkeys(q.section for q in questions if q.section)),
                grids=list(dict.fromkeys(q.grid for q in questions if q.grid)),
                sets=list(dict.fromkeys(q.multi for q in questions if q.multi)),
                around=questions,
                read_only=self._session.read_only,
            )
        if self.in_pane is not self._in_pane:
            self._in_pane = self.in_pane
            self.pane_changed.emit()
        self.explained.emit(explain_columns(rows) if len(rows) > 1 else explain_column(rows[0]))

    # What a change would do

    def _on_editor_tried(self, questions: Sequence[Question] | None) -> None:
        if self._trial is not None:
            self._trial.cancel()
            self._trial = None
        if questions is None:
            return
        session, wave_id = self._session, self._wave_id

        def work(ctx: JobContext) -> ChangePreview:
            ctx.check()
            return preview_change(session, wave_id, questions)

        def done(preview: ChangePreview) -> None:
            self._trial = None
            self.editor.show_effect(effect_words(preview))

        self._trial = self._page.run_job(work, done, failed=lambda _error: None)


def _leans_on_neighbours(question: Question) -> bool:
    return any(code.only_with_neighbours for code in question.missing_codes)
