"""Drop-off: where people stopped answering, how many minutes they took, and when they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_percent
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec
from surveyapp.domain.errors import UserError
from surveyapp.figures.axis import fmt_day
from surveyapp.figures.build import figure_for
from surveyapp.figures.drop_off import point_sentence
from surveyapp.gui.analysis_place import spec_of
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.pages.explore.explore_tab import ExploreTab
from surveyapp.gui.pages.explore.result_card import frame_columns
from surveyapp.gui.result_actions import Chosen
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.figure_view import FigureView
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.services.base_count import BaseCount
from surveyapp.services.jobs import JobContext
from surveyapp.services.result_text import TextTable, text_table
from surveyapp.stats.drop_off.result import DropOff
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import Timeline

if TYPE_CHECKING:
    from surveyapp.gui.pages.explore.page import ExplorePage
    from surveyapp.stats.result import Result

_KINDS = (AnalysisKind.DROP_OFF, AnalysisKind.TIMELINE)
_MENU = ("pin", "copy", "copy_sentence", "export", "toggle")


class DropOffTab(ExploreTab):
    """One curve for the people of the base, by question or by day; a point of it is selected with the arrow keys or the
    mouse."""

    def __init__(self, page: ExplorePage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._counted: BaseCount | None = None
        self._spec: AnalysisSpec | None = None
        self._result: Result | None = None
        self._data: TextTable | None = None
        self._selected = ""
        self.kind = AnalysisKind.DROP_OFF
        theme = page.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        ways = ((AnalysisKind.DROP_OFF.value, _("By question")), (AnalysisKind.TIMELINE.value, _("By day")))
        self.way = Segmented(theme, ways, name=_("What the curve follows"), parent=self)
        self.way.chosen.connect(lambda kind: self.follow(AnalysisKind(kind)))
        column.addWidget(self.way)
        area = PaperArea(self, "dropOffArea")
        inner, outer = area.paper, area.rows
        outer.setContentsMargins(0, 4, 0, 16)
        card = self._card = Card(theme, _("Who was still answering"), parent=inner)
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
        column.addWidget(area)
        page.results.give_menu(self.view, _MENU)
        self.view.mark_selected.connect(self._select)
        self.table.row_chosen.connect(self._on_table_row_chosen)
        theme.changed.connect(self._fit)
        self._fit()

    def keys(self) -> list[tuple[str, str]]:
        by_day = self.kind is AnalysisKind.TIMELINE
        return [("← →", _("along the days") if by_day else _("along the questions"))]

    # Results

    def show_subject(self, counted: BaseCount, _question_ids: frozenset[int] | None = None) -> None:
        """Follow the people of a base through the form, or its days."""
        self._counted = counted
        session = self._session
        spec = AnalysisSpec(kind=self.kind, base=counted.base)

        def work(ctx: JobContext) -> Result:
            from surveyapp.services.analysis.run import run_analysis

            return run_analysis(session, spec, check=ctx.check)

        self._page.run_latest("drop_off", work, lambda result: self._take(spec, result), failed=self._on_failed)

    def follow(self, kind: AnalysisKind) -> None:
        """The questions of the form, or the days on which people answered."""
        self.way.set_current(kind.value)
        if kind is not self.kind:
            self.kind, self._selected = kind, ""
            self.refresh_keys()
            if self._counted is not None:
                self.show_subject(self._counted)

    def _on_failed(self, error: UserError) -> None:
        """Why there is no curve stands where it would."""
        self._spec = self._result = self._data = None
        self.view.set_builder(None)
        self.finding.setText(str(error))
        self.caption.setText("")
        self.show_as_table(self._page.as_table)
        self._select("")

    def _take(self, spec: AnalysisSpec, result: Result) -> None:
        self._spec, self._result = spec, result
        self.finding.setText(_finding(result))
        computed = isinstance(result, DropOff | Timeline)
        self._card.title.setText(
            _("When people answered") if isinstance(result, Timeline) else _("Who was still answering")
        )
        self._data = text_table(result) if computed else None
        self.view.set_builder((lambda width: figure_for(result, width=width)) if computed else None)
        figure = self.view.figure
        self.caption.setText(figure.caption if figure is not None else "")
        if self._data is not None:
            limit = self._page.context.settings.value.small_cell_limit
            self.table.set_frame(frame_columns(self._data, limit), self._data.n_rows)
            self.table.setCurrentIndex(QModelIndex())
            words = _("Free texts and what the form filled in are not on the way.")
            self.set_fact(words if isinstance(result, DropOff) else _("Days as the form noted them."))
        self.show_as_table(self._page.as_table)
        self._select(self._selected if self._selected in self._keys() else "")
        self._page.settle_focus()

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
        keys = self._keys()
        if 0 <= row < len(keys):
            key = keys[row]
            self.view.select(key)
            self._select(key)

    def _keys(self) -> tuple[str, ...]:
        """The marks of the figure, in the order of the rows."""
        if isinstance(self._result, Timeline):
            return tuple(point.day.isoformat() for point in self._result.points)
        return self._data.keys if self._data is not None else ()

    def _explain(self) -> None:
        result = self._result
        if isinstance(result, Timeline) and self._selected:
            self.explained.emit(_explain_day(result, self._selected, self.view.sentence(), self._page.spec.id))
            return
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
        elif isinstance(result, Timeline):
            sentence = (self.view.sentence() if self._selected else "") or _finding(result)
        return Chosen(
            spec=self._spec,
            title=_("Responses over time") if isinstance(result, Timeline) else _("Drop-off"),
            result=result,
            table_text=self._data.as_text,
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
        by_day = self.kind is AnalysisKind.TIMELINE
        return (_("Responses over time") if by_day else _("Drop-off")), {"kind": self.kind.value}

    def open_at(self, **arguments: Any) -> None:
        spec, kind = spec_of(arguments.get("spec")), arguments.get("kind")
        wanted = spec.kind if spec is not None else next((one for one in _KINDS if one.value == kind), None)
        if wanted in _KINDS:
            self.follow(wanted)

    def forget(self) -> None:
        self._counted = None
        self._spec = self._result = self._data = None


def _finding(result: Result) -> str:
    if isinstance(result, DropOff):
        return result.sentence
    if isinstance(result, Timeline):
        first, last = result.points[0].day, result.points[-1].day
        values = {"first": fmt_day(first, year=True), "last": fmt_day(last, year=True)}
        n = result.points[-1].cumulative
        words = ngettext(
            "%(n)s person answered, from %(first)s to %(last)s.",
            "%(n)s people answered, from %(first)s to %(last)s.",
            n,
        )
        return words % {**values, "n": fmt_count(n)}
    return result.reason if isinstance(result, NotComputed) else ""


def _explain_day(result: Timeline, key: str, sentence: str, here: str) -> Explanation | None:
    point = next((point for point in result.points if point.day.isoformat() == key), None)
    if point is None:
        return None
    return Explanation(
        kind=_("Selected day"),
        title=fmt_day(point.day, year=True),
        subtitle=result.label,
        value=fmt_count(point.count),
        of=_("of %(n)s who answered") % {"n": fmt_count(result.points[-1].cumulative)},
        facts=((_("So far"), fmt_count(point.cumulative)),),
        words=sentence,
        caution=_("Everybody counts once: responses over time have no weights."),
        actions=(f"{here}.pin", f"{here}.copy_sentence"),
    )


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
