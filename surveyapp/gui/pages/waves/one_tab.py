"""One question: its answers in two waves or in all, the people of both apart, the composition held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import AnalysisKind, AnalysisSpec
from surveyapp.domain.question import Kind, Question
from surveyapp.gui.analysis_place import spec_of
from surveyapp.gui.pages.waves.change_source import ListedChange, Setting, has_number
from surveyapp.gui.pages.waves.change_tab import ChangeTab
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.gui.widgets.plain_text import in_menu, in_tip
from surveyapp.gui.widgets.question_line import Group, Line
from surveyapp.gui.widgets.question_list import QuestionList
from surveyapp.gui.widgets.question_side import QuestionSide

if TYPE_CHECKING:
    from surveyapp.gui.pages.waves.page import WavesPage

_LIST, _NO_LIST = 213, 720


class OneTab(ChangeTab):
    """The choices of a question are those of its specification; a new question starts without any but the waves."""

    def __init__(self, page: WavesPage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self.setObjectName("oneTab")
        self.setAccessibleName(_("One question"))
        self.key = ""
        self.answers, self.measure = "", ""
        self.all_waves: bool | None = None
        """None: all waves if there are three and more."""
        self.returning = False
        self.composition: tuple[str, ...] = ()
        self.adjust = ""
        """How the composition is held; "" for what fits."""
        self._picker: PickPopup | None = None
        self._entries: Sequence[PaletteEntry] = ()
        theme = page.theme
        self.list = QuestionList(theme, name=_("Questions in both waves"), height=30, parent=self)
        self.list.setObjectName("changeQuestions")
        self.side = QuestionSide(theme, self.list, finder="changeFinder", parent=self)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._make_chips(right))
        self.view.setParent(right)
        column.addWidget(self.view, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.side)
        row.addWidget(right, 1)
        self.list.chosen.connect(lambda key: self.choose(str(key)))
        self.list.entered.connect(self.view.focus_content)

    def _make_chips(self, parent: QWidget) -> QWidget:
        theme = self._page.theme
        box = QWidget(parent)
        flow = FlowLayout(box)
        self.question_chip = Chip(theme, _("Question"), kind="menu", parent=box)
        self.question_chip.setObjectName("questionChip")
        self.question_chip.clicked.connect(self.find_here)
        self.number_chip = Chip(theme, "", kind="menu", parent=box)
        self.number_chip.setObjectName("numberChip")
        self.number_chip.clicked.connect(self.open_number)
        self.waves_chip = Chip(theme, "", kind="menu", parent=box)
        self.waves_chip.setObjectName("wavesChip")
        self.waves_chip.setMenu(QMenu(self.waves_chip))
        self.people_chip = Chip(theme, _("Returning people apart"), kind="add", icon="users", key="R", parent=box)
        self.people_chip.setObjectName("returningChip")
        self.people_chip.setCheckable(True)
        self.people_chip.clicked.connect(self.toggle_returning)
        self.composition_chip = Chip(theme, _("Hold the composition"), kind="add", icon="plus", key="C", parent=box)
        self.composition_chip.setObjectName("compositionChip")
        self.composition_chip.clicked.connect(self.open_composition)
        for chip in (
            self.question_chip,
            self.number_chip,
            self.waves_chip,
            self.people_chip,
            self.composition_chip,
        ):
            flow.addWidget(chip)
        return box

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("J K", _("next, previous")),
            ("A", _("answer")),
            ("C", _("composition")),
            ("R", _("returning people")),
            ("M", _("matching")),
        ]

    # What is asked

    @property
    def question(self) -> Question | None:
        """The question that is looked at."""
        listed = self.setting.questions if self.setting is not None else ()
        return next((one.question for one in listed if one.key == self.key), None)

    @property
    def through_all(self) -> bool:
        """Whether all waves are shown instead of two."""
        if self.setting is None or self.setting.n_waves < 3 or self.returning or self.composition:
            return False
        return self.all_waves is not False

    def wanted(self, setting: Setting) -> AnalysisSpec | None:
        if not self.key:
            return None
        spec = AnalysisSpec(kind=AnalysisKind.CHANGE, columns=(self.key,), by=self.composition, base=setting.base)
        options = {
            "answers": self.answers,
            "measure": self.measure,
            "adjust": self.adjust if self.composition else "",
            "returning": "on" if self.returning else "",
            "waves": "all" if self.through_all else "",
        }
        for name, value in options.items():
            spec = spec.with_option(name, value)
        return spec

    def show_setting(self, setting: Setting) -> None:
        keys = [one.key for one in setting.questions]
        if self.key not in keys:
            self.key = keys[0] if keys else ""
            self._start_anew()
        self.composition = tuple(key for key in self.composition if key in keys and key != self.key)
        self.list.set_groups(_groups(setting.questions), self.key or None)
        self._fill_chips()
        if not keys:
            self.view.show_reason(_("One question"), _("No question of the two waves can be compared."))

    def choose(self, key: str) -> None:
        """Look at another question."""
        if key and key != self.key:
            self.key = key
            self._start_anew()
            self.list.choose(key)
            self._ask_again()

    def _start_anew(self) -> None:
        self.answers, self.measure, self.adjust = "", "", ""
        self.composition = tuple(key for key in self.composition if key != self.key)

    def _ask_again(self) -> None:
        if self.setting is not None:  # else the waves are still read
            self._fill_chips()
            self.compute()

    def step(self, by: int) -> None:
        """J and K: the next or previous question."""
        if not self.side.isHidden():
            self.list.step(by)
            return
        keys = [one.key for one in self.setting.questions] if self.setting is not None else []
        at = keys.index(self.key) + by if self.key in keys else 0
        if 0 <= at < len(keys):
            self.choose(keys[at])

    def selected_question(self) -> str:
        return self.key

    # Chips

    def _fill_chips(self) -> None:
        question = self.question
        title = question.title if question is not None else _("Question")
        self._set(self.question_chip, title, _("Question: %(words)s") % {"words": title})
        number = self._number_words()
        self._set(self.number_chip, number, _("Number: %(words)s") % {"words": number})
        self._fill_waves()
        self.people_chip.setChecked(self.returning)
        self.people_chip.set_detail(_("on") if self.returning else "")
        titles = {one.key: one.question.title for one in self.setting.questions} if self.setting else {}
        held = ", ".join(titles.get(key, key) for key in self.composition)
        words = _("Composition: %(by)s") % {"by": held} if held else _("Hold the composition")
        self._set(self.composition_chip, words, words)

    def _number_words(self) -> str:
        if self.answers:
            return self.answers.replace("|", _(" or "))
        if self.measure:
            return _("Mean") if self.measure == "mean" else _("Median")
        if self.question is not None and has_number(self.question):
            return _("Mean")
        return _("Main answer") if self.returning or self.composition else _("Every answer")

    def _fill_waves(self) -> None:
        session, several = self._session, self.setting is not None and self.setting.n_waves >= 3
        names = " → ".join(session.wave(number).name for number in self.pair)
        self.waves_chip.setVisible(several)
        words = _("All waves") if self.through_all else names
        self._set(self.waves_chip, words, _("Waves: %(words)s") % {"words": words})
        menu = self.waves_chip.menu()
        menu.clear()
        for label, value in ((_("All waves"), True), (names, False)):
            action = menu.addAction(in_menu(label))
            action.setCheckable(True)
            action.setChecked(value == self.through_all)
            action.triggered.connect(lambda _checked=False, value=value: self.show_waves(all_waves=value))

    def _set(self, chip: Chip, words: str, spoken: str) -> None:
        chip.setText(words if len(words) <= 44 else f"{words[:43]}…")
        chip.setToolTip(in_tip(words))
        chip.setAccessibleName(spoken)
        chip.updateGeometry()

    # What a person does

    def show_waves(self, *, all_waves: bool) -> None:
        """All waves, or the two of the bar."""
        self.all_waves = all_waves
        if all_waves:
            self.returning, self.composition = False, ()
        self._ask_again()

    def toggle_waves(self) -> None:
        """V: all waves or two."""
        self.show_waves(all_waves=not self.through_all)

    def toggle_returning(self) -> None:
        """R: the people of both waves apart."""
        self.returning = not self.returning
        self._ask_again()

    def open_number(self) -> None:
        """A: every answer, one of them, the mean or the median."""
        question = self.question
        if question is None:
            return
        entries = [self._entry(_("Every answer"), "", "")] if not has_number(question) else []
        real = [choice.label for choice in question.choices if choice.missing is None]
        if not has_number(question):
            entries += [self._entry(label, label, "") for label in real]
        if has_number(question) or question.ordered or question.kind is Kind.SCALE:
            entries += [self._entry(_("Mean"), "", "mean"), self._entry(_("Median"), "", "median")]
        self._pick(_("Which number?"), entries, self.number_chip)

    def _entry(self, title: str, answers: str, measure: str) -> PaletteEntry:
        chosen = (answers, measure) == (self.answers, self.measure)
        return PaletteEntry(
            group=_("Compare"),
            title=title,
            icon="check" if chosen else "",
            run=lambda: self.compare(answers, measure),
        )

    def compare(self, answers: str, measure: str) -> None:
        """Another number of the question."""
        self.answers, self.measure = answers, measure
        self._ask_again()

    def open_composition(self) -> None:
        """C: questions by which people are composed as in the earlier wave."""
        listed = self.setting.questions if self.setting is not None else ()
        entries = [
            PaletteEntry(
                group=_("As composed in the earlier wave by"),
                title=one.question.title,
                icon="check" if one.key in self.composition else question_icon(one.question),
                run=lambda key=one.key: self.toggle_composition(key),  # type: ignore[misc]
            )
            for one in listed
            if one.key != self.key
        ]
        self._pick(_("Hold the composition by"), entries, self.composition_chip)

    def toggle_composition(self, key: str) -> None:
        """Hold the composition by a question, or no longer."""
        held = self.composition
        self.composition = tuple(one for one in held if one != key) if key in held else (*held, key)
        self._ask_again()

    def _pick(self, words: str, entries: Sequence[PaletteEntry], anchor: QWidget) -> None:
        self._entries = entries
        if self._picker is None:
            self._picker = PickPopup(self._page.theme, lambda _query: self._entries, placeholder=words, parent=self)
        self._picker.field.setPlaceholderText(words)
        self._picker.field.setAccessibleName(words)
        self._picker.open_below(anchor)

    # Page hooks

    def open_at(self, **arguments: Any) -> None:
        question, spec = arguments.get("question"), spec_of(arguments.get("spec"))
        if isinstance(question, str):
            self.choose(question)
        if spec is None or spec.kind is not AnalysisKind.CHANGE or not spec.columns:
            return
        self.key = spec.columns[0]
        self.answers, self.measure, self.adjust = (spec.option(name) for name in ("answers", "measure", "adjust"))
        self.all_waves = spec.option("waves") == "all"
        self.returning, self.composition = spec.option("returning") == "on", spec.by
        self.list.choose(self.key)
        self._ask_again()

    def find_here(self) -> None:
        if not self.side.isHidden():
            self.side.start_finding()
            return
        listed = self.setting.questions if self.setting is not None else ()
        entries = [
            PaletteEntry(
                group=_("Questions in both waves"),
                title=one.question.title,
                icon=question_icon(one.question),
                run=lambda key=one.key: self.choose(key),  # type: ignore[misc]
            )
            for one in listed
        ]
        self._pick(_("Find a question"), entries, self.question_chip)

    def focus(self) -> None:
        self._wants_focus = self.found is None
        if self.side.isHidden():
            self.view.focus_content()
        else:
            self.list.setFocus()

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._page.theme
        narrow = self.width() * 100 // theme.text_size < _NO_LIST
        self.side.setVisible(not narrow)
        self.question_chip.setVisible(narrow)
        self.side.setFixedWidth(theme.px(_LIST))


def _groups(listed: Sequence[ListedChange]) -> list[Group]:
    """By section, in the order of the form."""
    sections: dict[str, list[Line]] = {}
    for one in listed:
        question = one.question
        line = Line(
            key=one.key,
            title=question.title,
            icon=question_icon(question),
            spoken=question.title,
            found_by=(question.title, question.wording, question.column),
            tip=question.wording,
        )
        sections.setdefault(question.section, []).append(line)
    return [Group(caption=name or _("Questions"), lines=tuple(lines)) for name, lines in sections.items()]
