"""Export of a wave from the Data page: choose what, choose where, write in the background."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.domain.analysis import Base
from surveyapp.gui.dialogs.export_dialog import ExportChoice, ExportDialog
from surveyapp.gui.page import Page
from surveyapp.gui.saved_name import with_ending
from surveyapp.services.jobs import JobContext
from surveyapp.services.session import Session


def ask_export(page: Page, session: Session, wave_id: int) -> ExportDialog:
    """Open the dialog; it goes on by itself."""
    wave = session.wave(wave_id)
    people = fmt_people(wave.n_responses)
    title = _("Export %(wave)s, %(people)s") % {"wave": wave.title, "people": people}
    dialog = ExportDialog(page.theme, title, page.window())

    def go() -> None:
        choice = dialog.choice
        what = f" {_plain_words(choice.what)}" if choice.form is None else ""
        name = f"{session.name} {wave.title}{what}{choice.suffix}"
        proposed = str(session.path.parent / name)
        chosen, _kind = QFileDialog.getSaveFileName(page, _("Export"), proposed, f"*{choice.suffix}")
        if chosen:
            write_export(page, session, wave_id, choice, with_ending(Path(chosen), choice.suffix))

    dialog.accepted.connect(go)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def write_export(page: Page, session: Session, wave_id: int, choice: ExportChoice, path: Path) -> None:
    """Write the file and say so."""
    if choice.form is None:
        write_plain(page, session, wave_id, choice.what, path)
        return
    form = choice.form

    def work(_ctx: JobContext) -> int:
        from surveyapp.services.export import export_data

        return export_data(session, Base(wave_id=wave_id), path, form=form)

    def done(n: int) -> None:
        words = ngettext("%(name)s written, %(n)s row.", "%(name)s written, %(n)s rows.", n)
        page.context.shell.toast(words % {"name": path.name, "n": fmt_count(n)})

    page.run_job(work, done, label=_("Writing %(name)s") % {"name": path.name})


def write_plain(page: Page, session: Session, wave_id: int, what: str, path: Path) -> None:
    """Write the codebook ("codebook", .csv or .xlsx), the decisions ("decisions", .json) or the recipe ("recipe")."""

    def work(_ctx: JobContext) -> int:
        if what == "recipe":
            from surveyapp.services.recipe.build import write_recipe

            return write_recipe(session, wave_id, path)
        from surveyapp.services.codebook.mapping import write_mapping

        return write_mapping(session, wave_id, path)

    def done(n: int) -> None:
        words = ngettext("%(name)s written, %(n)s column.", "%(name)s written, %(n)s columns.", n)
        if what == "recipe":
            words = ngettext("%(name)s written, %(n)s step.", "%(name)s written, %(n)s steps.", n)
        page.context.shell.toast(words % {"name": path.name, "n": fmt_count(n)})

    page.run_job(work, done, label=_("Writing %(name)s") % {"name": path.name})


def ask_plain(page: Page, session: Session, wave_id: int, what: str, suffix: str) -> None:
    """Ask where, and write the codebook, the decisions or the recipe there."""
    name = f"{session.name} {session.wave(wave_id).title} {_plain_words(what)}{suffix}"
    kinds = "*.xlsx;;*.csv" if what == "codebook" else f"*{suffix}"
    chosen, kind = QFileDialog.getSaveFileName(page, _("Export"), str(session.path.parent / name), kinds)
    if chosen:
        ending = kind.removeprefix("*") if kind.startswith("*.") else suffix
        others = (".xlsx", ".csv") if what == "codebook" else ()
        write_plain(page, session, wave_id, what, with_ending(Path(chosen), ending, *others))


def _plain_words(what: str) -> str:
    return {"codebook": _("codebook"), "decisions": _("decisions"), "recipe": _("recipe")}[what]
