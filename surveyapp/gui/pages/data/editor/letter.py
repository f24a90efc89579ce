"""The block of the editor for letters that were read in a wrong encoding before the file was made; of one column."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.question import LETTERS_AS_TYPED, Question
from surveyapp.gui.pages.data.editor.edit import Editing
from surveyapp.gui.pages.data.editor.form import EditorBlock, MenuField
from surveyapp.gui.theme import Theme
from surveyapp.services.codebook.column_edit import ROUND_TRIPS, with_own_letters
from surveyapp.services.codebook.question_diff import letters_title


class LettersBlock(EditorBlock):
    """Which wrong reading is undone in the cells of this column; its texts stay as they came."""

    def __init__(self, theme: Theme, question: Question, edit: Editing, parent: QWidget) -> None:
        super().__init__(theme, _("Letters"), parent=parent)
        known = [*ROUND_TRIPS, *([question.letters] if " " in question.letters else [])]
        field = MenuField(
            theme,
            [
                ("", _("As in the whole file")),
                (LETTERS_AS_TYPED, _("As typed")),
                *((one, letters_title(one)) for one in known),
            ],
            question.letters,
            lambda taken: edit(lambda entry: with_own_letters(entry, taken)),
            name=_("How broken letters are repaired"),
            parent=self,
        )
        field.hovered.connect(lambda under: edit.preview(lambda entry: with_own_letters(entry, under)))
        field.setObjectName("letters")
        self.add(field)
