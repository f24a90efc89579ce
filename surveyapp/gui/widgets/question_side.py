"""The left side of a page: a field that finds questions, and their list."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

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
        self._top = QHBoxLayout()
        self._top.setSpacing(10)
        self._top.addWidget(self.finder, 1)
        column.addLayout(self._top)
        column.addWidget(view, 1)

    def start_finding(self) -> None:
        """Begin to type; what was typed before gives way."""
        self.finder.setFocus()
        self.finder.selectAll()

    def place(self, widget: QWidget, *, beside: bool) -> None:
        """Put something below the list, or where height is scarce beside the field."""
        wanted = self._top if beside else self._column
        if wanted.indexOf(widget) < 0:
            wanted.addWidget(widget)

    def _on_finder_left_down(self) -> None:
        self.list.setFocus()
        if self.list.key is None:
            self.list.step(1)
