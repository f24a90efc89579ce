"""The key that links people over the years: where it is, and a copy of it in a file, at any time."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.page import Page
from surveyapp.gui.pages.data.link_strip import ask_save_key
from surveyapp.gui.pages.settings.row import SettingRow
from surveyapp.gui.widgets.button import Button


def key_rows(page: Page, parent: QWidget, words: str) -> list[SettingRow]:
    """One row, once the workspace has linked people; `words` say where the key is, "" if there never was one."""
    session = page.context.session
    if session is None or not words:
        return []
    save = Button(page.theme, _("Save the key…"), icon="key", small=True, parent=parent)
    save.setObjectName("saveLinkKey")
    save.clicked.connect(lambda: ask_save_key(page, session))
    return [SettingRow(page.theme, _("Key for links"), save, note=words, parent=parent)]
