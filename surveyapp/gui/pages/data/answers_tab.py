"""Every person a row, every question a column: answers in words, the text as typed one hover away."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.domain.change import Change
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.domain.wave import Flag
from surveyapp.gui.models.answer_columns import answer_columns, row_number
from surveyapp.gui.page import Page
from surveyapp.gui.pages.data.answer_explain import explain_cell
from surveyapp.gui.pages.data.cell_popup import CellPopup
from surveyapp.gui.pages.data.data_tab import DataTab
from surveyapp.gui.pages.data.history_popup import HistoryPopup
from surveyapp.gui.pages.data.people_strip import People, PeopleStrip
from surveyapp.gui.pages.data.row_header import RowHeader
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.menu import passing_menu
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.gui.widgets.tool_row import ToolRow
from surveyapp.services.answer_grid import AnswerGrid, flag_words, load_grid, reload_grid
from surveyapp.services.base_count import BaseCount, count_base
from surveyapp.services.cell.correction import edit_cell
from surveyapp.services.cell.history import CellEvent, history_of_cell
from surveyapp.services.jobs import Job, JobContext

_WAIT_MS = 150


class AnswersTab(DataTab):
    """`explained` carries what the inspector says about the cell under the cursor."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page, parent)
        theme = page.theme
        self._grid: AnswerGrid | None = None
        self._wanted = 0
        self._awaited: frozenset[int] | None = frozenset()
        """Questions that a running reading brings; None: all of them."""
        self._found: NDArray[np.bool_] | None = None
        self._people: People | None = None
        self._behind: NDArray[np.bool_] | None = None
        """The people behind a number that somebody asked for; None: everybody."""
        self._search_job: Job[NDArray[np.bool_]] | None = None
        tabs = [("all", _("Everybody")), ("marked", _("Marked")), ("edited", _("Edited"))]
        self.tabs = Segmented(theme, tabs, name=_("Which people"), parent=self)
        self.tabs.chosen.connect(lambda _tab: self._filter())
        self._flag: Flag | None = None
        self.mark_button = Button(theme, "", kind="field", parent=self)
        self.mark_button.setObjectName("markMenu")
        self.mark_button.clicked.connect(self.open_marks)
        self.mark_button.hide()
        self.finder = FindField(theme, _("Find in the answers"), parent=self)
        self.finder.setObjectName("findAnswer")
        self.finder.setMinimumWidth(theme.px(130))
        self.finder.setMaximumWidth(theme.px(240))
        self.finder.left_down.connect(self._on_finder_left_down)
        self._wait = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._wait.timeout.connect(self._search)
        self.finder.textChanged.connect(lambda _text: self._wait.start())
        self._count = Label(theme, role="small", ink="muted", parent=self)
        self.table = FrameTable(theme, name=_("Answers"), whole_rows=False, parent=self)
        self.table.setObjectName("answerTable")
        self.table.setVerticalHeader(RowHeader(theme, self.table, self._row_title, self._marks))
        self.table.verticalHeader().setMinimumSectionSize(theme.px(30))
        self.table.verticalHeader().setDefaultSectionSize(theme.px(30))
        self.table.cell_chosen.connect(self._on_table_cell_chosen)
        self.table.row_activated.connect(lambda _row: self.edit())
        self.strip = PeopleStrip(theme, self)
        self.strip.left.connect(self.show_everybody)
        self._lay_out()

    def _on_finder_left_down(self) -> None:
        self.table.setFocus()

    def _lay_out(self) -> None:
        top = ToolRow([self.tabs, self.mark_button, self._count], self.finder, parent=self)
        card = Card(self._page.theme, edge_to_edge=True, parent=self)
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 16)
        column.setSpacing(10)
        column.addWidget(self.strip)
        column.addWidget(top)
        column.addWidget(card, 1)

    @property
    def grid(self) -> AnswerGrid | None:
        """What is shown, once it has been read."""
        return self._grid

    def keys(self) -> list[tuple[str, str]]:
        back = [("B", _("back to the number")), ("Esc", _("everybody"))] if self._people is not None else []
        return [
            *back,
            ("Enter", _("edit")),
            ("H", _("history")),
            ("M", _("marks")),
            ("C", _("column")),
            ("/", _("find")),
        ]

    def find_here(self) -> None:
        self.finder.setFocus()

    def focus(self) -> None:
        self.table.setFocus()

    def show_subject(self, wave_id: int, question_ids: frozenset[int] | None = None) -> None:
        """Read the answers of a wave, or again those of some questions; what is shown stays until then."""
        if self._people is not None and self._people.base.wave_id != wave_id:
            self.show_everybody()
        session, self._wave_id = self._session, wave_id
        old = self._grid if self._grid is not None and self._grid.wave_id == wave_id else None
        if old is None or question_ids is None or self._awaited is None:
            self._awaited = None
        else:  # together with what an earlier reading, now outdated, would have brought
            self._awaited |= question_ids
        awaited = self._awaited
        self._wanted += 1
        wanted = self._wanted

        def work(ctx: JobContext) -> AnswerGrid:
            if old is not None and awaited is not None:
                return reload_grid(session, old, awaited)
            return load_grid(session, wave_id, report=lambda done, total: ctx.report(done, total))

        def done(grid: AnswerGrid) -> None:
            if wanted == self._wanted:
                self._awaited = frozenset()
                self._show(grid)

        self._page.run_job(work, done, label=_("Reading the answers"))

    def _show(self, grid: AnswerGrid) -> None:
        old, self._grid = self._grid, grid
        same = old is not None and [c.question for c in old.columns] == [c.question for c in grid.columns]
        same = same and old is not None and np.array_equal(old.rows, grid.rows)
        for tab, n in (("all", len(grid.rows)), ("marked", len(grid.flags)), ("edited", len(self._edited_people()))):
            self.tabs.set_count(tab, fmt_count(n))
        if same:
            self.table.frame.refresh()
            if self.tabs.current == "edited":
                self._filter()
        else:
            column = max(0, self.table.currentIndex().column())
            self.table.set_frame(answer_columns(self._now), len(grid.rows))
            self._filter()
            self.table.choose(self.table.current_row, min(column, len(grid.columns) - 1))
        people = fmt_people(len(grid.rows))
        words = _("%(people)s. Row numbers are those of the file.")
        self.set_fact(words % {"people": people})
        self._explain()
        self._read_people()

    def _now(self) -> AnswerGrid:
        assert self._grid is not None  # columns are made from it
        return self._grid

    def _edited_people(self) -> set[int]:
        return {person for person, _column in self._now().edited}

    # The people behind a number

    def show_people(self, people: People) -> None:
        """Only the people of a base, with a way back to the number they stand behind."""
        self._people = people
        self.tabs.set_current("all")
        self.finder.clear()
        self._read_people()

    def show_everybody(self) -> None:
        """No longer only the people behind a number."""
        self._people = self._behind = None
        self.strip.hide()
        self._filter()
        self.refresh_keys()

    def escape(self) -> None:
        if self._people is not None:
            self.show_everybody()

    def _read_people(self) -> None:
        """Also after each change: whom the filters leave may be others by now."""
        people, session = self._people, self._session
        if people is None or self._grid is None:
            return

        def work(_ctx: JobContext) -> BaseCount:
            return count_base(session, people.base)

        def done(counted: BaseCount) -> None:
            if people is self._people and self._grid is not None and len(counted.mask) == len(self._grid.rows):
                self._behind = counted.mask
                self.strip.show_people(people, counted)
                self._filter()
                self.refresh_keys()

        def failed(error: UserError) -> None:
            self.show_everybody()
            self._on_failed(error)

        self._page.run_job(work, done, failed=failed)

    # Marks

    def open_marks(self) -> None:
        """M: the menu of the marks that people bear, each with its count."""
        if self._grid is None:
            return
        counts = Counter(flag for flags in self._grid.flags.values() for flag in flags)
        menu = passing_menu(self, "marksMenu")
        for flag, words, n in (
            (None, _("Any mark"), len(self._grid.flags)),
            *((flag, capital(flag_words(flag)), counts[flag]) for flag in Flag if counts[flag]),
        ):
            action = menu.addAction(_("%(mark)s   %(n)s") % {"mark": words, "n": fmt_count(n)})
            action.setCheckable(True)
            action.setChecked(self.tabs.current == "marked" and flag is self._flag)
            action.triggered.connect(lambda _checked=False, chosen=flag: self.show_mark(chosen))
        anchor = self.mark_button if self.mark_button.isVisible() else self.tabs
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def show_mark(self, flag: Flag | None) -> None:
        """Show the people with that mark, with any for None."""
        self._flag = flag
        self.tabs.set_current("marked")
        self._filter()
        self.table.setFocus()

    def _marked_people(self) -> set[int]:
        return {person for person, flags in self._now().flags.items() if self._flag is None or self._flag in flags}

    # Finding

    def _search(self) -> None:
        words, grid = self.finder.text().strip(), self._grid
        if self._search_job is not None:
            self._search_job.cancel()
            self._search_job = None
        if not words or grid is None:
            self._found = None
            self._filter()
            return

        def work(_ctx: JobContext) -> NDArray[np.bool_]:
            return grid.matching(words)

        def done(found: NDArray[np.bool_]) -> None:
            self._search_job = None
            if self._grid is not None and len(found) == len(self._grid.rows) and words == self.finder.text().strip():
                self._found = found
                self._filter()

        self._search_job = self._page.run_job(work, done)

    def _filter(self) -> None:
        if self._grid is None:
            return
        mask = np.ones(len(self._grid.rows), dtype=np.bool_)
        marked = self.tabs.current == "marked"
        self.mark_button.setVisible(marked and bool(self._grid.flags))
        self.mark_button.setText(capital(flag_words(self._flag)) if self._flag is not None else _("Any mark"))
        self.mark_button.updateGeometry()
        if self.tabs.current != "all":
            chosen = self._marked_people() if marked else self._edited_people()
            mask[:] = False
            mask[sorted(chosen)] = True
        if self._found is not None and len(self._found) == len(mask):
            mask &= self._found
        if self._behind is not None and len(self._behind) == len(mask):
            mask &= self._behind
        current, column = self.table.current_row, max(0, self.table.currentIndex().column())
        self.table.frame.show_only(mask)
        shown = int(mask.sum())
        narrowed = shown < len(mask)
        self._count.setText(_("%(n)s shown") % {"n": fmt_count(shown)} if narrowed else "")
        if shown:
            self.table.choose(current if current >= 0 and mask[current] else int(np.flatnonzero(mask)[0]), column)

    # Cells

    def edit(self) -> None:
        """Enter: change the cell under the cursor."""
        index = self.table.currentIndex()
        if not index.isValid() or self._grid is None or self._session.read_only:
            return
        person, number = self.table.current_row, index.column()
        question, entry = self._grid.columns[number].question, self._grid.entry(person, number)
        title = _("“%(question)s”, row %(row)s") % {"question": question.title, "row": self._row_title(person)}
        popup = CellPopup(
            self._page.theme,
            title,
            entry.raw,
            lambda text, reason: self._store(person, question, text, reason),
            answers=[choice.label for choice in question.choices],
            equal=self._grid.count_equal(number, entry.raw),
            done_all=lambda text: self._store_all(question, entry.raw, text),
            parent=self,
        )
        popup.open_at(self._below(index.row(), number))

    def _below(self, row: int, column: int) -> QPoint:
        rect = self.table.visualRect(self.table.frame.index(row, column))
        return self.table.viewport().mapToGlobal(rect.bottomLeft())

    def _store(self, person: int, question: Question, text: str, reason: str) -> None:
        session, wave_id, row = self._session, self._wave_id, int(self._now().rows[person])

        def work(_ctx: JobContext) -> Change | None:
            return edit_cell(session, wave_id, row, question, text, reason)

        self._page.run_job(work, self.announce, failed=self._on_failed, store=True)
        self.table.setFocus()

    def _store_all(self, question: Question, typed: str, text: str) -> None:
        session, wave_id = self._session, self._wave_id

        def work(_ctx: JobContext) -> Change | None:
            from surveyapp.services.cell.equal import correct_equal

            return correct_equal(session, wave_id, question, typed, text)

        self._page.run_job(work, self.announce, failed=self._on_failed, label=_("Reading the column anew"), store=True)
        self.table.setFocus()

    def show_history(self) -> None:
        """H: what stood in the cell under the cursor, and when."""
        index = self.table.currentIndex()
        if not index.isValid() or self._grid is None:
            return
        person, number = self.table.current_row, index.column()
        question, row = self._grid.columns[number].question, int(self._grid.rows[person])
        title = _("“%(question)s”, row %(row)s") % {"question": question.title, "row": self._row_title(person)}
        session, wave_id, at = self._session, self._wave_id, self._below(index.row(), number)

        def work(_ctx: JobContext) -> tuple[CellEvent, ...]:
            return history_of_cell(session, wave_id, row, question)

        def done(events: tuple[CellEvent, ...]) -> None:
            zone = self._page.context.clock().tzinfo
            HistoryPopup(self._page.theme, title, events, zone, self).open_at(at)

        self._page.run_job(work, done)

    def open_column(self) -> None:
        """C: the column of the cell, in the codebook."""
        index = self.table.currentIndex()
        if index.isValid() and self._grid is not None:
            question = self._grid.columns[index.column()].question
            self.column_wanted.emit(question.column, question.occurrence)

    def _on_failed(self, error: UserError) -> None:
        self._page.context.shell.toast(str(error))

    def _row_title(self, person: int) -> str:
        return row_number(self._now(), person)

    def _marks(self, person: int) -> str:
        flags = self._grid.flags.get(person, ()) if self._grid is not None else ()
        return "; ".join(flag_words(flag) for flag in flags)

    def _on_table_cell_chosen(self, _person: int, _column: int) -> None:
        self._explain()
        self.table.verticalHeader().viewport().update()

    def _explain(self) -> None:
        index = self.table.currentIndex()
        if self._grid is None or not index.isValid():
            self.explained.emit(None)
            return
        self.explained.emit(explain_cell(self._grid, self.table.current_row, index.column(), self._marks))


def capital(words: str) -> str:
    """With a capital letter, as a menu has it."""
    return words[:1].upper() + words[1:]
