"""Asked before predictions leave the workspace in a form that is handed on: whether the private ones go along."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.page import Page
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.switch import Switch


class PrivateDialog(QDialog):
    """Accepted: `private` says whether they go along. With `needed`, nothing can be written without them."""

    def __init__(self, theme: Theme, n_private: int, n_all: int, *, note: str, needed: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("privateDialog")
        self.setWindowTitle(_("Private predictions"))
        self.setMinimumWidth(theme.px(440))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        words = ngettext(
            "%(n)s of %(all)s predictions is private", "%(n)s of %(all)s predictions are private", n_private
        )
        title = words % {"n": fmt_count(n_private), "all": fmt_count(n_all)}
        column.addWidget(Label(theme, title, role="section", wrap=True, parent=self))
        column.addWidget(Label(theme, note, ink="text-2", wrap=True, parent=self))
        self._switch = Switch(theme, _("Write the private ones too"), parent=self)
        self._switch.setObjectName("withPrivate")
        column.addWidget(self._switch)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = Button(theme, _("Cancel"), parent=self)
        cancel.clicked.connect(self.reject)
        self.go = Button(theme, _("Write"), kind="primary", parent=self)
        self.go.setObjectName("privateGo")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        if needed:
            self.go.setEnabled(False)
            self.go.setToolTip(_("All are private: without them there is nothing to write."))
            self._switch.toggled.connect(self.go.setEnabled)
        row.addWidget(cancel)
        row.addWidget(self.go)
        column.addSpacing(8)
        column.addLayout(row)

    @property
    def private(self) -> bool:
        """Whether the private ones go along."""
        return self._switch.isChecked()


def ask_private(page: Page, write: Callable[[bool], object], *, note: str, needed: bool = False) -> None:
    """Call `write` with whether private predictions go along; at once where there are none. `needed`: nothing can be
    written where all are private."""
    from surveyapp.services.prediction.exporting import count_private

    session = page.context.session
    if session is None:
        return
    n_private, n_all = count_private(session)
    if not n_private:
        write(False)
        return
    dialog = PrivateDialog(
        page.theme, n_private, n_all, note=note, needed=needed and n_private == n_all, parent=page.window()
    )
    dialog.accepted.connect(lambda: write(dialog.private))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
