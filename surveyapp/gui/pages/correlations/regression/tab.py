"""Regression: an outcome by several predictors at once. What is asked stays while base, codebook and wave change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import AnalysisSpec, Base
from surveyapp.domain.errors import UserError
from surveyapp.figures.forest import sentence_of
from surveyapp.gui.analysis_place import spec_of
from surveyapp.gui.method_copy import copy_method_line
from surveyapp.gui.pages.correlations.pair_spec import OpenedPair
from surveyapp.gui.pages.correlations.pair_tab import PairTab
from surveyapp.gui.pages.correlations.regression.ask import RegressionAsk, ask_of_spec
from surveyapp.gui.pages.correlations.regression.body import RegressionBody
from surveyapp.gui.pages.correlations.regression.explain import diagnostic_lines, explain_model, explain_row
from surveyapp.gui.result_actions import Chosen
from surveyapp.gui.result_tab import why_not
from surveyapp.reports.result_table.model import marginal_table, marginal_title
from surveyapp.services.base_count import BaseCount
from surveyapp.services.cross_choice import Choice, choices
from surveyapp.services.jobs import JobContext
from surveyapp.services.result_text import text_of, text_table
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.regression.result import Coefficient, Regression
from surveyapp.stats.result import Result

if TYPE_CHECKING:
    from surveyapp.gui.pages.correlations.page import CorrelationsPage

_MENU = ("pin", "copy", "copy_sentence", "copy_method", "export", "toggle")

Shown = Result | UserError | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a job brings: the questions one can ask about, and the model or why there is none."""

    choices: list[Choice]
    result: Shown


class RegressionTab(PairTab):
    """Enter on a row opens its predictor and the outcome by themselves, without the others."""

    def __init__(self, page: CorrelationsPage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self.setObjectName("regressionTab")
        self.ask = RegressionAsk()
        self._choices: list[Choice] = []
        self._base: Base | None = None
        self._result: Shown = None
        self._spec: AnalysisSpec | None = None
        self._key = ""
        self._chooser = ""
        self._refocus = False
        """A chooser was used: the focus goes to what it brought."""
        self.body = RegressionBody(page.theme, self.overview)
        column = QVBoxLayout(self.overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.body)
        body = self.body
        body.wells.asked.connect(self.set_ask)
        body.wells.picked.connect(self._on_wells_picked)
        body.rows.key_chosen.connect(self._on_key_chosen)
        body.rows.key_activated.connect(self._open_row)
        for view in (body.view, body.table):
            page.results.give_menu(view, _MENU)
        body.checks_button.clicked.connect(self.toggle_checks)
        held = page.remembered
        body.arrange(as_table=bool(held("regression_table")), checks=bool(held("regression_checks")))

    def keys(self) -> list[tuple[str, str]]:
        if self.in_pair:
            return [("Esc", _("the regression")), ("← →", _("number")), ("G", _("hold constant"))]
        return [("/", _("outcome")), ("↑ ↓", _("coefficient")), ("Enter", _("the two alone"))]

    # Results

    def show_overview(self, counted: BaseCount) -> None:
        session, ask = self._session, self.ask
        spec = ask.spec(counted.base)
        if self.isVisible() and ask.whole:
            self.body.fading.start()

        def work(ctx: JobContext) -> _Found:
            from surveyapp.services.analysis.run import run_analysis
            from surveyapp.services.question_list import list_questions

            ctx.let_paint()
            found = choices(list_questions(session.codebook(spec.base.wave_id)), rows=False)
            if not ask.whole:
                return _Found(choices=found, result=None)
            try:
                return _Found(choices=found, result=run_analysis(session, spec, check=ctx.check))
            except UserError as error:
                return _Found(choices=found, result=error)

        def done(found: _Found) -> None:
            self.body.fading.stop()
            self._take(found, spec)

        self._page.run_latest("regression", work, done, failed=self._on_failed, label=_("Fitting"))

    def set_ask(self, ask: RegressionAsk) -> None:
        """Ask something else."""
        if ask != self.ask:
            self.ask = ask
            self._again()

    def _again(self) -> None:
        if self._counted is not None:
            self.show_overview(self._counted)

    def _take(self, found: _Found, spec: AnalysisSpec) -> None:
        before = self._row_name()
        self._choices, self._result, self._spec, self._base = found.choices, found.result, spec, spec.base
        self.body.wells.show_ask(self.ask, found.choices)
        model = self.model
        self._key = self._key_of(before)
        if model is not None:
            limit = self._page.context.settings.value.small_cell_limit
            self.body.show_model(model, self._key, small_limit=limit)
        else:
            self.body.show_words(self._words())
        self.set_fact(self._fact_words())
        self.tell()
        self._page.context.shell.refresh_foot()
        self._page.settle_focus()
        if self._refocus and self.isVisible() and not self.in_pair:
            self.body.focus_first()
        self._refocus = False
        self._open_wanted()

    def _words(self) -> str:
        why = why_not(self._result)
        if why:
            return f"{why} {_('Y chooses them.')}" if self.body.wells.lacks_yes else why
        if self.ask.outcome:
            return _("Add what may go with it: X finds a predictor.")
        return _("What goes with what, all else equal? Choose an outcome, then predictors.")

    def _fact_words(self) -> str:
        model = self.model
        if model is None:
            return ""
        n = model.counted.total - model.counted.n
        words = ngettext("%(n)s person did not answer everything", "%(n)s people did not answer everything", n)
        return words % {"n": fmt_count(n)} if n else _("everybody answered everything")

    def _open_wanted(self) -> None:
        wanted, self._chooser = self._chooser, ""
        if wanted and self.isVisible():
            wells = self.body.wells
            {"outcome": wells.choose_outcome, "predictor": wells.choose_predictor}[wanted]()

    def _on_failed(self, error: UserError) -> None:
        self.body.fading.stop()
        self._page.context.shell.show_error(error)

    # Selection

    @property
    def model(self) -> Regression | None:
        """The model that stands there."""
        return self._result if isinstance(self._result, Regression) else None

    @property
    def selected(self) -> Coefficient | None:
        """The row under the cursor."""
        return self._row(self._key)

    def _row(self, key: str) -> Coefficient | None:
        number = int(key.removeprefix("row:")) if key else -1
        rows = self.model.coefficients if self.model is not None else ()
        return rows[number] if 0 <= number < len(rows) else None

    def _row_name(self) -> tuple[str, str] | None:
        row = self.selected
        return (row.predictor, row.label) if row is not None else None

    def _key_of(self, name: tuple[str, str] | None) -> str:
        """The row that stood for the same answer before; "" if there is none."""
        rows = self.model.coefficients if self.model is not None and name is not None else ()
        return next((f"row:{n}" for n, row in enumerate(rows) if (row.predictor, row.label) == name), "")

    def _on_key_chosen(self, key: str) -> None:
        self._key = key
        self.tell()

    def _open_row(self, key: str) -> None:
        """Enter: the predictor and the outcome by themselves."""
        row, spec, model = self._row(key), self._spec, self.model
        if row is None or spec is None or model is None or not 0 <= row.place < len(spec.by):
            return
        outcome = next((choice.title for choice in self._choices if choice.keys == spec.columns), model.question)
        pair = OpenedPair(
            first=spec.columns[0],
            second=spec.by[row.place],
            titles=(outcome, row.predictor),
            place=_("By themselves, without the other predictors"),
        )
        self.open_pair(pair)

    def explain_overview(self) -> None:
        here, row, result = self._page.spec.id, self.selected, self._result
        actions = (f"{here}.pin", f"{here}.copy_sentence", f"{here}.copy_method")
        if row is not None and isinstance(result, Regression):
            self.explained.emit(explain_row(result, row, actions))
        elif isinstance(result, Regression | NotComputed):
            self.explained.emit(explain_model(result, actions))
        else:
            self.explained.emit(None)

    def overview_chosen(self) -> Chosen | None:
        result, spec = self._result, self._spec
        if spec is None or not isinstance(result, Regression | NotComputed):
            return None
        row = self.selected
        sentence = result.sentence if isinstance(result, Regression) else result.reason
        if row is not None and isinstance(result, Regression):
            sentence = sentence_of(result, row)
        return Chosen(
            spec=spec,
            title=result.question,
            result=result,
            table_text=lambda: _as_text(result) if isinstance(result, Regression) else "",
            sentence=sentence,
            picture=self.body.view.to_image,
        )

    # What a person does

    @property
    def can_toggle(self) -> bool:
        return self.in_pair or self.model is not None

    def toggle_table(self) -> None:
        if self.in_pair:
            super().toggle_table()
        else:
            self._page.remember("regression_table", self.body.toggle_table())

    def toggle_checks(self) -> None:
        """D: what to know before one believes it."""
        self._page.remember("regression_checks", self.body.toggle_checks())

    def copy_method(self) -> None:
        model = self.model
        if self.in_pair or model is None:
            super().copy_method()
            return
        notes = (model.missing_rule, *model.notes, *(one.reason for one in model.not_estimated))
        copy_method_line(self._page, self._counted, model, (*notes, *diagnostic_lines(model)))

    def _on_wells_picked(self) -> None:
        self._refocus = True

    # Page hooks

    @property
    def ready(self) -> bool:
        return self._base is not None

    def find_here(self) -> None:
        self.close_pair()
        self.body.wells.choose_outcome()

    def find_predictor(self) -> None:
        """X: one more predictor."""
        self.close_pair()
        self.body.wells.choose_predictor()

    def focus_overview(self) -> None:
        self.body.focus_first()

    def open_at(self, **arguments: Any) -> None:
        """`spec`: a regression as text, or `outcome` and `by`: keys of questions. `choose` opens a well."""
        outcome, by, spec = arguments.get("outcome"), arguments.get("by"), spec_of(arguments.get("spec"))
        ask = (ask_of_spec(spec) if spec is not None else None) or self.ask
        if isinstance(outcome, str):
            ask = RegressionAsk(outcome=outcome)
        if isinstance(by, (list, tuple)):
            for key in by:
                ask = ask.adding(str(key))
        choose = arguments.get("choose")
        self._chooser = choose if choose in ("outcome", "predictor") else ""
        if ask != self.ask or self._chooser or spec is not None:
            self.close_pair()
            self.ask = ask
            self._again()
        else:
            super().open_at(**arguments)

    def place(self) -> tuple[str, dict[str, Any]]:
        from surveyapp.services.saved_analysis import spec_as_text

        if self.in_pair or self.model is None or self._base is None:
            return super().place()
        return self.model.question, {"spec": spec_as_text(self.ask.spec(Base(wave_id=self._base.wave_id)))}

    def to_ask_again(self) -> dict[str, Any]:
        from surveyapp.services.saved_analysis import spec_as_text

        if self._base is None or not self.ask.outcome:
            return {}
        return {"spec": spec_as_text(self.ask.spec(Base(wave_id=self._base.wave_id)))}

    def escape(self) -> None:
        if not self.in_pair and self._key:
            self.body.rows.select("")
            self._on_key_chosen("")
        else:
            super().escape()

    def forget(self) -> None:
        super().forget()
        self.ask, self._key = RegressionAsk(), ""
        self._base, self._result, self._spec = None, None, None
        self.body.wells.show_ask(self.ask, [])
        self.body.show_words("")


def _as_text(result: Regression) -> str:
    """The coefficients as tab-separated text, the marginal effects below them."""
    effects = marginal_table(result)
    text = text_table(result).as_text()
    return "\n".join((text, "", marginal_title(result), text_of(effects).as_text())) if effects is not None else text
