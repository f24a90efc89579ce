"""What is held constant in an opened pair: a chip for each question, and one that adds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.question_chips import QuestionChips
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.chip import Chip


class GivenBar(QuestionChips):
    """`removed` carries the key of a chip that was taken away."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        add = Chip(theme, _("Hold constant"), kind="add", icon="plus", key="G", parent=parent)
        add.setObjectName("addGiven")
        super().__init__(theme, "givenChip", add, parent=parent)
        self.setObjectName("givenBar")
        self.setAccessibleName(_("Held constant"))

    def show_given(self, keys: Sequence[str], titles: Sequence[str]) -> None:
        """Show these chips."""
        questions = dict(zip(keys, titles, strict=True))
        self.show_questions(questions, seen=_("given %(question)s"), spoken=_("Held constant: %(question)s"))
