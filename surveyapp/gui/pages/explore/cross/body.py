"""The parts of the tab Cross-tab: wells, table and figure side by side where there is room, the finding below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.figures import cross
from surveyapp.figures.figure import Figure
from surveyapp.gui.main_window import NARROW_BELOW
from surveyapp.gui.pages.explore.cross.explain import evidence_line
from surveyapp.gui.pages.explore.cross.grid import CrossGrid
from surveyapp.gui.pages.explore.cross.wells import CrossWells
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.fading import Fading
from surveyapp.gui.widgets.figure_view import FigureView
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.reports.result_table.cross import conflict_words, cross_notes, mark_notes
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import Result
from surveyapp.stats.table.result import Association, CrossTable

_SHARED, _CHART = 520, 314
"""Below this width (design pixels) table and figure share one place; how wide the figure is at least."""

_EDGES = 26
"""The gap between them, the edges of the cards, the bar by which the page scrolls."""


class CrossBody(QWidget):
    """In a narrow window table and figure share one place; `show_figure` says which is seen."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table: CrossTable | None = None
        self._figure_only = False
        self._arrangement = ""
        self.setObjectName("crossBody")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.area = PaperArea(self, "crossArea")
        inner, self._inner = self.area.paper, self.area.rows
        self.wells = CrossWells(theme, inner)  # they scroll along: at twice the text size they take half the page
        self._inner.addWidget(self.wells)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._inner.addLayout(self._grid)
        self._make_cards(inner)
        self._inner.addStretch(1)
        self.fading = Fading(inner)
        column.addWidget(self.area, 1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_words(_("Choose a question for the rows and one for the columns."))

    def _make_cards(self, parent: QWidget) -> None:
        theme = self._theme
        self.table_card = _card(parent, "tableCard")
        self.grid = CrossGrid(theme, self.table_card)
        _fill(self.table_card, self.grid, (1, 1, 1, 1))
        self.chart_card = _card(parent, "chartCard")
        self.view = FigureView(theme.tokens, self.chart_card)
        _fill(self.chart_card, self.view, (0, 6, 0, 6))
        self.words_card = _card(parent, "findingCard")
        column = QVBoxLayout(self.words_card)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(4)
        self.finding = Label(theme, role="card", wrap=True, parent=self.words_card)
        self.finding.setObjectName("finding")
        self.detail = Label(theme, ink="text-2", wrap=True, parent=self.words_card)
        self.evidence = Label(theme, role="small", ink="text-2", wrap=True, parent=self.words_card)
        self.evidence.setObjectName("evidence")
        self.notes = Label(theme, role="small", ink="muted", wrap=True, parent=self.words_card)
        self.base = Label(theme, role="small", ink="muted", wrap=True, parent=self.words_card)
        self.base.setObjectName("baseLine")
        self.method = Button(
            theme, _("Copy the method"), icon="copy", kind="quiet", small=True, key="M", parent=self.words_card
        )
        self.method.setObjectName("copyMethod")
        for label in (self.finding, self.detail, self.evidence, self.notes, self.base):
            column.addWidget(label)
        column.addWidget(self.method, 0, Qt.AlignmentFlag.AlignLeft)
        self._inner.addWidget(self.words_card)

    # What the tab calls

    def add_below(self, card: QWidget) -> None:
        """Another card, below all others."""
        self._inner.insertWidget(self._inner.count() - 1, card)

    def show_table(self, table: CrossTable, key: str, *, looks: str = "") -> None:
        """Replace what is shown; the cell of that key stays selected. `looks` says how many tables came before."""
        self._table = table
        self.grid.show_table(table, key)
        self._set_figure(key)
        found = [group.association for group in table.groups if group.association is not None]
        only: Association | NotComputed | None = found[0] if len(found) == 1 else None
        self._say(self.finding, table.sentence)
        self._say(self.detail, " ".join(filter(None, (getattr(only, "detail", ""), _conflicts(table, only)))))
        if only is not None:
            notes = (*getattr(only, "notes", ()), *mark_notes(table))
            self._say(self.evidence, evidence_line(table))
        else:
            notes = mark_notes(table)
            self._say(self.evidence, "\n".join(cross_notes(table)[1 : 1 + len(found)]))
        self._say(self.notes, " ".join((*notes, looks)).strip())
        figure = self.view.figure
        self._say(self.base, figure.caption if figure is not None else "")
        self.method.show()
        self.words_card.show()
        self._arrange(again=True)

    def show_words(self, words: str, result: Result | None = None) -> None:
        """Instead of a table: what is missing, or why there is none."""
        self._table = None
        self.view.set_builder(None)
        self._say(self.finding, result.reason if isinstance(result, NotComputed) else words)
        for label in (self.detail, self.evidence, self.notes, self.base):
            self._say(label, "")
        self.method.hide()
        self._arrange(again=True)

    def select(self, key: str) -> None:
        """A cell was selected somewhere: table and figure show the same one."""
        if self.grid.key != key:
            self.grid.select_key(key)
        if self.view.selected_key() != key:
            self._set_figure(key)

    def _set_figure(self, key: str) -> None:
        table = self._table
        if table is None:
            return
        place = table.place(key)
        row = table.rows[place[0]].key if place is not None else ""

        def build(width: float) -> Figure | None:
            return cross.build(table, width=width, highlight=row)

        self.view.set_builder(build)
        self.view.select(key)

    @property
    def side_by_side(self) -> bool:
        """Whether there is room for table and figure at once."""
        return self._arrangement in ("beside", "below")

    def show_figure(self, on: bool) -> None:
        """In a narrow page: the figure, or the table."""
        self._figure_only = on
        self._arrange(again=True)

    @property
    def figure_only(self) -> bool:
        """Whether only the figure is seen."""
        return self._arrangement == "one" and self._figure_only

    def focus_first(self) -> None:
        """The table, or the well that waits for a question."""
        if self._table is None:
            (self.wells.columns if self.wells.has_rows else self.wells.rows).setFocus()
        elif self.figure_only:
            self.view.setFocus()
        else:
            self.grid.setFocus()

    def _say(self, label: Label, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    def _arrange(self, *, again: bool = False) -> None:
        has_figure = self._table is not None and self.view.figure is not None
        width = self.contentsRect().width() * 100 // self._theme.text_size
        needed = self.grid.needed_width() * 100 // self._theme.text_size
        room = "beside" if needed + _CHART + _EDGES <= width else "below"
        narrow = self.window().width() < NARROW_BELOW or width < _SHARED
        wanted = "one" if narrow else room
        if wanted == self._arrangement and not again:
            return
        focused = self.grid.hasFocus() or self.view.hasFocus()
        self._arrangement = wanted
        for card in (self.table_card, self.chart_card):
            self._grid.removeWidget(card)
        beside = wanted == "beside"
        self._grid.addWidget(self.table_card, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.chart_card, 0 if beside else 1, 1 if beside else 0, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 1 if beside else 0)
        self._grid.setColumnMinimumWidth(0, self.grid.needed_width() + 4 if beside else 0)  # all columns are seen
        self._grid.setColumnMinimumWidth(1, self._theme.px(_CHART) if beside else 0)
        only = self._figure_only and has_figure
        self.table_card.setVisible(self._table is not None and (wanted != "one" or not only))
        self.chart_card.setVisible(has_figure and (wanted != "one" or only))
        if focused and self.isVisible() and self._table is not None:
            self.focus_first()

    def _on_theme_changed(self) -> None:
        self.view.set_tokens(self._theme.tokens)
        self.view.set_text_scale(self._theme.text_size / 100)
        if self._table is not None:
            self._arrange(again=True)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _conflicts(table: CrossTable, only: Association | NotComputed | None) -> str:
    """Why letters and the test disagree; of several groups each line of the evidence says it of its own."""
    return " ".join(filter(None, (conflict_words(table, group) for group in table.groups))) if only is not None else ""


def _card(parent: QWidget, name: str) -> QFrame:
    card = QFrame(parent)
    card.setProperty("card", "true")
    card.setObjectName(name)
    return card


def _fill(card: QFrame, widget: QWidget, pad: tuple[int, int, int, int]) -> None:
    column = QVBoxLayout(card)
    column.setContentsMargins(*pad)
    column.addWidget(widget)
