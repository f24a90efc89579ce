"""The three parts of the page: the list of derived questions, the form, and the preview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.gui.pages.derived.form import RecipeForm
from surveyapp.gui.pages.explore.result_card import ResultCard
from surveyapp.gui.question_icon import DERIVED_ICON
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.label import Rule
from surveyapp.gui.widgets.message_panel import MessagePanel
from surveyapp.gui.widgets.paper_area import PaperArea
from surveyapp.gui.widgets.question_line import Group, Line, Mark
from surveyapp.gui.widgets.question_list import QuestionList
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.derived.view import DerivedEntry, Preview
from surveyapp.services.question_list import ListedQuestion

if TYPE_CHECKING:
    from surveyapp.gui.pages.derived.page import DerivedPage

_LIST, _FORM, _NARROW_FORM = 213, 360, 316
_ANY_WIDTH = 16_777_215
"""As wide as there is room."""
_BESIDE, _WIDE, _NO_LIST = 640, 800, 640


class DerivedView(QWidget):
    """`chosen` carries the name of the question that a person goes to, "" for the new one."""

    chosen = Signal(object)
    remove_wanted = Signal()

    def __init__(self, page: DerivedPage) -> None:
        super().__init__(page)
        self._theme = page.theme
        self.setObjectName("derivedView")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list = QuestionList(page.theme, name=_("Derived questions"), height=30, parent=self)
        self.list.setObjectName("derivedList")
        self.list.chosen.connect(self.chosen)
        self.list.installEventFilter(self)
        row.addWidget(self.list)
        self._rule = Rule(vertical=True, parent=self)
        row.addWidget(self._rule)
        self._area = PaperArea(self, "derivedArea", QHBoxLayout(), spacing=14)
        inner, self._columns = self._area.paper, self._area.rows
        self._columns.setContentsMargins(18, 0, 0, 12)
        self.form = RecipeForm(page, inner)
        self.form.other_wanted.connect(self.chosen)
        self._columns.addWidget(self.form, 0)
        self._right = QWidget(inner)
        self._stack = QVBoxLayout(self._right)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.card = ResultCard(
            page.theme, large=True, small_limit=page.context.settings.value.small_cell_limit, parent=self._right
        )
        self._stack.addWidget(self.card)
        self._message: QWidget | None = None
        self._stack.addStretch(1)
        self._columns.addWidget(self._right, 1)
        row.addWidget(self._area, 1)
        self.show_nothing("")

    def show_list(self, entries: Sequence[DerivedEntry], drafts: frozenset[str], key: str) -> None:
        """The derived questions, those with changes that are not saved marked, and the new one."""
        new = Line(
            key="",
            title=_("New question"),
            icon="plus",
            spoken=_("New question"),
            found_by=(_("New question"),),
            mark=Mark.BADGE if "" in drafts else Mark.NOTHING,
            mark_words=_("not saved"),
        )
        lines = tuple(_line(entry, draft=entry.recipe.name in drafts) for entry in entries)
        groups = [Group(caption=_("Derived"), lines=lines, counted=True), Group(caption=_("Make one"), lines=(new,))]
        self.form.set_others([line.title for line in lines])
        self.list.set_groups([group for group in groups if group.lines], key)

    def show_preview(self, found: Preview | UserError) -> None:
        """What the recipe gives, or what it still lacks."""
        if isinstance(found, UserError):
            self._put(MessagePanel(self._theme, found.title, what_to_do=found.what_to_do, parent=self._right))
            return
        self._put(None)
        question = found.question
        entry = ListedQuestion(
            key=column_key(question), title=question.title, section=question.section, questions=(question,)
        )
        self.card.show_result(entry, found.result, as_table=False)

    def show_nothing(self, lacks: str) -> None:
        """There is not enough yet to be computed: what is lacking."""
        words = _("What the question would give stands here, while you make it.")
        self._put(EmptyState(self._theme, words, example=lacks, figure=False, parent=self._right))

    def _put(self, message: QWidget | None) -> None:
        if self._message is not None:
            self._stack.removeWidget(self._message)
            self._message.hide()
            self._message.deleteLater()
        self._message = message
        self.card.setVisible(message is None)
        if message is not None:
            self._stack.insertWidget(0, message)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.list or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Form and preview side by side, or one below the other; a list only where there is room."""
        super().resizeEvent(event)
        width = self.contentsRect().width() * 100 // self._theme.text_size
        with_list = width >= _NO_LIST
        self.list.setVisible(with_list)
        self._rule.setVisible(with_list)
        self.list.setFixedWidth(self._theme.px(_LIST))
        beside = width - (_LIST if with_list else 0) >= _BESIDE
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)
        self._columns.setContentsMargins(18 if with_list else 0, 0, 0, 12)
        form = self._theme.px(_FORM if width - (_LIST if with_list else 0) >= _WIDE else _NARROW_FORM)
        self.form.setMaximumWidth(form if beside else _ANY_WIDTH)
        self.form.setMinimumWidth(form if beside else 0)
        self.form.chooser.setVisible(not with_list)


def _line(entry: DerivedEntry, *, draft: bool) -> Line:
    name = entry.recipe.name
    second = entry.words if entry.fault is None else entry.fault.title
    return Line(
        key=name,
        title=name,
        icon=DERIVED_ICON if entry.fault is None else "triangle-alert",
        second=second,
        spoken=f"{name}, {second}",
        found_by=(name, entry.words),
        mark=Mark.BADGE if draft else Mark.NOTHING,
        mark_words=_("not saved"),
        tip=second,
    )
