"""The merge screen: the groups of texts that look alike, one of them open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.pages.data.write_in.merge_row import MergeRow
from surveyapp.gui.soon import soon_if_there
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.key_cap import KeyCap
from surveyapp.gui.widgets.label import Label
from surveyapp.importers.alike.group import Group

_AT_ONCE = 20


class MergeList(Card):
    """`merged` carries (label, texts) pairs, `differs` a Group, `name_wanted` asks for another name for the open group,
    `refused` says why there is nothing to merge.

    Rows beyond the first twenty are made when the window has nothing else to do.
    """

    merged = Signal(object)
    differs = Signal(object)
    name_wanted = Signal()
    group_chosen = Signal()
    refused = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "…", edge_to_edge=True, parent=parent)
        self.setObjectName("mergeList")
        self.setAccessibleName(_("Answers that look alike"))
        self._groups: Sequence[Group] = ()
        self._rows: list[MergeRow] = []
        self._current = -1
        self.head.setContentsMargins(18, 12, 14, 10)
        self.head.setSpacing(4)
        self.all_button = Button(theme, "", icon="check-check", key="Shift A", small=True, parent=self)
        self.all_button.setObjectName("mergeAll")
        self.all_button.clicked.connect(self.merge_all)
        self.head.addWidget(self.all_button)
        for key in ("J", "K"):
            self.head.addWidget(KeyCap(theme, key, self))
        self.area = QScrollArea(self)
        self.area.setObjectName("mergeScroll")
        self.area.setAccessibleName(_("Answers that look alike"))
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.setContentsMargins(1, 0, 1, 1)
        self.add_rule()
        self._nothing = QWidget(self)
        row = QHBoxLayout(self._nothing)
        row.setContentsMargins(18, 14, 18, 14)
        row.addWidget(Label(theme, _("No answers look alike."), ink="muted", parent=self._nothing))
        self.add(self._nothing)
        self.add(self.area, 1)
        self._later = QTimer(self, interval=0)
        self._later.timeout.connect(self._make_more)
        self._make_inner()

    def _make_inner(self) -> None:
        self._inner = QWidget(self.area)
        self._inner.setProperty("paper", "surface")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.area.setWidget(self._inner)

    @property
    def current(self) -> MergeRow | None:
        """The open row."""
        return self._rows[self._current] if 0 <= self._current < len(self._rows) else None

    @property
    def groups(self) -> Sequence[Group]:
        """What is listed."""
        return self._groups

    @property
    def n_made(self) -> int:
        """How many rows exist so far."""
        return len(self._rows)

    @property
    def sure_merges(self) -> list[tuple[str, list[str]]]:
        """What "Merge all sure ones" does: (name, texts) of each group."""
        return [(group.label, [member.text for member in group.sure]) for group in self._groups if group.sure]

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show other groups; the open one stays open if it is the same, else the one at its place is."""
        if list(groups) == list(self._groups) and self._rows:
            return
        place = max(0, self._current)
        held = self._holds_focus()
        before = self.current.group.label if self.current is not None else ""
        self._groups = groups
        self._later.stop()
        self._rows, self._current = [], -1
        self._make_inner()
        self._make_more(_AT_ONCE)
        if len(self._rows) < len(groups):
            self._later.start()
        self._show_head()
        same = next((n for n, group in enumerate(groups) if group.label == before), -1)
        self._go(same if same >= 0 else min(place, len(groups) - 1), focus=held)
        # Focus is never lost: with nothing left the card itself takes it.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if groups else Qt.FocusPolicy.StrongFocus)
        if held and not groups:
            self.setFocus()

    def _holds_focus(self) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def _make_more(self, n: int = 8) -> None:
        for group in self._groups[len(self._rows) : len(self._rows) + n]:
            row = MergeRow(self._theme, group, self._inner)
            row.pressed.connect(lambda row=row: self._go(self._rows.index(row)))
            row.merge_wanted.connect(self.merge_current)
            row.differ_wanted.connect(self.differ_current)
            row.name_wanted.connect(self.name_wanted)
            row.left.connect(self.step)
            self._column.insertWidget(len(self._rows), row)
            row.show()
            self._rows.append(row)
        if len(self._rows) >= len(self._groups):
            self._later.stop()

    def _show_head(self) -> None:
        n = len(self._groups)
        words = ngettext("%(n)s group looks alike", "%(n)s groups look alike", n) % {"n": fmt_count(n)}
        self.title.setText(words if n else _("Nothing left to merge"))
        self.title.show()
        sure = len(self.sure_merges)
        words = ngettext("Merge the sure one", "Merge all %(n)s sure ones", sure) % {"n": fmt_count(sure)}
        self.all_button.setText(words)
        self.all_button.setAccessibleName(words)
        self.all_button.setToolTip(_("Other spellings, and other names of the same thing. One change, to be undone."))
        self.all_button.setVisible(sure > 0)
        self.all_button.updateGeometry()
        self._nothing.setVisible(not n)
        self.area.setVisible(n > 0)

    # What a person does

    def step(self, by: int) -> None:
        """J and K: the next or previous group."""
        place = self._current + by
        if 0 <= place < len(self._groups):
            self._go(place)

    def merge_current(self) -> None:
        """Enter: make one answer of the texts taken in."""
        row = self.current
        if row is not None and row.can_merge:
            self.merged.emit([(row.label, row.taken)])
        elif row is not None:
            self.refused.emit(_("Take in at least two texts: Space takes one in, T all."))

    def merge_all(self) -> None:
        """Shift+A: every group's sure texts."""
        if self.sure_merges:
            self.merged.emit(self.sure_merges)

    def differ_current(self) -> None:
        """D: the texts of the group are not the same."""
        if self.current is not None:
            self.differs.emit(self.current.group)

    def take_all(self) -> None:
        """T: take every text of the open group in, or only the one that is kept."""
        if self.current is not None and self.current.members is not None:
            self.current.members.take_all()

    def keep_current(self) -> None:
        """L: the name under the cursor is the one that is kept."""
        if self.current is not None and self.current.members is not None:
            self.current.members.keep_current()

    def focus_current(self) -> None:
        """Put the focus on the open group."""
        if self.current is not None:
            self.current.focus_members()
        else:
            self.setFocus()

    def _go(self, place: int, *, focus: bool = True) -> None:
        while place >= len(self._rows) and len(self._rows) < len(self._groups):
            self._make_more()
        if self.current is not None and self._current != place:
            self.current.set_current(False)
        self._current = place
        row = self.current
        if row is None:
            return
        if not row.current:
            row.set_current(True)
            soon_if_there(row, lambda: self._scroll_to(row))
            self.group_chosen.emit()
        if focus:
            row.focus_members()

    def _scroll_to(self, row: MergeRow) -> None:
        bar, height = self.area.verticalScrollBar(), self.area.viewport().height()
        low = row.y() + row.height() + 24 - height
        bar.setValue(max(min(bar.value(), row.y()), min(low, row.y())))
