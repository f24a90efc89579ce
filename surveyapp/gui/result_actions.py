"""What one can do with the result one looks at: pin it, copy it, write it to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.page import Page
from surveyapp.gui.saved_name import with_ending
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.menu import passing_menu
from surveyapp.services.jobs import JobContext
from surveyapp.services.table_copy import table_html, table_markdown

if TYPE_CHECKING:
    from surveyapp.domain.analysis import AnalysisSpec, Block
    from surveyapp.stats.result import Result

TABLES = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The result one looks at. `sentence` is that of the selected number, "" without one; `table_text` and `picture`
    are made when somebody copies them: whether there is a result is asked with every change of what can be done."""

    spec: AnalysisSpec
    title: str
    result: Result
    table_text: Callable[[], str]
    sentence: str
    picture: Callable[[], QImage]


class ResultActions(QObject):
    """Adds pin, copy, copy the sentence and export to a page, and their two buttons to its header."""

    def __init__(
        self,
        page: Page,
        chosen: Callable[[], Chosen | None],
        *,
        keep_in_palette: bool = True,
        in_foot: Callable[[], bool] = lambda: True,
    ) -> None:
        """`in_foot`: whether there can be a result where one is; else the foot line does not name the key."""
        super().__init__(page)
        self._page, self._chosen = page, chosen
        self._add("pin", _pin_title, "P", "pin", self.pin, foot=lambda: _("pin") if in_foot() else "")
        self._add("copy", lambda: _("Copy table and picture"), "", "copy", self.copy)
        self._add(
            "copy_markdown",
            lambda: _("Copy the table as Markdown"),
            "",
            "copy",
            self.copy_markdown,
            palette=keep_in_palette,
        )
        self._add("copy_here", lambda: _("Copy"), "Ctrl+C", "copy", self.copy_here, palette=False)
        self._add("export", lambda: _("Export table or picture"), "Ctrl+E", "download", self.export)
        self._add(
            "copy_sentence",
            lambda: _("Copy the sentence"),
            "",
            "text-align-start",
            self.copy_sentence,
            key="Ctrl C",
            palette=keep_in_palette,
            needs_sentence=True,
        )
        actions = page.context.actions
        self.copy_button = Button(page.theme, _("Copy"), icon="copy", parent=page)
        self.copy_button.follow(actions, f"{page.spec.id}.copy")
        self.pin_button = Button(page.theme, _("Pin to report"), kind="primary", icon="pin", parent=page)
        self.pin_button.follow(actions, f"{page.spec.id}.pin")
        page.header.set_buttons(self.copy_button, self.pin_button)

    def _add(
        self,
        name: str,
        title: Callable[[], str],
        shortcut: str,
        icon: str,
        handler: Callable[[], object],
        *,
        foot: Callable[[], str] | None = None,
        key: str = "",
        palette: bool = True,
        needs_sentence: bool = False,
    ) -> None:
        def enabled() -> bool:
            chosen = self._chosen()
            return chosen is not None and (not needs_sentence or bool(chosen.sentence))

        self._page.add_action(
            ActionSpec(
                id=f"{self._page.spec.id}.{name}",
                title=title,
                shortcut=shortcut,
                icon=icon,
                page=self._page.spec.id,
                enabled=enabled,
                why_not=lambda: _("Choose a result first."),
                foot=foot,
                in_palette=palette,
                key=key,
            ),
            handler,
        )

    def refresh(self) -> None:
        """The buttons grey out while there is nothing to do them with."""
        for button in (self.copy_button, self.pin_button):
            button.setEnabled(self._chosen() is not None)
            button.setToolTip("" if button.isEnabled() else _("Choose a result first."))

    def give_menu(self, view: QWidget, names: Sequence[str]) -> None:
        """The context menu of a figure: actions of the page, as they stand when it opens."""
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda at: self.menu_of(view, names).popup(view.mapToGlobal(at)))

    def menu_of(self, view: QWidget, names: Sequence[str]) -> QMenu:
        """A menu that deletes itself once it is closed."""
        registry = self._page.context.actions
        menu = passing_menu(view, "figureMenu")
        for name in names:
            action_id = f"{self._page.spec.id}.{name}"
            spec = registry.spec(action_id)
            action = menu.addAction(self._page.theme.icon(spec.icon), spec.title())
            action.setEnabled(registry.is_enabled(action_id))
            action.triggered.connect(lambda _checked=False, chosen=action_id: registry.trigger(chosen))
        return menu

    def pin(self) -> None:
        """P: put the result on the shelf of Reports; the toast takes it back."""
        chosen, session = self._chosen(), self._page.context.session
        if chosen is None or session is None:
            return
        page = self._page

        def work(_ctx: JobContext) -> Block:
            from surveyapp.services.report.spec import pin

            return pin(session, chosen.spec, title=chosen.title)

        def pinned(_block: Block) -> None:
            quoted = chosen.title if "“" in chosen.title else _("“%(title)s”") % {"title": chosen.title}
            words = _("%(title)s pinned. Ctrl+9 shows it.") % {"title": quoted}
            page.context.shell.toast(words, lambda: page.context.actions.trigger("edit.undo"))

        page.run_job(work, pinned, store=True)

    def copy(self) -> None:
        """The table as text and as HTML, and the figure as picture, whichever the other program takes."""
        chosen = self._chosen()
        if chosen is None:
            return
        data = QMimeData()
        table = chosen.table_text()
        if table:
            data.setHtml(table_html(table))
        data.setText(table or chosen.sentence or chosen.title)
        image = chosen.picture()
        if not image.isNull():
            data.setImageData(image)
        QGuiApplication.clipboard().setMimeData(data)
        self._toast(_("Copied: the table as text, the figure as picture."), chosen)

    def copy_markdown(self) -> None:
        """The table as it is written in a post."""
        chosen = self._chosen()
        table = chosen.table_text() if chosen is not None else ""
        if chosen is not None and table:
            QGuiApplication.clipboard().setText(table_markdown(table))
            self._toast(_("Copied: the table as Markdown."), chosen)

    def _toast(self, words: str, chosen: Chosen) -> None:
        """What was done, and that what left shows few people."""
        from surveyapp.services.few_words import few_words

        self._page.context.shell.toast(f"{words} {few_words([chosen.result])}".strip())

    def copy_here(self) -> None:
        """Ctrl+C: the selected number as a sentence, else table and picture."""
        chosen = self._chosen()
        if chosen is not None and chosen.sentence:
            self.copy_sentence()
        else:
            self.copy()

    def copy_sentence(self) -> None:
        """The selected number in words, with its question."""
        chosen = self._chosen()
        if chosen is not None and chosen.sentence:
            QGuiApplication.clipboard().setText(f"{chosen.title}: {chosen.sentence}")
            self._page.context.shell.toast(_("Copied: %(sentence)s") % {"sentence": chosen.sentence})

    def export(self) -> None:
        """Ctrl+E: ask for a file; its ending says whether table or picture."""
        chosen = self._chosen()
        if chosen is not None:
            path = self.ask_path(chosen.title)
            if path is not None:
                self.write(chosen, path)

    def ask_path(self, title: str) -> Path | None:
        """Where to write, None if the person thought better of it."""
        kinds = {
            _("Table for spreadsheets (*.xlsx)"): ".xlsx",
            _("Table as text (*.csv)"): ".csv",
            _("Picture, sharp at any size (*.svg)"): ".svg",
            _("Picture (*.png)"): ".png",
            _("Picture as PDF (*.pdf)"): ".pdf",
        }
        session = self._page.context.session
        folder = session.path.parent if session is not None else Path.home()
        name, kind = QFileDialog.getSaveFileName(
            self._page.window(), _("Export"), str(folder / file_name(title)), ";;".join(kinds)
        )
        if not name:
            return None
        return with_ending(Path(name), kinds.get(kind, ".xlsx"), *kinds.values())

    def write(self, chosen: Chosen, path: Path) -> None:
        """Write table or picture, by the ending of the path."""
        session = self._page.context.session
        if session is None:
            return

        def work(_ctx: JobContext) -> Path:
            if path.suffix.lower() in TABLES:
                from surveyapp.services.export import export_tables

                export_tables(session, [chosen.spec], path)
            else:
                from surveyapp.services.picture import write_picture

                write_picture(chosen.result, path)
            return path

        self._page.run_job(
            work,
            lambda written: self._toast(_("%(name)s written.") % {"name": written.name}, chosen),
            label=_("Writing %(name)s") % {"name": path.name},
        )


def file_name(title: str) -> str:
    """A title as a file name: letters, digits, spaces and hyphens, 60 letters at most."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in title)
    return " ".join(kept.split())[:60].strip() or "result"


def _pin_title() -> str:
    return _("Pin to report")
