"""Drop-off: where people stopped answering, and how many minutes they took."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_percent
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec
from surveyapp.figures.build import figure_for
from surveyapp.figures.drop_off import point_sentence
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.pages.explore.explore_tab import ExploreTab
from surveyapp.gui.pages.explore.result_card import frame_columns
from surveyapp.gui.result_actions import Chosen
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.figure_view import FigureView
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.services.base_count import BaseCount
from surveyapp.services.jobs import JobContext
from surveyapp.services.result_text import TextTable, text_table
from surveyapp.stats.drop_off.result import DropOff
from surveyapp.stats.estimate import NotComputed

if TYPE_CHECKING:
    from surveyapp.gui.pages.explore.page import ExplorePage
    from surveyapp.stats.result import Result

_MENU = ("pin", "copy", "copy_sentence", "export", "toggle")


class DropOffTab(ExploreTab):
    """One curve for the people of the base; a question on it is selected with the arrow keys or the mouse."""

    def __init__(self, page: ExplorePage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._spec: AnalysisSpec | None = None
        self._result: Result | None = None
        self._data: TextTable | None = None
        self._selected = ""
        theme = page.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(area)
        inner.setProperty("paper", "bg")
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(0, 4, 0, 16)
        card = Card(theme, _("Who was still answering"), parent=inner)
        card.setObjectName("dropOffCard")
        self.finding = Label(theme, role="verdict", wrap=True, parent=card)
        self.finding.setObjectName("dropOffFinding")
        self.view = FigureView(theme.tokens, card)
        self.view.setObjectName("dropOffFigure")
        self.table = FrameTable(theme, name=_("Drop-off by question"), parent=card)
        self.caption = Label(theme, role="small", ink="muted", wrap=True, parent=card)
        self.caption.setObjectName("baseLine")
        for widget in (self.finding, self.view, self.table, self.caption):
            card.add(widget)
        outer.addWidget(card)
        outer.addStretch(1)
        area.setWidget(inner)
        column.addWidget(area)
        page.results.give_menu(self.view, _MENU)
        self.view.mark_selected.connect(self._select)
        self.table.row_chosen.connect(self._on_table_row_chosen)
        theme.changed.connect(self._fit)
        self._fit()

    def keys(self) -> list[tuple[str, str]]:
        return [("← →", _("along the questions"))]

    # Results

    def show_subject(self, counted: BaseCount, _question_ids: frozenset[int] | None = None) -> None:
        """Follow the people of a base through the form."""
        session = self._session
        spec = AnalysisSpec(kind=AnalysisKind.DROP_OFF, base=counted.base)

        def work(ctx: JobContext) -> Result:
            from surveyapp.services.analysis.run import run_analysis

            return run_analysis(session, spec, check=ctx.check)

        self._page.run_latest("drop_off", work, lambda result: self._take(spec, result))

    def _take(self, spec: AnalysisSpec, result: Result) -> None:
        self._spec, self._result = spec, result
        self.finding.setText(_finding(result))
        computed = isinstance(result, DropOff)
        self._data = text_table(result) if computed else None
        self.view.set_builder((lambda width: figure_for(result, width=width)) if computed else None)
        figure = self.view.figure
        self.caption.setText(figure.caption if figure is not None else "")
        if self._data is not None:
            limit = self._page.context.settings.value.small_cell_limit
            self.table.set_frame(frame_columns(self._data, limit), self._data.n_rows)
            self.table.setCurrentIndex(QModelIndex())
            self.set_fact(_("Free texts and what the form filled in are not on the way."))
        self.show_as_table(self._page.as_table)
        self._select(self._selected if self._data is not None and self._selected in self._data.keys else "")

    def show_as_table(self, on: bool) -> None:
        computed = self._data is not None
        self.view.setVisible(computed and not on)
        self.table.setVisible(computed and on)
        self._fit()

    def _fit(self) -> None:
        theme = self._page.theme
        self.view.set_tokens(theme.tokens)
        self.view.set_text_scale(theme.text_size / 100)
        rows = min(self._data.n_rows if self._data is not None else 0, 18) + 1
        self.table.setFixedHeight(theme.px(30) * rows + 2)

    # Selection

    @property
    def ready(self) -> bool:
        return self._result is not None

    def _select(self, key: str) -> None:
        self._selected = key
        self._explain()
        self.chosen_changed.emit()

    def _on_table_row_chosen(self, row: int) -> None:
        if self._data is not None and 0 <= row < self._data.n_rows:
            key = self._data.keys[row]
            self.view.select(key)
            self._select(key)

    def _explain(self) -> None:
        result = self._result
        if not isinstance(result, DropOff) or not self._selected:
            self.explained.emit(None)
            return
        point = result.points[int(self._selected.removeprefix("row:"))]
        here = self._page.spec.id
        facts = [
            (_("Still there"), fmt_count(point.still)),
            (_("Left before it"), fmt_count(point.lost)),
            (_("Of"), fmt_count(result.counted.n)),
        ]
        self.explained.emit(
            Explanation(
                kind=_("Selected question"),
                title=point.title,
                subtitle=point.section,
                value=fmt_percent(point.share.value, 1),
                of=_("of those who answered anything"),
                facts=tuple(facts),
                words=point_sentence(result, point),
                caution=f"{_sentence_case(result.method)}. {result.notes[0]}",
                actions=(f"{here}.pin", f"{here}.copy_sentence"),
            )
        )

    def chosen(self) -> Chosen | None:
        if self._spec is None or self._data is None or self._result is None:
            return None
        result = self._result
        sentence = ""
        if isinstance(result, DropOff):
            place = self._selected.removeprefix("row:")
            sentence = point_sentence(result, result.points[int(place)]) if place else result.sentence
        return Chosen(
            spec=self._spec,
            title=_("Drop-off"),
            result=result,
            table_text=self._data.as_text(),
            sentence=sentence,
            picture=self.view.to_image,
        )

    # Page hooks

    def escape(self) -> None:
        self.view.select("")
        self.table.setCurrentIndex(QModelIndex())
        self._select("")

    def focus(self) -> None:
        (self.table if self._page.as_table else self.view).setFocus()

    def place(self) -> tuple[str, dict[str, Any]]:
        return _("Drop-off"), {}

    def forget(self) -> None:
        self._spec = self._result = self._data = None


def _finding(result: Result) -> str:
    if isinstance(result, DropOff):
        return result.sentence
    return result.reason if isinstance(result, NotComputed) else ""


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
