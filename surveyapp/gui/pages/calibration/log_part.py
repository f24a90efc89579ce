"""Calibration, My predictions: the scope, its score, and what one does with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisKind
from surveyapp.domain.errors import UserError
from surveyapp.domain.scope import CountingRule, Scope
from surveyapp.figures.reliability_plot import bin_name
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.analysis_place import spec_of
from surveyapp.gui.method_copy import copy_method_words
from surveyapp.gui.pages.calibration.log_body import LogBody
from surveyapp.gui.pages.calibration.log_explain import explain_log
from surveyapp.gui.pages.calibration.log_reading import Found, empty_log, log_fact, nothing_scored, read_log
from surveyapp.gui.pages.calibration.log_scope_bar import LogScopeBar
from surveyapp.gui.result_actions import Chosen
from surveyapp.gui.sheet_export import ask_for_sheets
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.services.jobs import JobContext
from surveyapp.services.prediction.scope_choice import ScopeChoices

if TYPE_CHECKING:
    from surveyapp.domain.analysis import AnalysisSpec
    from surveyapp.gui.base_page import BasePage
    from surveyapp.services.prediction.scoring import LogScore, Miss
    from surveyapp.stats.calibration.log_result import LogResult

TAB = "log"


class LogPart(QObject):
    """The tab of the prediction log. `view` is kept while the page lives; what is chosen outlives a change of tab."""

    def __init__(self, page: BasePage, refresh_results: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._refresh_results = page, refresh_results
        self.scope = self._remembered_scope()
        self.log_odds = self.over_time = False
        self.stale = True
        self.score: LogScore | None = None
        self._choices = ScopeChoices()
        self.body: LogBody | None = None
        self.view = QWidget(page)
        self.view.setObjectName("logView")
        self.view.hide()
        column = QVBoxLayout(self.view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.bar = LogScopeBar(page.theme, self.view)
        self.bar.changed.connect(self.set_scope)
        column.addWidget(self.bar)
        self._column = column
        self._content: QWidget | None = None
        self._wants_focus = False
        self._add_actions()

    def _remembered_scope(self) -> Scope:
        rule, bins = self._page.remembered("rule"), self._page.remembered("bins")
        chosen = rule if rule in tuple(CountingRule) else CountingRule.LAST
        return Scope(rule=CountingRule(chosen), n_bins=bins if bins in (5, 10, 20) else 10)

    # Actions

    def _add_actions(self) -> None:
        self._add("fold", lambda: _("Fold at 50 %, or not"), "O", "arrow-left-right", self.fold, lambda: _("fold"))
        self._add(
            "log_odds",
            lambda: _("Axes in log-odds, or not"),
            "L",
            "sigma",
            self.toggle_odds,
            lambda: _("log-odds axis"),
        )
        self._add(
            "over_time",
            lambda: _("The score over time, or the diagram"),
            "M",
            "history",
            self.toggle_time,
            lambda: _("over time"),
        )
        self._add(
            "bin_predictions", lambda: _("Open the predictions of the bin"), "", "list-checks", self.open_predictions
        )
        self._add(
            "sheet",
            lambda: _("A page for each person, as PDF"),
            "",
            "users",
            lambda: ask_for_sheets(self._page, self.scope),
        )
        self._add("method", lambda: _("Copy how this was computed"), "", "text-align-start", self.copy_method)

    def _add(
        self,
        name: str,
        title: Callable[[], str],
        shortcut: str,
        icon: str,
        handler: Callable[[], object],
        foot: Callable[[], str] | None = None,
    ) -> None:
        needs_bin = name == "bin_predictions"

        def enabled() -> bool:
            return self.result is not None and (not needs_bin or self._can_open())

        self._page.add_action(
            ActionSpec(
                id=f"{self._page.spec.id}.{name}",
                title=title,
                shortcut=shortcut,
                icon=icon,
                page=self._page.spec.id,
                tab=TAB,
                enabled=enabled,
                why_not=lambda: _("Choose a bin first.") if needs_bin else _("Nothing is scored yet."),
                foot=(lambda: foot() if self.result is not None else "") if foot is not None else None,
            ),
            handler,
        )

    @property
    def result(self) -> LogResult | None:
        """What is shown, None while nothing can be."""
        return self.score.result if self.score is not None else None

    def _can_open(self) -> bool:
        return (
            self.body is not None
            and self.body.chosen_bin() is not None
            and "go.predictions" in self._page.context.actions
        )

    # Choosing

    def set_scope(self, scope: Scope) -> None:
        """Score something else."""
        self.scope = scope
        self._page.remember("rule", scope.rule.value)
        self._page.remember("bins", scope.n_bins)
        self.refresh()

    def fold(self) -> None:
        """O"""
        self.set_scope(replace(self.scope, fold=not self.scope.fold))

    def toggle_odds(self) -> None:
        """L"""
        self.log_odds = not self.log_odds
        self.over_time = False
        self._draw()

    def toggle_time(self) -> None:
        """M"""
        if self.result is not None and self.result.course is None and not self.over_time:
            words = _("Over time needs 30 scored predictions that were known on several days.")
            self._page.context.shell.toast(words)
            return
        self.over_time = not self.over_time
        self._draw()

    def open_at(self, **arguments: Any) -> None:
        """An analysis as text (`spec`), or a person to be shown (`person`)."""
        spec = spec_of(arguments.get("spec"))
        if spec is not None and spec.kind is AnalysisKind.LOG:
            from surveyapp.services.prediction.scope_text import scope_of

            try:
                self.scope = scope_of(spec)
            except UserError as error:
                self._page.context.shell.show_error(error)
                return
            self.log_odds, self.over_time = spec.option("axis") == "log_odds", spec.option("view") == "time"
            self.stale = True
        person = arguments.get("person")
        if isinstance(person, str):
            self.scope, self.stale = replace(self.scope, people=(person,) if person else ()), True

    def place(self) -> tuple[str, dict[str, Any]]:
        """What is shown, and the arguments that show it again; nothing of a scope that names people or tags, which
        stay in the workspace."""
        if self.result is None or self.scope.people or self.scope.tags:
            return "", {}
        from surveyapp.services.saved_analysis import spec_as_text

        return self.result.question, {"spec": spec_as_text(self.spec())}

    def forget(self) -> None:
        """Another workspace is open."""
        self.scope, self.score, self.stale = self._remembered_scope(), None, True
        self.log_odds = self.over_time = False
        self._choices = ScopeChoices()

    # Reading

    def refresh(self) -> None:
        """Score again, in a worker."""
        page, session, scope = self._page, self._page.context.session, self.scope
        self.stale = False
        if session is None:
            self.score = None
            self.bar.hide()
            self._put(empty_log(self._page, self.view, _("No workspace is open."), ""))
            return
        level = page.context.settings.value.level
        key = self.body.selected if self.body is not None else ""

        def work(ctx: JobContext) -> Found:
            return read_log(session, scope, level=level, key=key, check=ctx.check)

        page.run_latest(TAB, work, self._take, failed=self._on_failed, label=_("Scoring"))

    def _on_failed(self, error: UserError) -> None:
        self.score = None
        self.bar.show_scope(self.scope, self._choices, "")
        self._put(empty_log(self._page, self.view, error.title, error.what_to_do))

    def _take(self, found: Found) -> None:
        self.score, self._choices = found.score, found.choices
        self.bar.show_scope(
            self.scope, found.choices, found.score.sentence if found.score.selection.n_predictions else ""
        )
        if found.score.result is None:
            self._put(nothing_scored(self._page, self.view, found, self.set_scope))
            return
        if found.score.result.course is None:
            self.over_time = False
        self._draw()
        if self.body is not None:
            self.body.show_misses(found.bin, found.missed)
        self._settle()

    def _draw(self) -> None:
        result = self.shown()
        if result is None:
            return
        if self.body is None:
            self.body = LogBody(self._page.theme, self.view)
            self.body.bin_selected.connect(self._on_bin)
            self.body.more_wanted.connect(self.open_predictions)
            self.body.view.mark_activated.connect(lambda _key: self.open_predictions())
            self.body.table.row_activated.connect(lambda _row: self.open_predictions())
        self._put(self.body)
        self.body.show_result(result)
        self._tell()

    def shown(self) -> LogResult | None:
        """The result, drawn as chosen."""
        if self.result is None:
            return None
        return replace(self.result, log_odds=self.log_odds and not self.over_time, over_time=self.over_time)

    def _tell(self) -> None:
        page, result = self._page, self.shown()
        in_front = page.tab == TAB
        if not in_front:
            return
        page.keys = [("← →", _("bin")), ("Enter", _("its predictions"))] if result is not None else []
        page.set_fact(log_fact(result) if result is not None else "")
        if result is None:
            page.explain(None)
        else:
            here = page.spec.id
            one = self.body.chosen_bin() if self.body is not None else None
            actions = (f"{here}.pin", f"{here}.bin_predictions", f"{here}.copy_sentence", f"{here}.method")
            page.explain(explain_log(result, one, actions=actions))
        page.context.shell.refresh_foot()
        self._refresh_results()

    def show_again(self) -> None:
        """The tab came to the front."""
        if self.stale:
            self.refresh()
        else:
            self._tell()

    # Content

    def _put(self, widget: QWidget) -> None:
        old = self._content
        if old is not widget:
            if old is not None:
                self._column.removeWidget(old)
                old.hide()
                if old is not self.body:
                    old.deleteLater()
            self._column.addWidget(widget, 1)
            self._content = widget
            widget.show()
        if widget is not self.body:
            self._tell()
            self._settle()

    # The bin

    def _on_bin(self, _key: str) -> None:
        self._tell()
        page, session, found = self._page, self._page.context.session, self.score
        one = self.body.chosen_bin() if self.body is not None else None
        if session is None or found is None or one is None or self.body is None:
            if self.body is not None:
                self.body.show_misses(None, ())
            return

        def work(_ctx: JobContext) -> tuple[Miss, ...]:
            from surveyapp.services.prediction.scoring import misses

            return tuple(misses(session, found, one))

        def done(missed: tuple[Miss, ...]) -> None:
            if self.body is not None and self.body.chosen_bin() == one:
                self.body.show_misses(one, missed)

        page.run_latest("misses", work, done)

    def open_predictions(self) -> None:
        """Enter: the predictions of the bin, in the page Predictions."""
        found, one = self.score, self.body.chosen_bin() if self.body is not None else None
        if found is None or one is None or not self._can_open():
            return
        from surveyapp.services.prediction.scoring import predictions_of

        ids = predictions_of(found, one)
        words = _("Said %(bin)s") % {"bin": bin_name(one)}
        self._page.context.shell.open_page("predictions", "resolved", prediction=ids[0], predictions=ids, words=words)

    def escape(self) -> None:
        """Esc lets go of the bin."""
        if self.body is not None and self.body.selected:
            self.body.clear_selection()
            self._tell()

    # What one does with it

    def spec(self) -> AnalysisSpec:
        """What is shown, as an analysis."""
        from surveyapp.services.prediction.scope_text import log_spec

        level = self.result.level if self.result is not None else 0.95
        return log_spec(
            self.scope, level=level, log_odds=self.log_odds and not self.over_time, over_time=self.over_time
        )

    def chosen(self) -> Chosen | None:
        """The result that is pinned, copied and exported."""
        result = self.shown()
        if result is None or self.body is None or self._content is not self.body:
            return None
        from surveyapp.services.result_text import text_table

        title = _("%(whose)s: over time") if self.over_time else _("%(whose)s: calibration")
        return Chosen(
            spec=self.spec(),
            title=title % {"whose": result.question},
            result=result,
            table_text=lambda: text_table(result).as_text(),
            sentence=self.body.view.sentence() if self.body.selected else "",
            picture=self.body.view.to_image,
        )

    def copy_method(self) -> None:
        """One paragraph for a methods section."""
        page, session, result, spec = self._page, self._page.context.session, self.shown(), self.spec()
        if session is None or result is None:
            return

        def work(_ctx: JobContext) -> str:
            from surveyapp.services.analysis.run import base_of
            from surveyapp.services.method_line import method_line

            return method_line(session, base_of(session, spec.base), result)

        copy_method_words(page, work)

    # Focus

    def focus(self) -> None:
        """The diagram, or what teaches."""
        self._wants_focus = False
        if isinstance(self._content, EmptyState):
            (self._content.button or self.bar.rule).setFocus()
        elif self.body is not None and self._content is self.body:
            self.body.view.setFocus()
        else:
            self._wants_focus = True

    def _settle(self) -> None:
        if self._wants_focus and self.view.isVisible():
            self.focus()
