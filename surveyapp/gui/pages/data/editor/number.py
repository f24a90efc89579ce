"""The blocks of the editor for numbers and for calibration pairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.base.typed_number import read_number
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.gui.pages.data.editor.edit import Editing
from surveyapp.gui.pages.data.editor.form import EditorBlock, MenuField, TextField
from surveyapp.gui.theme import Theme
from surveyapp.services.codebook.column_edit import with_key


class NumberBlock(EditorBlock):
    """Unit and bounds of numbers; how a probability was typed. Several columns show what they have in common."""

    def __init__(self, theme: Theme, questions: Sequence[Question], edit: Editing, parent: QWidget) -> None:
        super().__init__(theme, _("Numbers"), parent=parent)
        self._questions, self._edit = questions, edit
        if questions[0].kind is Kind.PROBABILITY:
            self._add_percent()
            return
        units = {question.unit for question in questions}
        unit = TextField(
            theme,
            next(iter(units)) if len(units) == 1 else "",
            lambda text: edit(lambda entry: replace(entry, unit=text)),
            name=_("Unit"),
            parent=self,
        )
        unit.setObjectName("unit")
        unit.setPlaceholderText(_("euros, years, cm") if len(units) == 1 else _("Differs"))
        self.add_line(_("Unit"), unit)
        self._add_number("low", _("Lowest"), lambda entry, value: replace(entry, low=value))
        self._add_number("high", _("Highest"), lambda entry, value: replace(entry, high=value))
        self._add_number(
            "unit_factor", _("Beyond: ÷"), lambda entry, value: replace(entry, unit_factor=value or 0.0), "unitFactor"
        )
        self.add_note(_("Numbers outside the bounds are kept, counted as out of range, and left out of means."))

    def _add_percent(self) -> None:
        kinds = {question.percent for question in self._questions}
        percent = MenuField(
            self.theme,
            [(True, _("0 to 100")), (False, _("0 to 1"))],
            kinds.pop() if len(kinds) == 1 else None,
            lambda on: self._edit(lambda entry: replace(entry, percent=on)),
            name=_("How it was typed"),
            mixed=_("Differs"),
            parent=self,
        )
        percent.setObjectName("percent")
        self.add_line(_("Typed as"), percent)

    def _add_number(
        self, attribute: str, label: str, put: Callable[[Question, float | None], Question], name: str = ""
    ) -> None:
        values = {getattr(question, attribute) or None for question in self._questions}
        if attribute != "unit_factor":
            values = {getattr(question, attribute) for question in self._questions}
        shared = len(values) == 1
        field = _number_field(
            self.theme,
            values.pop() if shared else None,
            lambda value: self._edit(lambda entry: put(entry, value)),
            label,
            self,
        )
        field.setObjectName(name or attribute)
        field.setPlaceholderText("" if shared else _("Differs"))
        field.textChanged.connect(lambda text: self._preview(text, put))
        self.add_line(label, field)

    def _preview(self, text: str, put: Callable[[Question, float | None], Question]) -> None:
        value = read_number(text)
        if value is None and text.strip():
            return
        self._edit.preview(lambda entry: put(entry, value))


class PairBlock(EditorBlock):
    """An estimate and how sure people were of it; the right answer stands at the estimate."""

    def __init__(self, theme: Theme, question: Question, edit: Editing, parent: QWidget) -> None:
        super().__init__(theme, _("Calibration pair"), parent=parent)
        self._edit = edit
        number = MenuField(
            theme,
            [(n, _("Pair %(n)s") % {"n": n}) for n in range(1, max(12, question.pair) + 1)],
            question.pair,
            lambda pair: edit(lambda entry: replace(entry, pair=pair)),
            name=_("Which pair"),
            parent=self,
        )
        number.setObjectName("pair")
        self.add_line(_("Belongs to"), number)
        if question.role is not Role.ESTIMATE:
            self.add_note(_("The right answer is set at the estimate of the same pair."))
            return
        key = question.key
        self._add("keyValue", _("Right answer"), key.value if key else None, "value", self._set_value)
        if key is None:
            return
        self._add("tolerance", _("Off by up to %"), 100 * key.tolerance, "tolerance", self._set_tolerance)
        self._add("keyFactor", _("Wrong unit: ÷"), key.unit_factor or None, "unit_factor", self._set_factor)
        by = TextField(
            theme,
            key.set_by,
            lambda text: edit(lambda entry: with_key(entry, set_by=text)),
            name=_("Set by"),
            parent=self,
        )
        by.setObjectName("setBy")
        self.add_line(_("Set by"), by)

    def _add(
        self, name: str, label: str, value: float | None, _part: str, done: Callable[[float | None], object]
    ) -> None:
        field = _number_field(self.theme, value, done, label, self)
        field.setObjectName(name)
        self.add_line(label, field)

    def _set_value(self, value: float | None) -> None:
        if value is None:
            self._edit(lambda entry: replace(entry, key=None))
        else:
            self._edit(lambda entry: with_key(entry, value=value))

    def _set_tolerance(self, value: float | None) -> None:
        self._edit(lambda entry: with_key(entry, tolerance=round((value or 0.0) / 100, 12)))

    def _set_factor(self, value: float | None) -> None:
        self._edit(lambda entry: with_key(entry, unit_factor=value or 0.0))


def _number_field(
    theme: Theme, value: float | None, done: Callable[[float | None], object], name: str, parent: QWidget
) -> TextField:
    def read(text: str) -> None:
        done(read_number(text))

    text = "" if value is None else f"{value:.12g}"
    return TextField(theme, text, read, name=name, parent=parent).numbers_only()
