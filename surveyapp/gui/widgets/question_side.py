"""The left side of a page: a field that finds questions, and their list."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.gui.widgets.question_list import QuestionList


class QuestionSide(QWidget):
    """Typing narrows the list, Down and Enter go on into it. `key` is the cap that the field shows, "" for none."""

    def __init__(self, theme: Theme, view: QuestionList, *, finder: str, key: str = "/", parent: QWidget) -> None:
        super().__init__(parent)
        self.list = view
        self.finder = FindField(theme, _("Find a question"), key=key, parent=self)
        self.finder.setObjectName(finder)
        self.finder.textChanged.connect(view.set_query)
        self.finder.left_down.connect(self._on_finder_left_down)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(10)
        column.addWidget(self.finder)
        column.addWidget(view, 1)

    def add_below(self, widget: QWidget) -> None:
        """Put something below the list."""
        self._column.addWidget(widget)

    def _on_finder_left_down(self) -> None:
        self.list.setFocus()
        if self.list.key is None:
            self.list.step(1)
