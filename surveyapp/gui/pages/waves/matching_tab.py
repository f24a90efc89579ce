"""Matching: which question of the later wave is which of the earlier; each decision is stored at once and undoable."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.page import Page
from surveyapp.gui.pages.waves.explain import explain_row
from surveyapp.gui.pages.waves.line_draft import LineDraft
from surveyapp.gui.pages.waves.link_picker import LinkPicker, offer_answers, offer_questions
from surveyapp.gui.pages.waves.match_command import MatchCommands
from surveyapp.gui.pages.waves.match_list import MatchList
from surveyapp.gui.pages.waves.match_pane import MatchPane
from surveyapp.gui.pages.waves.option_list import OptionLine
from surveyapp.gui.pages.waves.waves_tab import Pair, WavesTab
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Rule
from surveyapp.gui.widgets.question_side import QuestionSide
from surveyapp.services.jobs import JobContext
from surveyapp.services.wave_match.detail import RowDetail, load_detail
from surveyapp.services.wave_match.row import Key, MatchRow, rows_of
from surveyapp.services.wave_match.view import WaveMatch, match_waves

_LIST, _NARROW_LIST = 340, 280
_STACKED = 660
"""Design pixels below which the list stands above the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    match: WaveMatch
    rows: tuple[MatchRow, ...]


class MatchingTab(WavesTab):
    """Left the questions, right the chosen one. Lines drawn between answers are a draft until a decision keeps them."""

    has_results = False

    counted = Signal(int, int)
    """How many questions are matched, and how many wait."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._pair: Pair = (0, 0)
        self._found: _Found | None = None
        self._turn = 0
        self.draft = LineDraft()
        self.commands = MatchCommands(self, page)
        self.picker = LinkPicker(page.theme, self)
        self._make_side()
        self.pane = MatchPane(page.theme, page.context.actions, self)
        self._line = Rule(vertical=True, parent=self)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        for widget, stretch in ((self.side, 0), (self._line, 0), (self.pane, 1)):
            self._box.addWidget(widget, stretch)
        self._box.insertSpacing(2, 16)
        self.list.chosen.connect(lambda _key: self._show_row())
        self.list.entered.connect(self.pane.focus)
        self.pane.left.connect(self.list.setFocus)
        self.pane.asked.connect(self._on_pane_asked)
        self.pane.cut.connect(self._on_pane_cut)
        self.pane.options.focused.connect(self.refresh_keys)

    def _make_side(self) -> None:
        theme = self._page.theme
        self.list = MatchList(theme, self)
        self.side = QuestionSide(theme, self.list, finder="findMatch", parent=self)
        self.finder = self.side.finder
        self.confirm_button = Button(theme, parent=self.side)
        self.confirm_button.follow(self._page.context.actions, "waves.confirm_all")
        self.confirm_button.hide()
        self.side.place(self.confirm_button, beside=False)

    # What is shown

    def keys(self) -> list[tuple[str, str]]:
        if self.pane.in_answers:
            before = _("link") if self.row is not None and self.row.battery else _("what it was before")
            first = [("Enter", before), ("Backspace", _("take the line away")), ("←", _("back"))]
            return [*first, ("1", _("same")), ("2", _("reworded")), ("3", _("options changed"))]
        return [
            ("J K", _("next, previous")),
            ("1", _("same")),
            ("2", _("reworded")),
            ("3", _("options changed")),
            ("N", _("not the same")),
            ("L", _("link")),
            ("Enter", _("answers")),
        ]

    @property
    def row(self) -> MatchRow | None:
        """The row under the cursor."""
        return self.list.current

    @property
    def rows(self) -> tuple[MatchRow, ...]:
        """All rows, whatever the search."""
        return self._found.rows if self._found is not None else ()

    @property
    def names(self) -> tuple[str, str]:
        """The names of the two waves."""
        if self._found is None:
            return "", ""
        first, second = self._found.match.waves
        return first.name, second.name

    @property
    def n_waiting(self) -> int:
        """How many questions wait for a person."""
        return self._found.match.n_waiting if self._found is not None else 0

    def show_subject(self, pair: Pair, _question_ids: frozenset[int] | None = None) -> None:
        """Match two waves; what was drawn stays while they are the same."""
        session = self._session
        if pair != self._pair:
            self.draft = LineDraft()
            self.commands.take_next()
        self._pair = pair
        self._turn += 1
        turn = self._turn

        def work(_ctx: JobContext) -> _Found:
            match = match_waves(session, *pair)
            return _Found(match=match, rows=rows_of(match))

        def done(found: _Found) -> None:
            if turn == self._turn:
                self._show(found)

        self._page.run_job(work, done, failed=lambda _error: None, label=_("Matching the questions"))

    def _show(self, found: _Found) -> None:
        before = self.row.key if self.row is not None else None
        self._found = found
        self.draft.keep_only({row.key for row in found.rows})
        self.list.set_rows(found.rows, self.names, self.commands.take_next() or before)
        n = found.match.n_waiting
        words = ngettext("Confirm %(n)s as proposed", "Confirm all %(n)s as proposed", n) % {"n": fmt_count(n)}
        self.confirm_button.setText(words)
        self.confirm_button.setVisible(n > 0)
        self._show_row()
        self.counted.emit(found.match.n_matched, n)
        self.set_fact(_alone_words(found.match))

    def _show_row(self) -> None:
        row, session = self.row, self._session
        labels, edited = ((), False) if row is None else (self.draft.labels(row), self.draft.drawn(row) is not None)
        self.pane.show_row(row, self.names, labels, edited=edited)
        self.explained.emit(explain_row(row, self.names) if row is not None else None)
        self._page.context.actions.changed.emit()
        if row is None:
            return

        def work(_ctx: JobContext) -> RowDetail:
            return load_detail(session, row)

        self._page.run_job(
            work,
            lambda detail: self.pane.show_detail(row, detail),
            failed=lambda _error: None,
            label=_("Counting"),
        )

    def go_to(self, key: Key) -> None:
        """Show another row, if the search shows it."""
        if self.list.choose(key):
            self._show_row()

    # What a person does

    def can(self, name: str) -> bool:
        """Whether an action of the page (without "waves.") could be done now."""
        row = self.row
        if name in ("next", "previous"):
            return bool(self.list.lines)
        if name == "confirm_all":
            return self.n_waiting > 0
        return row is not None and (bool(row.pairs) or name == "link")

    def open_link(self) -> None:
        """L: choose the question of the other wave by typing."""
        row = self.row
        if row is None or self._found is None:
            return
        own = row.alone if row.alone is not None else next(iter(self.commands.scope(row)), row.pairs[0]).later
        later = row.later_alone or bool(row.pairs)
        offer = offer_questions(self._found.match, own, self.commands.link, later=later)
        self.picker.prepare(offer).open_below(self.pane.buttons["waves.link"])

    def _on_pane_asked(self, line: OptionLine) -> None:
        """Enter on an answer: choose its counterparts; on an item of a battery: link it."""
        row, options = self.row, self.pane.options
        if row is None:
            return
        if row.battery:
            self.open_link()
            return
        offer = offer_answers(row, line, self.names, self._toggle)
        self.picker.prepare(offer).open_at(options.viewport(), options.visualRect(options.currentIndex()))

    def _toggle(self, pair: tuple[str, str]) -> None:
        if self.row is not None:
            self.draft.toggle(self.row, pair)
            self._show_draft()

    def _on_pane_cut(self, line: OptionLine) -> None:
        row = self.row
        if row is not None and not row.battery and line.later and line.earlier:
            self.draft.cut(row, line.later)
            self._show_draft()

    def _show_draft(self) -> None:
        self._show_row()
        self.pane.options.setFocus()

    # Page hooks

    def undo_here(self) -> bool:
        if self.row is None or not self.draft.take_back(self.row):
            return False
        self._show_row()
        return True

    def find_here(self) -> None:
        self.side.start_finding()

    def focus(self) -> None:
        self.list.setFocus()

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._page.theme
        width = self.width() * 100 // theme.text_size
        stacked = width < _STACKED
        ways = QBoxLayout.Direction
        self._box.setDirection(ways.TopToBottom if stacked else ways.LeftToRight)
        self._line.setVisible(not stacked)
        side = self.side
        side.place(self.confirm_button, beside=stacked)
        if stacked:
            side.setMinimumWidth(0)
            side.setMaximumWidth(16777215)
            side.setFixedHeight(max(theme.px(120), self.height() * 2 // 5))
        else:
            side.setMinimumHeight(0)
            side.setMaximumHeight(16777215)
            side.setFixedWidth(theme.px(_LIST if width >= 900 else _NARROW_LIST))
        self.list.scrollTo(self.list.currentIndex())


def _alone_words(match: WaveMatch) -> str:
    """The fact of the foot line: what each wave asks alone."""
    if not match.only_earlier and not match.only_later:
        return _("Every question is in both waves")
    words = _("%(later)s only in %(new)s, %(earlier)s only in %(old)s")
    return words % {
        "later": fmt_count(len(match.only_later)),
        "earlier": fmt_count(len(match.only_earlier)),
        "old": match.waves[0].name,
        "new": match.waves[1].name,
    }
