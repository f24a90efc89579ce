"""All pairs of groups as a table: by their means or by their ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.models.frame_model import Column
from surveyapp.gui.pages.explore.result_card import frame_columns
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.figure_table import fit_rows
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.reports.result_table.group import pair_tables, pairs_title
from surveyapp.reports.table import Table
from surveyapp.services.result_text import TextTable, text_of
from surveyapp.stats.group.result import GroupComparison

_MOST_ROWS = 16
_NAME, _INTERVAL, _NUMBER = 112, 126, 66


class PairsCard(Card):
    """The first table is that of the default method; the choice stays while results change."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, _("All pairs of groups"), edge_to_edge=True, parent=parent)
        self.setObjectName("pairsCard")
        self._tables: tuple[Table, ...] = ()
        self.methods = Segmented(
            theme, [("means", _("Means")), ("ranks", _("Ranks"))], name=_("How pairs are compared"), parent=self
        )
        self.method = Label(theme, role="small", ink="text-2", wrap=True, parent=self)
        self.method.setContentsMargins(18, 0, 18, 4)
        self.table = FrameTable(theme, name=_("All pairs of groups"), parent=self)
        self.table.setObjectName("pairsTable")
        self.hint = Label(theme, role="small", ink="muted", wrap=True, parent=self)
        self.hint.setContentsMargins(18, 8, 18, 10)
        row = QHBoxLayout()
        row.setContentsMargins(18, 0, 18, 6)
        row.addWidget(self.methods)
        row.addStretch(1)
        self.body.addLayout(row)
        for widget in (self.method, self.table, self.hint):
            self.add(widget)
        self.methods.chosen.connect(lambda _which: self._show())
        theme.changed.connect(self._fit)

    def show_result(self, result: GroupComparison) -> bool:
        """Fill the table; False where nothing was compared pair by pair."""
        self._tables = pair_tables(result)
        self.title.setText(pairs_title(result))
        self.methods.setVisible(len(self._tables) > 1)
        if self._tables:
            self._show()
        return bool(self._tables)

    def as_text(self) -> str:
        """All tables as tab-separated text, each below its title."""
        return "\n\n".join(f"{table.title}\n{text_of(table).as_text()}" for table in self._tables)

    def _show(self) -> None:
        ranks = self.methods.current == "ranks" and len(self._tables) > 1
        table = self._tables[1 if ranks else 0]
        data = text_of(table)
        self.method.setText(table.title.removeprefix(f"{self.title.text()}: "))
        self.hint.setText(" ".join(table.notes))
        self.table.set_frame(_columns(data), data.n_rows)
        self.table.setCurrentIndex(QModelIndex())
        self._fit()

    def _fit(self) -> None:
        fit_rows(self._theme, self.table, _MOST_ROWS)


def _columns(data: TextTable) -> Sequence[Column]:
    """Two names share what the numbers leave; an interval with signs has room."""
    return [
        replace(column, width=_width(place, column.title), stretch=place < 2)
        for place, column in enumerate(frame_columns(data, 0))
    ]


def _width(place: int, title: str) -> int:
    if place < 2:
        return _NAME
    return _INTERVAL if "%" in title else max(_NUMBER, 18 + 8 * len(title))
