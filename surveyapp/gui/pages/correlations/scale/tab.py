"""Scales: whether items measure one thing. What is asked stays while base, codebook and wave change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import AnalysisSpec, Base
from surveyapp.domain.errors import UserError
from surveyapp.figures.scale import sentence_of
from surveyapp.gui.analysis_place import spec_of
from surveyapp.gui.pages.correlations.pair_tab import PairTab
from surveyapp.gui.pages.correlations.question_picker import QuestionPicker, titled
from surveyapp.gui.pages.correlations.scale.ask import ScaleAsk, ask_of_spec
from surveyapp.gui.pages.correlations.scale.body import ScaleBody
from surveyapp.gui.pages.correlations.scale.explain import explain_item, explain_scale
from surveyapp.gui.result_actions import Chosen
from surveyapp.gui.result_tab import why_not
from surveyapp.services.analysis.reliability import MOST, ItemSet
from surveyapp.services.base_count import BaseCount
from surveyapp.services.jobs import JobContext
from surveyapp.services.result_text import text_table
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import Result
from surveyapp.stats.scale.result import ScaleItem, ScaleReliability

if TYPE_CHECKING:
    from surveyapp.gui.pages.correlations.page import CorrelationsPage

_MENU = ("pin", "copy", "copy_sentence", "copy_method", "export", "toggle", "turn", "drop_item", "score")

Shown = Result | UserError | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a job brings: the questions that can be items as (key, title), the batteries, what was asked after all."""

    questions: tuple[tuple[str, str], ...]
    batteries: tuple[ItemSet, ...]
    grids: dict[str, str]
    ask: ScaleAsk
    result: Shown


class ScaleTab(PairTab):
    """Enter on an item opens it in Explore."""

    def __init__(self, page: CorrelationsPage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self.setObjectName("scaleTab")
        self.ask = ScaleAsk()
        self._questions: dict[str, str] = {}
        self._batteries: tuple[ItemSet, ...] = ()
        self._grids: dict[str, str] = {}
        """Under which line of Explore an item of a battery stands."""
        self._base: Base | None = None
        self._result: Shown = None
        self._spec: AnalysisSpec | None = None
        self._key = ""
        self._picker: QuestionPicker | None = None
        self._chooses = False
        """The list of questions opens as soon as it is known."""
        self.body = ScaleBody(page.theme, self.overview)
        column = QVBoxLayout(self.overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.body)
        body = self.body
        body.chooser.clicked.connect(self.find_here)
        body.battery_wanted.connect(self.choose)
        body.turn.clicked.connect(self.turn)
        body.score.clicked.connect(self.score)
        body.items.key_chosen.connect(self._on_key_chosen)
        body.items.key_activated.connect(self._open_item)
        for view in (body.view, body.table):
            page.results.give_menu(view, _MENU)

    def keys(self) -> list[tuple[str, str]]:
        return [("/", _("choose items")), ("↑ ↓", _("item")), ("Enter", _("open in Explore"))]

    # Results

    def show_overview(self, counted: BaseCount) -> None:
        session, ask, base = self._session, self.ask, counted.base
        if self.isVisible():
            self.body.fading.start()

        def work(ctx: JobContext) -> _Found:
            from surveyapp.services.analysis.matrix import is_ordered
            from surveyapp.services.analysis.reliability import item_sets
            from surveyapp.services.analysis.run import run_analysis
            from surveyapp.services.analysis.subject import column_key
            from surveyapp.services.question_list import list_questions

            ctx.let_paint()
            codebook = session.codebook(base.wave_id)
            questions = tuple((column_key(q), titled(q.title, q.grid)) for q in codebook.asked if is_ordered(q))
            sets = tuple(item_sets(codebook))
            chosen = ask if ask.items or not sets else ScaleAsk(items=sets[0].keys)
            result: Shown = None
            try:
                if chosen.items:
                    result = run_analysis(session, chosen.spec(base), check=ctx.check)
            except UserError as error:
                result = error
            lines = (entry for section in list_questions(codebook) for entry in section.entries if entry.grid)
            grids = {column_key(question): entry.key for entry in lines for question in entry.questions}
            return _Found(questions=questions, batteries=sets, grids=grids, ask=chosen, result=result)

        def done(found: _Found) -> None:
            self.body.fading.stop()
            self._take(found, base)

        self._page.run_latest("scale", work, done, failed=self._on_failed)

    def _take(self, found: _Found, base: Base) -> None:
        selected = self.selected
        self.ask, self._result, self._base = found.ask, found.result, base
        self._spec = found.ask.spec(base)
        self._questions, self._batteries = dict(found.questions), found.batteries
        self._grids = found.grids
        self.body.show_items(self._item_words(), found.batteries, n_questions=len(found.questions))
        self._key = self._key_of(selected)
        if self.scale is not None:
            self.body.show_scale(self.scale, self._key, n_selected=bool(self._key))
        else:
            self.body.show_words(self._words())
        self.set_fact(self._fact_words())
        self.tell()
        self._page.context.shell.refresh_foot()
        self._page.settle_focus()
        self._open_wanted()

    def _open_wanted(self) -> None:
        if self._chooses and self.isVisible():
            self._chooses = False
            self.find_here()

    def _item_words(self) -> str:
        items = self.ask.items
        if not items:
            return ""
        battery = next((one for one in self._batteries if set(items) <= set(one.keys)), None)
        n = len(items)
        words = ngettext("%(n)s item", "%(n)s items", n) % {"n": fmt_count(n)}
        if battery is None:
            return words
        values = {"items": words, "n": fmt_count(n), "all": fmt_count(len(battery.keys)), "name": battery.name}
        if n == len(battery.keys):
            return _("%(name)s: %(items)s") % values
        return _("%(name)s: %(n)s of %(all)s items") % values

    def _words(self) -> str:
        why = why_not(self._result)
        if why:
            return why
        if len(self._questions) < 2:
            return _("Needs at least two questions that are numbers or ordered.")
        return _("Do several questions measure one thing? Choose them: / finds questions.")

    def _fact_words(self) -> str:
        if self.scale is None:
            return ""
        n = self.scale.counted.total - self.scale.counted.n
        words = ngettext("%(n)s person left an item blank", "%(n)s people left an item blank", n)
        return words % {"n": fmt_count(n)} if n else _("everybody answered every item")

    def _on_failed(self, error: UserError) -> None:
        self.body.fading.stop()
        self._page.context.shell.show_error(error)

    def _again(self) -> None:
        if self._counted is not None:
            self.show_overview(self._counted)

    # Selection

    @property
    def scale(self) -> ScaleReliability | None:
        """The scale that stands there."""
        return self._result if isinstance(self._result, ScaleReliability) else None

    @property
    def selected(self) -> ScaleItem | None:
        """The item under the cursor."""
        return self._item(self._key)

    def _item(self, key: str) -> ScaleItem | None:
        number = int(key.removeprefix("row:")) if key else -1
        items = self.scale.items if self.scale is not None else ()
        return items[number] if 0 <= number < len(items) else None

    def _item_key(self, key: str) -> str:
        """The question of an item of the result, which stand in the order asked for."""
        return self.ask.items[int(key.removeprefix("row:"))] if self._item(key) is not None else ""

    def _key_of(self, item: ScaleItem | None) -> str:
        items = self.scale.items if self.scale is not None and item is not None else ()
        return next((f"row:{n}" for n, one in enumerate(items) if item and one.label == item.label), "")

    def _on_key_chosen(self, key: str) -> None:
        self._key = key
        self.body.show_turn(bool(key))
        self.tell()

    def _open_item(self, key: str) -> None:
        question = self._item_key(key)
        if question:
            self._page.context.shell.open_page("explore", "questions", question=self._grids.get(question, question))

    def explain_overview(self) -> None:
        here, item, result = self._page.spec.id, self.selected, self._result
        actions: tuple[str, ...]
        if item is not None and self.scale is not None:
            actions = (f"{here}.turn", f"{here}.drop_item", f"{here}.copy_sentence")
            self.explained.emit(explain_item(self.scale, item, actions))
        elif isinstance(result, ScaleReliability | NotComputed):
            actions = (f"{here}.score", f"{here}.pin", f"{here}.copy_sentence", f"{here}.copy_method")
            self.explained.emit(explain_scale(result, actions))
        else:
            self.explained.emit(None)

    def overview_chosen(self) -> Chosen | None:
        result, spec = self._result, self._spec
        if spec is None or not isinstance(result, ScaleReliability | NotComputed):
            return None
        computed, item = isinstance(result, ScaleReliability), self.selected
        sentence = result.sentence if isinstance(result, ScaleReliability) else result.reason
        if isinstance(result, ScaleReliability) and item is not None:
            sentence = sentence_of(result, item)
        return Chosen(
            spec=spec,
            title=_("Scale: %(name)s") % {"name": result.question},
            result=result,
            table_text=lambda: text_table(result).as_text() if computed else "",
            sentence=sentence,
            picture=self.body.view.to_image,
        )

    # What a person does

    def choose(self, items: tuple[str, ...]) -> None:
        """Measure these items."""
        self._set_ask(self.ask.of(items))

    def _set_ask(self, ask: ScaleAsk) -> None:
        if ask != self.ask:
            self.ask = ask
            self._again()

    def find_here(self) -> None:
        """/: choose the items."""
        if self._counted is None or len(self._questions) < 2:
            return
        if self._picker is None:
            self._picker = QuestionPicker(
                self._page.theme, most=MOST, title=_("Items of the scale"), take=_("Measure"), parent=self
            )
            self._picker.chosen.connect(self.choose)
        self._picker.open_below(self.body.chooser, tuple(self._questions.items()), self.ask.items)

    @property
    def can_turn(self) -> bool:
        """Whether R has something to turn."""
        scale = self.scale
        return scale is not None and (self.selected is not None or any(item.runs_against for item in scale.items))

    def turn(self) -> None:
        """R: the selected item the other way round, else all that look reversed."""
        scale = self.scale
        if scale is None or not self.can_turn:
            return
        if self.selected is not None:
            self._set_ask(self.ask.turning([self._item_key(self._key)]))
            return
        keys = [self.ask.items[n] for n, item in enumerate(scale.items) if item.runs_against]
        self._set_ask(self.ask.turning(keys))

    def drop(self) -> None:
        """X: the scale without the selected item."""
        if self.selected is not None:
            key, self._key = self._item_key(self._key), ""
            self._set_ask(self.ask.without(key))

    def score(self) -> None:
        """=: a derived question that adds the items up, reversed ones turned round."""
        if self.scale is None:
            return
        name = self.ask.name or next((one.name for one in self._batteries if one.keys == self.ask.items), "")
        title = _("%(name)s, score") % {"name": name} if name else ""
        shell = self._page.context.shell
        shell.open_page("derived", items=self.ask.items, reversed=self.ask.turned, name=title)

    @property
    def can_toggle(self) -> bool:
        return self.scale is not None

    def toggle_table(self) -> None:
        self.body.toggle_table()

    # Page hooks

    @property
    def ready(self) -> bool:
        return self._base is not None

    def focus_overview(self) -> None:
        self.body.focus_first()

    def open_at(self, **arguments: Any) -> None:
        """`spec`: a scale as text, or `items`: keys of questions. `choose` opens the list of questions."""
        spec, items = spec_of(arguments.get("spec")), arguments.get("items")
        ask = None
        if spec is not None:
            try:
                ask = ask_of_spec(spec)
            except UserError as error:
                self._page.context.shell.show_error(error)
        if isinstance(items, (list, tuple)):
            ask = ScaleAsk(items=tuple(map(str, items)))
        if ask is not None:
            self._set_ask(ask)
        self._chooses = arguments.get("choose") == "items"
        if self._chooses and self._base is not None:
            self._open_wanted()

    def place(self) -> tuple[str, dict[str, Any]]:
        from surveyapp.services.saved_analysis import spec_as_text

        if self.scale is None or self._base is None:
            return "", {}
        title = _("Scale: %(name)s") % {"name": self.scale.question}
        return title, {"spec": spec_as_text(self.ask.spec(Base(wave_id=self._base.wave_id)))}

    def to_ask_again(self) -> dict[str, Any]:
        return self.place()[1]

    def escape(self) -> None:
        if self._key:
            self.body.items.select("")
            self._on_key_chosen("")

    def forget(self) -> None:
        super().forget()
        self.ask, self._key = ScaleAsk(), ""
        self._base, self._result, self._spec = None, None, None
        self.body.show_words("")
