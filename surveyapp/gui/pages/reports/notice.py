"""Quiet lines above the preview: what a person should know before publishing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.gui.pages.home.rows import ThemedIcon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import ElidedLabel, Label, Rule
from surveyapp.gui.widgets.toast import announce


@dataclass(frozen=True, slots=True)
class Notice:
    """One line: how grave, the sentence, and buttons (words, what they do)."""

    tone: Literal["negative", "warn", "muted"]
    text: str
    buttons: tuple[tuple[str, Callable[[], object]], ...] = ()


class NoticeList(QWidget):
    """At most a few lines, each with its way out; hidden while there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: list[tuple[str, tuple[str, ...]]] = []
        self.setObjectName("noticeList")
        self.setProperty("paper", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """Replace the lines; the same ones stay as they are, with their focus."""
        same = [(notice.text, tuple(words for words, _do in notice.buttons)) for notice in notices]
        if same == self._shown:
            return
        news = [notice.text for notice in notices if notice.text not in {text for text, _buttons in self._shown}]
        self._shown = same
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for notice in notices:
            self._column.addWidget(self._line(notice))
            self._column.addWidget(Rule(tone="grid", parent=self))
        self.setVisible(bool(notices))
        if news:
            announce(self, " ".join(news))

    def texts(self) -> list[str]:
        """What is said now."""
        return [text for text, _buttons in self._shown]

    def _line(self, notice: Notice) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(18, 6, 12, 6)
        row.setSpacing(10)
        icon = {"negative": "triangle-alert", "warn": "circle-alert"}.get(notice.tone, "info")
        row.addWidget(ThemedIcon(self._theme, icon, role=notice.tone, size=15, parent=line))
        ink: Literal["text-2", "text"] = "text-2" if notice.tone == "muted" else "text"
        if notice.tone == "muted":  # one line is enough for what asks for nothing; the tooltip has the rest
            row.addWidget(ElidedLabel(self._theme, notice.text, role="small", ink=ink, parent=line), 1)
        else:
            row.addWidget(Label(self._theme, notice.text, role="small", ink=ink, wrap=True, parent=line), 1)
        for words, do in notice.buttons:
            button = Button(self._theme, words, small=True, parent=line)
            button.setObjectName("noticeButton")
            button.clicked.connect(lambda _checked=False, work=do: work())
            row.addWidget(button)
        return line
