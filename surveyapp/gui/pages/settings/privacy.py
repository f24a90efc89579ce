"""Whose the workspace is, where the data is, its backups, and which workspaces there are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.gui.context import AppContext
from surveyapp.gui.pages.settings.row import SettingRow
from surveyapp.gui.widgets.button import Button

if TYPE_CHECKING:
    from collections.abc import Callable

    from surveyapp.services.backup import BackupLine
    from surveyapp.services.session import Session

_SHOWN = 12


def identity_rows(context: AppContext, parent: QWidget) -> list[SettingRow]:
    """The community's name and who "me" is; kept when the field is left, undoable."""
    session = context.session
    if session is None or session.read_only:
        return []
    from surveyapp.services.identity import rename_community, set_me

    def field(value: str, title: str, note: str, keep: Callable[[Session, str], None]) -> SettingRow:
        edit = QLineEdit(value, parent)
        edit.setFont(context.theme.font("body"))
        edit.setFixedWidth(context.theme.px(200))
        edit.editingFinished.connect(lambda: _keep(context, edit, keep))
        return SettingRow(context.theme, title, edit, note=note, parent=parent)

    return [
        field(session.name, _("Community"), _("Stands on reports and in the window's title."), rename_community),
        field(session.me, _("You"), _("Recorded, and printed in reports, with an answer key that you set."), set_me),
    ]


def _keep(context: AppContext, edit: QLineEdit, keep: Callable[[Session, str], None]) -> None:
    session = context.session
    if session is None:
        return
    try:
        keep(session, edit.text())
    except UserError as error:
        context.shell.toast(error.title)
        edit.setText(session.name)


def place_rows(context: AppContext, parent: QWidget, *, back_up: Callable[[], None], secrets: str) -> list[SettingRow]:
    """The file, that nothing leaves the computer, and where secrets would be kept ("" while that is looked up)."""
    theme, session = context.theme, context.session
    rows = []
    if session is not None:
        show = Button(theme, _("Show the folder"), icon="folder-open", small=True, parent=parent)
        show.clicked.connect(lambda: context.actions.trigger("file.place"))
        rows.append(SettingRow(theme, _("This workspace is one file"), show, note=str(session.path), parent=parent))
        make = Button(theme, _("Back up now"), icon="hard-drive", small=True, parent=parent)
        make.setObjectName("backUpNow")
        make.clicked.connect(back_up)
        note = _("One is made before every import, merge and upgrade, and on closing if anything changed.")
        rows.append(SettingRow(theme, _("Backups"), make, note=note, parent=parent))
    rows.append(
        SettingRow(
            theme,
            _("Nothing leaves this computer"),
            None,
            parent=parent,
            note=_("There is no account and no telemetry."),
        )
    )
    words = f"{_('Only linking people over the years needs one.')} {secrets}".strip()
    rows.append(SettingRow(theme, _("Passwords and keys"), None, note=words, parent=parent))
    return rows


def backup_rows(
    context: AppContext, parent: QWidget, lines: list[BackupLine], *, restore: Callable[[Path], None]
) -> list[SettingRow]:
    """Every backup with its date, size and a way back."""
    rows = []
    for line in lines[:_SHOWN]:
        when = line.at.astimezone(context.clock().tzinfo).strftime("%Y-%m-%d %H:%M")
        button = Button(context.theme, _("Restore"), icon="history", small=True, parent=parent)
        button.setAccessibleName(_("Restore the backup of %(when)s") % {"when": when})
        button.clicked.connect(lambda _checked=False, path=line.path: restore(path))
        size = _("%(size)s MB") % {"size": f"{line.size / 1_000_000:.1f}"}
        note = f"{size}, {line.path.name}" + (", " + _("kept for good") if line.kept else "")
        rows.append(SettingRow(context.theme, when, button, note=note, parent=parent))
    return rows


def file_rows(context: AppContext, parent: QWidget) -> list[SettingRow]:
    """Other workspaces, and where the settings are."""
    theme, session = context.theme, context.session
    rows = []
    for name in context.settings.value.recent:
        path = Path(name)
        if (session is not None and session.path == path) or not path.exists():
            continue
        button = Button(theme, _("Open"), small=True, parent=parent)
        button.setAccessibleName(_("Open %(name)s") % {"name": path.stem})
        button.clicked.connect(lambda _checked=False, chosen=path: context.shell.open_workspace(chosen))
        rows.append(SettingRow(theme, path.stem, button, note=str(path), parent=parent))
    rows.append(SettingRow(theme, _("Settings"), None, note=str(context.settings.path), parent=parent))
    return rows
