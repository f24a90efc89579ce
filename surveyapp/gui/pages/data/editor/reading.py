"""The blocks of the editor for how a cell is read: texts read as others, ranges, limits, other currencies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.base.typed_number import read_number
from surveyapp.domain.question import DatePart, Kind, Question, RangeRule
from surveyapp.gui.pages.data.editor.edit import Editing
from surveyapp.gui.pages.data.editor.form import EditorBlock, MenuField, TextField
from surveyapp.gui.soon import soon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import ElidedLabel, Label
from surveyapp.gui.widgets.switch import Switch
from surveyapp.services.codebook.column_edit import with_rate, with_replacement
from surveyapp.services.codebook.question_diff import range_words

_SHOWN = 6
_EXAMPLE = 1000.0
"""A round amount, on which a rate is shown."""


def removable(theme: Theme, words: str, name: str, remove: Callable[[], object], parent: QWidget) -> QWidget:
    """A line of text with a cross; `name` says what the cross does."""
    row = QWidget(parent)
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    line.addWidget(ElidedLabel(theme, words, parent=row), 1)
    cross = Button(theme, kind="quiet", icon="x", name=name, small=True, parent=row)
    cross.setObjectName("remove")
    cross.clicked.connect(lambda: soon(row, lambda: remove() and None))
    line.addWidget(cross)
    return row


class ReadInsteadBlock(EditorBlock):
    """Cells that read one text are read as if another had been typed; of one column."""

    def __init__(self, theme: Theme, question: Question, edit: Editing, parent: QWidget) -> None:
        super().__init__(theme, _("Read instead"), parent=parent)
        self._edit = edit
        for one in question.replacements[:_SHOWN]:
            self.add(
                removable(
                    theme,
                    f"“{one.text}” → {one.becomes}",
                    _("Read “%(text)s” as it was typed") % {"text": one.text},
                    partial(edit, partial(with_replacement, text=one.text, becomes="")),
                    self,
                )
            )
        if len(question.replacements) > _SHOWN:
            n = len(question.replacements) - _SHOWN
            words = ngettext(
                "and %(n)s text more; the codebook as a table has all.",
                "and %(n)s texts more; the codebook as a table has all.",
                n,
            )
            self.add_note(words % {"n": fmt_count(n)})
        self.text = TextField(theme, "", lambda _text: self._add(), name=_("A text as typed"), parent=self)
        self.text.setObjectName("replaceText")
        self.text.setPlaceholderText(_("as typed"))
        self.becomes = TextField(theme, "", lambda _text: self._add(), name=_("What it is read as"), parent=self)
        self.becomes.setObjectName("replaceBecomes")
        self.becomes.setPlaceholderText(_("read as"))
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.text, 1)
        line.addWidget(Label(theme, "→", ink="muted", parent=row))
        line.addWidget(self.becomes, 1)
        self.add(row)
        for field in (self.text, self.becomes):
            field.textChanged.connect(lambda _text: self._preview())

    def _preview(self) -> None:
        text, becomes = self.text.text().strip(), self.becomes.text().strip()
        self._edit.preview((lambda entry: with_replacement(entry, text, becomes)) if text and becomes else None)

    def _add(self) -> None:
        text, becomes = self.text.text().strip(), self.becomes.text().strip()
        if text and becomes:
            self._edit(lambda entry: with_replacement(entry, text, becomes))


class RangeBlock(EditorBlock):
    """What a typed range or limit counts as, and what other currencies are worth; of one or several columns."""

    def __init__(self, theme: Theme, questions: Sequence[Question], edit: Editing, parent: QWidget) -> None:
        dates = all(question.kind is Kind.DATE for question in questions)
        super().__init__(theme, _("Parts of dates") if dates else _("Ranges and units"), parent=parent)
        self._edit = edit
        rules = {question.ranges for question in questions}
        field = MenuField(
            theme,
            [(rule, range_words(rule)) for rule in RangeRule],
            rules.pop() if len(rules) == 1 else None,
            lambda rule: edit(lambda entry: replace(entry, ranges=rule)),
            name=_("What “May 2013” or “late 2011” counts as") if dates else _("What “200-300” or “40s” counts as"),
            mixed=_("Differs"),
            parent=self,
        )
        field.hovered.connect(lambda rule: edit.preview(lambda entry: replace(entry, ranges=rule)))
        field.setObjectName("ranges")
        self.add_line(_("They are") if dates else _("Ranges are"), field)
        if all(question.part is DatePart.YEAR for question in questions):
            self.add_note(_("A date that tells no day counts so too: as the middle, first or last day it may be."))
        if all(question.kind is Kind.NUMBER for question in questions):
            self._add_limits(questions)
            if len(questions) == 1:
                self._add_rates(questions[0])

    def _add_limits(self, questions: Sequence[Question]) -> None:
        limits = Switch(self.theme, _("“45+” is read as 45"), parent=self)
        limits.setObjectName("limits")
        limits.setChecked(all(question.limits for question in questions))
        limits.toggled.connect(lambda on: soon(self, lambda: self._edit(lambda entry: replace(entry, limits=on))))
        self.add(limits)

    def _add_rates(self, question: Question) -> None:
        for rate in question.rates:
            words = f"1 {rate.unit} = {fmt_number(rate.factor)} {question.unit}".strip()
            self.add(
                removable(
                    self.theme,
                    words,
                    _("No rate for %(unit)s") % {"unit": rate.unit},
                    partial(self._edit, partial(with_rate, unit=rate.unit, factor=None)),
                    self,
                )
            )
        self.unit = TextField(self.theme, "", lambda _text: self._set_rate(), name=_("Another currency"), parent=self)
        self.unit.setObjectName("rateUnit")
        self.unit.setPlaceholderText(_("GBP"))
        self.factor = TextField(
            self.theme, "", lambda _text: self._set_rate(), name=_("What one is worth"), parent=self
        )
        self.factor.setObjectName("rateFactor")
        self.factor.setPlaceholderText("1.17")
        self.factor.numbers_only()
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(Label(self.theme, _("Rate: 1"), ink="text-2", parent=row))
        line.addWidget(self.unit, 1)
        line.addWidget(Label(self.theme, "=", ink="muted", parent=row))
        line.addWidget(self.factor, 1)
        if question.unit:
            line.addWidget(Label(self.theme, question.unit, ink="text-2", parent=row))
        self.add(row)
        self.rate_note = Label(self.theme, role="small", ink="muted", wrap=True, parent=self)
        self.rate_note.setObjectName("rateNote")
        self.add(self.rate_note)
        self._own = question.unit
        self._explain_rate()
        for field in (self.unit, self.factor):
            field.textChanged.connect(lambda _text: self._preview_rate())

    def _explain_rate(self) -> None:
        """Which way the rate goes, by what is typed."""
        rate, own = self._rate(), self._own
        if rate is not None:
            values = {"unit": rate[0], "many": fmt_number(_EXAMPLE), "worth": fmt_number(_EXAMPLE * rate[1])}
            words = (
                _("“%(many)s %(unit)s” is read as %(worth)s %(own)s.")
                if own
                else _("“%(many)s %(unit)s” is read as %(worth)s.")
            )
            self.rate_note.setText(words % {**values, "own": own})
            return
        words = _("How many %(own)s one of the other currency is worth.") % {"own": own}
        self.rate_note.setText(words if own else _("What one of the other currency is worth in that of the column."))

    def _rate(self) -> tuple[str, float] | None:
        unit, factor = self.unit.text().strip(), read_number(self.factor.text())
        return (unit, factor) if unit and factor is not None and factor > 0 else None

    def _preview_rate(self) -> None:
        rate = self._rate()
        self._explain_rate()
        self._edit.preview((lambda entry: with_rate(entry, *rate)) if rate is not None else None)

    def _set_rate(self) -> None:
        rate = self._rate()
        if rate is not None:
            self._edit(lambda entry: with_rate(entry, *rate))
