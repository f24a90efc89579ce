"""Write-ins: texts coded as answers, look-alikes merged, numbers read; each step stored at once and undoable."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.page import Page
from surveyapp.gui.pages.data.data_tab import DataTab
from surveyapp.gui.pages.data.write_in.command import TextCommands
from surveyapp.gui.pages.data.write_in.question_line import LINE_HEIGHT, tidy_groups, waits
from surveyapp.gui.pages.data.write_in.text_pane import TextPane
from surveyapp.gui.pages.data.write_in.words import explain_group, explain_text
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.label import Rule as Line
from surveyapp.gui.widgets.question_list import QuestionList
from surveyapp.gui.widgets.question_side import QuestionSide
from surveyapp.services.jobs import JobContext
from surveyapp.services.tidy.item import Key, TidyQuestion, TidyView
from surveyapp.services.tidy.listing import tidy_questions
from surveyapp.services.tidy.reading import load_tidy, tidy_key

_LIST = 224
_NARROW_LIST = 200
_NO_LIST = 700


class WriteInTab(DataTab):
    """Left the questions with something to tidy, right the texts of the chosen one."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._key: Key | None = None
        self.questions: tuple[TidyQuestion, ...] = ()
        """All that are listed, whatever the search."""
        self._wanted = 0
        self._awaited: frozenset[int] | None = None
        """The questions that changed since the list was last read; None for all."""
        self._make_side()
        self.pane = TextPane(page.theme, self)
        self.pane.follow(page.context.actions)
        self.commands = TextCommands(self, page, self.pane)
        self.pane.chooser.clicked.connect(self._choose_question)
        self.pane.arranged.connect(self._explain)
        self.pane.table.row_chosen.connect(lambda _row: self._explain())
        self.pane.merges.group_chosen.connect(self._explain)
        self._lay_out()
        page.theme.changed.connect(self._fit)

    def _make_side(self) -> None:
        theme, name = self._page.theme, _("Questions with texts to tidy")
        self.list = QuestionList(theme, name=name, height=LINE_HEIGHT, parent=self)
        self.list.setObjectName("tidyList")
        self.list.chosen.connect(self._on_list_chosen)
        self.list.entered.connect(self.pane_focus)
        self.side = QuestionSide(theme, self.list, finder="findTidyQuestion", key="", parent=self)

    def _lay_out(self) -> None:
        theme = self._page.theme
        self._body = QWidget(self)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(24, 4, 24, 16)
        row.setSpacing(0)
        row.addWidget(self.side)
        self._line = Line(vertical=True, parent=self._body)
        row.addWidget(self._line)
        row.addWidget(self.pane, 1)
        words = _("No text was written in, no answers look alike, every number is read.")
        self._empty = EmptyState(theme, _("Nothing to tidy"), example=words, parent=self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._body)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    # What is shown

    @property
    def view(self) -> TidyView | None:
        """The question that is shown, once it has been read."""
        return self.pane.view

    def keys(self) -> list[tuple[str, str]]:
        if self.pane.merging:
            return [
                ("J K", _("next, previous group")),
                ("Space", _("take in or leave out")),
                ("T", _("take in all")),
                ("L", _("keep this name")),
                ("Enter", _("merge")),
                ("D", _("they differ")),
            ]
        return [
            ("Enter", _("count as") if self.view is None or self.view.coded else _("read as")),
            ("A", _("accept")),
            ("Space", _("tick")),
            ("M", _("no answer")),
            ("U", _("take out")),
            ("N", _("next question")),
        ]

    def show_subject(self, wave_id: int, question_ids: frozenset[int] | None = None) -> None:
        """Read what there is to tidy in a wave; after a change of `question_ids` only that again."""
        session, again = self._session, wave_id == self._wave_id
        if not again:
            self._key, self.pane.view = None, None
        self._wave_id = wave_id
        self._wanted += 1
        wanted, known = self._wanted, self.questions if again else ()
        if not again or not known or question_ids is None or self._awaited is None:
            self._awaited = None
        else:  # together with what an earlier reading, now outdated, would have brought
            self._awaited |= question_ids
        changed = self._awaited
        if self._key is not None:
            self._load(self._key)

        def work(ctx: JobContext) -> tuple[TidyQuestion, ...]:
            return tidy_questions(
                session, wave_id, known=known, changed=changed, report=lambda done, total: ctx.report(done, total)
            )

        def done(found: tuple[TidyQuestion, ...]) -> None:
            if wanted == self._wanted:
                self._awaited = frozenset()
                self._show_list(found)

        self._page.run_job(work, done, label=_("Looking for texts to tidy"))

    def _show_list(self, found: tuple[TidyQuestion, ...]) -> None:
        self.questions = found
        self.list.set_groups(tidy_groups(found), self._key)
        n = sum(one.n_waiting > 0 for one in found)
        words = ngettext("%(n)s question has texts to tidy.", "%(n)s questions have texts to tidy.", n)
        self.set_fact(
            f"{words % {'n': fmt_count(n)} if n else _('Nothing to tidy.')} {_('Every cell is kept as it was typed.')}"
        )
        if self._key is None and found:
            first = next((one for one in found if one.n_waiting), found[0])
            self._open(first.key)
        self._stack.setCurrentWidget(self._body if found or self._key is not None else self._empty)
        if not found and self._key is None:
            self.explained.emit(None)

    def open_texts(self, column: str, occurrence: int, segment: str = "") -> None:
        """Show the texts of a column's question; `segment` "alike" shows its look-alikes."""
        session, wave_id = self._session, self._wave_id
        self._key = column, occurrence  # the list, when it comes, chooses no other

        def work(_ctx: JobContext) -> Key:
            return tidy_key(session, wave_id, column, occurrence)

        self._page.run_job(work, lambda key: self._open(key, segment))

    def _open(self, key: Key, segment: str = "") -> None:
        self._key = key
        self.list.choose(key)
        self._stack.setCurrentWidget(self._body)
        self._load(key, segment)

    def _load(self, key: Key, segment: str = "") -> None:
        session, wave_id = self._session, self._wave_id

        def work(_ctx: JobContext) -> TidyView | None:
            try:
                return load_tidy(session, wave_id, key)
            except KeyError:
                return None  # the question is read as another kind now, or its wave is gone

        def done(view: TidyView | None) -> None:
            if key != self._key or wave_id != self._wave_id:
                return
            if view is None:
                self._key = None
                return
            self.pane.show_view(view, text=self.commands.take_next())
            if segment:
                self.pane.show_segment(segment)
            self._explain()

        self._page.run_job(work, done, label=_("Reading the texts"))

    def _explain(self) -> None:
        if self.pane.showing:
            return
        self.refresh_keys()
        view, row, group = self.view, self.pane.current_text(), self.pane.current_group()
        if view is not None and group is not None:
            self.explained.emit(explain_group(view, group))
        else:
            self.explained.emit(explain_text(view, row) if view is not None and row is not None else None)

    # Where the focus is

    def find_here(self) -> None:
        if not self.pane.merging:
            self.pane.find_here()
        elif self.side.isVisible():
            self.side.finder.setFocus()

    def focus(self) -> None:
        self.pane_focus()

    def pane_focus(self) -> None:
        """Into the texts."""
        self.pane.focus()

    def escape(self) -> None:
        self.pane.table.clear_ticks()

    def _on_list_chosen(self, key: Key) -> None:
        self._key = key
        self._load(key)

    def step_question(self, by: int) -> None:
        """N: the next question with something left."""
        if not self.list.step(by, waits):
            self._page.context.shell.toast(_("No further question has texts to tidy."))

    def step(self, by: int) -> None:
        """J and K: the next or previous row, or group."""
        if self.pane.merging:
            self.pane.merges.step(by)
        else:
            self.pane.table.step(by)

    # What a person does

    def edit(self) -> None:
        self.commands.enter()

    def _choose_question(self) -> None:
        self.commands.choose_question(self.questions, self._open)

    def _fit(self) -> None:
        theme = self._page.theme
        alone = self.width() < theme.px(_NO_LIST)
        self.side.setVisible(not alone)
        self._line.setVisible(not alone)
        self.side.setFixedWidth(theme.px(_NARROW_LIST if self.width() < theme.px(1000) else _LIST))
        self.pane.set_one_column(alone)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
