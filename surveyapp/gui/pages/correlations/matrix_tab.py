"""Matrix: the correlations of chosen questions with each other, coloured by sign and size."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.errors import UserError
from surveyapp.figures.build import figure_for
from surveyapp.gui.analysis_place import spec_of
from surveyapp.gui.pages.correlations.explain import explain_cell
from surveyapp.gui.pages.correlations.pair_spec import OpenedPair, pair_of
from surveyapp.gui.pages.correlations.pair_tab import PairTab
from surveyapp.gui.pages.correlations.question_picker import QuestionPicker
from surveyapp.gui.pages.explore.result_card import frame_columns
from surveyapp.gui.result_actions import Chosen
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.fading import Fading
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.gui.widgets.themed_figure import ThemedFigure
from surveyapp.services.base_count import BaseCount
from surveyapp.services.jobs import JobContext
from surveyapp.services.result_text import text_table
from surveyapp.stats.association.result import CorrelationMatrix
from surveyapp.stats.result import Result

if TYPE_CHECKING:
    from surveyapp.gui.pages.correlations.page import CorrelationsPage


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a job brings: the questions that can be correlated as (key, title), those that are, and the result."""

    questions: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    result: Result


class MatrixTab(PairTab):
    """The chosen questions and the selected cell stay while base and answers change."""

    def __init__(self, page: CorrelationsPage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self.setObjectName("matrixTab")
        self._columns: tuple[str, ...] = ()
        known = {"measure": "pearson", "order": "asked"}
        self._options = {
            name: value if page.remembered(f"matrix_{name}") == value else "" for name, value in known.items()
        }
        self._questions: tuple[tuple[str, str], ...] = ()
        self._spec: AnalysisSpec | None = None
        self._result: Result | None = None
        self._as_table = bool(page.remembered("matrix_table"))
        self._picker: QuestionPicker | None = None
        self._make_overview()

    def _make_overview(self) -> None:
        theme = self._page.theme
        column = QVBoxLayout(self.overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._make_bar())
        self._area = PaperArea(self.overview, "matrixCards")
        inner, rows = self._area.paper, self._area.rows
        card = Card(theme, parent=inner)
        self.words = Label(theme, weight=600, wrap=True, parent=card)
        self.words.setObjectName("matrixSentence")
        self.view = ThemedFigure(theme, card)
        self.view.setObjectName("matrixFigure")
        self.view.mark_selected.connect(lambda _key: self.tell())
        self.view.mark_activated.connect(self._on_cell_activated)
        self.table = FrameTable(theme, name=_("Correlations"), parent=card)
        self.table.setObjectName("matrixTable")
        self.caption = Label(theme, role="small", ink="muted", wrap=True, parent=card)
        self.caption.setObjectName("baseLine")
        card.add(self.words)
        card.body.addSpacing(12)
        card.add(self.view)
        card.add(self.table)
        card.body.addSpacing(8)
        card.add(self.caption)
        rows.addWidget(card)
        rows.addStretch(1)
        self._fading = Fading(card)
        column.addWidget(self._area, 1)

    def _make_bar(self) -> QWidget:
        theme = self._page.theme
        bar = QWidget(self.overview)
        bar.setObjectName("matrixBar")
        flow = FlowLayout(bar, spacing=8)
        self.chooser = Button(theme, _("Questions"), kind="field", icon="table-2", parent=bar)
        self.chooser.setObjectName("matrixChooser")
        self.chooser.clicked.connect(self.find_here)
        flow.addWidget(self.chooser)
        self._chips: dict[str, tuple[Chip, tuple[tuple[str, str], ...]]] = {}
        choices = {
            "measure": (("", _("ranks: Spearman’s ρ")), ("pearson", _("amounts: Pearson’s r"))),
            "order": (("", _("alike stand together")), ("asked", _("in the order of the form"))),
        }
        for name, values in choices.items():
            chip = Chip(theme, values[0][1], kind="menu", parent=bar)
            chip.setObjectName(f"matrix_{name}")
            menu = QMenu(bar)
            for value, words in values:
                action = menu.addAction(words)
                action.triggered.connect(lambda _on=False, n=name, v=value: self._on_option(n, v))
            chip.setMenu(menu)
            self._chips[name] = (chip, values)
            flow.addWidget(chip)
        return bar

    def keys(self) -> list[tuple[str, str]]:
        if self.in_pair:
            return [("Esc", _("back")), ("← →", _("number")), ("G", _("hold constant"))]
        return [("/", _("choose questions")), ("← ↑ ↓ →", _("correlation")), ("Enter", _("open"))]

    # Results

    def spec(self, base: Base) -> AnalysisSpec:
        """What is asked of the people of a base."""
        spec = AnalysisSpec(kind=AnalysisKind.MATRIX, columns=self._columns, base=base)
        for name, value in self._options.items():
            spec = spec.with_option(name, value)
        return spec

    def show_overview(self, counted: BaseCount) -> None:
        session, chosen = self._session, self.spec(counted.base)
        if self.isVisible():
            self._fading.start()

        def work(ctx: JobContext) -> _Found:
            from surveyapp.services.analysis.matrix import is_ordered, usual_questions
            from surveyapp.services.analysis.run import run_analysis
            from surveyapp.services.analysis.subject import column_key

            ctx.let_paint()
            codebook = session.codebook(chosen.base.wave_id)
            questions = tuple((column_key(q), q.title) for q in codebook.asked if is_ordered(q))
            columns = chosen.columns or tuple(column_key(q) for q in usual_questions(codebook))
            return _Found(questions=questions, columns=columns, result=run_analysis(session, chosen, check=ctx.check))

        def done(found: _Found) -> None:
            self._fading.stop()
            self._take(found, chosen)

        self._page.run_latest("matrix", work, done, failed=self._on_failed)

    def _take(self, found: _Found, spec: AnalysisSpec) -> None:
        self._questions, self._spec, self._result = found.questions, spec, found.result
        n = len(found.columns)
        words = ngettext("%(n)s question", "%(n)s questions", n) % {"n": fmt_count(n)}
        self.chooser.setText(words)
        self.chooser.setAccessibleName(_("Questions of the matrix: %(n)s") % {"n": words})
        self.chooser.updateGeometry()
        for name, (chip, values) in self._chips.items():
            chip.setText(dict(values)[self._options[name]])
            chip.updateGeometry()
        result = found.result
        self.view.set_builder(lambda width: figure_for(result, width=width))
        figure = self.view.figure
        self.words.setText(getattr(result, "sentence", getattr(result, "reason", "")))
        self.caption.setText(figure.caption if figure is not None else "")
        self._fill_table()
        self._show_chosen()
        self.set_fact(_("Each correlation is of the people who answered both.") if figure is not None else "")
        self._page.settle_focus()
        self.tell()

    def _fill_table(self) -> None:
        if not isinstance(self._result, CorrelationMatrix):
            self.table.set_frame([], 0)
            return
        data = text_table(self._result)
        self.table.set_frame(frame_columns(data, 0), data.n_rows)
        self.table.setFixedHeight(self._page.theme.px(30) * (min(data.n_rows, 20) + 1) + 14)

    def _show_chosen(self) -> None:
        has_figure = isinstance(self._result, CorrelationMatrix)
        self.view.setVisible(has_figure and not self._as_table)
        self.table.setVisible(has_figure and self._as_table)

    def _on_failed(self, error: UserError) -> None:
        self._fading.stop()
        if self._columns:  # the wave of now does not ask them all
            self._columns = ()
            self._again()
        self._page.context.shell.show_error(error)

    def _again(self) -> None:
        if self._counted is not None:
            self.show_overview(self._counted)

    # What a person does

    def choose(self, columns: tuple[str, ...]) -> None:
        """Correlate these questions."""
        self._columns = columns
        self._again()

    def _on_option(self, name: str, value: str) -> None:
        self._options[name] = value
        self._page.remember(f"matrix_{name}", value)
        self._again()

    def find_here(self) -> None:
        """/: choose the questions."""
        from surveyapp.services.analysis.matrix import MOST, usual_questions
        from surveyapp.services.analysis.subject import column_key

        if self._counted is None:
            return
        self.close_pair()
        if self._picker is None:
            self._picker = QuestionPicker(
                self._page.theme, most=MOST, title=_("Questions of the matrix"), take=_("Correlate"), parent=self
            )
            self._picker.chosen.connect(self.choose)
        usual = usual_questions(self._session.codebook(self._counted.base.wave_id))
        chosen = self._columns or tuple(column_key(question) for question in usual)
        self._picker.open_below(self.chooser, self._questions, chosen)

    @property
    def can_toggle(self) -> bool:
        return self.in_pair or isinstance(self._result, CorrelationMatrix)

    def toggle_table(self) -> None:
        if self.in_pair:
            super().toggle_table()
            return
        self._as_table = not self._as_table
        self._page.remember("matrix_table", self._as_table)
        self._show_chosen()
        self.focus_overview()

    # Selection

    def _opened(self, key: str) -> OpenedPair | None:
        first, _colon, second = key.partition(":")
        if not isinstance(self._result, CorrelationMatrix) or not second:
            return None
        variables = self._result.variables
        return pair_of(variables[int(first)], variables[int(second)])

    def _on_cell_activated(self, key: str) -> None:
        opened = self._opened(key)
        if opened is not None:
            self.open_pair(opened)

    def explain_overview(self) -> None:
        opened = self._opened(self.view.selected_key())
        if opened is None or not isinstance(self._result, CorrelationMatrix):
            self.explained.emit(None)
            return
        here = self._page.spec.id
        actions = (f"{here}.pin", f"{here}.copy_sentence")
        self.explained.emit(explain_cell(self._result, opened, self.view.sentence(), actions))

    def overview_chosen(self) -> Chosen | None:
        result, spec = self._result, self._spec
        if not isinstance(result, CorrelationMatrix) or spec is None:
            return None
        return Chosen(
            spec=spec,
            title=result.question,
            result=result,
            table_text=lambda: text_table(result).as_text(),
            sentence=self.view.sentence() or result.sentence,
            picture=self.view.to_image,
        )

    # Page hooks

    def focus_overview(self) -> None:
        for widget in (self.view, self.table):
            if widget.isVisibleTo(self.overview) and isinstance(self._result, CorrelationMatrix):
                widget.setFocus()
                return
        self.chooser.setFocus()

    def open_at(self, **arguments: Any) -> None:
        spec = spec_of(arguments.get("spec"))
        if spec is not None and spec.kind is AnalysisKind.MATRIX:
            values = {name: dict(known) for name, (_chip, known) in self._chips.items()}
            self._options = {
                name: spec.option(name) if spec.option(name) in values[name] else "" for name in self._options
            }
            self.close_pair()
            self.choose(spec.columns)
        super().open_at(**arguments)

    @property
    def ready(self) -> bool:
        return self._spec is not None

    def to_ask_again(self) -> dict[str, Any]:
        from surveyapp.services.saved_analysis import spec_as_text

        spec = self._spec
        if spec is None or not self._columns:
            return {}
        return {"spec": spec_as_text(replace(spec, base=Base(wave_id=spec.base.wave_id)))}

    def escape(self) -> None:
        if not self.in_pair and self.view.selected_key():
            self.view.select("")
            self.tell()
        else:
            super().escape()

    def forget(self) -> None:
        super().forget()
        self._columns, self._result, self._spec = (), None, None
