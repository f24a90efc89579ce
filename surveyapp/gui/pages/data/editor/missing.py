"""The block of the editor for texts that stand for no answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.blank_code import with_code, without_code
from surveyapp.domain.question import Kind, Missing, MissingCode, Question, Role
from surveyapp.gui.pages.data.editor.edit import Editing
from surveyapp.gui.pages.data.editor.form import EditorBlock, MenuField, TextField
from surveyapp.gui.pages.data.words import MEANINGS, zero_name
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import ElidedLabel
from surveyapp.services.answer_grid import missing_words
from surveyapp.services.codebook.column_edit import Zero, with_meaning, with_zero, zero_of


class MissingBlock(EditorBlock):
    """What 0 means, and every other code with its reason."""

    def __init__(self, theme: Theme, questions: tuple[Question, ...], edit: Editing, parent: QWidget) -> None:
        super().__init__(theme, _("No answer"), parent=parent)
        self._edit = edit
        zeros = {zero_of(question) for question in questions}
        among = all(q.kind in (Kind.PROBABILITY, Kind.NUMBER) or q.role is Role.CONFIDENCE for q in questions)
        modes = [zero for zero in Zero if zero is not Zero.AMONG_ZEROS or among or zero in zeros]
        zero = MenuField(
            theme,
            [(mode, zero_name(mode)) for mode in modes],
            zeros.pop() if len(zeros) == 1 else None,
            lambda mode: edit(lambda question: with_zero(question, mode)),
            name=_("What 0 means"),
            mixed=_("Differs"),
            parent=self,
        )
        zero.setObjectName("zeroMeans")
        self.add_line(_("0 means"), zero)
        for code in _shared_codes(questions):
            if code.text != "0":
                self._add_code(code)
        self._new = TextField(theme, "", self._add_text, name=_("A text that stands for no answer"), parent=self)
        self._new.setObjectName("newMissingCode")
        self._new.setPlaceholderText(_("such as N/A"))
        self._new.textChanged.connect(self._preview)
        self._meaning = Missing.BLANK
        self._new_meaning = self._make_meaning()
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._new, 1)
        line.addWidget(self._new_meaning)
        self.add(row)

    def _make_meaning(self) -> MenuField:
        field = MenuField(
            self.theme,
            [(missing, missing_words(missing)) for missing in MEANINGS],
            self._meaning,
            self._set_meaning,
            name=_("What another code means"),
            parent=self,
        )
        field.setObjectName("newMeaning")
        return field

    def _set_meaning(self, missing: Missing) -> None:
        self._meaning = missing
        self._new_meaning.setText(missing_words(missing))
        self._new_meaning.updateGeometry()
        self._add_text(self._new.text().strip())

    def _add_code(self, code: MissingCode) -> None:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(ElidedLabel(self.theme, f"“{code.text}”", parent=row), 1)
        reason = MenuField(
            self.theme,
            [(missing, missing_words(missing)) for missing in MEANINGS],
            code.meaning,
            lambda missing: self._edit(lambda question: with_meaning(question, code.text, missing)),
            name=_("What “%(code)s” means") % {"code": code.text},
            parent=row,
        )
        line.addWidget(reason)
        remove = Button(
            self.theme,
            kind="quiet",
            icon="x",
            name=_("“%(code)s” is an answer") % {"code": code.text},
            small=True,
            parent=row,
        )
        remove.clicked.connect(lambda: self._edit(lambda question: without_code(question, code.text)))
        line.addWidget(remove)
        self.add(row)

    def _add_text(self, text: str) -> None:
        meaning = self._meaning
        if text:
            self._edit(lambda question: with_code(question, MissingCode(text=text, meaning=meaning)))

    def _preview(self, text: str) -> None:
        code = MissingCode(text=text.strip(), meaning=self._meaning)
        self._edit.preview((lambda question: with_code(question, code)) if code.text else None)


def _shared_codes(questions: Sequence[Question]) -> list[MissingCode]:
    """The codes that all of these have."""
    return [code for code in questions[0].missing_codes if all(code in other.missing_codes for other in questions)]
