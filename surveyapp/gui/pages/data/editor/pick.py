"""A field of the column editor that names another column, found by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.question import Question
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.soon import soon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.gui.widgets.plain_text import in_tip
from surveyapp.services.codebook.column_view import kind_label


class PickField(Button):
    """Shows the chosen column; click, Space or Enter open a list to pick from. `nobody` is the entry for none of them,
    "" if there is none."""

    def __init__(
        self,
        theme: Theme,
        questions: Sequence[Question],
        words: str,
        picked: Callable[[Question | None], object],
        *,
        name: str,
        nobody: str = "",
        parent: QWidget,
    ) -> None:
        super().__init__(theme, words, kind="field", name=f"{name}: {words}", small=True, parent=parent)
        self.setToolTip(in_tip(words))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._questions, self._picked, self._nobody, self._name = questions, picked, nobody, name
        self._popup: PickPopup | None = None
        self.clicked.connect(self.open)

    def open(self) -> None:
        """Show the list."""
        if self._popup is None:
            self._popup = PickPopup(self._theme, self._entries, placeholder=self._name, parent=self)
        self._popup.open_below(self)

    def _entries(self, _query: str) -> list[PaletteEntry]:
        found = [
            PaletteEntry(
                group=_("Columns"),
                title=" ".join(question.title.split()),
                icon=question_icon(question),
                detail=kind_label(question),
                run=partial(self._pick, question),
            )
            for question in self._questions
        ]
        if self._nobody:
            found.insert(0, PaletteEntry(group=_("Columns"), title=self._nobody, run=lambda: self._pick(None)))
        return found

    def _pick(self, question: Question | None) -> None:
        soon(self, lambda: self._picked(question) and None)

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(84), self.sizeHint().height())
