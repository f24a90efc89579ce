"""Means: a number by groups. What is asked stays while base, codebook and wave change; so does the group."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base, Condition, Operator
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Kind, Question
from surveyapp.figures.group_words import group_key, row_sentence
from surveyapp.gui.analysis_place import spec_of
from surveyapp.gui.method_copy import copy_method_line
from surveyapp.gui.pages.explore.explore_tab import ExploreTab
from surveyapp.gui.pages.explore.look_keeping import keep_looks_soon
from surveyapp.gui.pages.explore.means.body import MeansBody
from surveyapp.gui.pages.explore.means.explain import explain_group
from surveyapp.gui.result_actions import Chosen
from surveyapp.gui.result_tab import why_not
from surveyapp.reports.result_table.group import group_notes
from surveyapp.services.analysis.subject import question_of_key
from surveyapp.services.base_count import BaseCount
from surveyapp.services.cross_choice import group_choices, number_choices
from surveyapp.services.filter.offer import question_condition
from surveyapp.services.jobs import JobContext
from surveyapp.services.look import look_words
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.group.result import GroupComparison, GroupRow
from surveyapp.stats.result import Result

if TYPE_CHECKING:
    from surveyapp.gui.pages.explore.page import ExplorePage
    from surveyapp.services.question_list import ListedSection

_MENU = ("filter_to", "rows", "pin", "copy", "copy_sentence", "export", "toggle")

Shown = Result | UserError | None


class MeansTab(ExploreTab):
    """Two wells, the finding, a dot with its interval for each group, pairs."""

    def __init__(self, page: ExplorePage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self.value = self.group = ""
        """Keys of the questions."""
        self.options: dict[str, str] = {}
        """How it is shown: `show` and `pairs` of the analysis."""
        self._counted: BaseCount | None = None
        self._base: Base | None = None
        self._result: Shown = None
        self._shown: AnalysisSpec | None = None
        self._key = ""
        self._chooser = ""
        self._refocus = False
        limit = page.context.settings.value.small_cell_limit
        self.body = MeansBody(page.theme, limit, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.body)
        self.body.wells.value_picked.connect(lambda key: self._pick(value=key))
        self.body.wells.group_picked.connect(lambda key: self._pick(group=key))
        self.body.groups.key_chosen.connect(self._on_key_chosen)
        self.body.groups.key_activated.connect(lambda _key: page.filter_to())
        self.body.method.clicked.connect(self.copy_method)
        self.body.boxes.clicked.connect(self.toggle_boxes)
        self.body.all_pairs.clicked.connect(self.toggle_pairs)
        page.results.give_menu(self.body.view, _MENU)
        self.body.show_words(_words_for("", ""))

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("/", _("find a number")),
            ("X", _("groups")),
            ("B", _("box plots")),
            ("A", _("all pairs")),
            ("↑ ↓", _("group")),
        ]

    # Results

    def show_subject(self, counted: BaseCount, _question_ids: frozenset[int] | None = None) -> None:
        """Compare the groups among the people of a base."""
        self._counted = counted
        self._compute()

    def ask(self, *, value: str | None = None, group: str | None = None) -> None:
        """Ask of another number or by other groups."""
        self.value = self.value if value is None else value
        self.group = self.group if group is None else group
        self._compute()

    def toggle_boxes(self) -> None:
        """B: box plots, or means with their intervals."""
        self._toggle("show", "boxes")

    def toggle_pairs(self) -> None:
        """A: the table of all pairs, also where this is pinned, copied and written to a workbook."""
        self._toggle("pairs", "all")
        self.body.reveal_pairs()

    def _toggle(self, name: str, value: str) -> None:
        if self.options.pop(name, "") != value:
            self.options[name] = value
        self._compute()

    def _pick(self, **chosen: str) -> None:
        self._refocus = True
        self.ask(**chosen)

    def _compute(self) -> None:
        session, counted = self._session, self._counted
        if counted is None:
            return
        whole = bool(self.value and self.group)
        options = tuple(sorted(self.options.items()))
        spec = AnalysisSpec(
            kind=AnalysisKind.GROUPS, columns=(self.value,), by=(self.group,), options=options, base=counted.base
        )

        def work(ctx: JobContext) -> tuple[list[ListedSection], Shown, int]:
            from surveyapp.services.analysis.run import run_analysis
            from surveyapp.services.look import note_look
            from surveyapp.services.question_list import list_questions

            sections = list_questions(session.codebook(counted.base.wave_id))
            try:
                result = run_analysis(session, spec, check=ctx.check) if whole else None
                return sections, result, note_look(session, spec) if isinstance(result, GroupComparison) else 0
            except UserError as error:
                return sections, error, 0

        def done(value: tuple[list[ListedSection], Shown, int]) -> None:
            self._base, self._shown = counted.base, spec
            self._take(*value)

        self._page.run_latest("means", work, done)

    def _take(self, sections: list[ListedSection], result: Shown, n_looks: int) -> None:
        self._result = result
        keep_looks_soon(self._page, n_looks)
        self.body.wells.show_choice(self.value, self.group, number_choices(sections), group_choices(sections))
        if isinstance(result, GroupComparison):
            if self._row() is None:
                self._key = ""
            self.body.show_result(
                result, self._key, as_table=self._page.as_table, looks=look_words(n_looks, letters=False)
            )
            self.set_fact(_fact_words(result))
        else:
            self._key = ""
            self.set_fact("")
            self.body.show_words(why_not(result) or _words_for(self.value, self.group))
        self._explain()
        self.chosen_changed.emit()
        self._page.context.shell.refresh_foot()
        self._page.settle_focus()
        if self._refocus and self.isVisible():
            self.body.focus_first()
        wanted, self._chooser, self._refocus = self._chooser, "", False
        if wanted and self.isVisible():
            (self.body.wells.choose_group if wanted == "group" else self.body.wells.choose_value)()

    # Selection

    @property
    def ready(self) -> bool:
        return self._base is not None

    @property
    def result(self) -> GroupComparison | None:
        """What stands there."""
        return self._result if isinstance(self._result, GroupComparison) else None

    @property
    def has_selection(self) -> bool:
        return self._row() is not None

    def _row(self) -> GroupRow | None:
        rows = self.result.rows if self.result is not None else ()
        return next((row for row in rows if group_key(row) == self._key), None)

    @property
    def waits(self) -> bool:
        return not self.value and not self.group

    def chosen(self) -> Chosen | None:
        result, spec, row = self._result, self._shown, self._row()
        if spec is None or not isinstance(result, GroupComparison | NotComputed):
            return None
        sentence = result.sentence if isinstance(result, GroupComparison) else ""
        return Chosen(
            spec=spec,
            title=result.question,
            result=result,
            table_text=self.body.table_text,
            sentence=row_sentence(result, row) if isinstance(result, GroupComparison) and row else sentence,
            picture=self.body.view.to_image,
        )

    def _on_key_chosen(self, key: str) -> None:
        self._key = key
        self._explain()
        self.chosen_changed.emit()

    def _explain(self) -> None:
        here, result, row = self._page.spec.id, self.result, self._row()
        actions = (f"{here}.filter_to", f"{here}.rows", f"{here}.pin", f"{here}.copy_sentence")
        if result is None:
            self.explained.emit(None)
        elif row is not None:
            self.explained.emit(explain_group(result, row, actions))
        else:
            self.explained.emit(explain_group(result, result.total, actions[2:]))

    @property
    def shown_base(self) -> Base | None:
        return self._base

    def find_people(self, then: Callable[[list[Condition]], None]) -> None:
        row, base = self._row(), self._base
        if row is None or base is None:
            return
        question = question_of_key(self._session, base.wave_id, self.group)
        value = question_of_key(self._session, base.wave_id, self.value)
        answered = question_condition(value, Operator.ANSWERED)
        if question.kind is Kind.DATE and row.code is not None:
            self._find_period(base, question, row.code, lambda chips: then([*chips, answered]))
            return
        then([question_condition(question, Operator.IS, (row.label,)), answered])

    def _find_period(self, base: Base, question: Question, place: int, then: Callable[[list[Condition]], None]) -> None:
        session = self._session

        def work(_ctx: JobContext) -> list[Condition]:
            from surveyapp.services.analysis.cross_people import people_of_period

            return people_of_period(session, base, question, place)

        self._page.run_job(work, then)

    def show_as_table(self, on: bool) -> None:
        self.body.groups.show_as_table(on)

    def copy_method(self) -> None:
        """M: what was done, for a methods section."""
        result = self.result
        copy_method_line(self._page, self._counted, result, group_notes(result) if result is not None else ())

    # Page hooks

    def find_here(self) -> None:
        self.body.wells.choose_value()

    def open_at(self, **arguments: Any) -> None:
        """`spec`: an analysis as text, or `value` and `group`: keys of questions; `options`: how it was shown. `choose`
        opens a well."""
        value, group, spec = arguments.get("value"), arguments.get("group"), spec_of(arguments.get("spec"))
        if spec is not None and spec.kind is AnalysisKind.GROUPS:
            value, group = "".join(spec.columns[:1]), "".join(spec.by[:1])
            self.options = dict(spec.options)
        shown_as = arguments.get("options")
        if isinstance(shown_as, dict):
            self.options = {str(name): str(value) for name, value in shown_as.items()}
        choose = arguments.get("choose")
        self._chooser = choose if choose in ("value", "group") else ""
        if isinstance(value, str) and not isinstance(group, str) and self._chooser:
            group = ""
        self.ask(value=value if isinstance(value, str) else None, group=group if isinstance(group, str) else None)

    def place(self) -> tuple[str, dict[str, Any]]:
        if self.result is None:
            return "", {}
        return self.result.question, {"value": self.value, "group": self.group, "options": dict(self.options)}

    def escape(self) -> None:
        if self._key:
            self.body.groups.select("")
            self._on_key_chosen("")

    def focus(self) -> None:
        self.body.focus_first()

    def forget(self) -> None:
        self._base, self._counted, self._shown, self._result = None, None, None, None
        self.value, self.group, self._key, self.options = "", "", "", {}
        self.body.show_words(_words_for("", ""))


def _fact_words(result: GroupComparison) -> str:
    n = result.counted.total - result.counted.n
    if not n:
        return _("everybody answered both")
    words = ngettext("%(n)s person did not answer one of the two", "%(n)s people did not answer one of the two", n)
    return words % {"n": fmt_count(n)}


def _words_for(value: str, group: str) -> str:
    if not value:
        return _("Choose a number and a question to group by.")
    return "" if group else _("Choose a question to group by.")
