"""Settings: one scrolling page with search."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.pages.settings.link_key import key_rows
from surveyapp.gui.pages.settings.privacy import backup_rows, file_rows, identity_rows, place_rows
from surveyapp.gui.pages.settings.row import SettingRow
from surveyapp.gui.pages.settings.section import appearance_rows, number_rows, statistics_rows
from surveyapp.gui.pages.settings.undone import undone_rows
from surveyapp.gui.soon import soon_if_there
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.gui.widgets.label import Label
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.services.backup import BackupLine
    from surveyapp.services.purge import Purged, Undone
    from surveyapp.services.session import ChangeNotice

    _Found = tuple[list[BackupLine], Undone | None, str, str]

_READING_WIDTH = 760


class SettingsPage(Page):
    """Rows are rebuilt when the workspace changes; the search hides what does not fit."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self._search = FindField(self.theme, _("Find a setting"), parent=self)
        self._search.setFixedWidth(self.theme.px(220))
        self._search.textChanged.connect(self._filter)
        self.header.add_tool(self._search)
        self._cards: dict[str, tuple[Card, list[SettingRow]]] = {}
        self._area: QScrollArea | None = None
        self._backups: list[BackupLine] = []
        self._undone: Undone | None = None
        self._secrets = self._key = ""
        if context.session is None:  # else it is told of the workspace before it is shown
            self._rebuild()

    def _rebuild(self) -> None:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(area)
        inner.setProperty("paper", "bg")
        outer = QHBoxLayout(inner)
        outer.setContentsMargins(24, 4, 24, 24)
        column = QVBoxLayout()
        column.setSpacing(14)
        self._cards.clear()
        context = self.context
        sections = [
            ("appearance", _("Appearance"), appearance_rows(context, inner)),
            ("numbers", _("Numbers and dates"), number_rows(context, inner)),
            ("statistics", _("Statistics"), statistics_rows(context, inner)),
            ("identity", _("This workspace"), identity_rows(context, inner)),
            (
                "privacy",
                _("Privacy and backups"),
                [
                    *place_rows(context, inner, back_up=self._back_up, secrets=self._secrets),
                    *key_rows(self, inner, self._key),
                    *undone_rows(context, inner, self._undone, purge=self._purge),
                    *backup_rows(context, inner, self._backups, restore=self._restore),
                ],
            ),
            ("files", _("Files"), file_rows(context, inner)),
        ]
        for section_id, title, rows in sections:
            if not rows:
                continue
            column.addWidget(self._card(section_id, title, rows))
        column.addStretch(1)
        holder = QWidget(inner)
        holder.setMaximumWidth(self.theme.px(_READING_WIDTH))
        holder.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(holder, 1)
        outer.addStretch(0)
        area.setWidget(inner)
        self._area = area
        self.set_content(area, padded=False)
        self._filter(self._search.text())

    def _card(self, section_id: str, title: str, rows: list[SettingRow]) -> Card:
        card = Card(self.theme, title, parent=self)
        card.body.setContentsMargins(1, 0, 1, 6)
        for number, row in enumerate(rows):
            if number:
                card.add_rule()
            card.add(row)
        self._cards[section_id] = (card, rows)
        return card

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for card, rows in self._cards.values():
            title = card.title.text().casefold()
            for row in rows:
                row.setVisible(all(word in row.words or word in title for word in words))
            card.setVisible(any(not row.isHidden() for row in rows))

    def _refresh(self) -> None:
        session = self.context.session

        def work(_ctx: JobContext) -> _Found:
            from surveyapp.services import secrets
            from surveyapp.services.backup import list_backups
            from surveyapp.services.pseudonym import has_linked, key_sentence
            from surveyapp.services.purge import find_undone

            if session is None:
                return [], None, secrets.where(), ""
            key = key_sentence(session) if has_linked(session) else ""
            return list_backups(session.path), find_undone(session), secrets.where(), key

        self.run_job(work, self._on_read)

    def _on_read(self, found: _Found) -> None:
        place = self._area.verticalScrollBar().value() if self._area is not None else 0
        self._backups, self._undone, self._secrets, self._key = found
        self._rebuild()
        if self._area is not None:
            area = self._area
            soon_if_there(area, lambda: area.verticalScrollBar().setValue(place))

    def _back_up(self) -> None:
        session = self.context.session
        if session is None:
            return

        def work(_ctx: JobContext) -> BackupLine:
            from surveyapp.services.backup import back_up

            return back_up(session)

        self.run_job(work, self._on_backed_up, store=True, label=_("Making a backup"))

    def _on_backed_up(self, line: BackupLine) -> None:
        self.context.shell.toast(_("Backed up: %(name)s") % {"name": line.path.name})
        self._refresh()

    def _purge(self) -> None:
        session = self.context.session
        if session is None:
            return

        def work(_ctx: JobContext) -> Purged:
            from surveyapp.services.purge import purge

            return purge(session)

        def done(purged: Purged) -> None:
            self.context.settings.forget_workspace(session.path)
            self.context.shell.toast(" ".join(purged.sentences()))
            self._refresh()

        def failed(error: UserError) -> None:
            self.context.shell.show_error(error)
            self._refresh()

        self.run_job(work, done, failed=failed, store=True, label=_("Deleting for good"))

    def _restore(self, backup: Path) -> None:
        """One of the two actions that ask first."""
        session = self.context.session
        if session is None:
            return
        dialog = RestoreDialog(self, backup)
        path = session.path
        dialog.accepted.connect(lambda: self.context.shell.restore_backup(path, backup))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # Hooks

    def on_shown(self) -> None:
        self._refresh()

    def on_session_opened(self) -> None:
        self._backups, self._undone = [], None
        self._rebuild()
        if self.context.session is not None and self.isVisible():
            self._refresh()

    def on_session_changed(self, notice: ChangeNotice) -> None:
        if self.isVisible() and notice.touches("backup", "identity", "wave"):
            self._refresh()

    def on_opened(self, **arguments: Any) -> None:
        card = self._cards.get(str(arguments.get("section", "")))
        if card is not None and self._area is not None:
            self._area.ensureWidgetVisible(card[0], 0, 40)

    def find_on_page(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def focus_first(self) -> None:
        self._search.setFocus()


class RestoreDialog(QDialog):
    """Says what restoring does before it is done."""

    def __init__(self, page: SettingsPage, backup: Path) -> None:
        super().__init__(page.window())
        theme = page.theme
        self.setObjectName("restoreDialog")
        self.setWindowTitle(_("Restore a backup"))
        self.setMinimumWidth(theme.px(420))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(Label(theme, _("Go back to this backup?"), role="section", parent=self))
        words = _("Everything becomes as it was in %(name)s. The file as it is now is kept as a backup too.")
        column.addWidget(Label(theme, words % {"name": backup.name}, ink="text-2", wrap=True, parent=self))
        row = QHBoxLayout()
        row.addStretch(1)
        keep = Button(theme, _("Keep the file as it is"), parent=self)
        keep.clicked.connect(self.reject)
        go = Button(theme, _("Restore"), kind="primary", parent=self)
        go.setObjectName("restoreNow")
        go.clicked.connect(self.accept)
        row.addWidget(keep)
        row.addWidget(go)
        column.addSpacing(6)
        column.addLayout(row)
