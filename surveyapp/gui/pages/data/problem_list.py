"""The list of problems, worst first, one of them open; what was done without asking stands at its foot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.domain.wave import Problem, Severity
from surveyapp.gui.pages.data.problem_row import ProblemItem, ProblemRow, fixes_of
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.key_cap import KeyCap
from surveyapp.gui.widgets.label import Label, Rule
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.services.intake.preview import is_left, is_recommended

_AT_ONCE, _AT_A_TIME = 8, 2
_SEGMENTS_FROM = 12


class ProblemList(Card):
    """`fixed` carries item and number of the fix, `undone` an item, `current_changed` an item or None.

    `accepted` wants the recommended fix of every problem that has one, `left` everything else left as it is;
    `offers_all` shows the button for both, one after the other. A long list has segments.

    Rows beyond the first few are made when the window has nothing else to do; `completed` follows the last of them.
    """

    fixed = Signal(object, int)
    undone = Signal(object)
    accepted = Signal()
    left = Signal()
    current_changed = Signal(object)
    completed = Signal()

    def __init__(self, theme: Theme, parent: QWidget, *, offers_all: bool = False) -> None:
        super().__init__(theme, "…", note="", edge_to_edge=True, parent=parent)
        self.setObjectName("problemList")
        self.setAccessibleName(_("Problems"))
        self._items: list[ProblemItem] = []
        self._made: list[ProblemRow] = []
        self._current = -1
        self.head.setContentsMargins(18, 12, 14, 10)
        for key in ("J", "K"):
            self.head.addWidget(KeyCap(theme, key, self))
        self.head.setSpacing(4)
        self.area = QScrollArea(self)
        self.area.setObjectName("problemScroll")
        self.area.setAccessibleName(_("Problems"))
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = QWidget(self.area)
        self._inner.setProperty("paper", "surface")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.area.setWidget(self._inner)
        self.body.setContentsMargins(1, 0, 1, 1)
        self._offers_all = offers_all
        self._make_segments(theme)
        self._make_accept(theme)
        self.add_rule()
        self.add(self.area, 1)
        self._make_foot(theme)
        self._later = QTimer(self, interval=0)
        self._later.timeout.connect(self._make_more)

    def _make_segments(self, theme: Theme) -> None:
        self._segment_row = QWidget(self)
        row = QHBoxLayout(self._segment_row)
        row.setContentsMargins(13, 0, 13, 10)
        items = [("all", _("All")), ("decide", _("Decide")), ("look", _("Look")), ("done", _("Done"))]
        self.segments = Segmented(theme, items, name=_("Which problems"), parent=self._segment_row)
        self.segments.chosen.connect(lambda _segment: self._on_segments_chosen())
        row.addWidget(self.segments)
        row.addStretch(1)
        self._segment_row.hide()
        self.add(self._segment_row)

    def _make_accept(self, theme: Theme) -> None:
        self._accept_row = QWidget(self)
        row = QHBoxLayout(self._accept_row)
        row.setContentsMargins(16, 0, 14, 10)
        self.accept_button = Button(theme, "", icon="check-check", key="A", small=True, parent=self._accept_row)
        self.accept_button.setObjectName("acceptRecommended")
        self.accept_button.clicked.connect(self.accept)
        row.addWidget(self.accept_button)
        row.addStretch(1)
        self._accept_row.hide()
        self.add(self._accept_row)

    def _make_foot(self, theme: Theme) -> None:
        self._foot = QWidget(self)
        self._foot.setProperty("paper", "sunken")
        self._foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self._foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(tone="grid", parent=self._foot))
        row = QHBoxLayout()
        row.setContentsMargins(16, 9, 16, 10)
        row.setSpacing(10)
        mark = QLabel(self._foot)
        mark.setPixmap(theme.pixmap("check-check", "positive", size=15, ratio=self.devicePixelRatioF()))
        row.addWidget(mark)
        self._done = Label(theme, role="small", ink="text-2", wrap=True, parent=self._foot)
        self._done.setObjectName("doneForYou")
        row.addWidget(self._done, 1)
        column.addLayout(row)
        self.add(self._foot)

    def add_above_foot(self, widget: QWidget) -> None:
        """Put a strip between the list and what was done without asking."""
        self.body.insertWidget(self.body.indexOf(self._foot), widget)

    def set_done(self, sentences: Sequence[str]) -> None:
        """What was done without asking."""
        words = "; ".join(sentence.removesuffix(".") for sentence in sentences)
        self._done.setText(_("Done for you, all reversible: %(what)s") % {"what": words} if words else "")
        self._foot.setVisible(bool(words))

    @property
    def complete(self) -> bool:
        """Whether every item has its row."""
        return len(self._made) >= len(self._items)

    @property
    def items(self) -> Sequence[ProblemItem]:
        """What is listed."""
        return self._items

    def _waiting(self) -> list[Problem]:
        """The open problems of the answers; questions about the files are answered one by one."""
        return [item.problem for item in self._items if not (item.settled or item.asked or item.told)]

    @property
    def n_recommended(self) -> int:
        """How many open problems have a recommended fix."""
        return sum(map(is_recommended, self._waiting()))

    @property
    def n_left(self) -> int:
        """How many open problems may be left as they are without more ado."""
        return sum(map(is_left, self._waiting()))

    def accept(self) -> None:
        """A: the recommended fixes; with none left, all else is left as it is."""
        if self.n_recommended:
            self.accepted.emit()
        elif self.n_left:
            self.left.emit()

    @property
    def current(self) -> ProblemItem | None:
        """The item that is open."""
        return self._items[self._current] if 0 <= self._current < len(self._items) else None

    def set_items(self, items: Sequence[ProblemItem], *, advance: bool = True) -> None:
        """Show other items. Rows that say the same stay; the current problem stays current, or the next open one."""
        before = self.current
        held = self.isAncestorOf(focus) if (focus := self.window().focusWidget()) is not None else False
        old = {row.item: row for row in self._made}
        self._items = list(items)
        n_first = max(_AT_ONCE, sum(item in old for item in self._items))
        kept = {item for item in self._items[:n_first] if item in old}  # one further down is made again when idle
        for row in self._made:
            if row.item not in kept or old[row.item] is not row:
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
        rows = []
        for place, item in enumerate(self._items[:n_first]):
            row = old.get(item) or self._make(item)
            self._column.insertWidget(place, row)
            rows.append(row)
        self._made = rows
        self._show_segment()
        if not self.complete:
            self._later.start()
        self._show_head()
        self._current = -1
        self._go(self._place_after(before, items, advance=advance), focus=held)

    def _place_after(self, before: ProblemItem | None, items: Sequence[ProblemItem], *, advance: bool) -> int:
        same = next((n for n, item in enumerate(items) if before is not None and item.key == before.key), -1)
        if same >= 0 and (not items[same].settled or not advance):
            return same
        following = [*range(max(0, same), len(items)), *range(max(0, same))]
        return next((n for n in following if not items[n].settled and self._in_segment(items[n])), -1)

    def _in_segment(self, item: ProblemItem) -> bool:
        segment = self.segments.current
        if segment == "all" or self._segment_row.isHidden():
            return True
        return segment == segment_of(item)

    def _show_segment(self) -> None:
        """Long lists have segments; of the others everything is shown."""
        self._segment_row.setVisible(len(self._items) > _SEGMENTS_FROM)
        counts = Counter(segment_of(item) for item in self._items)
        for segment in ("decide", "look", "done"):
            self.segments.set_count(segment, str(counts[segment]))
        for row in self._made:
            shown = self._in_segment(row.item)
            said = row.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)  # else the layout shows it
            if row.isHidden() == shown or not said:  # setVisible polishes the row even if nothing changes
                row.setVisible(shown)

    def _on_segments_chosen(self) -> None:
        while not self.complete:
            self._make_more()
        self._show_segment()
        shown = [n for n, item in enumerate(self._items) if self._in_segment(item) and not item.settled]
        if self._current not in shown:
            self._go(shown[0] if shown else -1, focus=False)

    def _make(self, item: ProblemItem) -> ProblemRow:
        row = ProblemRow(self._theme, item, self._inner)
        row.pressed.connect(lambda: self._on_row_pressed(row))
        row.fix_chosen.connect(lambda number: self.fixed.emit(row.item, number))
        row.undo_wanted.connect(lambda: self.undone.emit(row.item))
        return row

    def _make_more(self) -> None:
        for item in self._items[len(self._made) : len(self._made) + _AT_A_TIME]:
            row = self._make(item)
            self._column.insertWidget(len(self._made), row)
            row.setVisible(self._in_segment(item))
            self._made.append(row)
        if self.complete and self._later.isActive():
            self._later.stop()
            self.completed.emit()

    def _show_head(self) -> None:
        waiting = [item.problem for item in self._items if not (item.settled or item.told)]
        n = sum(problem.severity is not Severity.DONE for problem in waiting)
        words = ngettext("%(n)s thing to look at", "%(n)s things to look at", n) % {"n": n}
        nothing = _("What it brings") if any(item.told for item in self._items) else _("Nothing left to look at")
        self.title.setText(words if n else nothing)
        self.title.show()
        deciding = sum(problem.severity is Severity.DECIDE for problem in self._waiting())
        note = ngettext("%(n)s changes results", "%(n)s change results", deciding) % {"n": deciding}
        self.note.setText(note if deciding else "")
        self.note.show()
        n, left = self.n_recommended, self.n_left
        words = accept_words(n) if n else leave_words(left)
        reason = _("The first fix of every problem where the evidence is clear. Each can be undone.")
        self.accept_button.setText(words)
        self.accept_button.setAccessibleName(words)
        self.accept_button.setToolTip(reason if n else _("Nothing is changed. Each can be taken up again."))
        self.accept_button.updateGeometry()
        self._accept_row.setVisible(self._offers_all and (n > 1 or (not n and left > 1)))

    def step(self, by: int) -> None:
        """J and K: the next or previous open problem."""
        place = self._current + by
        while 0 <= place < len(self._items):
            if not self._items[place].settled and self._in_segment(self._items[place]):
                self._go(place)
                return
            place += by

    def show_problem(self, problem: Problem) -> None:
        """Make a problem current."""
        for place, item in enumerate(self._items):
            if item.problem is problem or item.problem == problem:
                if not self._in_segment(item):
                    self.segments.set_current("all")
                    self._show_segment()
                self._go(place)
                return

    def fix(self, number: int) -> None:
        """1, 2, 3: choose that fix of the current problem."""
        item = self.current
        if item is not None and not item.settled and not item.told and number < len(fixes_of(item.problem)):
            self.fixed.emit(item, number)

    def show_first(self) -> None:
        """Make the first open problem current, where nobody has begun with another."""
        begun = any(item.settled for item in self._items) or self._current > 1
        place = next((n for n, item in enumerate(self._items) if not item.settled), -1)
        if place >= 0 and not begun:
            self._go(place, focus=self.isAncestorOf(self.window().focusWidget() or self))

    def focus_current(self) -> None:
        """Put the focus on the recommended fix of the current problem."""
        if not (0 <= self._current < len(self._made)) or not self._made[self._current].focus_fix():
            self.area.setFocus()

    def _on_row_pressed(self, row: ProblemRow) -> None:
        place = self._made.index(row)
        if not row.item.settled:
            self._go(place, focus=True)

    def _scroll_to(self, row: ProblemRow) -> None:
        """Show the whole row, or at least its beginning."""
        bar, height = self.area.verticalScrollBar(), self.area.viewport().height()
        low = row.y() + row.height() + 24 - height
        bar.setValue(max(min(bar.value(), row.y()), min(low, row.y())))

    def _go(self, place: int, *, focus: bool = True) -> None:
        while place >= len(self._made) and not self.complete:
            self._make_more()
        if 0 <= self._current < len(self._made) and self._current != place:
            self._made[self._current].set_current(False)
        for other in self._made:
            if other.current and other is not (self._made[place] if place >= 0 else None):
                other.set_current(False)
        self._current = place
        if 0 <= place < len(self._made):
            row = self._made[place]
            row.set_current(True)
            QTimer.singleShot(0, row, lambda: self._scroll_to(row))
            if focus and not row.focus_fix():
                self.area.setFocus()
        elif focus:
            self.area.setFocus()
        self.current_changed.emit(self.current)


def bulk_words(problems: ProblemList | None) -> str:
    """What A would do, for the palette."""
    if problems is not None and not problems.n_recommended and problems.n_left:
        return leave_words(problems.n_left)
    return accept_words(problems.n_recommended if problems is not None else 2)


def accept_words(n: int) -> str:
    """ "Accept the 8 recommended"."""
    return ngettext("Accept the recommended fix", "Accept the %(n)s recommended", n) % {"n": n}


def leave_words(n: int) -> str:
    """ "Leave the 12 as they are"."""
    return ngettext("Leave it as it is", "Leave the %(n)s as they are", n) % {"n": n}


def segment_of(item: ProblemItem) -> str:
    """Where an item stands in a long list."""
    if item.settled or item.problem.severity is Severity.DONE:
        return "done"
    return "decide" if item.problem.severity is Severity.DECIDE and not item.told else "look"
