"""The brackets of a pair as a table: stated, right, interval, a dot plot, n, reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import EN_DASH, fmt_count, fmt_percent
from surveyapp.figures.caption import bare_interval
from surveyapp.figures.reliability_plot import bin_name, reading_words
from surveyapp.gui.models.frame_model import CELL, Cell, Column, Index
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.cell_delegate import PAD, CellDelegate
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.stats.calibration.diagram import CalibrationBin

_NAME, _PLOT = 0, 3
_ROW = 27


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWords:
    """What the table and its columns are called, and the tooltip of the plot (`mean`, `share`)."""

    name: str
    said: str
    came: str
    tip: str
    came_width: int = 46
    interval_width: int = 90
    plot_from: int = 420
    """The width from which on there is room for the plot."""


class _BracketDelegate(CellDelegate):
    """Paints the mean behind the bracket and, in the plot, the interval with a tick at what was stated."""

    def __init__(self, theme: Theme, table: BracketTable) -> None:
        super().__init__(theme, table, whole_rows=True)
        self._table, self._look = table, theme

    # Qt overrides

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        found = self._table.bracket(self._table.frame.source_row(index.row()))
        if found is None or not found.n:
            return
        box = QRectF(option.rect).adjusted(self._look.px(PAD), 0, -self._look.px(PAD), -1)
        painter.save()
        if index.column() == _PLOT:
            self._draw_plot(painter, box, found)
        elif index.column() == _NAME:
            cell = index.data(CELL)
            painter.setFont(self._look.font("body", cell.weight))
            left = painter.fontMetrics().horizontalAdvance(cell.text) + self._look.px(6)
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setFont(self._look.font("small"))
            painter.setPen(self._look.color("text-2" if selected else "muted"))
            mean = _("mean %(mean)s") % {"mean": fmt_percent(found.mean).rstrip("%\u202f")}
            painter.drawText(box.adjusted(left, 0, self._look.px(PAD), 0), Qt.AlignmentFlag.AlignVCenter, mean)
        painter.restore()

    def _draw_plot(self, painter: QPainter, box: QRectF, found: CalibrationBin) -> None:
        theme = self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = box.center().y()

        def x(share: float) -> float:
            return box.left() + share * box.width()

        painter.fillRect(QRectF(box.left(), y - 1, box.width(), 2), theme.color("grid"))
        if found.share.low is not None and found.share.high is not None:
            painter.setPen(QPen(theme.color("text"), 1.5))
            painter.drawLine(QPointF(x(found.share.low), y), QPointF(x(found.share.high), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("text"))
        painter.drawEllipse(QPointF(x(found.share.value), y), 3.5, 3.5)
        painter.fillRect(QRectF(x(found.mean) - 1, y - theme.px(6), 2, theme.px(12)), theme.color("accent"))


class BracketTable(FrameTable):
    """`bracket_chosen` carries the key of a bracket as in the figure: its lower end in per cent."""

    bracket_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget, *, words: TableWords | None = None) -> None:
        self._words = words or TableWords(
            name=_("By bracket"),
            said=_("They said"),
            came=_("Right"),
            tip=_("Said %(mean)s on average, %(share)s right."),
        )
        super().__init__(theme, name=self._words.name, parent=parent)
        self._look = theme
        self._bins: list[CalibrationBin] = []
        self._filling = False
        self.setObjectName("bracketTable")
        self.setItemDelegate(_BracketDelegate(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.row_chosen.connect(self._on_row_chosen)
        theme.changed.connect(self._fit)

    def show_bins(self, bins: Sequence[CalibrationBin], level: float) -> None:
        """The brackets anybody used; the chosen one stays chosen."""
        key = self.current_key
        self._bins = [found for found in bins if found.n]
        self._filling = True
        self.set_frame(_columns(self._bins, level, self._words), len(self._bins))
        self.clearSelection()
        self._filling = False
        self._fit()
        if key:
            self.choose_key(key)

    def bracket(self, row: int) -> CalibrationBin | None:
        """The bracket of a source row."""
        return self._bins[row] if 0 <= row < len(self._bins) else None

    @property
    def current_key(self) -> str:
        """The key of the selected bracket, "" without one."""
        rows = self.selected_rows()
        return bracket_key(self._bins[rows[0]]) if rows and rows[0] < len(self._bins) else ""

    def choose_key(self, key: str) -> None:
        """Select a bracket without a signal; "" selects none."""
        self._filling = True
        row = next((n for n, found in enumerate(self._bins) if bracket_key(found) == key), -1)
        if row < 0:
            self.clearSelection()
        else:
            self.choose(row)
        self._filling = False

    def _fit(self) -> None:
        height = self._look.px(_ROW)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setFixedHeight(height * len(self._bins) + self.horizontalHeader().sizeHint().height() + 2)

    def _on_row_chosen(self, row: int) -> None:
        found = self.bracket(row)
        if found is not None and not self._filling:
            self.bracket_chosen.emit(bracket_key(found))

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A plot of a few pixels says nothing: it goes first."""
        self.setColumnHidden(_PLOT, self.width() < self._look.px(self._words.plot_from))
        super().resizeEvent(event)


def bracket_key(found: CalibrationBin) -> str:
    """How the figure names a bracket."""
    return str(round(found.low * 100))


def _columns(bins: list[CalibrationBin], level: float, words: TableWords) -> list[Column]:
    def keys(values: list[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array(values, dtype=np.float64)

    lows = keys([found.low for found in bins])
    return [
        Column(title=words.said, cell=lambda row: Cell(text=bin_name(bins[row])), keys=lows, width=136),
        Column(
            title=words.came,
            cell=lambda row: Cell(text=fmt_percent(bins[row].share.value), weight=600),
            keys=keys([found.share.value for found in bins]),
            align="right",
            width=words.came_width,
        ),
        Column(
            title=_("%(level)s interval") % {"level": fmt_percent(level)},
            cell=lambda row: Cell(text=bare_interval(bins[row].share) or EN_DASH, ink="text-2"),
            align="right",
            width=words.interval_width,
        ),
        Column(title="", cell=lambda row: Cell(tip=_tip(bins[row], words.tip)), width=40, stretch=True),
        Column(
            title=_("n"),
            cell=lambda row: Cell(text=fmt_count(bins[row].n), ink="text-2"),
            keys=keys([float(found.n) for found in bins]),
            align="right",
            width=_count_width(bins),
        ),
        Column(title=_("Reading"), cell=lambda row: _reading(bins[row]), width=86),
    ]


def _count_width(bins: list[CalibrationBin]) -> int:
    """Room for the largest count: "999", "10,764", "198,367"."""
    most = max((found.n for found in bins), default=0)
    return next((width for least, width in ((100_000, 70), (10_000, 60), (1000, 52)) if most >= least), 36)


def _reading(found: CalibrationBin) -> Cell:
    stands_out = found.reading in ("more often", "less often")
    words = reading_words(found.reading)
    return Cell(text=words, ink="warn" if stands_out else "muted", weight=600 if stands_out else 400)


def _tip(found: CalibrationBin, words: str) -> str:
    values = {"mean": fmt_percent(found.mean), "share": fmt_percent(found.share.value)}
    return words % values
