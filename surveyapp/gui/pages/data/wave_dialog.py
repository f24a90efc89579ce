"""What the Data page asks about a whole wave: its name, a codebook for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from surveyapp.base.i18n import _
from surveyapp.domain.change import Change
from surveyapp.gui.page import Page
from surveyapp.services.jobs import JobContext
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
        from surveyapp.services.importing import rename_wave

        rename_wave(session, wave_id, name)

    def done(_none: None) -> None:
        words = _("The wave is now called %(name)s.") % {"name": name}
        page.context.shell.toast(words, lambda: page.context.actions.trigger("edit.undo"))

    page.run_job(work, done, failed=lambda error: page.context.shell.toast(str(error)), store=True)


def ask_codebook(page: Page, session: Session, wave_id: int) -> None:
    """Ask for a codebook of any known kind and apply it to the wave."""
    from surveyapp.importers.codebook.registry import CODEBOOKS

    suffixes = " ".join(sorted({f"*{suffix}" for spec in CODEBOOKS for suffix in spec.suffixes}))
    kinds = _("Codebooks (%(suffixes)s)") % {"suffixes": suffixes}
    name, _kind = QFileDialog.getOpenFileName(page, _("Codebook"), "", f"{kinds};;{_('All files')} (*)")
    if name:
        use_codebook_file(page, session, wave_id, Path(name))


def use_codebook_file(page: Page, session: Session, wave_id: int, path: Path) -> None:
    """Apply the codebook in a file to the wave."""

    def work(_ctx: JobContext) -> Change | None:
        from surveyapp.services.codebook_use import use_mapping
        from surveyapp.services.mapping import read_mapping

        return use_mapping(session, wave_id, read_mapping(path), name=path.stem)

    def done(change: Change | None) -> None:
        actions, words = page.context.actions, _("This codebook says the same already.")
        undo = (lambda: actions.trigger("edit.undo")) if change is not None else None
        page.context.shell.toast(change.label if change is not None else words, undo)

    page.run_job(work, done, label=_("Using the codebook"), store=True)
