"""The answer key of a pair on one line: value, tolerance, unit rule, who set it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.base.typed_number import read_number
from surveyapp.domain.question import AnswerKey, Question
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import Label
from surveyapp.stats.result import CalibrationResult


class _Field(QLineEdit):
    """A number; Enter and leaving the field keep it, Esc brings back what was."""

    kept = Signal()
    finished = Signal()

    def __init__(self, theme: Theme, name: str, object_name: str, *, width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._width, self._before = theme, width, ""
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self._on_editing_finished)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def put(self, text: str) -> None:
        """Show what is stored, unless the person is typing."""
        self._before = text
        if not (self.hasFocus() and self.isModified()):
            self.setText(text)

    def _on_editing_finished(self) -> None:
        if self.text() != self._before:
            self.setModified(False)
            self.kept.emit()

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font())
        self.setFixedSize(self._theme.px(self._width), self._theme.px(30))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._before:
            self.setText(self._before)
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.finished.emit()


class KeyEditor(Card):
    """`key_changed` carries the new AnswerKey, or None when the value was cleared; `finished` follows Enter."""

    key_changed = Signal(object)
    finished = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent=parent)
        self._question: Question | None = None
        self.setObjectName("keyEditor")
        self.setAccessibleName(_("Answer key"))
        self.body.setContentsMargins(18, 10, 18, 10)
        self.value = _Field(theme, _("Right answer"), "keyValue", width=92, parent=self)
        self.tolerance = _Field(theme, _("Tolerance in per cent"), "keyTolerance", width=56, parent=self)
        self.factor = _Field(theme, _("Unit rule: divide by"), "keyFactor", width=92, parent=self)
        self.unit = Label(theme, ink="text-2", parent=self)
        holder = QWidget(self)
        flow = FlowLayout(holder, spacing=16)
        for parts in (
            (Label(theme, _("Right answer"), weight=600), self.value, self.unit),
            (Label(theme, _("counts within"), ink="text-2"), self.tolerance, Label(theme, "%", ink="text-2")),
            (Label(theme, _("unit rule: divide by"), ink="text-2"), self.factor),
        ):
            flow.addWidget(_together(parts, holder))
        self.add(holder)
        texts = QVBoxLayout()
        texts.setContentsMargins(0, 6, 0, 0)
        self.about = Label(theme, role="small", ink="muted", wrap=True, parent=self)
        self.about.setObjectName("keyAbout")
        self.fault = Label(theme, role="small", ink="negative", wrap=True, parent=self)
        self.fault.setObjectName("keyFault")
        self.fault.hide()
        texts.addWidget(self.fault)
        texts.addWidget(self.about)
        self.body.addLayout(texts)
        for field in (self.value, self.tolerance, self.factor):
            field.kept.connect(self._on_field_kept)
            field.finished.connect(self.finished)

    def show_key(self, question: Question, result: CalibrationResult | None) -> None:
        """The stored key, and what its unit rule repaired."""
        self._question = question
        key = question.key
        self.value.put(plain_number(key.value) if key else "")
        self.value.setPlaceholderText(_("number"))
        self.tolerance.put(plain_number(key.tolerance * 100) if key else "10")
        self.factor.put(plain_number(key.unit_factor) if key and key.unit_factor else "")
        self.factor.setPlaceholderText(_("no rule"))
        self.unit.setText(question.unit)
        self.unit.setVisible(bool(question.unit))
        self.about.setText(self._about(key, result))
        self.show_fault("")

    def show_fault(self, sentence: str) -> None:
        """What is wrong with what was typed; "" for nothing."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    def _about(self, key: AnswerKey | None, result: CalibrationResult | None) -> str:
        rule = self._unit_words()
        if key is None:
            return rule
        parts = []
        if result is not None and key.unit_factor:
            words = ngettext(
                "%(n)s of %(all)s estimates was given in the smaller unit and divided.",
                "%(n)s of %(all)s estimates were given in the smaller unit and divided.",
                result.unit_repaired,
            )
            parts.append(words % {"n": fmt_count(result.unit_repaired), "all": fmt_count(result.n_estimates)})
        else:
            parts.append(rule)
        if result is not None and result.unit_divided:
            words = ngettext(
                "The codebook divided %(n)s of %(all)s estimates.",
                "The codebook divided %(n)s of %(all)s estimates.",
                result.unit_divided,
            )
            parts.append(words % {"n": fmt_count(result.unit_divided), "all": fmt_count(result.n_estimates)})
        if key.set_by:
            parts.append(_("Set by %(name)s.") % {"name": key.set_by})
        return " ".join(parts)

    def _unit_words(self) -> str:
        """What happens to answers in a smaller unit: the codebook has divided them already, or the rule can."""
        question = self._question
        if question is None or not question.unit_factor or question.high is None:
            return _("Unit rule: persons instead of millions are divided by 1000000 before they are judged.")
        words = _(
            "Answers above %(high)s are already divided by %(factor)s, as the codebook says; no unit rule needed."
        )
        return words % {"high": fmt_count(round(question.high)), "factor": fmt_count(round(question.unit_factor))}

    def _on_field_kept(self) -> None:
        question = self._question
        if question is None:
            return
        numbers: list[float | None] = []
        for field in (self.value, self.tolerance, self.factor):
            text = field.text().strip()
            number = read_number(text) if text else None
            if text and number is None:
                self.show_fault(_("“%(text)s” is not a number.") % {"text": text})
                return
            numbers.append(number)
        self.show_fault("")
        value, tolerance, factor = numbers
        key = None
        if value is not None:
            share = 0.1 if tolerance is None else round(tolerance / 100, 12)
            key = AnswerKey(value=value, tolerance=share, unit_factor=factor or 0.0)
        if key is not None and question.key is not None and _same(key, question.key):
            return
        if key is not None or question.key is not None:
            self.key_changed.emit(key)


def plain_number(value: float) -> str:
    """A number as one would type it."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"


def _same(new: AnswerKey, old: AnswerKey) -> bool:
    return (new.value, new.tolerance, new.unit_factor) == (old.value, old.tolerance, old.unit_factor)


def _together(parts: tuple[QWidget, ...], parent: QWidget) -> QWidget:
    """Widgets that never wrap apart."""
    box = QWidget(parent)
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    return box
