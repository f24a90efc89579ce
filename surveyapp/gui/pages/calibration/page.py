"""Calibration: of the prediction log; and of a census, one question with a right answer and how sure people were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import AnalysisKind, Base
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import AnswerKey
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.analysis_place import spec_of
from surveyapp.gui.base_page import BasePage
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import PageSpec
from surveyapp.gui.pages.calibration.body import CalibrationBody
from surveyapp.gui.pages.calibration.explain import explain
from surveyapp.gui.pages.calibration.log_part import TAB as LOG
from surveyapp.gui.pages.calibration.log_part import LogPart
from surveyapp.gui.result_actions import Chosen, ResultActions
from surveyapp.gui.saved_analysis_card import add_saved_analyses
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.plain_text import in_menu, in_tip
from surveyapp.services.jobs import JobContext
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import CalibrationResult, Result

if TYPE_CHECKING:
    from surveyapp.domain.change import Change
    from surveyapp.services.codebook.answer_key import Pair
    from surveyapp.services.session import ChangeNotice, Session


Found = tuple[list["Pair"], "Pair | None", Result | None]


class CalibrationPage(BasePage):
    """The chosen pair and bracket stay chosen while base and key change."""

    base_tab = "census"

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self.body: CalibrationBody | None = None
        self.pair: Pair | None = None
        self._wanted = ""
        self._pairs: list[Pair] = []
        self._wants_diagram = False
        self._result: Result | None = None
        self._base: Base | None = None
        here = spec.id
        self.add_action(
            ActionSpec(
                id=f"{here}.key",
                title=lambda: _("Edit the answer key"),
                icon="key",
                shortcut="A",
                page=here,
                tab="census",
                enabled=lambda: self.body is not None,
                why_not=lambda: _("There is no calibration pair."),
                foot=lambda: _("answer key"),
            ),
            lambda: self.body.key.value.setFocus() if self.body is not None else None,
        )
        self.add_action(
            ActionSpec(
                id=f"{here}.people",
                title=lambda: _("People and crowd"),
                icon="users",
                shortcut="W",
                page=here,
                tab=LOG,
                in_palette=False,
                foot=lambda: _("people"),
            ),
            lambda: context.shell.open_page("people"),
        )
        self.log = LogPart(self, lambda: self.results.refresh())
        self.results = ResultActions(self, self._chosen)
        add_saved_analyses(self, self._chosen, self.header)
        self._chooser = Button(self.theme, _("Question"), kind="field", parent=self)
        self._chooser.setObjectName("pairChooser")
        self._menu = QMenu(self)
        self._chooser.clicked.connect(self._open_menu)
        self.header.set_buttons(self._chooser, self.results.copy_button, self.results.pin_button)
        self._chooser.hide()
        self._choose_first_tab()
        self.results.refresh()

    # Tabs

    @property
    def on_log(self) -> bool:
        """Whether the tab of the prediction log is in front."""
        return self.tab == LOG

    def _choose_first_tab(self) -> None:
        """The log, but for a workspace that has a census and no prediction."""
        session = self.context.session
        census = session is not None and not session.store.predictions.any() and bool(session.waves())
        self.header.set_tab("census" if census else LOG)
        self.context.actions.show_tab(self.spec.id, self.tab)

    @property
    def off_base_words(self) -> str:
        return _("Predictions are not filtered by a census.") if self.on_log else ""

    def _read(self) -> None:
        if not self.on_log:
            super()._read()
            return
        for name in self._turns:
            if name not in (LOG, "misses"):
                self._turns[name] += 1  # what still comes is about the census
        self._stop_fading()
        self._chooser.hide()
        self.bar.hide()
        self.header.set_title(self.spec.title(), "")
        if self._content is not self.log.view:
            self.set_content(self.log.view)
        self.log.show_again()

    def drop_content(self, old: QWidget) -> None:
        if old is not self.log.view:
            super().drop_content(old)
            self.body = None if old is self.body else self.body

    # Results

    @property
    def unweighted_words(self) -> str:
        return _("Calibration has no weighted form: everybody counts once.")

    def show_results(self) -> None:
        session, counted = self.context.session, self.counted
        if session is None or counted is None:
            return
        base, column = counted.base, self._wanted
        if self.isVisible() and self.body is not None:
            self.body.fading.start()

        def done(found: Found) -> None:
            self._stop_fading()
            self._base = base
            self._take(found)

        self.run_latest("results", lambda _ctx: _compute(session, base, column), done, failed=self._on_failed)

    def _take(self, found: Found) -> None:
        self._pairs, self.pair, self._result = found
        self._fill_chooser()
        self.header.set_title(self.spec.title(), self.pair.estimate.wording if self.pair is not None else "")
        if self.pair is None or not isinstance(self._result, CalibrationResult | NotComputed):
            self._put_message(self._no_pair())
            self.explain(None)
            self.set_fact("")
            self.results.refresh()
            return
        body = self._ensure_body()
        body.show_result(self.pair, self._result)
        if isinstance(self._result, CalibrationResult):
            self.keys = [("← →", _("bracket"))]
            words = _("Band: %(n)s resamplings of a calibrated group, seed 1.")
            self.set_fact(words % {"n": fmt_count(self._result.corp.resamples)})
        else:
            self.keys = []
            self.set_fact("")
        self.context.shell.refresh_foot()
        self._explain()
        self.results.refresh()
        self.settle_focus()
        if self._wants_diagram and not body.results.isHidden():
            self._wants_diagram = False
            body.view.setFocus()

    def _stop_fading(self) -> None:
        if self.body is not None:
            self.body.fading.stop()

    def _on_failed(self, error: UserError) -> None:
        self._stop_fading()
        self.context.shell.show_error(error)

    def _ensure_body(self) -> CalibrationBody:
        if self.body is None or self._content is not self.body:
            self._message = None
            self.body = CalibrationBody(self.theme, self)
            self.results.give_menu(self.body.view, ("pin", "copy", "copy_sentence", "export"))
            self.body.bracket_selected.connect(lambda _key: self._on_bracket_selected())
            self.body.key.key_changed.connect(self._on_key_changed)
            self.body.key.finished.connect(self._on_key_finished)
            self.set_content(self.body)
        return self.body

    def _no_pair(self) -> QWidget:
        example = _(
            "A pair is a question with a right answer and, after it, how sure people are of theirs, 0–100. Mark both"
            " halves in the codebook, for example: “Population of Europe, in millions” and “How sure are you?”"
        )
        button = None
        if "go.data" in self.context.actions:
            button = Button(self.theme, _("Open the codebook"), kind="primary", icon="table", parent=self)
            button.setObjectName("openCodebook")
            button.clicked.connect(lambda: self.context.shell.open_page("data", "codebook"))
        title = _("No calibration pair in this census yet.")
        return EmptyState(self.theme, title, example=example, button=button, parent=self)

    def _put_message(self, widget: QWidget) -> None:
        self.body, self.keys, self._result = None, [], None
        super()._put_message(widget)
        self.results.refresh()
        self.context.shell.refresh_foot()

    # Pairs

    def choose_pair(self, column: str) -> None:
        """Show another pair."""
        if column != self._wanted:
            self._wanted = column
            if self.body is not None:
                self.body.clear_selection()
            self.show_results()

    def _fill_chooser(self) -> None:
        self._menu.clear()
        for pair in self._pairs:
            action = self._menu.addAction(in_menu(pair.estimate.title))
            action.triggered.connect(lambda _checked=False, chosen=pair.column: self.choose_pair(chosen))
        if self.pair is not None:
            title = self.pair.estimate.title
            self._chooser.setText(title if len(title) <= 28 else f"{title[:27]}…")
            self._chooser.setToolTip(in_tip(title))
            self._chooser.setAccessibleName(_("Question: %(title)s") % {"title": title})
            self._chooser.updateGeometry()
        self._chooser.setVisible(len(self._pairs) > 1)

    def _open_menu(self) -> None:
        self._menu.popup(self._chooser.mapToGlobal(self._chooser.rect().bottomLeft()))

    # Answer key

    def _on_key_finished(self) -> None:
        """Enter in the key: on to the diagram, at once or when it is there; a fault is put right first."""
        if self.body is None or self.body.key.fault.text():
            return
        self._wants_diagram = self.body.results.isHidden()
        if not self._wants_diagram:
            self.body.view.setFocus()

    def _on_key_changed(self, key: AnswerKey | None) -> None:
        session, base, pair, body = self.context.session, self._base, self.pair, self.body
        if session is None or base is None or pair is None or body is None:
            return

        def work(_ctx: JobContext) -> Change | None:
            from surveyapp.services.codebook.answer_key import set_answer_key

            return set_answer_key(session, base.wave_id, pair.estimate, key)

        def done(change: Change | None) -> None:
            if change is not None:
                self.context.shell.toast(change.label, lambda: self._take_back(session, change.id))

        self.run_job(work, done, failed=lambda error: body.key.show_fault(str(error)), store=True)

    def _take_back(self, session: Session, change_id: int) -> None:
        def work(_ctx: JobContext) -> None:
            from surveyapp.services.change_log import undo

            undo(session, change_id)

        self.run_job(work, lambda _none: None, store=True)

    # Selection

    def _chosen(self) -> Chosen | None:
        if self.on_log:
            return self.log.chosen()
        body, pair, base, result = self.body, self.pair, self._base, self._result
        if body is None or pair is None or base is None or not isinstance(result, CalibrationResult):
            return None
        from surveyapp.services.result_text import text_table

        return Chosen(
            spec=pair.spec(base),
            title=_("Calibration: %(question)s") % {"question": pair.estimate.title},
            result=result,
            table_text=lambda: text_table(result).as_text(),
            sentence=body.view.sentence() if body.selected else "",
            picture=body.view.to_image,
        )

    def _on_bracket_selected(self) -> None:
        self._explain()
        self.results.refresh()

    def _explain(self) -> None:
        body, pair, result = self.body, self.pair, self._result
        if body is None or pair is None or not isinstance(result, CalibrationResult):
            self.explain(None)
            return
        here = self.spec.id
        self.explain(explain(result, pair, body.selected, actions=(f"{here}.pin", f"{here}.copy_sentence")))

    # Page hooks

    def on_session_opened(self) -> None:
        self._base = None
        self.log.forget()
        self._choose_first_tab()
        self.results.refresh()
        super().on_session_opened()

    def on_session_changed(self, notice: ChangeNotice) -> None:
        if notice.touches("log"):
            self.log.stale = True
            if self.isVisible() and self.on_log:
                self.log.refresh()
        super().on_session_changed(notice)

    def on_shown(self) -> None:
        if self.on_log:
            self._read()
        else:
            super().on_shown()

    def on_opened(self, **arguments: Any) -> None:
        if self.on_log:
            self.log.open_at(**arguments)
            if self.isVisible():
                self._read()
            return
        column, spec = arguments.get("question"), spec_of(arguments.get("spec"))
        if spec is not None and spec.kind is AnalysisKind.CALIBRATION and spec.columns:
            column = spec.columns[0]
        if isinstance(column, str):
            self.choose_pair(column)

    def place(self) -> tuple[str, dict[str, Any]]:
        if self.on_log:
            return self.log.place()
        return (self.pair.estimate.title, {"question": self.pair.column}) if self.pair is not None else ("", {})

    def on_tab_changed(self, tab_id: str) -> None:
        self.context.actions.show_tab(self.spec.id, tab_id)
        self.keys, self.explanation = [], None
        self.explain(None)
        self.set_fact("")
        self._stale = True
        if self.isVisible():
            self._read()
            self.focus_first()
        self.results.refresh()

    def on_escape(self) -> None:
        if self.on_log:
            self.log.escape()
        elif self.body is not None and self.body.selected:
            self.body.clear_selection()
            self._on_bracket_selected()

    def find_on_page(self) -> None:
        if len(self._pairs) > 1:
            self._open_menu()

    def focus_first(self) -> None:
        if self.on_log:
            self.log.focus()
        else:
            super().focus_first()

    def focus_content(self) -> bool:
        if self.body is None or self._base is None:
            return False
        self.body.focus_first()
        return True


def _compute(session: Session, base: Base, column: str) -> Found:
    from surveyapp.services.analysis.run import run_analysis
    from surveyapp.services.codebook.answer_key import list_pairs, other_pair

    pairs = list_pairs(session.codebook(base.wave_id))
    pair = other_pair(pairs, column)
    return pairs, pair, run_analysis(session, pair.spec(base)) if pair is not None else None
