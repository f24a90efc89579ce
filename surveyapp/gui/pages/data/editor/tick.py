"""The block of the editor for one option of a multiple choice over columns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.question import Question
from surveyapp.gui.pages.data.editor.form import EditorBlock, TextField
from surveyapp.gui.theme import Theme
from surveyapp.services.codebook.tick_edit import tick_texts, with_tick_texts

Edit = Callable[[Callable[[Question], Question]], object]


class TickBlock(EditorBlock):
    """Which texts mean that the option was ticked, and which that it was not."""

    def __init__(self, theme: Theme, question: Question, edit: Edit, parent: QWidget) -> None:
        super().__init__(theme, _("Ticks"), parent=parent)
        for code, label, name in ((1, _("Ticked"), "ticked"), (0, _("Not ticked"), "notTicked")):
            field = TextField(
                theme,
                tick_texts(question, code),
                lambda text, code=code: edit(lambda entry: with_tick_texts(entry, code, text)),  # type: ignore[misc]
                name=label,
                parent=self,
            )
            field.setObjectName(name)
            self.add_line(label, field)
        self.add_note(_("Several texts stand apart by |. Any other text counts as ticked."))
