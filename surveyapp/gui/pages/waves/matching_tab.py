"""Matching: which question of the later wave is which of the earlier; each decision is stored at once and undoable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.gui.page import Page
from surveyapp.gui.pages.waves.explain import explain_row
from surveyapp.gui.pages.waves.match_list import MatchList
from surveyapp.gui.pages.waves.match_pane import MatchPane, open_earlier
from surveyapp.gui.pages.waves.option_list import OptionLine
from surveyapp.gui.pages.waves.waves_tab import WavesTab
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.gui.widgets.label import Rule
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.jobs import JobContext
from surveyapp.services.wave_match.decision import Step, decide
from surveyapp.services.wave_match.detail import RowDetail, load_detail
from surveyapp.services.wave_match.evidence import How, compare
from surveyapp.services.wave_match.option import Labels
from surveyapp.services.wave_match.row import Key, MatchRow, rows_of
from surveyapp.services.wave_match.unit import Unit
from surveyapp.services.wave_match.view import UnitPair, WaveMatch, match_waves

_LIST, _NARROW_LIST = 340, 280
_STACKED = 660
"""Design pixels below which the list stands above the question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    match: WaveMatch
    rows: tuple[MatchRow, ...]


class MatchingTab(WavesTab):
    """Left the questions, right the chosen one. Lines drawn between answers are a draft until a decision keeps them."""

    counted = Signal(int, int)
    """How many questions are matched, and how many wait."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._found: _Found | None = None
        self._turn = 0
        self._next_key: Key | None = None
        self._drafts: dict[Key, list[Labels]] = {}
        self._entries: Sequence[PaletteEntry] = ()
        self._popup: PickPopup | None = None
        theme = page.theme
        self.side = QWidget(self)
        side = QVBoxLayout(self.side)
        side.setContentsMargins(0, 0, 10, 0)
        side.setSpacing(10)
        self.finder = FindField(theme, _("Find a question"), parent=self.side)
        self.finder.setObjectName("findMatch")
        self.list = MatchList(theme, self.side)
        side.addWidget(self.finder)
        side.addWidget(self.list, 1)
        self.pane = MatchPane(theme, page.context.actions, self)
        self._line = Rule(vertical=True, parent=self)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(24, 0, 24, 16)
        self._box.setSpacing(0)
        for widget, stretch in ((self.side, 0), (self._line, 0), (self.pane, 1)):
            self._box.addWidget(widget, stretch)
        self._box.insertSpacing(2, 16)
        self.finder.textChanged.connect(self.list.set_query)
        self.finder.left_down.connect(self.list.setFocus)
        self.list.chosen.connect(lambda _row: self._show_row())
        self.list.entered.connect(self.pane.focus)
        self.pane.left.connect(self.list.setFocus)
        self.pane.asked.connect(self._on_pane_asked)
        self.pane.cut.connect(self._on_pane_cut)
        self.pane.options.focused.connect(self._show_keys)

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

    def _show_keys(self) -> None:
        if self.isVisible():
            self._page.keys = self.keys()
            self._page.context.shell.refresh_foot()

    @property
    def row(self) -> MatchRow | None:
        """The row under the cursor."""
        return self.list.current

    @property
    def names(self) -> tuple[str, str]:
        """The names of the two waves."""
        if self._found is None:
            return "", ""
        first, second = self._found.match.waves
        return first.name, second.name

    def show_waves(self, earlier: int, later: int) -> None:
        session = self._session
        if (earlier, later) != self._pair:
            self._drafts.clear()
            self._next_key = None
        self._pair = (earlier, later)
        self._turn += 1
        turn = self._turn

        def work(_ctx: JobContext) -> _Found:
            match = match_waves(session, earlier, later)
            return _Found(match=match, rows=rows_of(match))

        def done(found: _Found) -> None:
            if turn == self._turn:
                self._show(found)

        self._page.run_job(work, done, failed=lambda _error: None, label=_("Matching the questions"))

    def _show(self, found: _Found) -> None:
        key = self.row.key if self.row is not None else None
        if self._next_key is not None:
            key, self._next_key = self._next_key, None
        self._found = found
        known = {row.key for row in found.rows}
        self._drafts = {one: draft for one, draft in self._drafts.items() if one in known}
        self.list.set_rows(found.rows, self.names, key)
        self._show_row()
        self.counted.emit(found.match.n_matched, found.match.n_waiting)
        self._page.set_fact(self.fact())

    def fact(self) -> str:
        match = self._found.match if self._found is not None else None
        if match is None:
            return ""
        if not match.only_earlier and not match.only_later:
            return _("No question stands alone")
        words = _("%(later)s only in %(new)s, %(earlier)s only in %(old)s")
        return words % {
            "later": fmt_count(len(match.only_later)),
            "earlier": fmt_count(len(match.only_earlier)),
            "old": self.names[0],
            "new": self.names[1],
        }

    def _show_row(self) -> None:
        row, session = self.row, self._session
        draft = self._drafts.get(row.key) if row is not None else None
        labels = draft[-1] if draft else row.labels if row is not None else ()
        self.pane.show_row(row, self.names, labels, edited=bool(draft))
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

    # What a person does

    def can(self, name: str) -> bool:
        """Whether an action of the page (without "waves.") could be done now."""
        row = self.row
        if name in ("next", "previous"):
            return bool(self.list.lines)
        return row is not None and (bool(row.pairs) or name == "link")

    def decide(self, how: How) -> None:
        """1, 2, 3, N: say what the question is; of a battery all items, or the one under the cursor."""
        row = self.row
        if row is None or not row.pairs:
            return
        draft = self._drafts.get(row.key)
        waits = how is How.OPTIONS_CHANGED and not draft and not self.pane.in_answers and not row.battery
        if waits and open_earlier(self.pane.open_lines()):
            self.pane.focus()  # first the lines; 3 again keeps them
            self._page.context.shell.toast(_("Enter says what an answer was before. 3 again keeps it."))
            return
        self._store([self._step(pair, how, draft) for pair in self._scope(row)], how)

    def _scope(self, row: MatchRow) -> tuple[UnitPair, ...]:
        line = self.pane.options.current
        if row.battery and self.pane.in_answers and line is not None:
            return tuple(pair for pair in row.pairs if pair.later.question.title == line.later)[:1]
        return row.pairs

    def _step(self, pair: UnitPair, how: How, draft: Sequence[Labels] | None) -> Step:
        if how is How.NONE:
            return Step(later=pair.later.id)
        labels = draft[-1] if draft else pair.labels
        taken = pair.evidence.options.pairs if pair.evidence.options else ()
        return Step(earlier=pair.earlier.id, later=pair.later.id, labels=None if set(labels) == set(taken) else labels)

    def _store(self, steps: Sequence[Step], how: How | None) -> None:
        """Store a decision in a worker; without `how` it is what the two questions themselves say."""
        session, row = self._session, self.row
        shell = self._page.context.shell
        if session.read_only:
            shell.toast(_("This file is open for reading only. Nothing was changed."))
            return
        if row is not None:
            self._next_key = self.list.next_waiting(row.key)

        def work(_ctx: JobContext) -> Change | None:
            return decide(session, steps, how if how is not None else self._how_of(steps[0]))

        def done(change: Change | None) -> None:
            if row is not None:
                self._drafts.pop(row.key, None)
            if change is not None:
                shell.toast(change.label, lambda: self._page.context.actions.trigger("edit.undo"))
                self.list.setFocus()
                return
            shell.toast(_("Nothing was changed."))
            self._go_on()

        self._page.run_job(work, done, failed=lambda error: shell.toast(str(error)), store=True)

    def _go_on(self) -> None:
        """To the next row at once: nothing changed, so nothing will be read again."""
        key, self._next_key = self._next_key, None
        if key is not None and self.list.choose(key):
            self._show_row()

    def _how_of(self, step: Step) -> How:
        match = self._found.match if self._found is not None else None
        units = {unit.id: unit for unit in self._units(match)} if match is not None else {}
        return compare(self._session, units[step.earlier], units[step.later]).how

    @staticmethod
    def _units(match: WaveMatch) -> list[Unit]:
        paired = [unit for pair in match.pairs for unit in (pair.earlier, pair.later)]
        return [*paired, *match.only_earlier, *match.only_later]

    # Linking

    def open_link(self) -> None:
        """L: choose the question of the other wave by typing."""
        row, found = self.row, self._found
        if row is None or found is None:
            return
        later = row.later_alone or bool(row.pairs)
        own = row.alone if row.alone is not None else next(iter(self._scope(row)), row.pairs[0]).later
        paired = [pair.earlier if later else pair.later for pair in found.match.pairs]
        free = found.match.only_earlier if later else found.match.only_later
        groups = (
            (_("Only in %(wave)s") % {"wave": self.names[0 if later else 1]}, free),
            (_("Matched with another question"), paired),
        )
        self._entries = [
            self._entry(group, unit, own, later=later) for group, units in groups for unit in units if unit.id != own.id
        ]
        self._pick(_("Which question of %(wave)s is it?") % {"wave": self.names[0 if later else 1]}).open_below(
            self.pane.buttons["waves.link"]
        )

    def _entry(self, group: str, unit: Unit, own: Unit, *, later: bool) -> PaletteEntry:
        earlier_id, later_id = (unit.id, own.id) if later else (own.id, unit.id)
        return PaletteEntry(
            group=group,
            title=unit.text,
            icon=question_icon(unit.question),
            run=lambda: self._store([Step(earlier=earlier_id, later=later_id)], None),
        )

    def _pick(self, placeholder: str) -> PickPopup:
        if self._popup is None:
            self._popup = PickPopup(
                self._page.theme, lambda _query: self._entries, placeholder=placeholder, parent=self
            )
        self._popup.field.setPlaceholderText(placeholder)
        self._popup.field.setAccessibleName(placeholder)
        return self._popup

    # Lines between answers

    def _on_pane_asked(self, line: OptionLine) -> None:
        """Enter on an answer: choose its counterparts; on an item of a battery: link it."""
        row = self.row
        if row is None:
            return
        if row.battery:
            self.open_link()
            return
        forth = bool(line.later)
        taken = set(line.earlier) if forth else set()
        offered = row.sides[0] if forth else row.sides[1]
        answer = line.later if forth else line.earlier[0]
        group = _("Answers of %(wave)s") % {"wave": self.names[0 if forth else 1]}
        self._entries = [
            self._answer_entry(group, label, (label, answer) if forth else (answer, label), ticked=label in taken)
            for label in offered
        ]
        words = _("What was “%(answer)s”?") if forth else _("What is “%(answer)s” now?")
        options = self.pane.options
        self._pick(words % {"answer": answer}).open_at(options.viewport(), options.visualRect(options.currentIndex()))

    def _answer_entry(self, group: str, label: str, pair: tuple[str, str], *, ticked: bool) -> PaletteEntry:
        return PaletteEntry(group=group, title=label, icon="check" if ticked else "", run=lambda: self._toggle(pair))

    def _toggle(self, pair: tuple[str, str]) -> None:
        labels = self._labels_now()
        self._draw([one for one in labels if one != pair] if pair in labels else [*labels, pair])

    def _on_pane_cut(self, line: OptionLine) -> None:
        row = self.row
        if row is None or row.battery or not line.later or not line.earlier:
            return
        self._draw([one for one in self._labels_now() if one[1] != line.later])

    def _labels_now(self) -> Labels:
        row = self.row
        if row is None:
            return ()
        draft = self._drafts.get(row.key)
        return draft[-1] if draft else row.labels

    def _draw(self, labels: Sequence[tuple[str, str]]) -> None:
        if self.row is not None:
            self._drafts.setdefault(self.row.key, []).append(tuple(labels))
            self._show_row()
            self.pane.options.setFocus()

    # Page hooks

    def undo_here(self) -> bool:
        draft = self._drafts.get(self.row.key) if self.row is not None else None
        if not draft or self.row is None:
            return False
        draft.pop()
        if not draft:
            self._drafts.pop(self.row.key)
        self._show_row()
        return True

    def find_here(self) -> None:
        self.finder.setFocus()

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
        if stacked:
            side.setMinimumWidth(0)
            side.setMaximumWidth(16777215)
            side.setFixedHeight(max(theme.px(120), self.height() * 2 // 5))
        else:
            side.setMinimumHeight(0)
            side.setMaximumHeight(16777215)
            side.setFixedWidth(theme.px(_LIST if width >= 900 else _NARROW_LIST))
        self.list.scrollTo(self.list.currentIndex())
