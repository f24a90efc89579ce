"""Control group: us against them. What is asked stays while base, codebook and wave change; so does the row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import AnalysisSpec, Base, Condition, Operator, any_of
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Question
from surveyapp.figures.control_words import THEM, US, finding_words, sentence_of
from surveyapp.gui.analysis_place import spec_of
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.method_copy import copy_method_line
from surveyapp.gui.pages.explore.control.ask import ControlAsk, ask_of_spec
from surveyapp.gui.pages.explore.control.body import ControlBody
from surveyapp.gui.pages.explore.control.explain import explain_control
from surveyapp.gui.pages.explore.explore_tab import ExploreTab
from surveyapp.gui.result_actions import Chosen
from surveyapp.gui.result_tab import why_not
from surveyapp.reports.result_table.control import balance_table, control_table
from surveyapp.services.analysis.regression import labels_in
from surveyapp.services.analysis.subject import question_of_key
from surveyapp.services.base_count import BaseCount
from surveyapp.services.control_choice import lacks_answers, outcome_choices, telling_choices
from surveyapp.services.cross_choice import Choice
from surveyapp.services.filter.offer import question_condition
from surveyapp.services.jobs import JobContext
from surveyapp.services.result_text import text_of
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.group_control.result import GroupControl
from surveyapp.stats.result import Result

if TYPE_CHECKING:
    from surveyapp.gui.pages.explore.page import ExplorePage

_MENU = ("filter_to", "rows", "pin", "copy", "copy_sentence", "export", "toggle")

Shown = Result | UserError | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a job brings: the questions one can choose, and the comparison or why there is none."""

    outcomes: list[Choice]
    groups: list[Choice]
    result: Shown
    lacks_answers: bool


class ControlTab(ExploreTab):
    """What is compared, who is who, what is held alike; the finding, a figure, how alike the groups are."""

    def __init__(self, page: ExplorePage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self.setObjectName("controlTab")
        self.ask = ControlAsk()
        self._counted: BaseCount | None = None
        self._base: Base | None = None
        self._result: Shown = None
        self._shown: AnalysisSpec | None = None
        self._lacks_answers = False
        self._key = ""
        self._chooser = ""
        self._refocus = False
        limit = page.context.settings.value.small_cell_limit
        self.body = ControlBody(page.theme, limit, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.body)
        body = self.body
        body.wells.asked.connect(self.set_ask)
        body.wells.picked.connect(self._on_wells_picked)
        body.groups.key_chosen.connect(self._on_key_chosen)
        body.groups.key_activated.connect(lambda _key: page.filter_to())
        body.method.clicked.connect(self.copy_method)
        for view in (body.view, body.table):
            page.results.give_menu(view, _MENU)
        body.show_words(self._words())

    def keys(self) -> list[tuple[str, str]]:
        return [("/", _("compare")), ("X", _("groups")), ("U", _("us")), ("O", _("them")), ("A", _("adjust for"))]

    # Results

    def show_subject(self, counted: BaseCount, _question_ids: frozenset[int] | None = None) -> None:
        """Compare the two groups among the people of a base."""
        self._counted = counted
        self._compute()

    def set_ask(self, ask: ControlAsk) -> None:
        """Ask something else."""
        if ask != self.ask:
            self.ask = ask
            self._compute()

    def _compute(self) -> None:
        session, counted, ask = self._session, self._counted, self.ask
        if counted is None:
            return
        spec = ask.spec(counted.base)

        def work(ctx: JobContext) -> _Found:
            from surveyapp.services.analysis.run import run_analysis
            from surveyapp.services.question_list import list_questions

            sections = list_questions(session.codebook(spec.base.wave_id))
            outcomes = outcome_choices(sections)
            outcome = next((each.question for each in outcomes if each.keys == (ask.outcome,)), None)
            lacking = outcome is not None and lacks_answers(
                outcome, measure=ask.option("measure"), answers=ask.option("answers")
            )
            result: Shown = None
            if ask.whole and not lacking:
                try:
                    result = run_analysis(session, spec, check=ctx.check)
                except UserError as error:
                    result = error
            return _Found(outcomes=outcomes, groups=telling_choices(sections), result=result, lacks_answers=lacking)

        def done(found: _Found) -> None:
            self._base, self._shown = counted.base, spec
            self._take(found)

        self._page.run_latest("control", work, done)

    def _take(self, found: _Found) -> None:
        self._result, self._lacks_answers = found.result, found.lacks_answers
        self.body.wells.show_ask(self.ask, found.outcomes, found.groups)
        result = self.result
        if result is not None:
            if self._key and not sentence_of(result, self._key):
                self._key = ""
            self.body.show_result(result, self._key, as_table=self._page.as_table)
            self.set_fact(_fact_words(result))
        else:
            self._key = ""
            self.set_fact("")
            self.body.show_words(why_not(self._result) or self._words())
        self._explain()
        self.chosen_changed.emit()
        self._page.context.shell.refresh_foot()
        self._page.settle_focus()
        if self._refocus and self.isVisible():
            self.body.focus_first()
        wanted, self._chooser, self._refocus = self._chooser, "", False
        if wanted and self.isVisible():
            self.body.wells.choose_outcome()

    def _words(self) -> str:
        ask = self.ask
        if not ask.outcome:
            return _("Us against them: choose what to compare, then the question that tells the groups apart.")
        if self._lacks_answers:
            return _("Whose share? Y chooses the answers.")
        if not ask.group:
            return _("Choose the question that tells the groups apart: X finds it.")
        return "" if ask.option("us") else _("Who are we? U chooses the answers; the others are everybody else, or O.")

    # Selection

    @property
    def ready(self) -> bool:
        return self._base is not None

    @property
    def waits(self) -> bool:
        return not self.ask.outcome

    @property
    def result(self) -> GroupControl | None:
        """What stands there."""
        return self._result if isinstance(self._result, GroupControl) else None

    @property
    def has_selection(self) -> bool:
        return self._key in (US, THEM)

    def chosen(self) -> Chosen | None:
        result, spec = self._result, self._shown
        if spec is None or not isinstance(result, GroupControl | NotComputed):
            return None
        if isinstance(result, NotComputed):
            sentence = result.reason
        else:
            sentence = sentence_of(result, self._key) or finding_words(result)
        return Chosen(
            spec=spec,
            title=self.place()[0] or result.question,
            result=result,
            table_text=lambda: self._table_text(result) if isinstance(result, GroupControl) else "",
            sentence=sentence,
            picture=self.body.view.to_image,
        )

    def _table_text(self, result: GroupControl) -> str:
        table = balance_table(result)
        text = self.body.table_text()
        return "\n".join((text, "", table.title, text_of(table).as_text())) if table is not None else text

    def _on_key_chosen(self, key: str) -> None:
        self._key = key
        self._explain()
        self.chosen_changed.emit()

    def _explain(self) -> None:
        here, result = self._page.spec.id, self.result
        found: Explanation | None = None
        if result is not None:
            actions = (f"{here}.pin", f"{here}.copy_sentence")
            people = (f"{here}.filter_to", f"{here}.rows") if self.has_selection else ()
            found = explain_control(result, self._key, (*people, *actions))
        self.explained.emit(found)

    # What a person does

    @property
    def shown_base(self) -> Base | None:
        return self._base

    def find_people(self, then: Callable[[list[Condition]], None]) -> None:
        base = self._base
        if base is None or not self.has_selection:
            return
        group = question_of_key(self._session, base.wave_id, self.ask.group)
        outcome = question_of_key(self._session, base.wave_id, self.ask.outcome)
        us, them = (labels_in(group, self.ask.option(name)) for name in ("us", "them"))
        chips: list[Condition] = []
        if self._key == US:
            chips = [question_condition(group, Operator.IS, us)]
        else:
            # who is in both is one of us
            chips = [question_condition(group, Operator.IS, them)] if them else []
            chips.append(_others(group, us))
        then([*chips, question_condition(outcome, Operator.ANSWERED)])

    def show_as_table(self, on: bool) -> None:
        self.body.groups.show_as_table(on)

    def copy_method(self) -> None:
        """M: what was done, for a methods section."""
        result = self.result
        notes = (result.sentence, *control_table(result).notes) if result is not None else ()
        copy_method_line(self._page, self._counted, result, notes)

    def _on_wells_picked(self) -> None:
        self._refocus = True

    # Page hooks

    def find_here(self) -> None:
        self.body.wells.choose_outcome()

    def open_at(self, **arguments: Any) -> None:
        """`spec`: a comparison as text, or `outcome`, `group` and `us`. `choose` opens the well of the outcome."""
        ask = self.ask
        outcome, group, us = (arguments.get(name) for name in ("outcome", "group", "us"))
        spec = spec_of(arguments.get("spec"))
        if spec is not None:
            ask = ask_of_spec(spec) or ask
        if isinstance(outcome, str):
            ask = ask.with_outcome(outcome)
        if isinstance(group, str):
            ask = ask.with_group(group)
        if isinstance(us, str):
            ask = ask.having(us=us)
        self._chooser = "outcome" if arguments.get("choose") == "outcome" else ""
        if ask != self.ask or self._chooser:
            self.ask = ask
            self._compute()

    def place(self) -> tuple[str, dict[str, Any]]:
        from surveyapp.services.saved_analysis import spec_as_text

        result, base = self.result, self._base
        if result is None or base is None:
            return "", {}
        words = _("%(question)s: %(us)s and %(them)s")
        title = words % {"question": result.title, "us": result.us.wave, "them": result.them.wave}
        return title, {"spec": spec_as_text(self.ask.spec(Base(wave_id=base.wave_id)))}

    def escape(self) -> None:
        if self._key:
            self.body.groups.select("")
            self._on_key_chosen("")

    def focus(self) -> None:
        self.body.focus_first()

    def forget(self) -> None:
        self._base, self._counted, self._shown, self._result = None, None, None, None
        self.ask, self._key, self._lacks_answers = ControlAsk(), "", False
        self.body.wells.show_ask(self.ask, [], [])
        self.body.show_words(self._words())


def _others(group: Question, us: tuple[str, ...]) -> Condition:
    """Who is none of us; of a multiple choice also who ticked nothing."""
    if group.kind is Kind.MULTI:
        return any_of([question_condition(group, Operator.IS, us)], negated=True)
    return question_condition(group, Operator.IS_NOT, us)


def _fact_words(result: GroupControl) -> str:
    n = result.counted.total - result.counted.n
    if not n:
        return _("everybody in both groups answered")
    words = ngettext("%(n)s person in the groups did not answer", "%(n)s people in the groups did not answer", n)
    return words % {"n": fmt_count(n)}
