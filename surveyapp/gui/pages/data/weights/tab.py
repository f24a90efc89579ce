"""Weights: margins typed, pasted or imported; what they make is shown while one types, and kept under a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Base
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Question
from surveyapp.domain.weight import TargetUnit, Trim, WeightKind
from surveyapp.gui.page import Page
from surveyapp.gui.pages.data.data_tab import DataTab
from surveyapp.gui.pages.data.weights.command import WeightCommands
from surveyapp.gui.pages.data.weights.margin_card import MarginCard
from surveyapp.gui.pages.data.weights.scheme_pane import SchemePane
from surveyapp.gui.pages.data.weights.words import explain_cell, explain_scheme, scheme_groups
from surveyapp.gui.pages.data.weights.work import NEW, Work
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.label import Rule
from surveyapp.gui.widgets.question_list import QuestionList
from surveyapp.services.jobs import JobContext
from surveyapp.services.session import ChangeNotice
from surveyapp.services.weight_draft import Draft, Preview, draft_of, in_unit, margin_questions, preview
from surveyapp.services.weighting import ListedScheme, list_schemes, weighting_base

T = TypeVar("T")

_LIST = 208
_NO_LIST = 680


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    base: Base
    listed: tuple[ListedScheme, ...]
    drafts: dict[str, Draft]
    questions: tuple[Question, ...]
    numbers: tuple[Question, ...]


class WeightsTab(DataTab):
    """Left the schemes, right the chosen one. A draft that is not saved stays while the workspace is open."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page, parent)
        self.works: dict[str, Work] = {}
        self.key: str | None = None
        self.base = Base(wave_id=0)
        self.listed: tuple[ListedScheme, ...] = ()
        self.questions: tuple[Question, ...] = ()
        self.numbers: tuple[Question, ...] = ()
        self._reading = 0
        self._previewing = 0
        self._then: Callable[[], object] | None = None
        self._stale = False
        self._wants_focus = False
        """The tab was opened before there was anything to focus."""
        theme = page.theme
        self.list = QuestionList(theme, name=_("Weights"), height=30, parent=self)
        self.list.setObjectName("schemeList")
        self.list.chosen.connect(self._on_list_chosen)
        self.list.entered.connect(self.focus_pane)
        self.pane = SchemePane(theme, self)
        self.commands = WeightCommands(self, page)
        self.pane.follow(page.context.actions)
        self.pane.more.clicked.connect(self.commands.open_menu)
        self.pane.kind_wanted.connect(self._on_pane_kind_wanted)
        self.pane.column_wanted.connect(self.commands.choose_column)
        self.pane.card_made.connect(self._connect_card)
        self.pane.trim.changed.connect(self._on_trim_changed)
        self.pane.moved.connect(self._explain)
        self._lay_out()
        page.context.session_changed.connect(self._on_session_changed)
        theme.changed.connect(self._fit)

    def _lay_out(self) -> None:
        theme = self._page.theme
        self._body = QWidget(self)
        self._side = QWidget(self._body)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 10, 0)
        side.setSpacing(8)
        side.addWidget(self.list, 1)
        new = Button(theme, _("New weights"), icon="plus", parent=self._side)
        new.follow(self._page.context.actions, "weights.new")
        side.addWidget(new)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(24, 4, 24, 16)
        row.setSpacing(0)
        row.addWidget(self._side)
        self._line = Rule(vertical=True, parent=self._body)
        row.addWidget(self._line)
        row.addWidget(self.pane, 1)
        start = Button(theme, _("New weights"), kind="primary", icon="plus", parent=self)
        start.follow(self._page.context.actions, "weights.new")
        words = _("Example: 49 % women and 51 % men in the country, 20 % women among those who answered.")
        title = _("No weights yet. They bring the people who answered to shares that are known.")
        self._empty = EmptyState(theme, title, example=words, button=start, parent=self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _connect_card(self, card: MarginCard) -> None:
        number = self.pane.number
        card.table.typed.connect(lambda row, values: self._type(number(card), row, values))
        card.table.text_pasted.connect(self.commands.take_text)
        card.unit_wanted.connect(lambda unit: self._use_unit(number(card), unit))
        card.fill_wanted.connect(lambda: self.commands.fill_rest(number(card)))
        card.join_wanted.connect(lambda: self.commands.join_margin(number(card)))
        card.remove_wanted.connect(lambda: self.commands.remove_margin(number(card)))

    def run(
        self,
        work: Callable[[JobContext], T],
        done: Callable[[T], object],
        *,
        failed: Callable[[UserError], None] | None = None,
        label: str = "",
        store: bool = False,
    ) -> None:
        """Run a job; what it brings is dropped if the tab is gone by then: its wave, or the workspace, was closed."""

        def deliver(value: T) -> None:
            if isValid(self):
                done(value)

        def fail(error: UserError) -> None:
            if isValid(self):
                (failed or self._page.context.shell.show_error)(error)

        self._page.run_job(work, deliver, failed=fail, label=label, store=store)

    # Reading

    @property
    def work(self) -> Work | None:
        """The scheme on the desk."""
        return self.works.get(self.key) if self.key is not None else None

    @property
    def writable(self) -> bool:
        """Whether weights can be kept."""
        session = self._page.context.session
        return session is not None and not session.read_only

    def keys(self) -> list[tuple[str, str]]:
        if self.work is None:
            return [("N", _("new weights"))]
        return [
            ("Enter", _("type a target")),
            ("J K", _("next, previous answer")),
            ("A", _("add a margin")),
            ("R", _("fill the rest")),
            ("M", _("as text")),
            ("S", _("save")),
        ]

    def show_subject(self, wave_id: int, _question_ids: frozenset[int] | None = None) -> None:
        """Read the schemes, and what they make of a wave."""
        session = self._session
        self._wave_id = wave_id
        self._reading += 1
        turn = self._reading

        def work(ctx: JobContext) -> _Found:
            ctx.let_paint()
            base = weighting_base(session, wave_id)
            listed = list_schemes(session, base)
            asked = session.codebook(wave_id).asked
            return _Found(
                base=base,
                listed=listed,
                drafts={one.scheme.name: draft_of(session, base, one.scheme) for one in listed},
                questions=tuple(margin_questions(session, wave_id)),
                numbers=tuple(question for question in asked if question.kind is Kind.NUMBER),
            )

        def done(found: _Found) -> None:
            if turn == self._reading:
                self._take(found)

        self.run(work, done, label=_("Making the weights"))

    def _take(self, found: _Found) -> None:
        self.base, self.listed = found.base, found.listed
        self.questions, self.numbers = found.questions, found.numbers
        for name, work in list(self.works.items()):
            if name != NEW and name not in found.drafts:  # removed, or undone
                del self.works[name]
                if work.changed and work.saved is not None and NEW not in self.works:
                    self.works[NEW] = replace(work, saved=None)
        for name, draft in found.drafts.items():
            known = self.works.get(name)
            if known is None or not known.changed:
                self.works[name] = Work(draft=draft, saved=draft)
            else:
                known.saved = draft
        if self.key not in self.works:
            self.key = next(iter([*found.drafts, *self.works]), None)
        self.show_list()
        self.show_work()

    def show_list(self) -> None:
        """The list, and whether there is anything at all."""
        self.list.set_groups(scheme_groups(self.listed, self.works), self.key)
        shown, wanted = self._stack.currentWidget(), self._body if self.works else self._empty
        held = self.window().focusWidget()
        focused = shown is not wanted and shown is not None and held is not None and shown.isAncestorOf(held)
        self._stack.setCurrentWidget(wanted)
        self._wants_focus |= focused
        n = len(self.listed)
        words = ngettext("%(n)s scheme.", "%(n)s schemes.", n) % {"n": fmt_count(n)} if n else ""
        self.set_fact(" ".join(filter(None, (words, _("Weights correct what they know of.")))))
        self.refresh_keys()
        self._page.context.actions.changed.emit()

    def show_work(self) -> None:
        """The chosen scheme, at once as far as it is known, then with what it makes."""
        work = self.work
        if work is None:
            self.explained.emit(None)
            self._settle_focus()
            return
        self._show_pane()
        self._settle_focus()
        session, base, draft = self._session, self.base, work.draft
        self._previewing += 1
        turn = self._previewing

        def make(_ctx: JobContext) -> Preview:
            return preview(session, base, draft)

        def done(found: Preview) -> None:
            if turn != self._previewing or work is not self.work:
                return
            work.preview = found
            self._show_pane()
            then, self._then = self._then, None
            if then is not None:
                then()

        self.run(make, done, label=_("Making the weights"))

    @property
    def list_hidden(self) -> bool:
        """Whether there is no room for the list of schemes."""
        return self._side.isHidden()

    def _settle_focus(self) -> None:
        if self._wants_focus and self.isVisible():
            self.focus()

    def _show_pane(self) -> None:
        work = self.work
        if work is None:
            return
        draft = work.draft
        column = next(
            (q.title for q in self.numbers if (q.column, q.occurrence) == (draft.column, draft.occurrence)), ""
        )
        self.pane.show_work(self.key or "", work, column=column or draft.column, writable=self.writable)
        self._explain()

    def _explain(self) -> None:
        work, card = self.work, self.pane.current
        if work is None:
            return
        within = card is not None and (card.table.hasFocus() or card.table.editing)
        words = explain_cell(card.table, card.table.current_row) if card is not None and within else None
        made = work.preview.made if work.preview is not None else None
        self.explained.emit(words or explain_scheme(self.key or "", made))

    # Changing

    def put(self, draft: Draft, then: Callable[[], object] | None = None) -> None:
        """Another draft of the scheme on the desk; `then` is done once its preview is there."""
        work = self.work
        if work is None or not work.put(draft):
            return
        self._then = then
        self.show_list()
        self.show_work()

    def _type(self, number: int, row: int, values: tuple[float | None, ...]) -> None:
        work = self.work
        if work is not None:
            self.put(work.draft.replaced(number, work.draft.margins[number].with_values(row, values)))

    def _use_unit(self, number: int, unit: TargetUnit) -> None:
        work = self.work
        counted = work.preview.counted if work is not None and work.preview is not None else ()
        found = counted[number] if number < len(counted) else None
        if work is not None and found is not None:
            self.put(work.draft.replaced(number, in_unit(work.draft.margins[number], unit, found)))

    def _on_pane_kind_wanted(self, kind: WeightKind) -> None:
        if self.work is not None:
            self.put(replace(self.work.draft, kind=kind))

    def _on_trim_changed(self, trim: Trim | None) -> None:
        if self.work is not None:
            self.put(replace(self.work.draft, trim=trim))

    def open_work(self, key: str) -> None:
        """Put a scheme on the desk."""
        self.key = key
        self.show_list()
        self.show_work()

    def _on_list_chosen(self, key: str) -> None:
        self.key = key
        self.refresh_keys()
        self.show_work()

    # Where the focus is

    def focus(self) -> None:
        self._wants_focus = not self.works
        if not self.works and self._empty.button is not None:
            self._empty.button.setFocus()
        else:
            self.pane.focus()

    def focus_pane(self) -> None:
        """From the list into the scheme."""
        self.pane.focus()

    def find_here(self) -> None:
        self.list.setFocus()

    def edit(self) -> None:
        card = self.pane.current
        if card is not None:
            card.table.edit_target(max(card.table.current_row, 0))

    def undo_here(self) -> bool:
        work = self.work
        if work is None or not work.take_back():
            return False
        self.show_list()
        self.show_work()
        return True

    def _fit(self) -> None:
        theme = self._page.theme
        alone = self.width() < theme.px(_NO_LIST)
        self._side.setVisible(not alone)
        self._line.setVisible(not alone)
        self._side.setFixedWidth(theme.px(_LIST))

    def _on_session_changed(self, notice: ChangeNotice) -> None:
        """What waves do is told by the page; this is what weights and derived questions do."""
        if self._wave_id and notice.touches("weight", "base", "derived") and not notice.touches("wave"):
            self._stale = not self.isVisible()
            if self.isVisible():
                self.show_subject(self._wave_id)

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self._page.context.session is not None:
            self._stale = False
            self.show_subject(self._wave_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
