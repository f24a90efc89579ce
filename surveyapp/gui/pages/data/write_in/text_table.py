"""The texts of one question: what they are, how many people gave them, what they count as, what they may mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.gui.models.frame_model import Cell, Column
from surveyapp.gui.pages.data.write_in.words import spellings, stand_words
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.services.tidy.item import DECIDED, Stand, TidyText

_ICONS = {
    Stand.OPEN: ("circle-alert", "warn"),
    Stand.UNREAD: ("circle-alert", "warn"),
    Stand.OUT_OF_RANGE: ("circle-alert", "muted"),
    Stand.CODED: ("check", "positive"),
    Stand.LEFT: ("check", "muted"),
    Stand.REPLACED: ("check", "positive"),
    Stand.MISSING: ("minus", "muted"),
}


class TextTable(FrameTable):
    """Space ticks a row and goes on; what is ticked (or else selected) is what the commands are about."""

    ticks_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, name=_("Texts"), two_lines=True, parent=parent)
        self.setObjectName("textTable")
        self.clicked.connect(self._on_clicked)
        self._texts: Sequence[TidyText] = ()
        self._ticked: set[str] = set()
        self._coded = True

    @property
    def texts(self) -> Sequence[TidyText]:
        """All rows, filtered or not."""
        return self._texts

    def set_texts(self, texts: Sequence[TidyText], *, coded: bool) -> None:
        """Show other texts; ticks on texts that are still there stay. `coded`: they are coded, not read as numbers."""
        anew = not self.frame.columns or coded != self._coded
        self._texts, self._coded = texts, coded
        self._ticked &= {one.text for one in texts}
        self.set_frame(self._columns() if anew else self.frame.columns, len(texts))

    def chosen(self) -> list[TidyText]:
        """The ticked rows; without ticks the selected ones, or the one under the cursor."""
        if self._ticked:
            return [one for one in self._texts if one.text in self._ticked]
        rows = self.selected_rows() or ([self.current_row] if self.current_row >= 0 else [])
        return [self._texts[row] for row in rows if row < len(self._texts)]

    @property
    def n_ticked(self) -> int:
        """How many rows are ticked."""
        return len(self._ticked)

    def clear_ticks(self) -> None:
        """Untick all."""
        self._ticked.clear()
        self.frame.refresh()
        self.ticks_changed.emit()

    def text_after(self, rows: Sequence[TidyText]) -> str:
        """The first text below these in the order shown that waits, or is there at all; "" if none is left."""
        gone = {one.text for one in rows}
        order = [self._texts[self.frame.source_row(n)] for n in range(self.frame.rowCount())]
        last = max((n for n, one in enumerate(order) if one.text in gone), default=-1)
        rest = [one for one in (*order[last + 1 :], *order[: last + 1]) if one.text not in gone]
        return next((one.text for one in rest if one.waiting), rest[0].text if rest else "")

    def choose_text(self, text: str) -> bool:
        """Put the cursor on a text; False if it is not shown."""
        row = next((n for n, one in enumerate(self._texts) if one.text == text), -1)
        if row < 0 or self.frame.view_row(row) < 0:
            return False
        self.choose(row)
        return True

    def show_only(self, mask: NDArray[np.bool_]) -> None:
        """Show some rows, the cursor where it was or on the first."""
        current = self.current_row
        self.frame.show_only(mask)
        if mask.any():
            self.choose(current if 0 <= current < len(mask) and mask[current] else self.frame.source_row(0))

    def row_box(self) -> QRect:
        """Where the row under the cursor stands, from its text on."""
        box = self.visualRect(self.frame.index(self.currentIndex().row(), 1))
        return QRect(self.viewport().mapTo(self, box.topLeft()), box.size())

    # What stands in the cells

    def _columns(self) -> list[Column]:
        return [
            Column(title="", cell=self._cell(self._tick_cell), width=34, align="centre"),
            Column(
                title=_("As typed"),
                cell=self._cell(_text_cell),
                keys=self._keys(lambda one: one.text.casefold()),
                width=170,
                stretch=True,
            ),
            Column(
                title=_("People"),
                cell=self._cell(_people_cell),
                keys=self._keys(lambda one: -one.count),
                width=70,
                align="right",
            ),
            Column(
                title=_("Counts as"),
                cell=self._cell(_stand_cell),
                keys=self._keys(stand_words),
                width=150,
                stretch=True,
            ),
            Column(
                title=_("May mean") if self._coded else _("Pattern"),
                cell=self._cell(_suggestion_cell if self._coded else _pattern_cell),
                keys=self._keys(lambda one: (not one.suggestion, one.suggestion) if self._coded else one.why),
                width=170,
                stretch=True,
            ),
        ]

    def _cell(self, draw: Callable[[TidyText], Cell]) -> Callable[[int], Cell]:
        return lambda row: draw(self._texts[row]) if row < len(self._texts) else Cell()

    def _keys(self, key: Callable[[TidyText], object]) -> Callable[[], NDArray[np.int64]]:
        def ranks() -> NDArray[np.int64]:
            values = [key(one) for one in self._texts]
            order = sorted(range(len(values)), key=lambda n: values[n])  # type: ignore[arg-type,return-value]
            rank = np.empty(len(order), dtype=np.int64)
            rank[order] = np.arange(len(order))
            return rank

        return ranks

    def _tick_cell(self, one: TidyText) -> Cell:
        ticked = one.text in self._ticked
        if ticked:
            return Cell(icon="square-check", icon_role="accent", tip=_("ticked"))
        return Cell(icon="square", icon_role="muted", tip=_("not ticked"))

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._tick(self.frame.source_row(index.row()))

    def toggle(self) -> None:
        """Space: tick or untick the row under the cursor, and go on to the next."""
        row = self.current_row
        if 0 <= row < len(self._texts):
            self._tick(row)
            self.step(1)

    def _tick(self, row: int) -> None:
        self._ticked ^= {self._texts[row].text}
        self.frame.refresh()
        self.ticks_changed.emit()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.toggle()
        else:
            super().keyPressEvent(event)


def _text_cell(one: TidyText) -> Cell:
    words = " ".join(one.text.split())
    second = spellings(one)
    return Cell(text=words, second=second, weight=500 if one.waiting else 400, tip=words if len(words) > 30 else second)


def _people_cell(one: TidyText) -> Cell:
    return Cell(text=fmt_count(one.count))


def _stand_cell(one: TidyText) -> Cell:
    icon, role = _ICONS.get(one.stand, ("", ""))
    return Cell(text=stand_words(one), icon=icon, icon_role=role, ink="text" if one.stand in DECIDED else "text-2")


def _suggestion_cell(one: TidyText) -> Cell:
    if not one.suggestion:
        return Cell()
    second = _("%(why)s; sure") % {"why": one.why} if one.sure else one.why
    return Cell(text=one.suggestion, second=second, weight=500 if one.sure else 400, tip=one.why)


def _pattern_cell(one: TidyText) -> Cell:
    second = _("perhaps %(number)s") % {"number": one.suggestion} if one.suggestion else ""
    return Cell(text=one.why, second=second, ink="text-2")
