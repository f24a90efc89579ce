"""What a regression is asked about: an outcome, predictors as chips, the model, and what counts as yes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.question import Kind, Question
from surveyapp.gui.pages.correlations.regression.ask import RegressionAsk
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.question_chips import QuestionChips
from surveyapp.gui.theme import Theme
from surveyapp.gui.wells import Wells, cut, entry_of, title_of
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.menu import add_tick, open_below, passing_menu
from surveyapp.services.analysis.regression import BETWEEN, labels_in
from surveyapp.services.cross_choice import Choice
from surveyapp.services.regression_choice import (
    answers_of,
    asks_yes,
    codings_of,
    has_reference,
    model_in_force,
    model_words,
    models_of,
)


class RegressionWells(Wells):
    """A view of a RegressionAsk."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._ask = RegressionAsk()
        self._choices: list[Choice] = []
        self._questions: dict[str, Question] = {}
        self.setObjectName("regressionWells")
        self.setAccessibleName(_("Outcome and predictors"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._make_first(column)
        column.addWidget(self._make_second())

    @property
    def chips(self) -> dict[str, Chip]:
        """The predictors by their keys."""
        return self._predictors.chips

    def _make_first(self, column: QVBoxLayout) -> None:
        theme, line = self._theme, QWidget(self)
        flow = FlowLayout(line)
        self.outcome = self._well("outcomeWell", line, self.choose_outcome)
        self.model = Chip(theme, "", kind="menu", parent=line)
        self.model.setObjectName("modelChip")
        self.model.clicked.connect(self._open_models)
        self.yes = Chip(theme, "", kind="menu", key="Y", parent=line)
        self.yes.setObjectName("yesChip")
        self.yes.clicked.connect(self.open_yes)
        for chip in (self.model, self.yes):
            chip.hide()  # until it is known what can be chosen
        for widget in (self._word(_("Outcome"), line), self.outcome, self.model, self.yes):
            flow.addWidget(widget)
        column.addWidget(line)

    def _make_second(self) -> QuestionChips:
        self.add = Chip(self._theme, _("Add a predictor"), kind="add", icon="plus", key="X", parent=self)
        self.add.setObjectName("addPredictor")
        self.add.clicked.connect(self.choose_predictor)
        before = self._word(_("Predictors"), self)
        self._predictors = QuestionChips(self._theme, "predictorChip", self.add, before=before, parent=self)
        self._predictors.hint = _("Enter: how it enters; Backspace removes it")
        self._predictors.opened.connect(self.open_predictor)
        self._predictors.removed.connect(lambda key: self.asked.emit(self._ask.without(key)))
        return self._predictors

    def show_ask(self, ask: RegressionAsk, choices: Sequence[Choice]) -> None:
        """Show what is asked; the choices are the questions of the wave."""
        self._ask, self._choices = ask, list(choices)
        self._questions = {choice.keys[0]: choice.question for choice in choices}
        self._fill(self.outcome, _("Outcome: %(question)s"), self._title(ask.outcome) or _("Choose a question"))
        question = self._questions.get(ask.outcome)
        self.model.setVisible(question is not None and len(models_of(question)) > 1)
        self.yes.setVisible(False)
        if question is not None:
            self._show_model(question)
        self._predictors.show_questions({key: self._title(key) or key for key in ask.predictors})
        for key, chip in self.chips.items():
            chip.set_detail(self._detail(key))

    @property
    def has_outcome(self) -> bool:
        """Whether there is something to be explained."""
        return bool(self._ask.outcome)

    @property
    def asks_yes(self) -> bool:
        """Whether it can be said which answers of the outcome count as yes."""
        question, ask = self._questions.get(self._ask.outcome), self._ask
        if question is None:
            return False
        return asks_yes(question, model_in_force(question, model=ask.option("model"), yes=ask.option("yes")))

    @property
    def lacks_yes(self) -> bool:
        """Whether it has to be said which answers count as yes."""
        question = self._questions.get(self._ask.outcome)
        return question is not None and self.asks_yes and not self._yes_labels(question)

    def _yes_labels(self, question: Question) -> tuple[str, ...]:
        chosen = labels_in(question, self._ask.option("yes"))
        labels = answers_of(question)
        return chosen or (labels[:1] if len(labels) == 2 and question.kind is not Kind.MULTI else ())

    def _show_model(self, question: Question) -> None:
        ask = self._ask
        model = model_in_force(question, model=ask.option("model"), yes=ask.option("yes"))
        words = model_words(model)
        if not ask.option("model"):
            words = _("%(model)s (as fits)") % {"model": words}
        self.model.set_words(_("Model: %(model)s") % {"model": words})
        if self.asks_yes:
            yes = _(" or ").join(self._yes_labels(question)) or _("choose")
            self.yes.set_words(_("Yes: %(answers)s") % {"answers": cut(yes)})
            self.yes.setVisible(True)

    def _detail(self, key: str) -> str:
        ask, question = self._ask, self._questions.get(key)
        reference, coding = ask.option(f"reference:{key}"), ask.option(f"coding:{key}")
        parts = [dict(codings_of(question)).get(coding, coding)] if question is not None and coding else []
        if reference:
            parts.append(_("against %(answer)s") % {"answer": cut(reference)})
        return ", ".join(parts)

    def _title(self, key: str) -> str:
        return title_of(self._choices, (key,))

    # Choosing

    def choose_outcome(self) -> None:
        """Find the question to be explained."""
        self._open("outcome", self.outcome, self._outcome_entries, _("Find the outcome"))

    def choose_predictor(self) -> None:
        """Find a question that may go with the outcome."""
        self._open("predictor", self.add, self._predictor_entries, _("Find a predictor"))

    def _outcome_entries(self, _query: str) -> Sequence[PaletteEntry]:
        return [entry_of(choice, partial(self._take_outcome, choice.keys[0])) for choice in self._choices]

    def _predictor_entries(self, _query: str) -> Sequence[PaletteEntry]:
        taken = (self._ask.outcome, *self._ask.predictors)
        return [
            entry_of(choice, partial(self._take_predictor, choice.keys[0]))
            for choice in self._choices
            if choice.keys[0] not in taken
        ]

    def _take_outcome(self, key: str) -> None:
        self._take(self._ask.with_outcome(key))

    def _take_predictor(self, key: str) -> None:
        self._take(self._ask.adding(key))

    # Menus

    def _open_models(self) -> None:
        question = self._questions.get(self._ask.outcome)
        if question is None:
            return
        menu, now = passing_menu(self.model, "modelMenu"), self._ask.option("model")
        fitting = model_in_force(question, model="", yes=self._ask.option("yes"))
        words = _("As fits the outcome: %(model)s") % {"model": model_words(fitting)}
        add_tick(menu, words, not now, lambda: self.asked.emit(self._ask.having("model", "")))
        for model in models_of(question):
            ask = self._ask.having("model", model.value)
            add_tick(menu, model_words(model), now == model, partial(self.asked.emit, ask))
        open_below(menu, self.model)

    def open_yes(self) -> None:
        """Which answers count as yes: each can be ticked."""
        question = self._questions.get(self._ask.outcome)
        if question is None or not self.asks_yes:
            return
        menu = passing_menu(self.yes, "yesMenu")
        chosen, labels = self._yes_labels(question), answers_of(question)
        for label in labels:
            kept = [each for each in labels if (each in chosen) != (each == label)]
            ask = self._ask.having("yes", BETWEEN.join(kept))
            add_tick(menu, label, label in chosen, partial(self.asked.emit, ask))
        open_below(menu, self.yes)

    def open_predictor(self, key: str) -> None:
        """How a predictor enters, and what its answers are compared with."""
        ask, question, chip = self._ask, self._questions.get(key), self.chips[key]
        menu = passing_menu(chip, "predictorMenu")
        if question is not None:
            coding = ask.option(f"coding:{key}")
            for value, words in codings_of(question):
                add_tick(menu, words, coding == value, partial(self.asked.emit, ask.coded(key, value)))
            if has_reference(question, coding):
                self._add_references(menu, key, question)
            menu.addSeparator()
        menu.addAction(self._theme.icon("x"), _("Remove"), partial(self._predictors.remove, key))
        open_below(menu, chip)

    def _add_references(self, menu: QMenu, key: str, question: Question) -> None:
        ask = self._ask
        now = ask.option(f"reference:{key}")
        menu.addSection(_("Compare with"))
        add_tick(
            menu, _("the first answer that somebody gave"), not now, lambda: self.asked.emit(ask.compared(key, ""))
        )
        for label in answers_of(question):
            chosen = ask.compared(key, label)
            add_tick(menu, label, now.casefold() == label.casefold(), partial(self.asked.emit, chosen))
