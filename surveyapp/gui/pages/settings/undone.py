"""What was undone or removed and is still in the file: deleted for good, which is said before it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.context import AppContext
from surveyapp.gui.pages.settings.row import SettingRow
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button

if TYPE_CHECKING:
    from surveyapp.services.purge import Undone


def undone_rows(
    context: AppContext, parent: QWidget, undone: Undone | None, *, purge: Callable[[], None]
) -> list[SettingRow]:
    """One row while there is anything to delete and the file can be written."""
    if not undone or context.session is None or context.session.read_only:
        return []
    return [UndoneRow(context.theme, undone, purge=purge, parent=parent)]


class UndoneRow(SettingRow):
    """The button asks in its own place: nothing is deleted before the second answer."""

    def __init__(self, theme: Theme, undone: Undone, *, purge: Callable[[], None], parent: QWidget) -> None:
        control = QWidget(parent)
        super().__init__(theme, _("Undone and removed"), control, note=_kept_words(undone), parent=parent)
        self._undone, self._purge = undone, purge
        line = QHBoxLayout(control)
        line.setContentsMargins(0, 0, 0, 0)
        self.ask = Button(theme, _("Delete for good…"), icon="trash-2", small=True, parent=control)
        self.keep = Button(theme, _("Keep them"), small=True, parent=control)
        self.delete = Button(theme, _("Delete for good"), kind="primary", small=True, parent=control)
        for button, name in ((self.ask, "askToPurge"), (self.keep, "keepUndone"), (self.delete, "purgeNow")):
            button.setObjectName(name)
            line.addWidget(button)
        self.ask.clicked.connect(self._ask)
        self.keep.clicked.connect(self._keep)
        self.delete.clicked.connect(self._go)
        self._show(asking=False)

    def _ask(self) -> None:
        self._show(asking=True)
        self.keep.setFocus()

    def _keep(self) -> None:
        self._show(asking=False)
        self.ask.setFocus()

    def _go(self) -> None:
        self.delete.setEnabled(False)
        self._purge()

    def _show(self, *, asking: bool) -> None:
        self.ask.setVisible(not asking)
        self.keep.setVisible(asking)
        self.delete.setVisible(asking)
        if self.note is not None:
            self.note.setText(_purge_words() if asking else _kept_words(self._undone))


def _kept_words(undone: Undone) -> str:
    """ "Still in the workspace, so that Redo can bring them back: Census 2027, 1 added file." """
    what = list(undone.waves)
    if undone.files:
        files = ngettext("%(n)s added file", "%(n)s added files", undone.files)
        what.append(files % {"n": fmt_count(undone.files)})
    if undone.predictions:
        words = ngettext("%(n)s removed prediction", "%(n)s removed predictions", undone.predictions)
        what.append(words % {"n": fmt_count(undone.predictions)})
    if undone.entries:
        words = ngettext(
            "%(n)s forecast, outcome or seal taken back",
            "%(n)s forecasts, outcomes and seals taken back",
            undone.entries,
        )
        what.append(words % {"n": fmt_count(undone.entries)})
    return _("Still in the workspace, so that they can be brought back: %(what)s.") % {"what": ", ".join(what)}


def _purge_words() -> str:
    return _(
        "There is no way back from this: what is undone cannot be redone, and what is removed cannot be brought back. "
        "The backups still hold it all; delete those that you do not need yourself."
    )
