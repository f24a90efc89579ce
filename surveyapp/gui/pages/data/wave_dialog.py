"""What the Data page asks about a whole wave: its name, a codebook for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu

from surveyapp.base.i18n import _
from surveyapp.gui.page import Page
from surveyapp.gui.widgets.plain_text import in_menu
from surveyapp.services.jobs import JobContext
from surveyapp.services.pseudonym import has_linked
from surveyapp.services.session import Session


def ask_name(page: Page, session: Session, wave_id: int) -> None:
    """Ask for another name and give it."""
    from surveyapp.gui.dialogs.name_dialog import NameDialog

    old = session.wave(wave_id).name
    dialog = NameDialog(page.theme, _("Name of the wave"), old, page.window(), verb=_("Rename"))

    def go() -> None:
        name = dialog.name
        if name != old:
            rename_to(page, session, wave_id, name)

    dialog.accepted.connect(go)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def rename_to(page: Page, session: Session, wave_id: int, name: str) -> None:
    """Rename the wave; a name that is taken is told."""

    def work(_ctx: JobContext) -> None:
        from surveyapp.services.intake.importing import rename_wave

        rename_wave(session, wave_id, name)

    def done(_none: None) -> None:
        words = _("The wave is now called %(name)s.") % {"name": name}
        page.context.shell.toast(words, lambda: page.context.actions.trigger("edit.undo"))

    page.run_job(work, done, failed=lambda error: page.context.shell.toast(str(error)), store=True)


def ask_codebook(page: Page, wave_id: int) -> None:
    """Ask for a codebook of any known kind and show what it would change in the wave."""
    from surveyapp.importers.codebook.registry import CODEBOOKS

    suffixes = " ".join(sorted({f"*{suffix}" for spec in CODEBOOKS for suffix in spec.suffixes}))
    kinds = _("Codebooks (%(suffixes)s)") % {"suffixes": suffixes}
    name, _kind = QFileDialog.getOpenFileName(page, _("Codebook"), "", f"{kinds};;{_('All files')} (*)")
    if name:
        preview_codebook(page, wave_id, Path(name))


def preview_codebook(page: Page, wave_id: int, path: Path) -> None:
    """Show what the codebook in a file would change; nothing is changed yet."""
    page.context.shell.open_page("codebook_use", wave_id=wave_id, path=path)


def add_codebook_menu(page: Page, session: Session, wave_id: int, menu: QMenu) -> None:
    """Lines of the wave menu: use a codebook from a file or of another wave; write codebook, decisions and recipe."""
    actions = page.context.actions
    own = menu.addMenu(_("Codebook"))
    own.addAction(actions.action("data.mapping"))
    for wave in reversed(session.waves()):
        if wave.id != wave_id:
            action = own.addAction(in_menu(_("Use the codebook of %(wave)s") % {"wave": wave.title}))
            action.triggered.connect(
                lambda _checked=False, other=wave.id: page.context.shell.open_page(
                    "codebook_use", wave_id=wave_id, other_id=other
                )
            )
    own.addSeparator()
    for action_id in ("data.codebook_out", "data.decisions_out", "data.recipe_out"):
        own.addAction(actions.action(action_id))
    if has_linked(session):
        menu.addAction(actions.action("data.save_key"))
