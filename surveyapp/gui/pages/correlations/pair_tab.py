"""What every tab of Correlations is: an overview of pairs, and one pair opened in its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisKind, Base
from surveyapp.domain.errors import UserError
from surveyapp.gui.analysis_place import spec_of
from surveyapp.gui.method_copy import copy_method_line
from surveyapp.gui.pages.correlations.explain import explain_exact
from surveyapp.gui.pages.correlations.pair_spec import OpenedPair
from surveyapp.gui.pages.correlations.pair_view import PairPane
from surveyapp.gui.pages.correlations.question_picker import QuestionPicker, titled
from surveyapp.gui.result_actions import Chosen
from surveyapp.gui.result_tab import ResultTab
from surveyapp.services.base_count import BaseCount
from surveyapp.services.jobs import JobContext
from surveyapp.stats.result import Result

if TYPE_CHECKING:
    from surveyapp.gui.pages.correlations.page import CorrelationsPage
    from surveyapp.services.session import Session


class PairTab(ResultTab[BaseCount]):
    """Subclasses put their overview into `overview`, and fill `show_overview`, `overview_chosen`,
    `explain_overview` and `focus_overview`.
    """

    def __init__(self, page: CorrelationsPage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._page: CorrelationsPage = page
        self._counted: BaseCount | None = None
        self._pair: OpenedPair | None = None
        self._exact: tuple[OpenedPair, Base, Result] | None = None
        """The pair that was computed last, by those people."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack)
        self.overview = QWidget(self._stack)
        self.pane = PairPane(page.theme, self._stack)
        self.pane.closed.connect(self.close_pair)
        self.pane.mark_selected.connect(self._on_pane_selected)
        self.pane.given.add.clicked.connect(self.find_given)
        self.pane.given.removed.connect(self._on_given_removed)
        self._given_picker: QuestionPicker | None = None
        self._stack.addWidget(self.overview)
        self._stack.addWidget(self.pane)

    # For subclasses

    def show_overview(self, counted: BaseCount) -> None:
        """Compute the overview for the people of a base."""
        raise NotImplementedError

    def overview_chosen(self) -> Chosen | None:
        """The result of the overview."""
        raise NotImplementedError

    def explain_overview(self) -> None:
        """Tell the inspector of what is selected in the overview."""
        raise NotImplementedError

    def focus_overview(self) -> None:
        """Put the focus where work begins."""
        raise NotImplementedError

    def compute_pair(self, pair: OpenedPair) -> None:
        """Compute a pair exactly, in the background; `on_exact` follows."""
        session, counted = self._session, self._counted
        if counted is None:
            return
        base = counted.base

        def work(ctx: JobContext) -> tuple[OpenedPair, Result]:
            from surveyapp.services.analysis.run import run_analysis

            ctx.let_paint()
            result = run_analysis(session, pair.spec(base), check=ctx.check)
            return _named(session, base.wave_id, pair), result

        def done(found: tuple[OpenedPair, Result]) -> None:
            named, result = found
            if self._pair == pair:
                self._pair = named
            self._exact = (named, base, result)
            self.on_exact(named, result)

        self._page.run_latest(f"pair of {self.objectName()}", work, done, failed=self._on_pair_failed)

    def on_exact(self, pair: OpenedPair, result: Result) -> None:
        """A pair was computed."""
        if self._pair == pair:
            self.pane.show_result(pair, result)
            self.tell()
            self._page.settle_focus()

    def exact(self, pair: OpenedPair) -> Result | None:
        """The result of a pair, if it is the one computed last and about the people of now."""
        if self._exact is None or self._counted is None:
            return None
        known, base, result = self._exact
        return result if known.keys == pair.keys and base == self._counted.base else None

    # The pair

    @property
    def in_pair(self) -> bool:
        """Whether a pair is opened."""
        return self._pair is not None

    def open_pair(self, pair: OpenedPair) -> None:
        """One level deeper: the pair by itself."""
        self._pair = pair
        self.pane.show_waiting(pair)
        self._stack.setCurrentWidget(self.pane)
        self.refresh_keys()
        known = self.exact(pair)
        if known is not None:
            self.on_exact(pair, known)
        else:
            self.compute_pair(pair)
        self.pane.focus_content()

    def close_pair(self) -> None:
        """Back to the overview."""
        if self._pair is not None:
            self._pair = None
            self._stack.setCurrentWidget(self.overview)
            self.refresh_keys()
            self.focus_overview()
            self.tell()

    def _on_pair_failed(self, error: UserError) -> None:
        if self._pair is not None:
            self.close_pair()
        self._page.context.shell.show_error(error)

    def _on_pane_selected(self) -> None:
        self.chosen_changed.emit()

    # What the page asks

    def show_subject(self, counted: BaseCount, _question_ids: frozenset[int] | None = None) -> None:
        self._counted = counted
        self.show_overview(counted)
        if self._pair is not None:
            self.compute_pair(self._pair)

    def tell(self) -> None:
        """Say what is shown to the inspector and to the buttons."""
        pair = self._pair
        if pair is None:
            self.explain_overview()
        else:
            known = self.exact(pair)
            here = self._page.spec.id
            actions = (f"{here}.pin", f"{here}.copy", f"{here}.copy_method")
            self.explained.emit(explain_exact(pair, known, actions) if known is not None else None)
        self.chosen_changed.emit()

    def chosen(self) -> Chosen | None:
        """The result one looks at."""
        if self._pair is None:
            return self.overview_chosen()
        result = self.exact(self._pair)
        if result is None or self._counted is None:
            return None
        return Chosen(
            spec=self._pair.spec(self._counted.base),
            title=self._pair.title,
            result=result,
            table_text=self.pane.table_text,
            sentence=self.pane.sentence(),
            picture=self.pane.view.to_image,
        )

    @property
    def can_toggle(self) -> bool:
        """Whether there is a chart with a table behind it."""
        return self._pair is not None

    def toggle_table(self) -> None:
        """T: table or chart."""
        if self._pair is not None:
            self.pane.toggle()

    def copy_method(self) -> None:
        """M: what was done, for a methods section."""
        chosen = self.chosen()
        if chosen is not None:
            copy_method_line(self._page, self._counted, chosen.result, getattr(chosen.result, "notes", ()))

    @property
    def ready(self) -> bool:
        """Whether something stands there to work with."""
        return self._counted is not None

    def focus(self) -> None:
        if self._pair is not None:
            self.pane.focus_content()
        else:
            self.focus_overview()

    def escape(self) -> None:
        if self._pair is not None and not self.pane.let_go():
            self.close_pair()

    def open_at(self, **arguments: Any) -> None:
        """Someone asked for a pair: `place` gave these arguments."""
        first, second = arguments.get("first"), arguments.get("second")
        spec = spec_of(arguments.get("spec"))
        titles = (str(arguments.get("first_title") or first), str(arguments.get("second_title") or second))
        if spec is not None and spec.kind is AnalysisKind.PAIR and spec.columns and spec.by:
            first, second = spec.columns[0], spec.by[0]
            titles = (self._title_of(first, arguments.get("wave")), self._title_of(second, arguments.get("wave")))
        if isinstance(first, str) and isinstance(second, str):
            given = spec.by[1:] if spec is not None else tuple(map(str, arguments.get("given") or ()))
            held = [(key, self._title_of(key, arguments.get("wave"))) for key in given]
            self.open_pair(OpenedPair(first=first, second=second, titles=titles).holding(held))

    def _title_of(self, key: str, wave_id: object) -> str:
        from surveyapp.services.analysis.subject import question_of_key

        try:
            return question_of_key(self._session, wave_id, key).title if isinstance(wave_id, int) else key
        except UserError:  # computing it will say what is gone
            return key

    def place(self) -> tuple[str, dict[str, Any]]:
        """What is shown, in words, and the arguments that show it again."""
        pair = self._pair
        if pair is None:
            return "", {}
        titles = {"first_title": pair.titles[0], "second_title": pair.titles[1]}
        return pair.title, {"first": pair.first, "second": pair.second, "given": pair.given, **titles}

    def to_ask_again(self) -> dict[str, Any]:
        return {}  # a pair is looked at and left; the overview asks by itself

    # What is held constant

    def find_given(self) -> None:
        """G: choose what is held constant in the pair."""
        from surveyapp.services.analysis.pair import MOST_GIVEN, holdable
        from surveyapp.services.analysis.subject import column_key

        pair = self._pair
        if pair is None or self._counted is None:
            return
        if self._given_picker is None:
            self._given_picker = QuestionPicker(
                self._page.theme,
                most=MOST_GIVEN,
                title=_("Hold constant"),
                take=_("Hold constant"),
                least=0,
                parent=self,
            )
            self._given_picker.chosen.connect(self._on_given_chosen)
        questions = holdable(self._session.codebook(self._counted.base.wave_id))
        named = [(column_key(q), titled(q.title, q.grid)) for q in questions]
        offered = [(key, title) for key, title in named if key not in (pair.first, pair.second)]
        self._given_picker.open_below(self.pane.given.add, offered, pair.given)

    def _on_given_chosen(self, keys: tuple[str, ...]) -> None:
        if self._pair is not None and self._pair.given != keys:
            self.open_pair(self._pair.holding([(key, key) for key in keys]))

    def _on_given_removed(self, key: str) -> None:
        pair = self._pair
        if pair is not None:
            kept = zip(pair.given, pair.given_titles, strict=True)
            self.open_pair(pair.holding([each for each in kept if each[0] != key]))

    def forget(self) -> None:
        """Another workspace is open: what is shown belongs to none."""
        self._counted, self._pair, self._exact = None, None, None
        self._stack.setCurrentWidget(self.overview)


def _named(session: Session, wave_id: int, pair: OpenedPair) -> OpenedPair:
    """With the questions' own titles in place of their keys."""
    from surveyapp.services.analysis.subject import question_of_key

    def title(key: str, known: str) -> str:
        return question_of_key(session, wave_id, key).title if known == key else known

    keys = zip(pair.keys, (*pair.titles, *pair.given_titles), strict=True)
    titles = [title(key, known) for key, known in keys]
    return replace(pair, titles=(titles[0], titles[1]), given_titles=tuple(titles[2:]))
