"""Screen: all pairs of questions at once, the strongest first; one of them opened is computed exactly."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.errors import UserError
from surveyapp.figures.screen import pair_words
from surveyapp.gui.analysis_place import spec_of
from surveyapp.gui.pages.correlations.explain import explain_pair, explain_screen
from surveyapp.gui.pages.correlations.pair_spec import OpenedPair, pair_of
from surveyapp.gui.pages.correlations.pair_tab import PairTab
from surveyapp.gui.pages.correlations.screen_bar import known_options, options_of, subject_words
from surveyapp.gui.pages.correlations.screen_body import ScreenBody
from surveyapp.gui.pages.correlations.screen_job import ScreenFound, askable, key_of_question, listed, text_of
from surveyapp.gui.pages.correlations.screen_table import ScreenList
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.result_actions import Chosen
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.base_count import BaseCount
from surveyapp.services.jobs import JobContext
from surveyapp.stats.association.result import ScreenPair
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import Result

if TYPE_CHECKING:
    from surveyapp.domain.change import Change
    from surveyapp.domain.question import Question
    from surveyapp.gui.pages.correlations.page import CorrelationsPage

_REST_MS = 150


class ScreenTab(PairTab):
    """The pair under the cursor stays while base, limits and answers change."""

    def __init__(self, page: CorrelationsPage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self.setObjectName("screenTab")
        self.asked = ""
        """The key of the question that is compared with everything; "" for all pairs."""
        self.lists_hidden = bool(page.remembered("screen_hidden"))
        self._options = known_options(page.remembered("screen_limits"))
        self._questions: tuple[Question, ...] = ()
        self._shown: ScreenList | None = None
        self._spec: AnalysisSpec | None = None
        self._filling = False
        self._popup: PickPopup | None = None
        self._make_overview()
        self.rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self.rest.timeout.connect(self._compute_current)

    def _make_overview(self) -> None:
        column = QVBoxLayout(self.overview)
        column.setContentsMargins(0, 0, 0, 0)
        self.body = ScreenBody(self._page.theme, self.overview)
        column.addWidget(self.body)
        self.body.show_as_chart(bool(self._page.remembered("screen_chart")))
        self.bar, self.table = self.body.bar, self.body.table
        self.bar.subject_wanted.connect(self.find_here)
        self.bar.option_chosen.connect(self._on_option_chosen)
        self.body.finder.textChanged.connect(self._on_searched)
        self.table.row_chosen.connect(self._on_row_chosen)
        self.table.row_activated.connect(self._on_row_activated)
        self.body.view.mark_selected.connect(self._on_mark_selected)
        self.body.view.mark_activated.connect(lambda _key: self._on_row_activated(self.table.current_row))

    def keys(self) -> list[tuple[str, str]]:
        if self.in_pair:
            return [("Esc", _("back")), ("← →", _("number")), ("G", _("hold constant"))]
        return [("/", _("one question with all")), ("↑ ↓", _("pair")), ("Enter", _("open"))]

    # Results

    def spec(self, base: Base) -> AnalysisSpec:
        """What is asked of the people of a base."""
        spec = AnalysisSpec(kind=AnalysisKind.SCREEN, columns=(self.asked,) if self.asked else (), base=base)
        for name, value in options_of(self._options):
            spec = spec.with_option(name, value)
        return spec.with_option("hidden", "show") if self.lists_hidden else spec

    def show_overview(self, counted: BaseCount) -> None:
        session, clock = self._session, self._page.context.clock
        base, spec = counted.base, self.spec(counted.base)
        if self.isVisible():
            self.body.fading.start()

        def work(ctx: JobContext) -> ScreenFound:
            begun = clock()
            shown = listed(session, spec, ctx)
            seconds = (clock() - begun).total_seconds()
            return ScreenFound(questions=askable(session, base.wave_id), shown=shown, seconds=seconds)

        def done(found: ScreenFound) -> None:
            self.body.fading.stop()
            self._take(found, spec)

        label = _("Comparing all pairs of questions")
        self._page.run_latest("screen", work, done, failed=self._on_failed, label=label)

    def _take(self, found: ScreenFound, spec: AnalysisSpec) -> None:
        before = self._current_keys()
        self._questions, self._spec = found.questions, spec
        title = next((q.title for q in found.questions if key_of_question(q) == self.asked), self.asked)
        self.bar.set_subject(subject_words(title if self.asked else "", len(found.questions)))
        self.bar.set_options(self._options)
        if isinstance(found.shown, NotComputed):
            self._show_reason(found.shown)
        else:
            self._show_list(found.shown, before, found.seconds)
        self._page.settle_focus()
        self.tell()

    def _show_list(self, shown: ScreenList, before: frozenset[str], seconds: float) -> None:
        self._shown = shown
        self._filling = True
        self.body.show_list(shown)
        row = self._row_of(before)
        self.table.choose(row if row >= 0 else self._first_row())
        self._filling = False
        fact = _("Ranks for ordered answers, V or η otherwise.")
        if seconds >= 0.05:
            fact = _("Tested in %(n)s s. %(rest)s") % {"n": fmt_number(seconds, 1), "rest": fact}
        self.set_fact(fact)
        self.rest.start()

    def _show_reason(self, result: NotComputed) -> None:
        """The sentence that stands in the place of the list."""
        self._shown = None
        self.body.show_reason(result.reason)
        self.set_fact("")

    def _on_failed(self, error: UserError) -> None:
        self.body.fading.stop()
        if self.asked:  # the wave of now does not ask it, or not so that it can be compared
            self.asked = ""
            self._again()
        self._page.context.shell.show_error(error)

    def _again(self) -> None:
        if self._counted is not None:
            self.show_overview(self._counted)

    # What a person does

    def ask(self, key: str) -> None:
        """One question with everything; "" for everything with everything."""
        self.close_pair()
        if key != self.asked:
            self.asked = key
            self._again()

    def ask_everything(self) -> None:
        """All pairs again."""
        self.ask("")

    def _on_option_chosen(self, name: str, value: str) -> None:
        self._options[name] = value
        self._page.remember("screen_limits", dict(self._options))
        self._again()

    def toggle_hidden(self) -> None:
        """List the hidden pairs too, or no longer."""
        self.lists_hidden = not self.lists_hidden
        self._page.remember("screen_hidden", self.lists_hidden)
        self._again()

    def hide_pair(self) -> None:
        """H: hide the pair under the cursor, or show it again."""
        pair, shown, session = self.current_pair, self._shown, self._session
        if pair is None or shown is None:
            return
        first, second = (shown.result.variables[place] for place in (pair.first, pair.second))
        hidden = self.is_current_hidden
        title = _("“%(first)s” and “%(second)s”") % {"first": first.label, "second": second.label}
        self._step_aside()

        def work(_ctx: JobContext) -> Change | None:
            from surveyapp.services.analysis.screen import variable_key
            from surveyapp.services.hidden_pair import hide_pair, show_pair

            change = show_pair if hidden else hide_pair
            return change(session, variable_key(first), variable_key(second), title=title)

        self._page.run_job(work, lambda change: self.announce(change), store=True)

    def _step_aside(self) -> None:
        """The cursor goes to the next pair before this one goes."""
        if not self.lists_hidden:
            below = self.table.currentIndex().row() + 1
            self.table.step(1 if below < self.table.frame.rowCount() else -1)

    @property
    def can_toggle(self) -> bool:
        return self.in_pair or self._shown is not None

    def toggle_table(self) -> None:
        if self.in_pair:
            super().toggle_table()
        else:
            self._page.remember("screen_chart", self.body.toggle())

    def search(self) -> None:
        """S: into the search."""
        self.close_pair()
        self.body.finder.setFocus()
        self.body.finder.selectAll()

    def _on_searched(self, query: str) -> None:
        if self._shown is not None:
            before = self.table.current_row
            self.table.frame.show_only(self._shown.found(query))
            found = self.table.frame.view_row(before) >= 0
            self._filling = True
            self.table.choose(before if found else self._first_row())
            self._filling = False
            self.rest.start()

    def find_here(self) -> None:
        """/: choose the question that is compared with everything."""
        if self._popup is None:
            words = _("One question with everything")
            self._popup = PickPopup(self._page.theme, self._entries, placeholder=words, parent=self)
        self.close_pair()
        self._popup.open_below(self.bar.subject)

    def _entries(self, _query: str) -> Sequence[PaletteEntry]:
        entries = [
            PaletteEntry(
                group=_("All pairs"), title=_("Everything with everything"), icon="table-2", run=partial(self.ask, "")
            )
        ]
        for question in self._questions:
            run = partial(self.ask, key_of_question(question))
            group = _("One question with everything")
            entries.append(PaletteEntry(group=group, title=question.title, icon=question_icon(question), run=run))
        return entries

    # Selection

    @property
    def current_pair(self) -> ScreenPair | None:
        """The pair under the cursor, while the list is shown."""
        row = self.table.current_row
        if self._shown is None or self.in_pair or not 0 <= row < len(self._shown.result.pairs):
            return None
        return self._shown.result.pairs[row]

    @property
    def is_current_hidden(self) -> bool:
        """Whether a person hid the pair under the cursor."""
        return (
            self._shown is not None
            and self.current_pair is not None
            and bool(self._shown.hidden[self.table.current_row])
        )

    def _opened(self, row: int) -> OpenedPair | None:
        if self._shown is None or not 0 <= row < len(self._shown.result.pairs):
            return None
        result = self._shown.result
        pair = result.pairs[row]
        of = result.n_standing_out if row < result.n_standing_out else len(result.pairs)
        place = _("Pair %(n)s of %(all)s") % {"n": fmt_count(row + 1), "all": fmt_count(of)}
        return pair_of(result.variables[pair.first], result.variables[pair.second], place=place)

    def _current_keys(self) -> frozenset[str]:
        pair, shown = self.current_pair, self._shown
        if pair is None or shown is None:
            return frozenset()
        return frozenset(shown.result.variables[place].label for place in (pair.first, pair.second))

    def _row_of(self, labels: frozenset[str]) -> int:
        if self._shown is None or not labels:
            return -1
        result = self._shown.result
        places = {n for n, variable in enumerate(result.variables) if variable.label in labels}
        rows = (row for row, pair in enumerate(result.pairs) if pair.first in places and pair.second in places)
        return next(rows, -1)

    def _first_row(self) -> int:
        return self.table.frame.source_row(0) if self.table.frame.rowCount() else -1

    def _on_row_chosen(self, _row: int) -> None:
        if not self._filling:
            self.rest.start()
            self.tell()

    def _on_mark_selected(self, key: str) -> None:
        """A dot of the chart is a row of the list."""
        if self._shown is not None and key:
            first, second = (int(part) for part in key.split(":"))
            pairs = self._shown.result.pairs
            self.table.choose(next(n for n, pair in enumerate(pairs) if (pair.first, pair.second) == (first, second)))

    def _on_row_activated(self, row: int) -> None:
        opened = self._opened(row)
        if opened is not None:
            self.open_pair(opened)

    def _compute_current(self) -> None:
        """The cursor rests on a pair: compute it exactly for the inspector."""
        opened = self._opened(self.table.current_row)
        if opened is not None and not self.in_pair and self.isVisible() and self.exact(opened) is None:
            self.compute_pair(opened)

    def on_exact(self, pair: OpenedPair, result: Result) -> None:
        super().on_exact(pair, result)
        if not self.in_pair:
            self.explain_overview()

    def explain_overview(self) -> None:
        pair, shown = self.current_pair, self._shown
        opened = self._opened(self.table.current_row)
        if shown is None:
            self.explained.emit(None)
        elif pair is None or opened is None:
            self.explained.emit(explain_screen(shown.result))
        else:
            here = self._page.spec.id
            actions = (f"{here}.hide", f"{here}.pin", f"{here}.copy_sentence")
            self.explained.emit(explain_pair(shown.result, pair, opened, self.exact(opened), actions))

    def overview_chosen(self) -> Chosen | None:
        shown, spec, pair = self._shown, self._spec, self.current_pair
        if shown is None or spec is None:
            return None
        result = shown.result
        return Chosen(
            spec=spec,
            title=result.question,
            result=result,
            sentence=pair_words(result, pair) if pair is not None else result.sentence,
            picture=self.body.picture,
            table_text=lambda: text_of(result),
        )

    # Page hooks

    def focus_overview(self) -> None:
        if self._shown is not None:
            self.body.focus_list()
        else:
            self.bar.subject.setFocus()

    @property
    def ready(self) -> bool:
        return self._spec is not None

    def open_at(self, **arguments: Any) -> None:
        question, spec = arguments.get("question"), spec_of(arguments.get("spec"))
        if isinstance(question, str):
            self.ask(question)
        if spec is not None and spec.kind is AnalysisKind.SCREEN:
            self._options = {name: value for name, value in spec.options if name != "hidden"}
            self.lists_hidden = spec.option("hidden") == "show"
            self.asked = "".join(spec.columns[:1])
            self.close_pair()
            self._again()
        super().open_at(**arguments)

    def place(self) -> tuple[str, dict[str, Any]]:
        if self.in_pair or not self.asked:
            return super().place()
        return self.bar.subject.text(), {"question": self.asked}

    def escape(self) -> None:
        if self.in_pair:
            super().escape()
        elif self.body.finder.text():
            self.body.finder.clear()
            self.body.focus_list()
        elif self.asked:
            self.ask("")

    def forget(self) -> None:
        super().forget()
        self.asked, self._shown, self._spec = "", None, None
        self.body.finder.clear()

    # Qt overrides

    def hideEvent(self, event: QHideEvent) -> None:
        self.rest.stop()  # nobody looks at the pair any more
        super().hideEvent(event)
