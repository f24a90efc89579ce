"""Asked before an older change is undone that later ones rest on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.domain.change import Change
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label

_SHOWN = 12


class UndoDialog(QDialog):
    """Lists the later changes; accepted means: take all of them back."""

    def __init__(self, theme: Theme, change: Change, later: Sequence[Change], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("undoDialog")
        self.setWindowTitle(_("Undo"))
        self.setMinimumWidth(theme.px(420))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label(theme, change.label, role="section", wrap=True, parent=self))
        words = ngettext(
            "%(n)s later change rests on it and is taken back too:",
            "%(n)s later changes rest on it and are taken back too:",
            len(later),
        )
        column.addWidget(Label(theme, words % {"n": len(later)}, ink="text-2", wrap=True, parent=self))
        for other in later[:_SHOWN]:
            column.addWidget(Label(theme, f"–  {other.label}", wrap=True, parent=self))
        if len(later) > _SHOWN:
            more = _("and %(n)s more") % {"n": len(later) - _SHOWN}
            column.addWidget(Label(theme, more, ink="muted", parent=self))
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = Button(theme, _("Keep all"), parent=self)
        cancel.clicked.connect(self.reject)
        go = Button(theme, _("Take back all"), kind="primary", parent=self)
        go.setObjectName("takeBackAll")
        go.clicked.connect(self.accept)
        row.addWidget(cancel)
        row.addWidget(go)
        column.addSpacing(8)
        column.addLayout(row)
