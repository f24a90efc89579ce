"""The parts of the screen: the row of limits, the headline, the list of pairs."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.figures.build import figure_for
from surveyapp.gui.pages.correlations.screen_bar import ScreenBar
from surveyapp.gui.pages.correlations.screen_table import ScreenList, screen_columns
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.fading import Fading
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label, Rule
from surveyapp.gui.widgets.themed_figure import ThemedFigure
from surveyapp.stats.association.result import ScreenResult

_SEARCH = 170


class ScreenBody(QWidget):
    """Shows a list, its chart, or the sentence that stands in its place."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._as_chart = False
        self._filled = False
        self._result: ScreenResult | None = None
        self._drawn = False
        self.setObjectName("screenBody")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        card = Card(theme, edge_to_edge=True, parent=self)
        self.table = FrameTable(theme, name=_("Pairs of questions"), parent=card)
        self.table.setObjectName("screenTable")
        self.bar = ScreenBar(theme, self)
        self.finder = FindField(theme, _("Search pairs"), key="S", parent=card)
        self.finder.setObjectName("pairFinder")
        self.finder.left_down.connect(self.focus_list)
        self.headline = Label(theme, rich=True, wrap=True, parent=card)
        self.headline.setObjectName("screenHeadline")
        head = QHBoxLayout()
        head.setContentsMargins(17, 7, 12, 9)
        head.setSpacing(12)
        head.addWidget(self.headline, 1)
        head.addWidget(self.finder, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        card.add(Rule(parent=card))
        card.add(self.table, 1)
        card.add(self._make_chart(card), 1)
        column.addWidget(self.bar)
        column.addWidget(card, 1)
        self.fading = Fading(self.table)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self.finder.setFixedWidth(self._theme.px(_SEARCH))

    def _make_chart(self, parent: QWidget) -> QScrollArea:
        self.view = ThemedFigure(self._theme, parent)
        self.view.setObjectName("screenFigure")
        self.caption = Label(self._theme, role="small", ink="muted", wrap=True, parent=parent)
        self.caption.setObjectName("baseLine")
        self.chart = QScrollArea(parent)
        self.chart.setWidgetResizable(True)
        self.chart.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chart.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(self.chart)
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 8, 12, 12)
        column.addWidget(self.view)
        column.addWidget(self.caption)
        column.addStretch(1)
        self.chart.setWidget(inner)
        self.chart.hide()
        return self.chart

    def show_list(self, shown: ScreenList) -> None:
        """The pairs, as far as the search leaves them."""
        from surveyapp.services.analysis.screen import caveat, headline

        result = shown.result
        self.headline.setText(f"<b>{html.escape(headline(result))}</b> {html.escape(caveat(result))}")
        self.headline.setAccessibleName(result.sentence)
        self.finder.show()
        self._filled = True
        self.table.set_frame(screen_columns(shown), len(result.pairs))
        if self.finder.text():
            self.table.frame.show_only(shown.found(self.finder.text()))
        self._result, self._drawn = result, False
        self._show_chosen()

    def toggle(self) -> bool:
        """T: the list, or its strongest pairs as a chart; whether it is that now."""
        self.show_as_chart(not self._as_chart)
        self.focus_list()
        return self._as_chart

    def show_as_chart(self, on: bool) -> None:
        """The strongest pairs as a chart instead of the list."""
        self._as_chart = on
        self._show_chosen()

    def focus_list(self) -> None:
        """The list, or the chart."""
        (self.view if self._as_chart else self.table).setFocus()

    def _show_chosen(self) -> None:
        if self._filled and self._as_chart:
            self._draw()
        self.table.setVisible(self._filled and not self._as_chart)
        self.chart.setVisible(self._filled and self._as_chart)

    def show_reason(self, words: str) -> None:
        """Why there is no list."""
        self._filled = False
        self.finder.hide()
        self._show_chosen()
        self.headline.setText(html.escape(words))
        self.headline.setAccessibleName(words)

    def _draw(self) -> None:
        """The chart, made when it is first looked at."""
        result = self._result
        if result is None or self._drawn:
            return
        self._drawn = True
        self.view.set_builder(lambda width: figure_for(result, width=width))
        figure = self.view.figure
        self.caption.setText(figure.caption if figure is not None else "")

    def picture(self) -> QImage:
        """The strongest pairs as a figure."""
        self._draw()
        return self.view.to_image()
