"""What a regression is asked about: an outcome, predictors as chips, the model, and what counts as yes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.question import Kind, Question
from surveyapp.gui.pages.correlations.regression.ask import RegressionAsk
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.menu import passing_menu
from surveyapp.gui.widgets.pick_popup import PickPopup
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

_LONGEST = 34


class RegressionWells(QWidget):
    """Purely a view of a RegressionAsk: `asked` carries the one a person wants instead; `picked` tells before that a
    chooser was used, which leaves the focus free to go where work goes on."""

    asked = Signal(object)
    picked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ask = RegressionAsk()
        self._choices: list[Choice] = []
        self._questions: dict[str, Question] = {}
        self._popups: dict[str, PickPopup] = {}
        self.chips: dict[str, Chip] = {}
        """The predictors by their keys."""
        self.setObjectName("regressionWells")
        self.setAccessibleName(_("Outcome and predictors"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._make_first(column)
        self._make_second(column)

    def _make_first(self, column: QVBoxLayout) -> None:
        theme, line = self._theme, QWidget(self)
        flow = FlowLayout(line)
        self.outcome = Button(theme, kind="field", parent=line)
        self.outcome.setObjectName("outcomeWell")
        self.outcome.clicked.connect(self.choose_outcome)
        self.model = Chip(theme, "", kind="menu", parent=line)
        self.model.setObjectName("modelChip")
        self.model.clicked.connect(self._open_models)
        self.yes = Chip(theme, "", kind="menu", key="Y", parent=line)
        self.yes.setObjectName("yesChip")
        self.yes.clicked.connect(self.open_yes)
        flow.addWidget(Label(theme, _("Outcome"), role="small", ink="text-2", parent=line))
        for widget in (self.outcome, self.model, self.yes):
            flow.addWidget(widget)
        column.addWidget(line)

    def _make_second(self, column: QVBoxLayout) -> None:
        theme, self._line = self._theme, QWidget(self)
        self._flow = FlowLayout(self._line)
        self._by = Label(theme, _("Predictors"), role="small", ink="text-2", parent=self._line)
        self.add = Chip(theme, _("Add a predictor"), kind="add", icon="plus", key="X", parent=self._line)
        self.add.setObjectName("addPredictor")
        self.add.clicked.connect(self.choose_predictor)
        column.addWidget(self._line)
        self._arrange()

    def show_ask(self, ask: RegressionAsk, choices: Sequence[Choice]) -> None:
        """Show what is asked; the choices are the questions of the wave."""
        self._ask, self._choices = ask, list(choices)
        self._questions = {choice.keys[0]: choice.question for choice in choices}
        self._name(self.outcome, self._title(ask.outcome) or _("Choose a question"))
        question = self._questions.get(ask.outcome)
        self.model.setVisible(question is not None and len(models_of(question)) > 1)
        self.yes.setVisible(False)
        if question is not None:
            self._show_model(question)
        for key in [key for key in self.chips if key not in ask.predictors]:
            chip = self.chips.pop(key)
            if chip.hasFocus():
                self.add.setFocus()
            chip.hide()
            chip.deleteLater()
        for key in ask.predictors:
            self._show_chip(key)
        self._arrange()

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
        self._say(self.model, _("Model: %(model)s") % {"model": words})
        if self.asks_yes:
            yes = _(" or ").join(self._yes_labels(question)) or _("choose")
            self._say(self.yes, _("Yes: %(answers)s") % {"answers": _cut(yes)})
            self.yes.setVisible(True)

    def _show_chip(self, key: str) -> None:
        chip = self.chips.get(key)
        if chip is None:
            chip = self.chips[key] = Chip(self._theme, "", kind="plain", parent=self._line)
            chip.setObjectName("predictorChip")
            chip.setAccessibleDescription(_("Enter: how it enters; Backspace removes it"))
            chip.clicked.connect(partial(self.open_predictor, key))
            chip.removed.connect(partial(self._remove, key))
            chip.show()
        title = self._title(key) or key
        chip.tip = title if len(title) > _LONGEST else ""
        self._say(chip, _cut(title))
        chip.set_detail(self._detail(key))

    def _detail(self, key: str) -> str:
        ask, question = self._ask, self._questions.get(key)
        reference, coding = ask.option(f"reference:{key}"), ask.option(f"coding:{key}")
        parts = [dict(codings_of(question)).get(coding, coding)] if question is not None and coding else []
        if reference:
            parts.append(_("against %(answer)s") % {"answer": _cut(reference)})
        return ", ".join(parts)

    def _arrange(self) -> None:
        """The chips in their order, then the one that adds."""
        while self._flow.takeAt(0) is not None:
            pass
        for widget in (self._by, *(self.chips[key] for key in self._ask.predictors), self.add):
            self._flow.addWidget(widget)
        self.updateGeometry()

    def _say(self, chip: Chip, words: str) -> None:
        chip.setText(words)
        chip.setAccessibleName(words)
        chip.updateGeometry()
        chip.update()

    def _title(self, key: str) -> str:
        return next((" ".join(choice.title.split()) for choice in self._choices if choice.keys == (key,)), "")

    def _name(self, button: Button, title: str) -> None:
        button.setText(_cut(title))
        button.setAccessibleName(_("Outcome: %(question)s") % {"question": title})
        button.setToolTip(title if len(title) > _LONGEST else "")
        button.updateGeometry()

    # Choosing

    def choose_outcome(self) -> None:
        """Find the question to be explained."""
        self._open("outcome", self.outcome, self._outcome_entries, _("Find the outcome"))

    def choose_predictor(self) -> None:
        """Find a question that may go with the outcome."""
        self._open("predictor", self.add, self._predictor_entries, _("Find a predictor"))

    def _open(
        self, name: str, anchor: QWidget, find: Callable[[str], Sequence[PaletteEntry]], placeholder: str
    ) -> None:
        popup = self._popups.get(name)
        if popup is None:
            popup = self._popups[name] = PickPopup(self._theme, find, placeholder=placeholder, parent=self)
        popup.open_below(anchor)

    def _outcome_entries(self, _query: str) -> Sequence[PaletteEntry]:
        return [_entry(choice, partial(self._take_outcome, choice.keys[0])) for choice in self._choices]

    def _predictor_entries(self, _query: str) -> Sequence[PaletteEntry]:
        taken = (self._ask.outcome, *self._ask.predictors)
        return [
            _entry(choice, partial(self._take_predictor, choice.keys[0]))
            for choice in self._choices
            if choice.keys[0] not in taken
        ]

    def _take_outcome(self, key: str) -> None:
        self._take(self._ask.with_outcome(key))

    def _take_predictor(self, key: str) -> None:
        self._take(self._ask.adding(key))

    def _take(self, ask: RegressionAsk) -> None:
        self.picked.emit()
        self.asked.emit(ask)

    def _remove(self, key: str) -> None:
        places = list(self._ask.predictors)
        number = places.index(key)
        rest = places[:number] + places[number + 1 :]
        (self.chips[rest[min(number, len(rest) - 1)]] if rest else self.add).setFocus()
        self.asked.emit(self._ask.without(key))

    # Menus

    def _open_models(self) -> None:
        question = self._questions.get(self._ask.outcome)
        if question is None:
            return
        menu, now = passing_menu(self.model, "modelMenu"), self._ask.option("model")
        fitting = model_in_force(question, model="", yes=self._ask.option("yes"))
        words = _("As fits the outcome: %(model)s") % {"model": model_words(fitting)}
        self._tick(menu, words, not now, lambda: self.asked.emit(self._ask.having("model", "")))
        for model in models_of(question):
            ask = self._ask.having("model", model.value)
            self._tick(menu, model_words(model), now == model, partial(self.asked.emit, ask))
        _below(menu, self.model)

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
            self._tick(menu, label, label in chosen, partial(self.asked.emit, ask))
        _below(menu, self.yes)

    def open_predictor(self, key: str) -> None:
        """How a predictor enters, and what its answers are compared with."""
        ask, question, chip = self._ask, self._questions.get(key), self.chips[key]
        menu = passing_menu(chip, "predictorMenu")
        if question is not None:
            coding = ask.option(f"coding:{key}")
            for value, words in codings_of(question):
                self._tick(menu, words, coding == value, partial(self.asked.emit, ask.coded(key, value)))
            if has_reference(question, coding):
                self._add_references(menu, key, question)
            menu.addSeparator()
        menu.addAction(self._theme.icon("x"), _("Remove"), partial(self._remove, key))
        _below(menu, chip)

    def _add_references(self, menu: QMenu, key: str, question: Question) -> None:
        ask = self._ask
        now = ask.option(f"reference:{key}")
        menu.addSection(_("Compare with"))
        self._tick(
            menu, _("the first answer that somebody gave"), not now, lambda: self.asked.emit(ask.compared(key, ""))
        )
        for label in answers_of(question):
            chosen = ask.compared(key, label)
            self._tick(menu, label, now.casefold() == label.casefold(), partial(self.asked.emit, chosen))

    def _tick(self, menu: QMenu, words: str, on: bool, run: Callable[[], object]) -> None:
        action = QAction(words.replace("&", "&&"), menu, checkable=True)
        with QSignalBlocker(action):
            action.setChecked(on)
        action.triggered.connect(lambda _on=False: run())
        menu.addAction(action)


def _below(menu: QMenu, anchor: QWidget) -> None:
    menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
    for action in menu.actions():  # the keyboard starts at what is chosen now
        if action.isEnabled() and not action.isSeparator():
            menu.setActiveAction(action)
            return


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1].rstrip()}…"


def _entry(choice: Choice, run: Callable[[], object]) -> PaletteEntry:
    return PaletteEntry(group=choice.section, title=choice.title, icon=question_icon(choice.question), run=run)
