"""A card with one question: its figure, its table, or the sentence that says why there is neither."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_percent
from surveyapp.domain.errors import UserError
from surveyapp.figures.build import figure_for
from surveyapp.figures.caption import missing_line, n_line
from surveyapp.figures.measure import text_width
from surveyapp.figures.option import FigureOptions
from surveyapp.gui.models.frame_model import Cell, Column
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.cell_delegate import PAD as CELL_PAD
from surveyapp.gui.widgets.figure_view import MARGIN, FigureView
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.services.question_list import ListedQuestion
from surveyapp.services.result_text import TextColumn, TextTable, text_table
from surveyapp.stats.calibration.log_result import LogResult
from surveyapp.stats.calibration.people_result import PeopleResult
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import (
    FrequencyTable,
    GridTable,
    MultiTable,
    NumericSummary,
    ProbabilitySummary,
    Result,
    TextSummary,
)

Shown = Result | UserError
"""What a job brings: a result, or what stood in the way."""

_PAD = 20
_MOST_ROWS = 14
_MOST_BARS = 9
_SAMPLE = 200
"""How many cells tell how wide a column is."""


class ResultCard(QFrame):
    """Shows the question as asked, its base line, and figure or table; a mark or row can be selected.

    `key_selected` carries the key of the mark, `key_activated` asks to go one level deeper, `opened` that this
    question is wanted as the large one, `texts_wanted` that its texts be read.
    """

    key_selected = Signal(str)
    key_activated = Signal(str)
    opened = Signal()
    texts_wanted = Signal()

    def __init__(self, theme: Theme, *, large: bool, small_limit: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._large, self._small_limit = theme, large, small_limit
        self.entry: ListedQuestion | None = None
        self.result: Shown | None = None
        self._table_data: TextTable | None = None
        self._filling = False
        self._current = False
        self._selected = ""
        self.setObjectName("resultCard")
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 16, 1, 14)
        column.setSpacing(0)
        self._make_head(column)
        self._make_body(column)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _make_head(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_PAD, 0, _PAD, 10)
        head.setSpacing(16)
        self.title = Label(self._theme, role="section" if self._large else "card", wrap=True, parent=self)
        self.title.setObjectName("resultTitle")
        self.note = Label(self._theme, role="small", ink="muted", parent=self)
        head.addWidget(self.title, 1, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.note, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if not self._large:
            self.title.setCursor(Qt.CursorShape.PointingHandCursor)

    def _make_body(self, column: QVBoxLayout) -> None:
        theme = self._theme
        self.view = FigureView(theme.tokens, self)
        self.view.mark_selected.connect(self._on_key_selected)
        self.view.mark_activated.connect(self.key_activated)
        self.table = FrameTable(theme, name=_("Table"), parent=self)
        self.table.row_chosen.connect(self._on_table_row_chosen)
        self.table.row_activated.connect(lambda _row: self.key_activated.emit(self._selected))
        self.words = Label(theme, ink="text-2", wrap=True, parent=self)
        self.words.setContentsMargins(_PAD, 4, _PAD, 4)
        self.read = Button(theme, _("Read them in Data"), icon="arrow-right", small=True, parent=self)
        self.read.setObjectName("readTexts")
        self.read.clicked.connect(self.texts_wanted)
        self.caption = Label(theme, role="small", ink="muted", wrap=True, parent=self)
        self.caption.setObjectName("baseLine")
        self.caption.setContentsMargins(_PAD, 8, _PAD, 0)
        side = _PAD - MARGIN
        for widget, pad in ((self.view, side), (self.table, _PAD - CELL_PAD), (self.words, 0), (self.read, _PAD)):
            row = QHBoxLayout()
            row.setContentsMargins(pad, 0, pad, 0)
            row.addWidget(widget, 1 if widget is not self.read else 0)
            if widget is self.read:
                row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self.caption)
        column.addStretch(1)

    def show_result(self, entry: ListedQuestion, result: Shown, *, as_table: bool) -> None:
        """Replace what is shown; the selected mark stays if the same question still has it."""
        same = self.entry is not None and self.entry.key == entry.key
        if not same:
            self._selected = ""
        self.entry, self.result = entry, result
        self.title.setText(_title(entry))
        self.note.setText("" if isinstance(result, UserError) else note_of(result))
        self.setAccessibleName(entry.title)
        self._fill_figure(result)
        self._fill_table(result)
        self.words.setText(sentence_of(result))
        self.set_as_table(as_table)
        if self._selected:
            self.select(self._selected)

    def clear(self) -> None:
        """Show nothing: no question, no answers of another census."""
        self.entry, self.result, self._selected = None, None, ""
        self.hide()

    def set_as_table(self, as_table: bool) -> None:
        """T: the table, or the figure."""
        figure = not self.words.text() and not isinstance(self.result, UserError)
        self.words.setVisible(bool(self.words.text()))
        self.view.setVisible(figure and not as_table)
        self.table.setVisible(figure and as_table)
        self.read.setVisible(isinstance(self.result, TextSummary) and self.result.counted.n > 0)
        if figure and self._selected:
            self.select(self._selected)

    def select(self, key: str) -> None:
        """Select a mark or row without a signal."""
        self._selected = key
        self.view.select(key)
        data = self._table_data
        if data is not None and key in data.keys:
            self._filling = True
            self.table.choose(data.keys.index(key))
            self._filling = False

    def clear_selection(self) -> None:
        """Let go of the mark."""
        self._selected = ""
        self.view.select("")
        self.table.setCurrentIndex(QModelIndex())

    @property
    def selected_key(self) -> str:
        """The key of the selected mark, "" without one."""
        return self._selected

    def sentence(self) -> str:
        """What the selected mark or row says."""
        data = self._table_data
        if self._selected.startswith("row:") and data is not None:
            row = data.keys.index(self._selected)
            name, *values = [column.cells[row] for column in data.columns]
            if len(values) > 1 and values[1] != "–":
                return f"{name}: {values[0]} ({data.columns[2].header} {values[1]})."
            return f"{name}: {values[0]}."
        return self.view.sentence() if self._selected == self.view.selected_key() else ""

    def table_text(self) -> str:
        """The table as tab-separated text, "" without one."""
        return self._table_data.as_text() if self._table_data is not None else ""

    def set_current(self, current: bool) -> None:
        """Whether this is the card that P, Ctrl+C and Ctrl+E mean."""
        if current != self._current:
            self._current = current
            self.update()

    def focus_content(self) -> None:
        """Put the focus on figure, table or button."""
        for widget in (self.view, self.table, self.read):
            if not widget.isHidden():
                widget.setFocus()
                return

    # Inside

    def _fill_figure(self, result: Shown) -> None:
        if isinstance(result, UserError):
            self.view.set_builder(None)
            self.caption.setText("")
            return
        options = FigureOptions() if self._large else FigureOptions(compact=True, most_rows=_MOST_BARS)
        self.view.set_builder(lambda width: figure_for(result, width=width, options=options))
        figure = self.view.figure
        if figure is not None:
            self.caption.setText(figure.caption)
        elif isinstance(result, GridTable | LogResult | PeopleResult):  # a prediction log is told by its own page
            self.caption.setText("")
        else:
            self.caption.setText(" ".join(filter(None, (n_line(result.counted), missing_line(result.counted)))))

    def _fill_table(self, result: Shown) -> None:
        if isinstance(result, UserError | NotComputed | TextSummary):
            self._table_data = None
            return
        data = self._table_data = text_table(result)
        self._filling = True
        self.table.set_frame(frame_columns(data, self._small_limit), data.n_rows)
        if not self._selected:
            self.table.setCurrentIndex(QModelIndex())
        self._filling = False
        self.table.setFixedHeight(self._theme.px(30) * (min(data.n_rows, _MOST_ROWS) + 1) + 2)

    def _on_key_selected(self, key: str) -> None:
        self._selected = key
        self.key_selected.emit(key)

    def _on_table_row_chosen(self, row: int) -> None:
        if not self._filling and self._table_data is not None and row < self._table_data.n_rows:
            self._selected = self._table_data.keys[row]
            self.view.select(self._selected)
            self.key_selected.emit(self._selected)

    def _on_theme_changed(self) -> None:
        self.view.set_tokens(self._theme.tokens)
        self.view.set_text_scale(self._theme.text_size / 100)
        if self._table_data is not None:
            rows = min(self._table_data.n_rows, _MOST_ROWS) + 1
            self.table.setFixedHeight(self._theme.px(30) * rows + 2)

    # Qt overrides

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._large and self.title.geometry().contains(event.position().toPoint()):
            self.opened.emit()
        else:
            self.focus_content()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._current:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("accent"), 1.6))
            radius = self._theme.px(8)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.8, 0.8, -0.8, -0.8), radius, radius)


def frame_columns(data: TextTable, small_limit: int) -> list[Column]:
    """The table's columns for the window; the interval of a small count gives way to its n."""
    columns = []
    for number, column in enumerate(data.columns):
        last_interval = bool(data.counts) and number == 3

        def cell(row: int, cells: Sequence[str] = column.cells, swap: bool = last_interval) -> Cell:
            if swap and data.counts[row] < small_limit:
                words = _("n %(n)s") % {"n": fmt_count(data.counts[row])}
                return Cell(text=words, ink="muted", hatch=True, tip=cells[row])
            return Cell(text=cells[row], tip=cells[row] if not swap and len(cells[row]) > 24 else "")

        columns.append(
            Column(
                title=column.header,
                cell=cell,
                keys=np.array(column.sort_by),
                align="right" if column.numeric else "left",
                width=_number_width(column) if column.numeric else _text_width(column),
                stretch=number == 0,
            )
        )
    return columns


def _number_width(column: TextColumn) -> int:
    """As wide as its numbers, in design pixels: an interval of a large unit is told whole."""
    widest = max(text_width(words, 13, 500) for words in (column.header, *column.cells[:_SAMPLE]))
    return min(max(round(widest) + 2 * CELL_PAD + 6, 64), 190)


def _text_width(column: TextColumn) -> int:
    """As wide as its words, within bounds: what is longer has a tip."""
    widest = max(text_width(words, 13, 500) for words in (column.header, *column.cells[:_SAMPLE]))
    return min(max(round(widest) + 2 * CELL_PAD + 6, 110), 180)


def note_of(result: Result) -> str:
    """The short line at the right of the title."""
    match result:
        case MultiTable():
            return _("people may tick several")
        case NumericSummary():
            values = {"n": fmt_count(result.counted.n), "mean": fmt_number(result.mean.value)}
            if result.sd is None:
                return _("n %(n)s · mean %(mean)s") % values
            return _("n %(n)s · mean %(mean)s, sd %(sd)s") % {**values, "sd": fmt_number(result.sd)}
        case ProbabilitySummary():
            values = {"n": fmt_count(result.counted.n), "mean": fmt_percent(result.mean.value)}
            return _("n %(n)s · mean %(mean)s") % values
        case GridTable():
            sizes = [item.counted.n for item in result.items]
            n = "–".join(dict.fromkeys((fmt_count(min(sizes)), fmt_count(max(sizes)))))
            return _("n %(n)s of %(total)s") % {"n": n, "total": fmt_count(result.total)}
        case FrequencyTable():
            return _("n %(n)s of %(total)s") % {
                "n": fmt_count(result.counted.n),
                "total": fmt_count(result.counted.base),
            }
        case _:
            return ""


def sentence_of(result: Shown) -> str:
    """What is said in place of a figure, "" where there is one."""
    match result:
        case UserError():
            return str(result)
        case NotComputed():
            return result.reason
        case TextSummary():
            wrote = ngettext("%(n)s person wrote something.", "%(n)s people wrote something.", result.counted.n)
            words = wrote % {"n": fmt_count(result.counted.n)}
            if not result.counted.n:
                return words
            rest = ngettext(
                "%(n)s text, half of the answers longer than %(length)s letters.",
                "%(n)s different texts, half of them longer than %(length)s letters.",
                result.n_distinct,
            )
            values = {"n": fmt_count(result.n_distinct), "length": fmt_number(result.median_length)}
            return f"{words} {rest % values} {_('Free text is never listed here.')}"
        case _:
            return ""


def _title(entry: ListedQuestion) -> str:
    return entry.title if entry.grid else entry.questions[0].wording
