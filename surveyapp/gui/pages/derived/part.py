"""What every part of the form is: it shows a recipe and says what a person makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.domain.derived import Derived
from surveyapp.domain.question import Codebook, Question
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.label import Label

if TYPE_CHECKING:
    from surveyapp.domain.errors import UserError
    from surveyapp.gui.pages.derived.page import DerivedPage


class FormPart(QWidget):
    """The fields of one kind of recipe, or of several. `changed` is sent when a person changed one."""

    changed = Signal()

    def __init__(self, page: DerivedPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self._theme: Theme = page.theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    # For subclasses

    def show_recipe(self, recipe: Derived) -> None:
        """Show the fields of a recipe, without a signal."""
        raise NotImplementedError

    def fields(self) -> dict[str, Any]:
        """What is set now, as fields of the recipe."""
        raise NotImplementedError

    def fault(self) -> UserError | None:
        """Why what is typed cannot be read, None where it can: `fields` then holds nothing in its place."""
        return None

    def focus_first(self) -> None:
        """Where one begins."""
        self.setFocus()

    def resize_fields(self) -> None:
        """The text size has changed."""

    # What they share

    @property
    def codebook(self) -> Codebook:
        """That of the wave in use."""
        return self._page.codebook

    def question(self, key: str) -> Question | None:
        """A question of the wave by its key."""
        return self.codebook.find(key) if key else None

    def title(self, key: str) -> str:
        """What a question is called; one that the wave has not got, by its key."""
        question = self.question(key)
        return question.title if question is not None else key

    def caption(self, words: str, *, hint: bool = False) -> Label:
        """The words above a field, or a hint below it."""
        label = Label(self._theme, words, role="small", ink="muted" if hint else "text-2", wrap=hint, parent=self)
        self._column.addWidget(label)
        return label
