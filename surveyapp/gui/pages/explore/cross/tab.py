"""Cross-tab: one question by others. What is asked stays while base, codebook and wave change; so does the cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisSpec, Base, Condition
from surveyapp.domain.errors import UserError
from surveyapp.figures.cross_words import cell_sentence
from surveyapp.gui.analysis_place import spec_of
from surveyapp.gui.method_copy import copy_method_line
from surveyapp.gui.pages.explore.cross.ask import Ask, ask_of_spec
from surveyapp.gui.pages.explore.cross.body import CrossBody
from surveyapp.gui.pages.explore.cross.explain import explain_cell, explain_table
from surveyapp.gui.pages.explore.cross.words import fact_words, missing_words, table_text
from surveyapp.gui.pages.explore.explore_tab import ExploreTab
from surveyapp.gui.pages.explore.look_keeping import keep_looks_soon
from surveyapp.gui.pages.explore.partners_card import PartnersCard
from surveyapp.gui.result_actions import Chosen
from surveyapp.reports.result_table.cross import cross_notes
from surveyapp.services.base_count import BaseCount
from surveyapp.services.cross_choice import choices
from surveyapp.services.jobs import JobContext
from surveyapp.services.look import look_words
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import Result
from surveyapp.stats.table.result import CrossTable
from surveyapp.stats.table.view import Percent

if TYPE_CHECKING:
    from surveyapp.gui.pages.explore.page import ExplorePage
    from surveyapp.services.question_list import ListedSection

_MENU = ("filter_to", "rows", "pin", "copy", "copy_sentence", "export")

Shown = Result | UserError | None


class CrossTab(ExploreTab):
    """Wells, table, figure and words of one cross-tab."""

    def __init__(self, page: ExplorePage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self.ask = Ask()
        self._counted: BaseCount | None = None
        self._base: Base | None = None
        """That of the table which stands there; `_counted` holds the one in force."""
        self._result: Shown = None
        self._shown: AnalysisSpec | None = None
        self._key = ""
        self._chooser = ""
        """Which well is to be opened once the questions are known."""
        self._refocus = False
        """A chooser was used: the focus goes to what it brought."""
        self._percent_before = Percent.COLUMN.value
        self._before: Ask | None = None
        """What was asked before bands or nets were made, until something else is changed."""
        self.body = CrossBody(page.theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.body)
        body = self.body
        self.partners = PartnersCard(page, body)
        self.partners.explained.connect(self.explained)
        body.add_below(self.partners)
        body.wells.picked.connect(self._on_wells_picked)
        body.wells.asked.connect(self.set_ask)
        body.wells.asked.connect(lambda _ask: self._forget_before())
        body.wells.bands_wanted.connect(self.open_bands)
        page.context.session_changed.connect(self._on_session_changed)
        body.grid.key_chosen.connect(self._on_key_chosen)
        body.grid.row_activated.connect(lambda _row: page.filter_to())
        body.grid.sort_wanted.connect(self._on_sort_wanted)
        body.view.mark_selected.connect(self._on_key_chosen)
        body.view.mark_activated.connect(self._on_mark_activated)
        body.method.clicked.connect(self.copy_method)
        for view in (body.view, body.grid):
            page.results.give_menu(view, _MENU)

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("/", _("find a question")),
            ("X", _("columns")),
            ("S", _("swap")),
            ("N", _("counts")),
            *([("E", _("bands"))] if self.body.wells.numbers() else []),
            ("← →", _("move between cells")),
        ]

    # Results

    def show_subject(self, counted: BaseCount, _question_ids: frozenset[int] | None = None) -> None:
        """Compute what is asked for the people of a base."""
        self._counted = counted
        self._compute()

    def set_ask(self, ask: Ask) -> None:
        """Ask something else."""
        if ask != self.ask:
            self.ask = ask
            self._compute()

    def _compute(self) -> None:
        session, counted, ask = self._session, self._counted, self.ask
        if counted is None:
            return
        limit = self._page.context.settings.value.small_cell_limit
        spec = ask.having(small="" if limit == 10 else str(limit)).spec(counted.base)  # 10 is the usual limit
        self.partners.cancel()
        if self.isVisible():
            self.body.fading.start()

        def work(ctx: JobContext) -> tuple[list[ListedSection], Shown, int]:
            from surveyapp.services.analysis.run import run_analysis
            from surveyapp.services.look import note_look
            from surveyapp.services.question_list import list_questions

            sections = list_questions(session.codebook(counted.base.wave_id))
            if not ask.whole:
                return sections, None, 0
            try:
                result = run_analysis(session, spec, check=ctx.check)
                return sections, result, note_look(session, spec) if isinstance(result, CrossTable) else 0
            except UserError as error:
                return sections, error, 0

        def done(value: tuple[list[ListedSection], Shown, int]) -> None:
            self.body.fading.stop()
            self._base, self._shown = counted.base, spec
            self._take(*value)

        self._page.run_latest("cross", work, done, failed=self._on_failed)

    def _take(self, sections: list[ListedSection], result: Shown, n_looks: int) -> None:
        self._result = result
        rows = choices(sections, rows=True, dates=True)
        percent = result.view.percent.value if isinstance(result, CrossTable) else Percent.COLUMN.value
        self.body.wells.show_ask(self.ask, rows, rows, percent=percent)
        if not isinstance(result, CrossTable) or result.place(self._key) is None:
            self._key = ""
        if isinstance(result, CrossTable):
            self.body.show_table(result, self._key, looks=look_words(n_looks))
        elif isinstance(result, UserError):
            self.body.show_words(str(result))
        else:
            self.body.show_words(missing_words(self.ask, rows), result)
        title = next((choice.title for choice in rows if choice.keys == self.ask.rows), "")
        self.partners.show_for(self._base, self.ask.rows, title, without=self.ask.by)
        keep_looks_soon(self._page, n_looks)
        self.set_fact(fact_words(result))
        self._explain()
        self.chosen_changed.emit()
        self.refresh_keys()  # E where there is a number
        self._page.settle_focus()
        if self._refocus and self.isVisible():
            self.body.focus_first()
        self._refocus = False
        self._open_wanted()

    def _open_wanted(self) -> None:
        wanted, self._chooser = self._chooser, ""
        if wanted and self.isVisible():
            {"rows": self.body.wells.choose_rows, "columns": self.body.wells.choose_columns}[wanted]()

    def _on_failed(self, error: UserError) -> None:
        self.body.fading.stop()
        self._page.context.shell.show_error(error)

    # Selection

    @property
    def ready(self) -> bool:
        return self._base is not None

    @property
    def table(self) -> CrossTable | None:
        """The table that stands there."""
        return self._result if isinstance(self._result, CrossTable) else None

    @property
    def has_selection(self) -> bool:
        return self._place() is not None

    def _place(self) -> tuple[int, int] | None:
        return self.table.place(self._key) if self.table is not None and self._key else None

    @property
    def waits(self) -> bool:
        return not self.ask.rows

    def chosen(self) -> Chosen | None:
        if self.partners.in_use:
            return self.partners.chosen()
        result, spec = self._result, self._shown
        if spec is None or not isinstance(result, CrossTable | NotComputed):
            return None
        place, table = self._place(), self.table
        return Chosen(
            spec=spec,
            title=result.question,
            result=result,
            table_text=lambda: table_text(table) if table is not None else "",
            sentence=cell_sentence(table, *place) if table is not None and place is not None else "",
            picture=self.body.view.to_image,
        )

    def _on_key_chosen(self, key: str) -> None:
        self._key = key
        self.body.select(key)
        self._explain()
        self.chosen_changed.emit()

    def _on_mark_activated(self, key: str) -> None:
        self._on_key_chosen(key)
        self.filter_to()

    def _explain(self) -> None:
        here, place, table = self._page.spec.id, self._place(), self.table
        actions = (f"{here}.filter_to", f"{here}.rows", f"{here}.pin", f"{here}.copy_sentence")
        if table is not None and place is not None:
            self.explained.emit(explain_cell(table, *place, actions))
        elif isinstance(self._result, CrossTable | NotComputed):
            self.explained.emit(explain_table(self._result, actions))
        else:
            self.explained.emit(None)

    @property
    def shown_base(self) -> Base | None:
        return self._base

    def find_people(self, then: Callable[[list[Condition]], None]) -> None:
        session, spec, table, place = self._session, self._shown, self.table, self._place()
        if spec is None or table is None or place is None:
            return

        def work(_ctx: JobContext) -> list[Condition]:
            from surveyapp.services.analysis.cross_people import people_of_cell

            return people_of_cell(session, spec, table, place)

        self._page.run_job(work, lambda found: self._take_people(found, then))

    # What a person does

    def swap(self) -> None:
        """S: rows and columns in each other's place."""
        if not self.ask.by:
            self._page.context.shell.toast(_("There is nothing in the columns to swap with."))
        self.set_ask(self.body.wells.swapped())

    def toggle_counts(self) -> None:
        """N: people instead of percentages, and back."""
        now = self.ask.option("percent") or Percent.COLUMN.value
        if now == Percent.COUNT:
            self.set_ask(self.ask.with_percent(self._percent_before))
        else:
            self._percent_before = now
            self.set_ask(self.ask.with_percent(Percent.COUNT))

    def toggle_layout(self) -> None:
        """B: several questions in the columns side by side, or one within another."""
        if self.body.wells.has_battery:
            words = _("A battery stands beside other columns, not within them or around them.")
            self._page.context.shell.toast(words)
        else:
            self.toggle_option("layout", "banner")

    def open_bands(self) -> None:
        """E: where the bands of the numbers begin."""
        numbers, counted = self.body.wells.numbers(), self._counted
        if not numbers or counted is None:
            self._page.context.shell.toast(_("There is no number in this cross-tab."))
            return
        from surveyapp.gui.pages.explore.cross.band_card import BandCard

        fields = [(choice, self.ask.edges(choice.keys[0])) for choice in numbers]
        card = BandCard(self._page, counted.base, fields)
        card.chosen.connect(self._on_bands_chosen)
        card.open_below(self.body.wells.bands)

    def _on_bands_chosen(self, edges: dict[str, tuple[float, ...]], words: str) -> None:
        self._make(self.ask.with_bands(edges), words)

    def _make(self, ask: Ask, words: str) -> None:
        """Ask something else that took work to say: Ctrl+Z takes it back until something else is changed."""
        if ask == self.ask:
            return
        self._before = self.ask
        self.set_ask(ask)
        self._page.context.shell.toast(words, self.undo_here)

    def undo_here(self) -> bool:
        before, self._before = self._before, None
        if before is None:
            return False
        self._page.context.shell.toast("")
        self.set_ask(before)
        return True

    def _forget_before(self) -> None:
        self._before = None

    def toggle_option(self, name: str, value: str) -> None:
        """An option on or off."""
        self.set_ask(self.ask.having(**{name: "" if self.ask.option(name) else value}))

    def net_rows(self) -> None:
        """G: the selected rows counted together; a net is taken away."""
        table = self.table
        if table is None:
            return
        ask = self.ask.with_net(table, self.body.grid.chosen_rows())
        if ask == self.ask:
            self._page.context.shell.toast(_("Select two or more answers with Shift, then G counts them together."))
        elif len(self.body.grid.chosen_rows()) == 1:
            self._make(ask, _("These answers are no longer counted together."))
        else:
            self._make(ask, _("These answers are counted together as well."))

    def toggle_view(self) -> bool:
        if self.body.side_by_side:
            (self.body.grid if self.body.view.hasFocus() else self.body.view).setFocus()
        else:
            self.body.show_figure(not self.body.figure_only)
            self.body.focus_first()
        return True

    def copy_method(self) -> None:
        """M: what was done, for a methods section."""
        table = self.table
        copy_method_line(self._page, self._counted, table, cross_notes(table)[1:] if table is not None else ())

    def _on_session_changed(self, _notice: object) -> None:
        if self._before is not None:
            self._forget_before()
            self._page.context.shell.toast("")  # its Undo no longer is the newest change

    def _on_wells_picked(self) -> None:
        self._refocus = True

    def _on_sort_wanted(self, column: int) -> None:
        if self.table is not None:
            self.set_ask(self.ask.sorted_by(self.table, column))

    # Page hooks

    def find_here(self) -> None:
        self.body.wells.choose_rows()

    def open_at(self, **arguments: Any) -> None:
        """`spec`: an analysis as text, or `rows` and `by`: keys of questions. `choose` opens a well."""
        ask, spec = self.ask, spec_of(arguments.get("spec"))
        if spec is not None:
            ask = ask_of_spec(spec) or ask
        rows, by = arguments.get("rows"), arguments.get("by")
        if isinstance(rows, (list, tuple)):
            ask = Ask(rows=tuple(map(str, rows)))
        if isinstance(by, (list, tuple)):
            ask = ask.with_by(tuple(map(str, by)))
        choose = arguments.get("choose")
        self._chooser = choose if choose in ("rows", "columns") else ""
        if ask != self.ask or self._chooser:
            self.ask = ask
            self._compute()

    def place(self) -> tuple[str, dict[str, Any]]:
        from surveyapp.services.saved_analysis import spec_as_text

        if self._shown is None or not isinstance(self._result, CrossTable):
            return "", {}
        return self._result.question, {"spec": spec_as_text(self.ask.spec(Base(wave_id=self._shown.base.wave_id)))}

    def escape(self) -> None:
        if self._key:
            self._key = ""
            self.body.select("")
            self._explain()
            self.chosen_changed.emit()

    def focus(self) -> None:
        self.body.focus_first()

    def forget(self) -> None:
        self._base, self._counted, self._shown, self._result = None, None, None, None
        self.ask, self._key = Ask(), ""
        self.partners.forget()
        self.body.show_words(_("Choose a question for the rows and one for the columns."))
