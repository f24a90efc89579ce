"""The popover with the history of a cell: who read or wrote what there, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.label import Label, Rule
from surveyapp.gui.widgets.popup_card import PopupCard
from surveyapp.services.cell.history import CellEvent, EventKind

_WIDTH, _HIGHEST = 380, 420


class HistoryPopup(PopupCard):
    """Esc or H close it. Deletes itself."""

    def __init__(
        self, theme: Theme, title: str, events: Sequence[CellEvent], zone: tzinfo | None, parent: QWidget
    ) -> None:
        super().__init__("historyPopup", _("History of %(cell)s") % {"cell": title}, parent)
        self._theme, self._zone = theme, zone
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 12, 6, 12)
        outer.setSpacing(8)
        outer.addWidget(Label(theme, title, role="small", ink="text-2", wrap=True, parent=self))
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for number, event in enumerate(events):
            if number:
                column.addWidget(Rule(tone="grid", parent=body))
            column.addWidget(self._row(event, body))
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().setAutoFillBackground(False)
        self.area.setWidget(body)
        body.setAutoFillBackground(False)
        outer.addWidget(self.area, 1)
        self.setFixedWidth(theme.px(_WIDTH))
        wanted = body.heightForWidth(theme.px(_WIDTH) - 40)
        self.area.setFixedHeight(min(theme.px(_HIGHEST), max(theme.px(40), wanted)))

    def _row(self, event: CellEvent, parent: QWidget) -> QWidget:
        theme = self._theme
        row = QWidget(parent)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        what = {
            EventKind.FILE: _("In the file"),
            EventKind.EDIT: _("Corrected by hand"),
            EventKind.CODEBOOK: _("Column read differently"),
        }[event.kind]
        head.addWidget(Label(theme, what, weight=600, parent=row), 1)
        when = event.at.astimezone(self._zone).strftime("%Y-%m-%d %H:%M")
        head.addWidget(Label(theme, when, role="small", ink="muted", parent=row))
        column.addLayout(head)
        for words, ink in self._lines(event):
            column.addWidget(Label(theme, words, ink="text" if ink == "text" else "muted", wrap=True, parent=row))
        row.setAccessibleName(", ".join([what, when, *(words for words, _ink in self._lines(event))]))
        return row

    def _lines(self, event: CellEvent) -> list[tuple[str, str]]:
        if event.kind is EventKind.CODEBOOK:
            return [(event.note, "muted")]
        typed = " ".join(event.text.split())
        lines = [(f"“{typed[:300]}”" if typed else _("nothing"), "text")]
        if event.words and event.words != typed:
            lines.append((_("read as %(words)s") % {"words": event.words[:200]}, "muted"))
        if event.note:
            lines.append((event.note, "muted"))
        return lines

    def open_at(self, at: QPoint) -> None:
        """Show there, ready to scroll."""
        self.show_at(at)
        self.area.setFocus(Qt.FocusReason.PopupFocusReason)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_H):
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.deleteLater()
